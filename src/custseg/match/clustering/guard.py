"""Guard against chains: what hangs together in too great numbers is cut at higher weights."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.match.clustering.edges import Edges

STEPS: Final = 32
"""In how many steps the weakest pairs of a chain are left out, a bit at least each time."""


@attrs.frozen(eq=False)
class Guarded:
    """What hangs together, in groups that can be weighed each with each.

    Attributes:
        group: The group of each part.
        chains: How many groups were too great.
        records: How many records they held.
    """

    group: Index
    chains: int
    records: int


def guarded(edges: Edges, sizes: Index, most: int) -> Guarded:
    """What hangs together, as far as it can be weighed each with each.

    The weakest pairs of a greater group are left out, equal weights all at once, until it falls
    apart: the outcome does not depend on the order of the pairs.

    Args:
        edges: The pairs that bring parts together.
        sizes: How many records each part holds.
        most: A group may have as many pairs to weigh as so many records have.

    >>> chain = Edges(np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([9.0, 1.0, 8.0]))
    >>> found = guarded(chain, np.ones(4, dtype=int), most=3)
    >>> found.group.tolist(), found.chains, found.records
    ([0, 0, 1, 1], 1, 4)
    """
    group = edges.groups(len(sizes))
    over = _pairs(group, sizes) > most * (most - 1) // 2
    records = int(sizes[over[group]].sum())
    chains, kept = int(over.sum()), edges
    while (weak := over[group[kept.left]]).any():
        kept = kept.where(~weak | (kept.weight >= _bar(kept, group)))
        group = kept.groups(len(sizes))
        over = _pairs(group, sizes) > most * (most - 1) // 2
    return Guarded(group, chains, records)


def _pairs(group: Index, sizes: Index) -> Index:
    """How many pairs of records each group has between its parts."""
    held = np.bincount(group, weights=sizes).astype(np.int64)
    within = np.bincount(group, weights=sizes.astype(np.float64) ** 2).astype(np.int64)
    return np.asarray((held**2 - within) // 2, dtype=np.int64)


def _bar(edges: Edges, group: Index) -> Floats:
    """For each pair the weight below which its group loses pairs."""
    at = group[edges.left]
    count = int(at.max(initial=-1)) + 1
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, at, edges.weight)
    np.maximum.at(high, at, edges.weight)
    low, high = low[at], high[at]
    bar = low + np.maximum(1.0, (high - low) / STEPS)
    return np.where(high > low, bar, np.inf)
