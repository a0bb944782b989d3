"""Records that share a key, block by block: sorted, counted, and the too large ones left out."""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Index, Ints

_SPREAD = 3
"""Slots a record in the first, rough count: more cost memory, fewer leave more to sort."""
_WIDEST = 2**62


@attrs.frozen(eq=False)
class Blocks:
    """What one pass puts together.

    Attributes:
        of: The block of each record; -1 for none, one of its own, or one that is too large.
        rows: The records of the blocks, block after block, each block in the order of the table.
        sizes: How many records each block holds, the smallest blocks first.
        keyed: How many records have a key.
        over: The sizes of the blocks that are too large, the largest first.
        examples: A record of each of these.
    """

    of: Index
    rows: Index
    sizes: Ints
    keyed: int
    over: Ints
    examples: Index

    @property
    def pairs(self) -> int:
        """How many pairs the blocks hold."""
        return pairs_in(self.sizes)


def blocks(at: Index, *, cap: int, most: int) -> Blocks:
    """Put records of one key together.

    Args:
        at: The key of each record as a number, -1 for none; any numbers, not only the first ones.
        cap: The most records of a block.
        most: The most pairs of all blocks: if there are more, the largest blocks are left out,
            all blocks of one size or none.

    >>> found = blocks(np.array([7, 3, 7, -1, 3, 3, 8]), cap=2, most=99)
    >>> found.rows.tolist(), found.sizes.tolist(), found.over.tolist(), found.of.tolist()
    ([0, 2], [2], [3], [0, -1, 0, -1, -1, -1, -1])
    """
    rows = np.flatnonzero(at >= 0)
    keyed = len(rows)
    rows = rows[_crowded(at[rows])]
    rows = rows[np.argsort(at[rows], kind="stable")]
    starts, sizes = _runs(at[rows])
    held, times = np.unique(sizes, return_counts=True)
    largest = largest_used(held, times, cap=cap, most=most)
    fits = (sizes > 1) & (sizes <= largest)
    over = np.flatnonzero(sizes > largest)
    over = over[np.lexsort((rows[starts[over]], -sizes[over]))]
    kept = np.flatnonzero(fits)
    kept = kept[np.argsort(sizes[kept], kind="stable")]
    members = rows[spans(starts[kept], sizes[kept])]
    of: Index = np.full(len(at), -1, dtype=np.int32)
    of[members] = np.repeat(np.arange(len(kept), dtype=np.int32), sizes[kept])
    return Blocks(of, members, sizes[kept], keyed, sizes[over], rows[starts[over]])


def largest_used(sizes: Ints, counts: Ints, *, cap: int, most: int) -> int:
    """The size of the largest blocks that are used.

    Args:
        sizes: The sizes that blocks have, ascending.
        counts: How many blocks have each.
        cap: The most records of a block.
        most: The most pairs of all blocks.

    >>> largest_used(np.array([2, 3]), np.array([5, 4]), cap=9, most=10)
    2
    """
    total = np.cumsum(counts * (sizes * (sizes - 1) // 2))
    fits = sizes[total <= most]
    if len(fits) == len(sizes):
        return cap
    return min(int(fits[-1]) if len(fits) else 1, cap)


def pairs_in(sizes: Ints) -> int:
    """How many pairs blocks of these sizes hold.

    >>> pairs_in(np.array([2, 3]))
    4
    """
    return int((sizes * (sizes - 1) // 2).sum())


def spans(starts: Index, sizes: Ints) -> Index:
    """The places of several stretches, one after another.

    >>> spans(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    found: Index = np.arange(total) + np.repeat(starts - (ends - sizes), sizes)
    return found


def joint(parts: Sequence[Codes]) -> Codes:
    """Several keys as one number a record, without words; missing where any of them is.

    Args:
        parts: The keys.

    >>> joint([Codes(np.array([0, 0, 1]), ("a", "b")), Codes(np.array([1, -1, 1]), ("c", "d"))]).at
    array([ 1, -1,  3])
    """
    at = parts[0].at.astype(np.int64)
    for part in parts[1:]:
        width = max(int(part.at.max(initial=-1)) + 1, 1)
        if (int(at.max(initial=-1)) + 1) * width >= _WIDEST:
            at = np.where(at >= 0, np.unique(at, return_inverse=True)[1], -1)
        known = (at >= 0) & (part.at >= 0)
        at = np.where(known, at * width + part.at, -1)
    return Codes(at, ())


def _crowded(keys: Index) -> Bools:
    # Most keys belong to one record alone. Counting them in slots finds nearly all of these
    # without sorting; a slot that two keys share only leaves some more to sort.
    slots = max(len(keys) * _SPREAD, 1)
    slot = keys % slots
    found: Bools = np.bincount(slot, minlength=slots)[slot] > 1
    return found


def _runs(keys: Index) -> tuple[Index, Ints]:
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)])
    sizes = np.diff(np.append(starts, len(keys))).astype(np.int64)
    return starts, sizes
