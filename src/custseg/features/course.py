"""The purchases of each customer at one day after another, from rows that are sorted once."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Index, Ints
from custseg.features.kernel import Block, measure
from custseg.features.occasions import Gathering, Occasions
from custseg.features.purchases import Purchases
from custseg.features.rows import Rows, Small

_SMALL: Final = 1 << 16


@attrs.frozen(eq=False)
class Course:
    """What was bought when, customer by customer.

    Attributes:
        occasions: Purchase days of each customer.
        opening: Money of each up to the end of the first of them.
        rows: How many rows each has.
        day: Day of each row, by customer.
        units: Money of each row, by customer.

    >>> rows = Rows(np.zeros(3, "i4"), np.array([5, 9, 9], "i4"), np.array([10, 20, 30]), 1)
    >>> course = Course.of(rows, until=99)
    >>> course.purchases(8).net.tolist(), course.purchases(9).net.tolist()
    ([10], [60])
    """

    occasions: Occasions
    opening: Ints
    rows: Index
    day: Small
    units: Ints

    @classmethod
    def of(cls, rows: Rows, *, until: int) -> "Course":
        """Sort once, up to the last day that will be asked for."""
        bought, found = Purchases.blank(rows.size), Gathering.blank(rows.size)
        grouped = _Grouping(np.zeros(rows.size, dtype=np.intp), [], [])
        measure(rows, until, bought, found, grouped)
        day = np.concatenate([np.empty(0, dtype=np.int32), *grouped.days])
        units = np.concatenate([np.empty(0, dtype=np.int64), *grouped.units])
        return cls(found.occasions, bought.opening, grouped.count, day, units)

    def purchases(self, until: int) -> Purchases:
        """The purchases up to a day."""
        day, offset = self.occasions.day, self.occasions.offset
        past = np.concatenate(([0], np.cumsum(day <= until, dtype=np.int32)))
        days = (past[offset[1:]] - past[offset[:-1]]).astype(np.int32)
        some = np.flatnonzero(days)
        start = offset[:-1][some]
        first, last = np.zeros((2, len(days)), dtype=np.int32)
        first[some], last[some] = day[start], day[start + days[some] - 1]
        opening = np.where(days > 0, self.opening, 0)
        return Purchases(days, first, last, self._net(until), opening)

    def _net(self, until: int) -> Ints:
        net = np.zeros(len(self.rows), dtype=np.int64)
        there = np.flatnonzero(self.rows)
        if len(there):
            start = (np.cumsum(self.rows) - self.rows)[there]
            net[there] = np.add.reduceat(np.where(self.day <= until, self.units, 0), start)
        return net


@attrs.frozen(eq=False)
class _Grouping:
    """Rows as the blocks come, sorted by customer."""

    count: Index
    days: list[Small]
    units: list[Ints]

    def add(self, block: Block) -> None:
        """Take the rows of one block."""
        crowd = block.high - block.low
        code = block.code.astype(np.uint16) if crowd <= _SMALL else block.code
        order = np.argsort(code, kind="stable")  # such small numbers are counted, not compared
        self.count[block.low : block.high] = np.bincount(block.code, minlength=crowd)
        self.days.append(block.day.take(order))
        self.units.append(block.units.take(order))
