"""From rules and weighed pairs to customers: who hangs together, by what, and how surely."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index
from custseg.match.clustering.bounds import Bounds
from custseg.match.clustering.edges import Edges
from custseg.match.clustering.grouping import ClusterReport, cluster
from custseg.match.clustering.settings import Clusters
from custseg.match.evidence import Evidence
from custseg.match.weighing.weights import Weights, chances

THROUGH: Final = "through_others"
"""The rule of a record that no pass pairs with any of its customer's records."""


@attrs.frozen(eq=False)
class Resolved:
    """Who is one customer.

    Attributes:
        group: The customer of each record.
        chance: How probable the weakest link is by which a record's customer came together; NaN
            where it is alone or a rule decides.
        rule: For each record the pass of its best pair within its customer; -1 where there is none.
        report: What clustering did besides.
    """

    group: Index
    chance: Floats
    rule: Codes
    report: ClusterReport


@attrs.frozen(eq=False)
class Weighed:
    """The pairs of a table with their weights.

    Attributes:
        found: The pairs.
        weights: What each level weighs.
        bits: The weight of each pair.
    """

    found: Evidence
    weights: Weights
    bits: Floats

    @classmethod
    def of(cls, found: Evidence, weights: Weights) -> "Weighed":
        """Weigh the pairs."""
        return cls(found, weights, found.weights(weights))

    def edges(self) -> Edges:
        """The pairs for clustering."""
        return Edges(self.found.pairs.left, self.found.pairs.right, self.bits)


def resolved(
    weighed: Weighed, rank: Floats, bounds: Bounds, *, passes: Sequence[str], settings: Clusters
) -> Resolved:
    """Put the records together that are one customer.

    Args:
        weighed: The pairs.
        rank: The place of each record's id among all ids.
        bounds: What rules say.
        passes: The codes of the passes.
        settings: Thresholds and limits.
    """
    found = weighed.found

    def rescore(left: Index, right: Index) -> Floats:
        return found.between(weighed.weights, left, right)

    made = cluster(weighed.edges(), rank, rescore=rescore, settings=settings, bounds=bounds)
    chance = np.where(np.isfinite(made.weakest), chances(np.nan_to_num(made.weakest)), np.nan)
    rule = Codes(_best_pass(weighed, made.at, len(passes)), (*passes, THROUGH))
    return Resolved(made.at, chance, rule, made.report)


def ruled(rank: Floats, bounds: Bounds, settings: Clusters) -> Resolved:
    """Put the records together that rules join, as far as no rule forbids it.

    Args:
        rank: The place of each record's id among all ids.
        bounds: What rules say.
        settings: Which sources hold each customer once.
    """
    none: Index = np.zeros(0, dtype=np.intp)
    made = cluster(
        Edges(none, none, np.zeros(0)),
        rank,
        rescore=lambda left, _: np.zeros(len(left)),
        settings=settings,
        bounds=bounds,
    )
    alone = np.bincount(made.at)[made.at] < 2  # noqa: PLR2004 - by itself
    rule = Codes(np.where(alone, -1, 0), (THROUGH,))
    return Resolved(made.at, np.full(len(rank), np.nan), rule, made.report)


def _best_pass(weighed: Weighed, group: Index, none: int) -> Index:
    """For each record the first pass of its best pair within its group; ``none`` without one."""
    pairs = weighed.found.pairs
    inside = np.flatnonzero(group[pairs.left] == group[pairs.right])
    first = lowest_bit(pairs.passes[inside])
    rows = np.concatenate([pairs.left[inside], pairs.right[inside]])
    order = np.lexsort((np.tile(first, 2), -np.tile(weighed.bits[inside], 2), rows))
    rows, place = rows[order], np.tile(first, 2)[order]
    head = np.flatnonzero(np.diff(rows, prepend=-1))
    alone = np.bincount(group, minlength=len(group))[group] < 2  # noqa: PLR2004 - by itself
    best = np.full(len(group), none, dtype=np.intp)
    best[rows[head]] = place[head]
    return np.where(alone, -1, best)


def lowest_bit(masks: Index) -> Index:
    """The first pass of each of some masks.

    >>> lowest_bit(np.array([1, 6], dtype=np.uint32)).tolist()
    [0, 1]
    """
    lowest = masks & (~masks + masks.dtype.type(1))
    return np.asarray(np.bitwise_count(lowest - masks.dtype.type(1)), dtype=np.intp)
