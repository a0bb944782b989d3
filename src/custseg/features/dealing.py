"""Rows dealt into blocks of whole customers that fit the processor's cache."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.features.rows import Rows, Small

CHUNK: Final = 1 << 17  # rows dealt at a time: temporaries stay in cache, off the page allocator
BLOCK: Final = 1 << 16  # rows a block should hold
_KEY_BITS: Final = 24  # sorted in three radix passes of a byte
_DIGIT: Final = 16
_BYTE: Final = 8
_WORD: Final = 31


@attrs.frozen
class Packing:
    """How keys are made: high bits the customer within its block, low bits the day.

    Attributes:
        size: Number of customers.
        origin: The first day.
        day_bits: Bits of a day.
        block_bits: Bits of a customer within its block.
        in_order: Whether rows come day by day, as most logs do: half of the sorting is done.
    """

    size: int
    origin: int
    day_bits: int
    block_bits: int
    in_order: bool

    @classmethod
    def of(cls, rows: Rows, first: int, last: int) -> "Packing":
        """The grid for rows between two days."""
        day_bits = max(1, (last - first).bit_length())
        crowd = max(1, rows.size * BLOCK // len(rows.code)).bit_length() - 1
        fewer = max(_KEY_BITS - day_bits, crowd - 2)  # smaller blocks where that saves a pass
        block_bits = max(0, min(crowd, fewer, _WORD - day_bits, (rows.size - 1).bit_length()))
        return cls(rows.size, first, day_bits, block_bits, _in_order(rows.day))

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return ((self.size - 1) >> self.block_bits) + 1

    def customers(self, keys: Small) -> Small:
        """Customer of each key, counted from the first of its block."""
        return keys >> np.int32(self.day_bits)

    def days(self, keys: Small) -> Small:
        """Day of each key."""
        day = keys & np.int32((1 << self.day_bits) - 1)
        day += np.int32(self.origin)
        return day

    def keyed(self, rows: Rows) -> tuple[Small, Ints]:
        """Key and money of each row."""
        key = rows.code & np.int32((1 << self.block_bits) - 1)
        key <<= np.int32(self.day_bits)
        key += rows.day
        key -= np.int32(self.origin)
        return key, rows.units

    def home(self, code: Small) -> Index:
        """Block of each row, in the smallest type: small types are sorted by counting."""
        shifted = code >> np.int32(self.block_bits)
        if self.blocks <= 1 << _BYTE:
            return shifted.astype(np.uint8)
        return shifted.astype(np.uint16) if self.blocks <= 1 << _DIGIT else shifted


def _in_order(part: Small) -> bool:
    """Whether no row is of an earlier day, or customer, than the one before it."""
    chunks = (part[low : low + CHUNK + 1] for low in range(0, len(part), CHUNK))
    return all(bool((some[1:] >= some[:-1]).all()) for some in chunks)


@attrs.frozen(eq=False)
class Dealt:
    """Keys and money, the rows of a block side by side between two edges.

    Attributes:
        keys: Key of each row.
        units: Its money.
        edges: Where each block begins, and where the last one ends.
    """

    keys: Small
    units: Ints
    edges: Index

    @classmethod
    def of(cls, rows: Rows, grid: Packing, until: int | None) -> "Dealt":
        """Deal rows, those up to a day where one is given; grouped rows are dealt as they are."""
        if until is None and _in_order(rows.code):
            first = np.minimum(np.arange(grid.blocks + 1) << grid.block_bits, rows.size)
            key, units = grid.keyed(rows)
            return cls(key, units, np.searchsorted(rows.code, first.astype(np.int32)))
        chunks = range(0, len(rows.code), CHUNK)
        homes = [grid.home(_chunk(rows, low, until).code) for low in chunks]
        counts = np.array([np.bincount(home, minlength=grid.blocks) for home in homes])
        edges = np.concatenate(([0], np.cumsum(counts.sum(axis=0))))
        total = int(edges[-1])
        dealt = cls(np.empty(total, dtype=np.int32), np.empty(total, dtype=np.int64), edges)
        places = edges[:-1] + np.cumsum(counts, axis=0) - counts
        for low, home, *runs in zip(chunks, homes, places.tolist(), counts.tolist(), strict=True):
            dealt.deal(grid.keyed(_chunk(rows, low, until)), home, runs)
        return dealt

    def deal(self, chunk: tuple[Small, Ints], home: Index, runs: list[list[int]]) -> None:
        """Copy the rows of one chunk to their blocks: one run a block, to its place."""
        order = np.argsort(home, kind="stable")  # counts, not compares: a few nanoseconds a row
        key, units = chunk[0].take(order), chunk[1].take(order)
        low = 0
        for place, count in zip(*runs, strict=True):
            self.keys[place : place + count] = key[low : low + count]
            self.units[place : place + count] = units[low : low + count]
            low += count


def _chunk(rows: Rows, low: int, until: int | None) -> Rows:
    here = rows.take(slice(low, low + CHUNK))
    if until is None:
        return here
    in_time: Bools = here.day <= until
    return here.take(in_time)
