"""Purchase days of each customer, from sorted keys.

Rows are dealt into blocks of whole customers that fit the processor's cache; inside a block one
small key (customer, day) is sorted by radix passes. Nothing depends on the order of the rows, and
blocks are independent of one another: the kernel of all customers is the kernels of any parts of
them, one after the other.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Protocol, TypeVar

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Index, Ints

Small = NDArray[np.int32]
Whole = TypeVar("Whole", Small, Ints)

_CHUNK: Final = 1 << 17  # rows dealt at a time: temporaries stay in cache, off the page allocator
_BLOCK: Final = 1 << 16  # rows a block should hold
_KEY_BITS: Final = 24  # sorted in three radix passes of a byte
_DIGIT: Final = 16
_BYTE: Final = 8
_WORD: Final = 31


@attrs.frozen(eq=False)
class Rows:
    """Transactions as small integers.

    Attributes:
        code: Customer of each row, 0 to ``size`` - 1.
        day: Civil day since 1970-01-01.
        units: Money in whole 1/10000; below 0 it is a refund, which is no purchase.
        size: Number of customers, with those that have no row.
    """

    code: Small
    day: Small
    units: Ints
    size: int


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
        occasion: Distinct purchase days, by customer and then by day.
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

    >>> rows = Rows(np.zeros(3, "i4"), np.array([5, 9, 5], "i4"), np.array([10, 20, 30]), 1)
    >>> purchases = Purchases.blank(1)
    >>> measure(rows, 9, purchases)
    >>> purchases.days.tolist(), purchases.net.tolist(), purchases.opening.tolist()
    ([2], [60], [40])
    """
    for block in blocks(rows, until):
        for each in measures:
            each.add(block)


@attrs.frozen(eq=False)
class Purchases:
    """The purchase days of each customer in five figures.

    Attributes:
        days: Distinct purchase days, 0 = never bought.
        first: First purchase day, 0 where never bought.
        last: Last purchase day, 0 where never bought.
        net: Money of all rows, refunds taken off.
        opening: Money up to the end of the first purchase day.
    """

    days: Small
    first: Small
    last: Small
    net: Ints
    opening: Ints

    @classmethod
    def blank(cls, size: int) -> "Purchases":
        """No purchases of anybody yet."""
        days, first, last = np.zeros((3, size), dtype=np.int32)
        net, opening = np.zeros((2, size), dtype=np.int64)
        return cls(days, first, last, net, opening)

    def take(self, who: Index) -> "Purchases":
        """The figures of some customers, ascending."""
        if len(who) == len(self.days):
            return self
        days, first, last = (figure[who] for figure in (self.days, self.first, self.last))
        return Purchases(days, first, last, self.net[who], self.opening[who])

    def add(self, block: Block) -> None:
        """Write the figures of one block."""
        here = slice(block.low, block.high)
        net, opening, first = self.net[here], self.opening[here], self.first[here]
        self.days[here][block.who] = block.end - block.start
        first[block.who] = block.occasion.take(block.start)
        self.last[here][block.who] = block.occasion.take(block.end - 1)
        np.add.at(net, block.code, block.units)
        early = np.flatnonzero(block.day <= first.take(block.code))
        np.add.at(opening, block.code.take(early), block.units.take(early))


def blocks(rows: Rows, until: int) -> Iterator[Block]:
    """Deal rows up to a day into blocks of whole customers and put each in order."""
    if not len(rows.code):
        return
    first, last = int(rows.day.min()), int(rows.day.max())
    if first > until:
        return
    grid = _grid(rows, first, min(last, until))
    dealt = _deal(rows, grid, until if last > until else None)
    for i, (low, high) in enumerate(pairwise(dealt.edges.tolist())):
        if low < high:
            yield _block(grid, i, dealt.keys[low:high], dealt.units[low:high])


@attrs.frozen
class _Grid:
    """How keys are made: high bits the customer within its block, low bits the day."""

    size: int
    origin: int
    day_bits: int
    block_bits: int
    in_order: bool  # rows come day by day, as most logs do: half of the sorting is done

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return ((self.size - 1) >> self.block_bits) + 1


