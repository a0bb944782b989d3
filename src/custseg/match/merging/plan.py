"""What would be merged: a list to look through before anything is done."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg.errors import DataError
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.ids import Ids, ids_of
from custseg.match.merging.entry import MergeEntry, in_order, merge_id, place_of
from custseg.match.merging.joined import Joined, Union
from custseg.showing import Shown

_KEPT: Final = frozenset({str, int, float})
"""Types of ids that stay what they are where a journal is written down and read."""


@attrs.frozen
class MergePlan(Shown):
    """Merges that nobody has done yet.

    Attributes:
        merges: The merges.
        held: Merges that would bring together what an undo has set apart: they are not done.
        known: Customers of several records that the journal has joined already.

    >>> plan = MergePlan((MergeEntry.of(("C-1", "C-7"), "C-1"),))
    >>> [(row["record_id"], row["into"]) for row in plan.rows()]
    [('C-1', 'C-1'), ('C-7', 'C-1')]
    """

    merges: tuple[MergeEntry, ...] = ()
    held: tuple[MergeEntry, ...] = ()
    known: int = 0

    def __len__(self) -> int:
        """How many merges there are."""
        return len(self.merges)

    def only(self, ids: Collection[str]) -> "MergePlan":
        """The plan with only these merges.

        Args:
            ids: Their ids.

        Raises:
            DataError: The plan has no such merge.
        """
        self._require(ids)
        return attrs.evolve(self, merges=tuple(one for one in self.merges if one.id in ids))

    def without(self, ids: Collection[str]) -> "MergePlan":
        """The plan without these merges.

        Args:
            ids: Their ids.

        Raises:
            DataError: The plan has no such merge.
        """
        self._require(ids)
        return attrs.evolve(self, merges=tuple(one for one in self.merges if one.id not in ids))

    def rows(self) -> list[dict[str, object]]:
        """One row for each customer of each merge: a table for the people who look through it."""
        return [
            {"merge_id": merge.id, "into": merge.into, "record_id": record}
            for merge in self.merges
            for record in merge.records
        ]

    def as_dict(self) -> dict[str, Any]:
        """Plain data; it holds ids and no field value."""
        return {
            "merges": [merge.as_dict() for merge in self.merges],
            "held": [merge.as_dict() for merge in self.held],
            "known": self.known,
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {count}" for head, count in self._lines(locale))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))

    def _lines(self, locale: str) -> Iterator[tuple[str, str]]:
        joins = sum(len(merge.records) for merge in self.merges)
        yield label("match.merges", locale), f"{len(self.merges):,}"
        yield label("match.joins", locale), f"{joins:,}"
        yield label("match.known", locale), f"{self.known:,}"
        yield label("match.held", locale), f"{len(self.held):,}"

    def _require(self, ids: Iterable[str]) -> None:
        known = {merge.id for merge in self.merges}
        if strangers := sorted(set(ids) - known):
            msg = f"the plan has no merge {strangers[0]}"
            raise DataError(msg)


def planned(
    matched: object,
    columns: tuple[str | None, str],
    joined: Joined,
    apart: Iterable[tuple[object, object]],
) -> MergePlan:
    """The merges that a matched table asks for.

    Args:
        matched: Records with the customer that each is.
        columns: The column with the ids of the records, and that with those of the customers.
        joined: The customers that the journal has joined already.
        apart: Pairs that must not be merged.

    Raises:
        MissingColumnError: A column is not there.
        DataError: Records have no ids, or two have the same.
    """
    table = frames.table(matched)
    table.require([columns[1]])
    if not table.columns:
        return MergePlan()
    ids, whose = ids_of(table, columns[0]), ids_of(table, columns[1])
    require_ids(ids, joined)
    found: dict[str, MergeEntry] = {}
    known = 0
    for entity, records in _groups(ids, whose):
        names = in_order(joined.of(record) for record in records)
        if len(names) < 2:  # noqa: PLR2004 - one customer already
            known += 1
            continue
        into = joined.of(entity)
        merge = MergeEntry(merge_id(names), names, into if into in names else names[0])
        found[merge.id] = merge
    merges = sorted(found.values(), key=lambda one: (place_of(one.into), one.id))
    held = kept_apart(merges, joined, apart)
    return MergePlan(
        tuple(one for one in merges if one.id not in held),
        tuple(one for one in merges if one.id in held),
        known,
    )


def kept_apart(
    merges: Iterable[MergeEntry], joined: Joined, apart: Iterable[tuple[object, object]]
) -> frozenset[str]:
    """The merges that would bring together, alone or with others, what is to stay apart.

    Args:
        merges: The merges.
        joined: The customers that there are already.
        apart: Pairs that must not be merged.
    """
    union, every, pairs = Union(), list(merges), list(apart)
    if not pairs:
        return frozenset()
    for merge in every:
        union.join(joined.of(record) for record in merge.records)
    torn = {
        union.top(joined.of(a))
        for a, b in pairs
        if joined.of(a) != joined.of(b) and union.same(joined.of(a), joined.of(b))
    }
    return frozenset(one.id for one in every if union.top(joined.of(one.records[0])) in torn)


def require_ids(ids: Ids, joined: Joined) -> None:
    """Make sure that every record can be told from every other, and is found in the journal.

    Args:
        ids: The ids of the records.
        joined: The customers that the journal knows.

    Raises:
        DataError: Records have no ids, two have the same, or they are of a type that a journal does
            not keep or that it does not know the records by.
    """
    if ids.column is None:
        msg = "a journal of merges needs a column with the ids of the records; name it with id="
        raise DataError(msg)
    ids.refuse_repeats()
    if (ids.at < 0).any():
        msg = "a record without an id cannot be kept in a journal; give each an id of its own"
        raise DataError(msg, ids.column, int(np.argmax(ids.at < 0)))
    kinds = set(map(type, ids.held.values))
    if odd := sorted(kind.__name__ for kind in kinds - _KEPT):
        msg = f"a journal keeps ids that are texts or numbers, not {odd[0]}; make them texts"
        raise DataError(msg, ids.column)
    known = set(map(type, joined.name))
    if known and kinds and not (known & kinds or {int, float} >= known | kinds):
        told = "/".join(sorted(kind.__name__ for kind in known))
        there = "/".join(sorted(kind.__name__ for kind in kinds))
        msg = f"the journal knows records by {told}, the table by {there}; give ids the same type"
        raise DataError(msg, ids.column)


def _groups(ids: Ids, whose: Ids) -> Iterator[tuple[object, list[object]]]:
    """The customers of several records, with the ids of these."""
    counts = np.bincount(whose.at[whose.at >= 0], minlength=len(whose.held.uniques))
    rows = np.flatnonzero(np.append(counts > 1, [False])[whose.at])
    rows = rows[np.argsort(whose.at[rows], kind="stable")]
    entities, known = whose.held.values, ids.held.values
    records = [known[at] for at in ids.at[rows].tolist()]
    starts = np.flatnonzero(np.diff(whose.at[rows], prepend=-1))
    ends = np.append(starts, len(rows))[1:].tolist()
    for start, end, at in zip(starts.tolist(), ends, whose.at[rows[starts]].tolist(), strict=True):
        yield entities[at], records[start:end]
