"""The journal of merges: plan, apply, undo one merge later, in any order, and forget a person."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, TypeVar, cast

import attrs

from custseg.errors import DataError
from custseg.frames import Tabled
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.merging.crosswalk import Crosswalk
from custseg.match.merging.entries import entries_of
from custseg.match.merging.entry import MergeEntry, by_id, id_of, in_order, place_of, when
from custseg.match.merging.erasing import erased
from custseg.match.merging.golden import Golden
from custseg.match.merging.joined import Joined
from custseg.match.merging.locks import Lock
from custseg.match.merging.merge import Merge
from custseg.match.merging.plan import MergePlan, kept_apart, planned
from custseg.match.merging.replay import Replay
from custseg.match.merging.step import Erasure, MergeStep

T = TypeVar("T")


@attrs.frozen
class Journal(Tabled):
    """Which records were merged, and how golden records are made of them: a value to keep.

    A journal holds ids and no records: you keep the records as they came, and the golden ones are
    made anew of them whenever you ask. So a merge is undone by leaving it out, whatever was merged
    after it, and undone merges stay apart. Who is one customer depends on the merges in force, not
    on their order.

    Attributes:
        merge: How the records of one customer become one.
        merges: All merges, also the undone ones, in the order of their ids.
        locks: Values that somebody settled by hand.

    >>> cards = [{"id": 1, "name": "Li"}, {"id": 2, "name": "Li Lei"}, {"id": 3, "name": "Han"}]
    >>> found = [{**card, "entity_id": min(card["id"], 2)} for card in cards]
    >>> journal = Journal()
    >>> step = journal.apply(journal.plan(found), at="2026-07-01", actor="anna")
    >>> [one["id"] for one in step.journal.golden(cards).table]
    [1, 2]
    >>> back = step.journal.undo(step.merges[0].id)
    >>> [one["id"] for one in back.journal.golden(cards).table], back.journal.apart
    ([1, 2, 3], ((2, 3),))
    """

    schema_version: ClassVar[int] = 1

    merge: Merge = attrs.field(factory=Merge)
    merges: tuple[MergeEntry, ...] = attrs.field(default=(), converter=by_id)
    locks: tuple[Lock, ...] = ()

    def plan(self, matched: object) -> MergePlan:
        """The merges that a matched table asks for, beyond those that there are.

        Args:
            matched: The records as they came, with the customer that each is: what a `Matcher`
                gives.

        Raises:
            MissingColumnError: A column is not there.
            DataError: Records have no ids, or two have the same.
        """
        columns = self.merge.id, self.merge.entity
        return planned(matched, columns, self.joined, self.apart)

    def apply(
        self, plan: MergePlan, *, at: str | date = "", actor: str = ""
    ) -> MergeStep["Journal"]:
        """Merge what a plan says. What was merged already stays so, and what was undone too.

        Args:
            plan: The plan, as far as it was approved.
            at: When, as a day or a text that sorts; the journal reads no clock.
            actor: Who.
        """
        known = {merge.id for merge in self.merges}
        new = [merge for merge in plan.merges if merge.id not in known]
        held = kept_apart(new, self.joined, self.apart)
        done = tuple(
            attrs.evolve(merge, at=when(at), actor=actor) for merge in new if merge.id not in held
        )
        skipped = tuple(one.id for one in plan.merges if one.id in known or one.id in held)
        return self._step(self._with({one.id: one for one in done}), done, skipped)

    def undo(
        self,
        merge: str,
        records: Collection[object] = (),
        *,
        at: str | date = "",
        actor: str = "",
    ) -> MergeStep["Journal"]:
        """Take a merge back, or some records out of it; later merges stay.

        Args:
            merge: Its id.
            records: The records to take out; none named: all.
            at: When, as a day or a text that sorts.
            actor: Who.

        Returns:
            The journal after it. Whoever was taken out stays apart from all others of the merge.

        Raises:
            DataError: There is no such merge, or it joined no such record.
        """
        entry = self.entry(merge)
        if strangers := [record for record in records if record not in entry.records]:
            msg = f"the merge {merge} joined no such record ({len(strangers)} of those named)"
            raise DataError(msg)
        after = entry.without(records or entry.records, at=when(at), actor=actor)
        return self._step(self._with({merge: after}), (after,))

    def redo(self, merge: str) -> MergeStep["Journal"]:
        """Put a merge in force again that was undone.

        Args:
            merge: Its id.

        Raises:
            DataError: There is no such merge.
        """
        after = attrs.evolve(self.entry(merge), undone=())
        return self._step(self._with({merge: after}), (after,))

    def entry(self, merge: str) -> MergeEntry:
        """One merge.

        Args:
            merge: Its id.

        Raises:
            DataError: There is no such merge.
        """
        place = bisect_left(self.merges, merge, key=id_of)
        if place == len(self.merges) or self.merges[place].id != merge:
            msg = f"the journal has no merge {merge}"
            raise DataError(msg)
        return self.merges[place]

    def lock(self, lock: Lock) -> "Journal":
        """Settle a value by hand: it replaces a lock on the same field of the same record.

        Args:
            lock: The value, the record and the field.
        """
        return attrs.evolve(self, locks=(*self.unlock(lock.record, lock.field).locks, lock))

    def unlock(self, record: object, field: str) -> "Journal":
        """Let the rules decide again.

        Args:
            record: The id of the record.
            field: The column.
        """
        kept = (one for one in self.locks if (one.record, one.field) != (record, field))
        return attrs.evolve(self, locks=tuple(kept))

    def golden(self, records: T, only: Iterable[object] | None = None) -> Golden[T]:
        """The golden records, made of the records as they came.

        Args:
            records: The records as they came.
            only: Ids of records or customers: only the customers that they are; None makes all.

        Raises:
            MissingColumnError: A column is not there.
            DataError: Records have no ids, or a strategy cannot work on what a column holds.
        """
        replay = Replay.of(records, self.merge.id, self.joined)
        matched = replay.matched(self.merge.entity, only)
        return cast("Golden[T]", self.merge.golden(matched, self.locks))

    def crosswalk(self, records: object) -> Crosswalk:
        """The map from the ids of the records to those of their customers, as of now.

        Args:
            records: The records as they came.

        Raises:
            DataError: Records have no ids, or two have the same.
        """
        return Replay.of(records, self.merge.id, self.joined).crosswalk

    def erase(self, records: T, record: object, *, alone: bool = False) -> Erasure["Journal", T]:
        """Forget a person: all records of the customer, in the records and in the journal.

        Args:
            records: The records as they came.
            record: The id of one of the person's records.
            alone: Whether only this one record shall go and the others of the customer stay.

        Raises:
            DataError: There is no such record, or records have no ids.
        """
        replay = Replay.of(records, self.merge.id, self.joined)
        gone = frozenset([record] if alone else self.joined.group(record))
        merges, renamed = erased(self.merges, gone)
        locks = tuple(lock for lock in self.locks if lock.record not in gone)
        after = attrs.evolve(self, merges=merges, locks=locks)
        kept = cast("T", replay.without(gone, record))
        stay = in_order(set(self.joined.group(record)) - gone)
        return Erasure(after, kept, in_order(gone), stay, renamed)

    @property
    def joined(self) -> Joined:
        """Who is one customer."""
        return self._joined

    @cached_property
    def _joined(self) -> Joined:
        return Joined.by(self.merges)

    @property
    def apart(self) -> tuple[tuple[object, object], ...]:
        """Pairs of records that an undo has set apart: give them to the next run of matching."""
        pairs = {pair for merge in self.merges for pair in merge.apart}
        return tuple(sorted(pairs, key=lambda pair: (place_of(pair[0]), place_of(pair[1]))))

    @property
    def torn(self) -> tuple[tuple[object, object], ...]:
        """Pairs that were set apart but are one customer still, through other merges."""
        of = self.joined.of
        return tuple((a, b) for a, b in self.apart if of(a) == of(b))

    def rows(self) -> list[dict[str, object]]:
        """One row for each record of each merge: the journal as a table of your database.

        >>> step = Journal().apply(MergePlan((MergeEntry.of((1, 2), 1),)), at="2026-07-01")
        >>> Journal.of_rows(step.journal.rows()) == step.journal
        True
        """
        return [row for merge in self.merges for row in merge.rows()]

    def _native(self) -> list[dict[str, object]]:
        return self.rows()

    @classmethod
    def of_rows(
        cls, rows: object, merge: Merge | None = None, locks: Iterable[Lock] = ()
    ) -> "Journal":
        """The journal from the table that `rows` gave.

        Args:
            rows: The table, of any kind, its rows in any order.
            merge: How the records of one customer become one.
            locks: Values that somebody settled by hand.

        Raises:
            MissingColumnError: A column is not there.
        """
        return cls(merge or Merge(), entries_of(rows), tuple(locks))

    def tombstones(self) -> list[dict[str, object]]:
        """One row for each id that is no customer's any more, with the customer it went into."""
        joined = self.joined
        return [
            {"record_id": record, "into": name}
            for name, members in joined.members.items()
            for record in members
            if record != name
        ]

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Plain data for people; `dump` gives what `load` reads."""
        return {
            "merges": [merge.as_dict() for merge in self.merges],
            "apart": [list(pair) for pair in self.apart],
            "locks": [lock.as_dict(values=values) for lock in self.locks],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {count}" for head, count in self._lines(locale))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))

    def _lines(self, locale: str) -> list[tuple[str, str]]:
        counts = {
            "merges": sum(1 for merge in self.merges if merge.joined),
            "undone": sum(1 for merge in self.merges if merge.undone),
            "apart": len(self.apart),
            "locks": len(self.locks),
        }
        return [(label(f"match.{name}", locale), f"{count:,}") for name, count in counts.items()]

    def _step(
        self, after: "Journal", merges: tuple[MergeEntry, ...], skipped: tuple[str, ...] = ()
    ) -> MergeStep["Journal"]:
        return MergeStep(after, merges, skipped, self)

    def _with(self, changed: Mapping[str, MergeEntry]) -> "Journal":
        merges = {merge.id: merge for merge in self.merges} | dict(changed)
        return attrs.evolve(self, merges=tuple(merges.values()))
