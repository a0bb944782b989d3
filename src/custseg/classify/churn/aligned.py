"""Columns of any table of customers, in the order of those who are looked at."""

from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Floats, Index
from custseg.classify.churn.seen import Seen
from custseg.frames import Money, Table
from custseg.frames.money import from_floats


@attrs.frozen(eq=False)
class Aligned:
    """A table, and its row for each of some customers.

    Attributes:
        table: The table.
        rows: The row of each customer, -1 where it has none.
    """

    table: Table[Any]
    rows: Index

    @classmethod
    def of(cls, data: object, column: str, seen: Seen) -> "Aligned":
        """Find the rows.

        Args:
            data: A table with one row a customer.
            column: The column of ids.
            seen: The customers.

        Raises:
            MissingColumnError: There is no such column.
            DataError: The ids are of another type.
        """
        table = frames.table(data)
        mine, theirs = table.keys(column), seen.keys
        first = np.append(mine.first, -1)
        return cls(table, first[frames.align(mine, theirs)][theirs.at])

    def number(self, name: str) -> Floats:
        """A column of numbers, NaN where it is missing, there or as a whole."""
        if name not in self.table.columns:
            return np.full(len(self.rows), np.nan)
        held = np.asarray(self.table.read({name: "number"})[name], dtype=np.float64)
        return np.append(held, np.nan)[self.rows]

    def day(self, name: str) -> Floats:
        """A column of days since 1970-01-01, NaN where missing."""
        held = np.asarray(self.table.read({name: "day"})[name], dtype=np.float64)
        return np.append(held, np.nan)[self.rows]

    def words(self, name: str) -> Codes:
        """A column of words, -1 where missing."""
        held = self.table.read({name: "text"})[name]
        assert isinstance(held, Codes)  # noqa: S101 - text is read as codes
        return attrs.evolve(held, at=np.append(held.at, -1)[self.rows])

    def money(self, name: str) -> Money:
        """A column of amounts, unknown where missing.

        Raises:
            MissingColumnError: There is no such column.
        """
        if not len(self.rows):
            return from_floats(np.empty(0))
        held = self.table.money(name)
        units, known = np.append(held.units, 0)[self.rows], np.append(held.known, False)[self.rows]
        return Money(units, known, np.zeros(len(units), dtype=np.bool_), held.rounded)