def _grid(rows: Rows, first: int, last: int) -> _Grid:
    day_bits = max(1, (last - first).bit_length())
    crowd = max(1, rows.size * _BLOCK // len(rows.code)).bit_length() - 1
    fewer = max(_KEY_BITS - day_bits, crowd - 2)  # smaller blocks where that saves a pass
    block_bits = max(0, min(crowd, fewer, _WORD - day_bits, (rows.size - 1).bit_length()))
    return _Grid(rows.size, first, day_bits, block_bits, _in_order(rows.day))


def _in_order(day: Small) -> bool:
    """Whether no row is of an earlier day than the one before it."""
    chunks = (day[low : low + _CHUNK + 1] for low in range(0, len(day), _CHUNK))
    return all(bool((some[1:] >= some[:-1]).all()) for some in chunks)


@attrs.frozen(eq=False)
class _Dealt:
    """Keys and money, the rows of a block side by side between two edges."""

    keys: Small
    units: Ints
    edges: Index


def _deal(rows: Rows, grid: _Grid, until: int | None) -> _Dealt:
    chunks = range(0, len(rows.code), _CHUNK)
    homes = [_home(_chunk(rows, low, until).code, grid) for low in chunks]
    counts = np.array([np.bincount(home, minlength=grid.blocks) for home in homes])
    edges = np.concatenate(([0], np.cumsum(counts.sum(axis=0))))
    total = int(edges[-1])
    dealt = _Dealt(np.empty(total, dtype=np.int32), np.empty(total, dtype=np.int64), edges)
    places = edges[:-1] + np.cumsum(counts, axis=0) - counts
    for low, home, *runs in zip(chunks, homes, places.tolist(), counts.tolist(), strict=True):
        _deal_chunk(dealt, _keyed(_chunk(rows, low, until), grid), home, runs)
    return dealt


def _chunk(rows: Rows, low: int, until: int | None) -> Rows:
    here = slice(low, low + _CHUNK)
    code, day, units = rows.code[here], rows.day[here], rows.units[here]
    if until is not None:
        in_time: Bools = day <= until
        code, day, units = code[in_time], day[in_time], units[in_time]
    return Rows(code, day, units, rows.size)


def _keyed(rows: Rows, grid: _Grid) -> tuple[Small, Ints]:
    """Key and money of each row."""
    key = rows.code & np.int32((1 << grid.block_bits) - 1)
    key <<= np.int32(grid.day_bits)
    key += rows.day
    key -= np.int32(grid.origin)
    return key, rows.units


def _deal_chunk(
    dealt: _Dealt, chunk: tuple[Small, Ints], home: Index, runs: list[list[int]]
) -> None:
    """Copy the rows of one chunk to their blocks: one run a block, to its place."""
    order = np.argsort(home, kind="stable")  # counts, not compares: a few nanoseconds a row
    key, units = chunk[0].take(order), chunk[1].take(order)
    low = 0
    for place, count in zip(*runs, strict=True):
        dealt.keys[place : place + count] = key[low : low + count]
        dealt.units[place : place + count] = units[low : low + count]
        low += count


def _home(code: Small, grid: _Grid) -> Index:
    """Block of each row, in the smallest type: small types are sorted by counting."""
    shifted = code >> np.int32(grid.block_bits)
    if grid.blocks <= 1 << _BYTE:
        return shifted.astype(np.uint8)
    return shifted.astype(np.uint16) if grid.blocks <= 1 << _DIGIT else shifted


def _block(grid: _Grid, i: int, keys: Small, units: Ints) -> Block:
    low = i << grid.block_bits
    buys = units >= 0
    bought = keys if buys.all() else keys[buys]
    sorted_bits = grid.day_bits if grid.in_order else 0
    bought = radix_sorted(bought, grid.day_bits + grid.block_bits, start=sorted_bits)
    bought = bought[_changes(bought)]
    customer = bought >> np.int32(grid.day_bits)
    start = np.flatnonzero(_changes(customer))
    return Block(
        low=low,
        high=min(grid.size, low + (1 << grid.block_bits)),
        code=(keys >> np.int32(grid.day_bits)).astype(np.intp),
        day=_days(keys, grid),
        units=units,
        who=customer.take(start),
        start=start,
        end=np.append(start[1:], len(bought)) if len(start) else start,
        occasion=_days(bought, grid),
    )


def _days(keys: Small, grid: _Grid) -> Small:
    day = keys & np.int32((1 << grid.day_bits) - 1)
    day += np.int32(grid.origin)
    return day


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
