"""Rows found in another table by what both call them, and rows that are alike."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.errors import DataError
from custseg.frames.align import align
from custseg.frames.cells import Keys

if TYPE_CHECKING:
    from custseg.frames.table import Table

_REPEATED = "stands in several rows of the table that is joined; keep one row for each key"


@attrs.frozen(eq=False)
class Alike:
    """Rows of a table in groups that are alike in some columns; null is like null.

    Attributes:
        first: The first row of each group.
        count: Number of its rows.

    >>> from custseg.frames import table
    >>> sold = table([{"a": 1, "b": "x"}, {"a": 1, "b": None}, {"a": 1, "b": "x"}])
    >>> both = Alike.of(sold, ("a", "b"))
    >>> both.first.tolist(), both.count.tolist()
    ([1, 0], [1, 2])
    """

    first: Index
    count: Ints

    @classmethod
    def of(cls, table: "Table[Any]", by: Iterable[str]) -> "Alike":
        """Tell the rows apart.

        Args:
            table: The opened table.
            by: The columns; none: all rows are alike.

        Raises:
            MissingColumnError: A column is missing.
        """
        code = np.zeros(table.size, dtype=np.int64)
        for name in by:
            keys = table.keys(name)
            code = _dense(code * (len(keys.uniques) + 1) + _signless(keys) + 1)
        count = np.bincount(code).astype(np.int64)
        first = np.zeros(len(count), dtype=np.intp)
        rows = np.arange(len(code) - 1, -1, -1, dtype=np.intp)
        first[code[rows]] = rows
        return cls(first, count)


def _signless(keys: Keys) -> Ints:
    """Codes of ids; -0.0 is 0.0, which Arrow tells apart."""
    at, values = np.asarray(keys.at, dtype=np.int64), keys.uniques
    kind = str(getattr(values, "dtype", getattr(values, "type", "")))
    if not kind.startswith(("double", "float", "Float", "halffloat")):
        return at
    same = np.unique(np.asarray(values, dtype=np.float64) + 0.0, return_inverse=True)[1]
    return np.append(same, -1)[at]


def _dense(code: Ints) -> Ints:
    """Codes without gaps."""
    if not len(code):
        return code
    top = int(code.max()) + 1
    if top <= 4 * len(code):
        used = np.bincount(code, minlength=top) > 0
        return (np.cumsum(used) - 1)[code]
    return np.unique(code, return_inverse=True)[1].astype(np.int64)


def found(table: "Table[Any]", on: Mapping[str, str], other: "Table[Any]") -> Index:
    """For each row the row of the other table that has its key, -1 where none has.

    Args:
        table: The table whose rows are looked up.
        on: The columns of its key -> those of the other; null is found nowhere.
        other: The table that is looked in.

    Raises:
        DataError: A key stands in two rows of the other table, or has another type there.

    >>> from custseg.frames import table
    >>> one, other = table([{"id": "a"}, {"id": "b"}]), table([{"who": "b"}])
    >>> found(one, {"id": "who"}, other).tolist()
    [-1, 0]
    """
    mine, held = np.zeros(table.size, dtype=np.int64), np.zeros(other.size, dtype=np.int64)
    known, valid = np.ones(len(mine), dtype=np.bool_), np.ones(len(held), dtype=np.bool_)
    for here, there in on.items():
        ours, keys = table.keys(here), other.keys(there)
        place = np.append(align(keys, ours), -1)[ours.at]
        known, valid = known & (place >= 0), valid & (keys.at >= 0)
        wide = len(keys.uniques)
        mine, held = _numbered(mine * wide + place, held * wide + keys.at, valid)
        known &= mine >= 0
    rows = np.flatnonzero(valid)
    row = np.full(int(held.max(initial=0)) + 1, -1, dtype=np.intp)
    row[held[rows]] = rows
    if (row[held[rows]] != rows).any():
        raise DataError(_REPEATED, ", ".join(on.values()))
    return np.where(known, row[np.where(known, mine, 0)], -1)


def refuse_repeated(other: "Table[Any]", theirs: tuple[str, ...]) -> None:
    """Refuse a table in memory that says several things of one key.

    Args:
        other: The opened table.
        theirs: The columns of its key.

    Raises:
        DataError: A key stands in several rows.

    >>> from custseg.frames import table
    >>> refuse_repeated(table([{"id": "a"}, {"id": None}, {"id": None}]), ("id",))
    """
    found(other, dict(zip(theirs, theirs, strict=True)), other)


def _numbered(mine: Ints, held: Ints, valid: Bools) -> tuple[Ints, Ints]:
    """Codes of both tables without gaps; -1 for those that the other table has nowhere."""
    there = np.unique(held[valid])
    if not len(there):
        return np.full(len(mine), -1), np.zeros(len(held), dtype=np.int64)
    at = np.minimum(np.searchsorted(there, mine), len(there) - 1)
    return np.where(there[at] == mine, at, -1), np.searchsorted(there, np.where(valid, held, 0))


def listed(other: "Table[Any]", name: str, rows: Index) -> list[object]:
    """Values of a column at some rows as Python values; ``None`` for row -1.

    >>> from custseg.frames import table
    >>> listed(table([{"a": "x"}]), "a", np.array([-1, 0]))
    [None, 'x']
    """
    keys = other.keys(name)
    ids = [*keys.ids(), None]
    at = np.append(np.asarray(keys.at, dtype=np.intp), -1)[rows]
    return [ids[i] for i in cast("list[int]", at.tolist())]
