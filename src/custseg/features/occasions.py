"""The purchase days of every customer, one after the other: what a replay reads."""

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.features.kernel import Block, measure
from custseg.features.rows import Rows, Small
from custseg.showing import Shown


@attrs.frozen(eq=False)
class Occasions(Shown):
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
        found = Gathering.blank(rows.size)
        measure(rows, until, found)
        return found.occasions

    def where(self, kept: Bools) -> "Occasions":
        """Some of the days.

        >>> both = Occasions(np.array([0, 2]), np.array([5, 9], "i4"))
        >>> both.where(both.day > 5).day.tolist()
        [9]
        """
        if kept.all():
            return self
        count = np.bincount(self.code[kept], minlength=self.size)
        return Occasions(np.concatenate(([0], np.cumsum(count))), self.day[kept])

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

    def put(self, who: Index, other: "Occasions", size: int) -> "Occasions":
        """The same with the days of some customers replaced, and with more customers.

        Args:
            who: These customers, ascending.
            other: Their days.
            size: Number of customers of both.

        >>> some = Occasions(np.array([0, 1, 2]), np.array([5, 9], "i4"))
        >>> put = some.put(np.array([0, 2]), Occasions(np.array([0, 2, 3]), np.array([4, 5, 7])), 3)
        >>> put.offset.tolist(), put.day.tolist()
        ([0, 2, 3, 4], [4, 5, 9, 7])
        """
        count = np.zeros(size, dtype=np.intp)
        count[: self.size] = self.count
        replaced = np.zeros(size, dtype=np.bool_)
        replaced[who] = True
        stays = np.repeat(~replaced[: self.size], self.count)
        count[who] = other.count
        new = np.repeat(replaced, count)
        day = np.empty(len(new), dtype=np.int32)
        day[~new], day[new] = self.day[stays], other.day
        return Occasions(np.concatenate(([0], np.cumsum(count))), day)


@attrs.frozen(eq=False)
class Gathering:
    """Purchase days as the blocks come, which is in order of customers.

    Attributes:
        count: Purchase days of each customer, after a 0.
        days: The days of each block.
    """

    count: Index
    days: list[Small]

    @classmethod
    def blank(cls, size: int) -> "Gathering":
        """No purchase days of anybody yet."""
        return cls(np.zeros(size + 1, dtype=np.intp), [])

    def add(self, block: Block) -> None:
        """Take the days of one block."""
        self.count[1 + block.low + block.who] = block.end - block.start
        self.days.append(block.occasion)

    @property
    def occasions(self) -> Occasions:
        """All of them."""
        day = np.concatenate(self.days) if self.days else np.empty(0, dtype=np.int32)
        return Occasions(np.cumsum(self.count), day)
