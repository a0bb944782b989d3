"""Every pair within a group weighed, and the weights averaged between the parts that rules bind."""

from collections.abc import Iterator

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.match.clustering.edges import Edges, Rescore, coded, each_pair

CELLS = 4_000_000
"""The most numbers in one tensor."""


def completed(group: Index, atom: Index, known: Edges, rescore: Rescore) -> tuple[Edges, int]:
    """The pairs within groups, those that rules bind left out.

    Args:
        group: The group of each record, -1 for records that are alone.
        atom: The part of each record that rules bind.
        known: Pairs that have a weight, ordered.
        rescore: Weighs the others.

    Returns:
        The pairs with their weights, and how many of them were weighed here.
    """
    left, right = each_pair(group)
    free = atom[left] != atom[right]
    left, right = left[free], right[free]
    code, have = coded(left, right), coded(known.left, known.right)
    place = np.minimum(np.searchsorted(have, code), max(len(have) - 1, 0))
    found = have[place] == code if len(have) else np.zeros(len(code), dtype=np.bool_)
    weight = np.empty(len(code))
    weight[found] = known.weight[place[found]]
    if not found.all():
        weight[~found] = rescore(left[~found], right[~found])
    return Edges(left, right, weight), int((~found).sum())


@attrs.frozen(eq=False)
class Batch:
    """Groups of as many parts, side by side.

    Attributes:
        parts: Groups x parts: the part by its number, ascending.
        sizes: Groups x parts: how many records each holds.
        weight: Groups x parts x parts: the average weight between their records.
    """

    parts: Index
    sizes: Index
    weight: Floats


def batches(group: Index, atom: Index, pairs: Edges) -> Iterator[Batch]:
    """The groups of two and more parts, by how many parts they have.

    Args:
        group: The group of each record, -1 for records that are alone.
        atom: The part of each record, by its first record.
        pairs: All pairs between the parts of a group.
    """
    heads = np.flatnonzero((atom == np.arange(len(atom))) & (group >= 0))
    counts = np.bincount(group[heads])
    order = np.argsort(counts, kind="stable")
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    heads = heads[np.argsort(number[group[heads]], kind="stable")]
    counts = counts[order]
    starts = np.cumsum(counts) - counts
    place = np.zeros(len(atom), dtype=np.intp)
    place[heads] = np.arange(len(heads)) - np.repeat(starts, counts)
    place = place[atom]
    of = number[group[pairs.left]]
    by = np.argsort(of, kind="stable")
    ends = place[pairs.left[by]], place[pairs.right[by]]
    of, weight = of[by], pairs.weight[by]
    sizes = np.bincount(atom, minlength=len(atom))
    for first, last in _runs(counts):
        at = slice(starts[first], starts[first] + (last - first) * counts[first])
        parts = heads[at].reshape(last - first, -1)
        within = slice(*np.searchsorted(of, [first, last]).tolist())
        cells = (of[within] - first, ends[0][within], ends[1][within])
        yield Batch(parts, sizes[parts], _averages(cells, weight[within], sizes[parts]))


def _runs(counts: Index) -> Iterator[tuple[int, int]]:
    """Groups of as many parts, no more at once than a tensor may hold."""
    for count in np.unique(counts[counts > 1]).tolist():
        first, last = np.searchsorted(counts, [count, count + 1]).tolist()
        step = max(CELLS // count**2, 1)
        yield from ((at, min(at + step, last)) for at in range(first, last, step))


def _averages(cells: tuple[Index, Index, Index], weight: Floats, sizes: Index) -> Floats:
    groups, parts = sizes.shape
    at = (cells[0] * parts + cells[1]) * parts + cells[2]
    total = np.bincount(at, weights=weight, minlength=groups * parts * parts)
    total = total.reshape(groups, parts, parts)
    return (total + total.transpose(0, 2, 1)) / (sizes[:, :, None] * sizes[:, None, :])
