"""The ids of records: which column holds them, and which of two comes first."""

from collections.abc import Sequence
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Index
from custseg.errors import DataError
from custseg.frames import Table

USUAL: Final = ("customer_id", "record_id", "id")
"""Columns that are taken for the id when none is named, the first that is there."""


@attrs.frozen(eq=False)
class Ids:
    """The id of each record.

    Attributes:
        column: The column that holds them; None if rows are counted instead.
        at: The id of each record, -1 where it has none.
        known: The distinct ids, as they were given.
        place: The place of each distinct id in ascending order.
    """

    column: str | None
    at: Index
    known: Sequence[object]
    place: Index

    @property
    def rank(self) -> Floats:
        """The place of each record's id among all; NaN where it has none."""
        return np.append(self.place.astype(np.float64), [np.nan])[self.at]

    def id_of(self, row: int) -> object:
        """The id of one record, None where it has none."""
        at = int(self.at[row])
        return self.known[at] if at >= 0 else None

    @property
    def distinct(self) -> bool:
        """Whether every record has an id of its own."""
        return len(self.known) >= len(self.at) and bool((self.at >= 0).all())

    def refuse_repeats(self) -> None:
        """Make sure that no two records bear the same id.

        Raises:
            DataError: Two do.
        """
        rows = np.flatnonzero(self.at >= 0)
        _, first = np.unique(self.at[rows], return_index=True)
        if len(first) == len(rows):
            return
        again = np.delete(rows, first)
        msg = (
            f"{len(again)} records bear an id that another record bears too; give each an id of "
            "its own (its source with its number), or say repeated_ids='merge' if they are copies"
        )
        raise DataError(msg, self.column or "", int(again[0]))


def ids_of(table: Table[Any], column: str | None) -> Ids:
    """Read the ids of a table.

    Args:
        table: The records.
        column: The column with their ids; None takes ``customer_id``, ``record_id`` or ``id``,
            and counts the rows where there is none of these.

    Raises:
        MissingColumnError: The column that was named is not there.
    """
    if column is None:
        column = next((name for name in USUAL if name in table.columns), None)
    if column is None:
        rows = np.arange(table.size)
        return Ids(None, rows, range(table.size), rows)
    keys = table.keys(column)
    known = keys.ids()
    there = np.array([not frames.missing(one) for one in known], dtype=np.bool_)
    at = np.where(np.append(there, [False])[keys.at], keys.at, -1).astype(np.intp)
    return Ids(column, at, known, places(known))


def places(values: Sequence[object]) -> Index:
    """The place of each value in ascending order; values that do not compare go by their text.

    >>> places(["C-2", "C-10", "C-1"]).tolist(), places([3, "a", 2]).tolist()
    ([2, 1, 0], [1, 2, 0])
    """
    order = ascending(values)
    if order is None:
        order = sorted(range(len(values)), key=lambda i: (type(values[i]).__name__, str(values[i])))
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    return place


def ascending(values: Sequence[object]) -> list[int] | None:
    """The places of values from the smallest to the largest; None if they do not compare.

    >>> ascending([3, 1, 2]), ascending([1, "a"])
    ([1, 2, 0], None)
    """
    held = cast("Sequence[Any]", values)
    try:
        return sorted(range(len(held)), key=lambda i: held[i])
    except TypeError:
        return None
