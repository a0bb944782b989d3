"""What it costs to make room: the cheapest way for one more customer with each representative."""

from typing import Final

import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.planning.asking.pairs import Pairs

MOST: Final = 50_000_000
"""Pairs beyond which the ways are not looked for: that would take longer than the plan."""


def detours(pairs: Pairs, at: Index, free: tuple[Bools, Bools], movable: Bools) -> Floats:
    """Points lost at least when the first representative has one too many and the second one less.

    Customers are handed on from one to the next; a free place ends the way, and whoever may have
    fewer begins it. Of a best plan no way gains points.

    Args:
        pairs: How well each pair goes together.
        at: The representative of each customer, -1 for none.
        free: Who could have one more, and who could have one less.
        movable: Customers that may be handed on.

    Returns:
        m x m; infinity where there is no way.

    Source:
        Shortest paths between representatives: Floyd, "Algorithm 97" (1962).

    >>> pairs = Pairs(np.array([[1.0, 0.4], [0.9, 0.8]]))
    >>> full = np.array([False, False])
    >>> detours(pairs, np.array([0, 1]), (full, full), np.array([True, True])).round(9).tolist()
    [[0.0, 0.6], [-0.1, 0.0]]
    """
    more, less = free
    size = more.size
    far = np.full((size + 1, size + 1), np.inf)  # the last is the place of free places
    far[:size, :size] = _handed(pairs, at, movable, size)
    far[np.append(more, False), size] = 0.0
    far[size, np.append(less, False)] = 0.0
    np.fill_diagonal(far, 0.0)
    for over in range(size + 1):
        np.minimum(far, far[:, over, None] + far[None, over], out=far)
    return far[:size, :size]


def _handed(pairs: Pairs, at: Index, movable: Bools, size: int) -> Floats:
    """The cheapest customer that the one can hand to the other."""
    rows = np.flatnonzero((at >= 0) & movable)
    own = rows if pairs.at is None else pairs.at[rows]
    alike: Ints = np.unique(own.astype(np.int64) * size + at[rows])
    out = np.full((size, size), np.inf)
    for rep in range(size):
        some = alike[alike % size == rep] // size
        if some.size:
            lost = pairs.points[some, rep, None] - pairs.points[some]
            out[rep] = np.fmin.reduce(lost, axis=0, initial=np.inf)
    return out
