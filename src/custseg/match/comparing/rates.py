"""How often pairs taken at random agree: from a sample that no chance decides, and exact counts."""

from collections.abc import Sequence
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np

from custseg._typing import Codes, Floats, Index, Ints

_FIRST: Final = 0.25
_SECOND: Final = 0.75


Sample: TypeAlias = tuple[Index, Index, tuple[Ints, Ints]]
"""The values of two sides, and how often each of them stands."""


def drawn(words: tuple[str, ...], counts: Ints, sample: int) -> Sample:
    """Values for the two sides of a sample of pairs, and how often each of them stands.

    Few values are all taken. Of many, those are taken that stand at even steps along all records,
    after the values were put in an order that has nothing to do with their spelling: neighbours in
    the alphabet are alike. The two sides step half a step apart.

    Args:
        words: The values.
        counts: How many records have each.
        sample: How many to take for a side.

    >>> left, right, times = drawn(("ulm", "bonn"), np.array([3, 1]), 10)
    >>> left.tolist(), right.tolist(), times[0].tolist()
    ([0, 1], [0, 1], [3, 1])
    """
    held = np.flatnonzero(counts)
    if len(held) <= sample:
        return held, held, (counts[held], counts[held])
    order = held[_mixed([words[at] for at in held.tolist()])]
    ends = np.cumsum(counts[order])
    left, right = (
        order[np.searchsorted(ends, places, "right")] for places in stands(int(ends[-1]), sample)
    )
    first, times = np.unique(left, return_counts=True)
    second, others = np.unique(right, return_counts=True)
    return first, second, (times, others)


def stands(records: int, sample: int) -> tuple[Floats, Floats]:
    """Where along the records, put in order, the values of the two sides are taken.

    Args:
        records: How many records there are.
        sample: How many values to take for a side.

    >>> [side.tolist() for side in stands(8, 2)]
    [[1.0, 5.0], [3.0, 7.0]]
    """
    step, every = records / sample, np.arange(sample, dtype=np.float64)
    return (every + _FIRST) * step, (every + _SECOND) * step


def mixing(words: Sequence[str]) -> Ints:
    """The number of each word by which words are put in an order that has nothing to do with them.

    Args:
        words: The words.
    """
    return np.fromiter(
        (crc32(word.encode("utf-8", "surrogatepass")) for word in words), np.int64, len(words)
    )


def _mixed(words: Sequence[str]) -> Index:
    """The places of distinct words in an order that has nothing to do with their spelling."""
    marks = mixing(words)
    order = np.argsort(marks, kind="stable")
    same = np.flatnonzero(np.diff(marks[order]) == 0)
    for at in same.tolist():  # two words with one mark, one in some ten thousand: by spelling
        one, two = int(order[at]), int(order[at + 1])
        if words[one] > words[two]:
            order[at], order[at + 1] = two, one
    return order


def exact_rate(codes: Codes, known: int) -> float:
    """The share of pairs of known records that have the same value.

    Args:
        codes: The value of each record; some that are known may have none to agree on.
        known: How many records are known.

    >>> round(exact_rate(Codes(np.array([0, 0, 1, -1]), ("ulm", "bonn")), 3), 4)
    0.3333
    """
    counts = np.bincount(codes.at[codes.at >= 0]).astype(float)
    pairs = float(known) * (known - 1)
    return float((counts * (counts - 1)).sum()) / pairs if known > 1 else 0.0


def shared(tally: Floats, exact: float) -> Floats:
    """Shares of the levels: the best as counted exactly, the rest as in the sample.

    Args:
        tally: Pairs of the sample at each level.
        exact: The share of the best level among all pairs.

    >>> shared(np.array([9.0, 1.0, 3.0]), 0.2).round(2).tolist()
    [0.2, 0.2, 0.6]
    """
    rest = tally[1:].sum()
    shares = tally[1:] / rest if rest else np.append(np.zeros(len(tally) - 2), 1.0)
    return np.append(exact, shares * (1 - exact))
