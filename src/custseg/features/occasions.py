"""The purchase days of every customer, one after the other: what a replay reads."""

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.features.kernel import Block, measure
from custseg.features.rows import Rows, Small


@attrs.frozen(eq=False)
class Occasions:
    """Distinct purchase days of each customer, in order.

    Attributes:
        offset: Where the days of each customer begin; one more than there are customers.
        day: Purchase days since 1970-01-01, by customer and then by day.

    >>> rows = Rows(np.zeros(3, "i4"), np.array([9, 5, 9], "i4"), np.ones(3, "i8"), 2)
    >>> found = Occasions.of(rows, until=99)
    >>> found.offset.tolist(), found.day.tolist(), found.code.tolist()
    ([0, 2, 2], [5, 9], [0, 0])
    """

    offset: Index
    day: Small

    @classmethod
    def of(cls, rows: Rows, *, until: int) -> "Occasions":
        """Put the purchase days up to a day in order.

        Args:
            rows: Transactions in any order; refunds are no purchases.
            until: The last day that counts.
        """
        found = _Gathering(np.zeros(rows.size + 1, dtype=np.intp), [])
        measure(rows, until, found)
        offset = np.cumsum(found.count)
        day = np.concatenate(found.days) if found.days else np.empty(0, dtype=np.int32)
        return cls(offset, day)

    @property
    def size(self) -> int:
        """Number of customers, with those that have not bought."""
        return len(self.offset) - 1

    @property
    def count(self) -> Ints:
        """Purchase days of each customer."""
        return np.diff(self.offset)

    @property
    def code(self) -> Index:
        """Customer of each purchase day."""
        return np.repeat(np.arange(self.size), self.count)

    @property
    def opens(self) -> Bools:
        """Whether a purchase day is the first of its customer."""
        first = np.zeros(len(self.day), dtype=np.bool_)
        first[self.offset[:-1][self.count > 0]] = True
        return first


@attrs.frozen(eq=False)
class _Gathering:
    """Purchase days as the blocks come, which is in order of customers."""

    count: Index
    days: list[Small]

    def add(self, block: Block) -> None:
        """Take the days of one block."""
        self.count[1 + block.low + block.who] = block.end - block.start
        self.days.append(block.occasion)
