"""One merge in the journal: whom it joined, when, by whom, and what of it was undone."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from itertools import combinations
from typing import Any, Final, cast

import attrs

from custseg.showing import Shown

_PLAIN: Final = ({int}, {str})
"""Types of ids that sort as they are."""


def in_order(ids: Iterable[object]) -> tuple[object, ...]:
    """Ids once each, from the smallest to the largest; ids of several types by type.

    >>> in_order([3, 1, 3, 2])
    (1, 2, 3)
    """
    once = dict.fromkeys(ids)
    if set(map(type, once)) in _PLAIN:
        return tuple(sorted(cast("Any", once)))
    return tuple(sorted(once, key=place_of))


def place_of(one: Any) -> tuple[str, Any]:  # noqa: ANN401 - an id of any type
    """What to sort an id by."""
    kind = type(one).__name__
    return (kind, one) if hasattr(one, "__lt__") else (kind, str(one))


def merge_id(records: Iterable[object]) -> str:
    """The id of a merge: a fingerprint of whom it joins, so that the same merge has the same id.

    >>> merge_id(["C-1", "C-7"]) == merge_id(["C-7", "C-1"])
    True
    """
    texts = sorted([_told(one) for one in dict.fromkeys(records)])
    return sha256("\n".join(texts).encode(errors="surrogatepass")).hexdigest()[:16]


def _told(one: object) -> str:
    """An id with its type, on one line: 1 and 1.0 are one id, 1 and "1" are two."""
    if isinstance(one, float) and one.is_integer():
        return f"int {int(one)}"
    text = f"{type(one).__name__} {one}"
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def when(at: str | date) -> str:
    """A moment as a text that sorts."""
    return at if isinstance(at, str) else at.isoformat()


@attrs.frozen
class Undone:
    """Records that were taken out of a merge again.

    Attributes:
        records: Their ids.
        at: When.
        actor: By whom.

    >>> Undone(("C-7",), "2026-07-01", "anna").records
    ('C-7',)
    """

    records: tuple[object, ...]
    at: str = ""
    actor: str = ""


@attrs.frozen
class MergeEntry(Shown):
    """A merge: customers that were found to be one.

    Attributes:
        id: Its id, a fingerprint of the records.
        records: The ids of the customers that it joined, in ascending order: each is the id of a
            record.
        into: The id that the joined customer bears.
        at: When it was done.
        actor: By whom.
        undone: What was taken out of it again.

    >>> entry = MergeEntry.of(("C-7", "C-1"), "C-1")
    >>> entry.joined, entry.apart
    (('C-1', 'C-7'), ())
    >>> gone = entry.without(("C-7",))
    >>> gone.joined, gone.apart
    ((), (('C-1', 'C-7'),))
    """

    id: str
    records: tuple[object, ...]
    into: object
    at: str = ""
    actor: str = ""
    undone: tuple[Undone, ...] = ()

    @classmethod
    def of(cls, records: Iterable[object], into: object) -> "MergeEntry":
        """A merge of these customers.

        Args:
            records: Their ids, in any order.
            into: The id that remains.
        """
        mine = in_order(records)
        return cls(merge_id(mine), mine, into)

    @property
    def left(self) -> frozenset[object]:
        """The records that were taken out."""
        return frozenset(record for undone in self.undone for record in undone.records)

    @property
    def joined(self) -> tuple[object, ...]:
        """The records that it joins still; none if fewer than two remain."""
        if not self.undone:
            return self.records
        left = self.left
        kept = tuple(record for record in self.records if record not in left)
        return kept if len(kept) > 1 else ()

    @property
    def name(self) -> object:
        """The id that it gives the records that it joins; None if it joins none."""
        joined = self.joined
        return self.into if self.into in joined else joined[0] if joined else None

    @property
    def apart(self) -> tuple[tuple[object, object], ...]:
        """Pairs that are not one customer: whoever was taken out, and each other record."""
        left = self.left
        return tuple((a, b) for a, b in combinations(self.records, 2) if a in left or b in left)

    def without(self, records: Iterable[object], *, at: str = "", actor: str = "") -> "MergeEntry":
        """The same with records taken out.

        Args:
            records: Their ids.
            at: When.
            actor: By whom.
        """
        taken = in_order(record for record in records if record not in self.left)
        if not taken:
            return self
        events = {(one.at, one.actor): one.records for one in self.undone}
        events[at, actor] = in_order((*events.get((at, actor), ()), *taken))
        undone = tuple(Undone(events[event], *event) for event in sorted(events))
        return attrs.evolve(self, undone=undone)

    def rows(self) -> list[dict[str, object]]:
        """One row for each record, with when and by whom it was taken out again."""
        out = {record: (one.at, one.actor) for one in self.undone for record in one.records}
        return [
            {
                "merge_id": self.id,
                "record_id": record,
                "into": self.into,
                "at": self.at,
                "actor": self.actor,
                "undone": record in out,
                "undone_at": out.get(record, ("", ""))[0],
                "undone_by": out.get(record, ("", ""))[1],
            }
            for record in self.records
        ]

    def as_dict(self) -> dict[str, object]:
        """Plain data; it holds ids and no field value."""
        return {
            "id": self.id,
            "records": list(self.records),
            "into": self.into,
            "at": self.at,
            "actor": self.actor,
            "undone": [
                {"records": list(one.records), "at": one.at, "actor": one.actor}
                for one in self.undone
            ],
        }


def id_of(merge: MergeEntry) -> str:
    """The id of a merge, to sort by."""
    return merge.id


def by_id(merges: Iterable[MergeEntry]) -> tuple[MergeEntry, ...]:
    """Merges in the order of their ids, so that journals of the same merges are equal."""
    return tuple(sorted(merges, key=id_of))
