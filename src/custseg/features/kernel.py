"""Purchase days of each customer, from sorted keys.

Inside a block of whole customers one small key (customer, day) is sorted by radix passes. Nothing
depends on the order of the rows, and blocks are independent of one another: the kernel of all
customers is the kernels of any parts of them, one after the other.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Protocol, TypeVar

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.features.dealing import Dealt, Packing
from custseg.features.periods import Unit, last_day_of, period_of
from custseg.features.rows import Rows, Small

__all__ = [
    "Block",
    "Measure",
    "Rows",
    "Small",
    "blocks",
    "measure",
    "penniless",
    "radix_sorted",
]

Whole = TypeVar("Whole", Small, Ints)

_DIGIT: Final = 16
_BYTE: Final = 8


@attrs.frozen(eq=False)
class Block:
    """Rows of some customers, and their purchase days in order.

    Attributes:
        low: First customer of the block; the others count from it.
        high: One past the last customer.
        code: Customer of each row, counted from ``low``.
        day: Day of each row.
        units: Money of each row.
        who: Customers with a purchase, ascending, counted from ``low``.
        start: Where the purchase days of each of them start in ``occasion``.
        end: One past where they end.
        occasion: Distinct purchase days, by customer and then by day; of purchases that are
            counted as one, the first.
        closing: The day on which the first occasion of each of them is over, ``None`` where it is
            its own day.
    """

    low: int
    high: int
    code: Index
    day: Small
    units: Ints
    who: Index
    start: Index
    end: Index
    occasion: Small
    closing: Small | None


class Measure(Protocol):
    """Something that is known of a customer once its purchase days are in order."""

    def add(self, block: Block) -> None:
        """Write the figures of the customers of one block."""
        ...


def measure(rows: Rows, until: int, *measures: Measure) -> None:
    """Take measures of every customer from the rows up to a day.

    Args:
        rows: Transactions in any order.
        until: The last day that counts.
        measures: What to write; each sees every block once.

    >>> from custseg.features.purchases import Purchases
    >>> rows = Rows(np.zeros(3, "i4"), np.array([5, 9, 5], "i4"), np.array([10, 20, 30]), 1)
    >>> purchases = Purchases.blank(1)
    >>> measure(rows, 9, purchases)
    >>> purchases.days.tolist(), purchases.net.tolist(), purchases.opening.tolist()
    ([2], [60], [40])
    """
    for block in blocks(rows, until):
        for each in measures:
            each.add(block)


def blocks(rows: Rows, until: int) -> Iterator[Block]:
    """Deal rows up to a day into blocks of whole customers and put each in order."""
    if not len(rows.code):
        return
    first, last = int(rows.day.min()), int(rows.day.max())
    if first > until:
        return
    grid = Packing.of(rows, first, min(last, until))
    dealt = Dealt.of(rows, grid, until if last > until else None)
    sorting = _Sorting.of(grid, rows, min(last, until))
    for i, (low, high) in enumerate(pairwise(dealt.edges.tolist())):
        if low < high:
            yield sorting.block(i, dealt.keys[low:high], dealt.units[low:high])


@attrs.frozen(eq=False)
class _Sorting:
    """How the rows of a block become occasions."""

    grid: Packing
    merge: Unit
    net_days: bool
    period: Small | None  # period of each day of the grid, where purchases are merged by more

    @classmethod
    def of(cls, grid: Packing, rows: Rows, last: int) -> "_Sorting":
        merge, period = rows.counting.merge, None
        if merge != "day":
            period = period_of(np.arange(grid.origin, last + 1), merge).astype(np.int32)
        return cls(grid, merge, rows.counting.net_days, period)

    def block(self, i: int, keys: Small, units: Ints) -> Block:
        grid = self.grid
        low = i << grid.block_bits
        bought = self._occasions(keys, units)
        customer, occasion = grid.customers(bought), grid.days(bought)
        start = np.flatnonzero(_changes(customer))
        return Block(
            low=low,
            high=min(grid.size, low + (1 << grid.block_bits)),
            code=grid.customers(keys).astype(np.intp),
            day=grid.days(keys),
            units=units,
            who=customer.take(start),
            start=start,
            end=np.append(start[1:], len(bought)) if len(start) else start,
            occasion=occasion,
            closing=self._closing(occasion, start),
        )

    def _occasions(self, keys: Small, units: Ints) -> Small:
        """Distinct keys of purchases, of those that are counted as one the first."""
        grid = self.grid
        buys = units >= 0
        if self.net_days:
            buys &= ~penniless(keys, units)
        bought = keys if buys.all() else keys[buys]
        if not (bought[1:] >= bought[:-1]).all():
            sorted_bits = grid.day_bits if grid.in_order else 0
            bought = radix_sorted(bought, grid.day_bits + grid.block_bits, start=sorted_bits)
        bought = bought[_changes(bought)]
        if self.period is None:
            return bought
        period = self.period.take(grid.days(bought) - grid.origin)
        return bought[_changes(grid.customers(bought)) | _changes(period)]

    def _closing(self, occasion: Small, start: Index) -> Small | None:
        if self.period is None:
            return None
        period = period_of(occasion.take(start), self.merge)
        return last_day_of(period, self.merge).astype(np.int32)


def penniless(keys: Index, units: Ints) -> Bools:
    """Rows of customers on days that leave no money, whatever was bought on them.

    Args:
        keys: Customer and day of each row in one number.
        units: Money of each row.

    >>> penniless(np.array([7, 8, 7]), np.array([50, 50, -50])).tolist()
    [True, False, True]
    """
    odd = np.unique(keys[units <= 0])
    if not len(odd):
        return np.zeros(len(keys), dtype=np.bool_)
    place = np.minimum(np.searchsorted(odd, keys), len(odd) - 1)
    there: Bools = odd[place] == keys
    net = np.zeros(len(odd), dtype=np.int64)
    np.add.at(net, place[there], units[there])
    there &= net[place] <= 0
    return there


def radix_sorted(keys: Whole, bits: int, *, start: int = 0) -> Whole:
    """Sort 16 bits at a time: numpy sorts such small integers by counting, not comparing.

    Args:
        keys: Whole numbers, 0 or more.
        bits: How many of their bits count.
        start: Lower bits by which equals are in order already.

    >>> radix_sorted(np.array([70_000, 3, 5]), 17).tolist()
    [3, 5, 70000]
    """
    for low in range(start, bits, _DIGIT):
        small = np.uint8 if bits - low <= _BYTE else np.uint16
        digit = (keys >> low).astype(small)
        keys = keys.take(np.argsort(digit, kind="stable"))
    return keys


def _changes(ordered: Small) -> Bools:
    """Where a value differs from the one before it; the first one always does."""
    new = np.empty(len(ordered), dtype=np.bool_)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new
