"""One record a source: of the pairs that contend, those that are best together."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from custseg._typing import Bools, Index
from custseg.match.clustering.edges import Edges

TRIFLE: Final = 1e-9
"""What a pair of weight 0 is worth more than none, in bits."""


def best_matches(edges: Edges, alone: Index, start: float) -> Edges:
    """Leave out the pairs that a better matching of two sources gives up.

    Where both sources hold each customer once, a record has at most one partner in the other. Of
    the pairs that contend for it those are kept whose weights add up to the most, rather than the
    strongest pair first.

    Args:
        edges: Pairs of at least ``start``, each once.
        alone: For each record its source if that holds each customer once, else -1.
        start: The weight from which a pair counts.

    Source:
        Jaro (1989), Advances in record-linkage methodology as applied to matching the 1985 census
        of Tampa, Florida, JASA 84: one-to-one links as a linear assignment.

    >>> pairs = Edges(np.array([0, 0, 1]), np.array([2, 3, 2]), np.array([10.0, 9.0, 9.0]))
    >>> best = best_matches(pairs, np.array([0, 0, 1, 1]), 0.0)
    >>> best.left.tolist(), best.right.tolist()
    ([0, 1], [3, 2])
    """
    one, two = alone[edges.left], alone[edges.right]
    both = np.flatnonzero((one >= 0) & (two >= 0) & (one != two))
    if not len(both):
        return edges
    sources = int(alone.max()) + 1
    ends = np.concatenate(
        [edges.left[both] * sources + two[both], edges.right[both] * sources + one[both]]
    )
    _, node, held = np.unique(ends, return_inverse=True, return_counts=True)
    left, right = node[: len(both)], node[len(both) :]
    contend = (held[left] > 1) | (held[right] > 1)
    kept: Bools = np.ones(len(edges), dtype=np.bool_)
    kept[both[contend]] = False
    nodes = Edges(left[contend], right[contend], edges.weight[both[contend]] - start)
    kept[both[contend][_chosen(nodes, len(held))]] = True
    return edges.where(kept)


def _chosen(nodes: Edges, count: int) -> Index:
    """Which pairs of contending ends are matched."""
    group = nodes.groups(count)[nodes.left]
    order = np.lexsort((nodes.right, nodes.left, -nodes.weight, group))
    heads = np.flatnonzero(np.diff(group[order], prepend=-1))
    star = _stars(nodes, group)
    first = order[heads[star[group[order[heads]]]]]
    rest = _assigned(nodes, order[~star[group[order]]], group)
    return np.concatenate([first, *rest])


def _stars(nodes: Edges, group: Index) -> Bools:
    """The groups in which all pairs contend for one end: the strongest wins."""
    count = int(group.max(initial=-1)) + 1
    star: Bools = np.zeros(count, dtype=np.bool_)
    for end in (nodes.left, nodes.right):
        low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
        np.minimum.at(low, group, end)
        np.maximum.at(high, group, end)
        star |= low == high
    return star


def _assigned(nodes: Edges, pairs: Index, group: Index) -> Iterator[Index]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - loaded where it is used

    for some in np.split(pairs, np.flatnonzero(np.diff(group[pairs])) + 1) if len(pairs) else ():
        _, one = np.unique(nodes.left[some], return_inverse=True)
        _, two = np.unique(nodes.right[some], return_inverse=True)
        gain = np.zeros((one.max() + 1, two.max() + 1))
        gain[one, two] = nodes.weight[some] + TRIFLE
        mine, theirs = linear_sum_assignment(gain, maximize=True)
        partner = np.full(len(gain), -1)
        partner[mine] = theirs
        yield some[partner[one] == two]
