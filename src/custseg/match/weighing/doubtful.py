"""Which pairs to show to a person: those that are least certain, and of many kinds."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.match.weighing.bits import Levels
from custseg.match.weighing.weights import chances

_DOUBT: Final = 10.0
"""Bits away from doubt beyond which an answer is all but known: one in a thousand."""

_MOST: Final = 2**62


def least_certain(
    bits: Floats, levels: Sequence[Levels], ranks: tuple[Index, Index], many: int, *, asked: Bools
) -> Index:
    """The pairs whose review teaches most, the most instructive first.

    A pair counts for how much in doubt it is, and for how many others are at the same levels, since
    the answer holds for them too. The second pair of a kind counts a quarter, the third a ninth:
    one question after the other is about something else. No record is shown twice as long as there
    are others.

    Args:
        bits: The weight of each pair.
        levels: For each comparison the level of each pair.
        ranks: The places of the two records of each pair among all ids: they decide between equals.
        many: How many pairs.
        asked: Pairs that were reviewed before and are not shown again.

    Returns:
        The numbers of the pairs, at most as many as were wanted.
    """
    pool = np.flatnonzero(~asked & (np.abs(bits) <= _DOUBT))
    if len(pool) < many:
        pool = np.flatnonzero(~asked)
    low, high = np.minimum(*ranks)[pool], np.maximum(*ranks)[pool]
    kind = _kinds([level[pool] for level in levels], len(pool))
    likely = chances(bits[pool])
    doubt = _entropy(likely)
    turn = _turns(kind, np.lexsort((high, low, -doubt, kind)))
    worth = doubt * np.log1p(np.bincount(kind)[kind]) / (1.0 + turn) ** 2
    order = np.lexsort((high, low, -worth.round(12)))
    return pool[_apart(order, low, high, many)]


def _entropy(likely: Floats) -> Floats:
    """How much is unknown, in bits."""
    safe = np.clip(likely, 1e-300, 1.0)
    rest = np.clip(1.0 - likely, 1e-300, 1.0)
    unknown: Floats = -(likely * np.log2(safe) + (1.0 - likely) * np.log2(rest))
    return unknown


def _kinds(levels: Sequence[Levels], pairs: int) -> Ints:
    """Pairs at the same levels are of one kind."""
    kind, span = np.zeros(pairs, dtype=np.int64), 1
    for level in levels:
        width = int(level.max(initial=0)) + 1
        if span * width > _MOST:
            kind = np.unique(kind, return_inverse=True)[1].reshape(-1).astype(np.int64)
            span = int(kind.max(initial=0)) + 1
        kind, span = kind * width + level, span * width
    return np.unique(kind, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _turns(kind: Ints, order: Index) -> Ints:
    """The place of each pair within its kind, when pairs stand in an order kind by kind."""
    sorted_kinds = kind[order]
    first = np.flatnonzero(np.diff(sorted_kinds, prepend=-1))
    sizes = np.diff(np.append(first, len(order)))
    turn = np.empty(len(order), dtype=np.int64)
    turn[order] = np.arange(len(order)) - np.repeat(first, sizes)
    return turn


def _apart(order: Index, low: Index, high: Index, many: int) -> Index:
    """The first pairs that share no record with one before; then, if need be, the others."""
    seen: set[int] = set()
    taken: list[int] = []
    later: list[int] = []
    for at in order.tolist():
        if len(taken) == many:
            break
        ends = {int(low[at]), int(high[at])}
        (later if ends & seen else taken).append(at)
        seen |= ends
    return np.array([*taken, *later[: many - len(taken)]], dtype=np.intp)
