"""From a score to a probability: as often as it happened to others with such a score."""

from typing import ClassVar, Final

import attrs
import numpy as np

from custseg._typing import Floats, floats
from custseg.errors import NotEnoughDataError
from custseg.measures.tally import Tally
from custseg.showing import Shown

LEAST: Final = 50
"""Rows of the smallest group, where there are so many."""
MOST: Final = 400
"""Groups at most, so that many rows cost no more than a few."""


@attrs.frozen
class MonotoneMap(Shown):
    """A rising line from scores to probabilities, flat beyond its ends.

    Attributes:
        scores: The knots, ascending.
        chances: The probability at each knot; it never falls.
        rows: Rows that it was learned from.
        cases: How many it happened to.

    >>> MonotoneMap((10.0, 90.0), (0.25, 0.75), 100, 40).of(np.array([0.0, 50.0, 99.0])).tolist()
    [0.25, 0.5, 0.75]
    """

    schema_version: ClassVar[int] = 1

    scores: tuple[float, ...] = attrs.field(converter=floats)
    chances: tuple[float, ...] = attrs.field(converter=floats)
    rows: int
    cases: int

    def of(self, score: Floats) -> Floats:
        """The probability of each score; NaN where that is NaN."""
        known = np.interp(score, self.scores, self.chances)
        return np.where(np.isnan(score), np.nan, known)


def monotone_map(tally: Tally, *, least: int = LEAST) -> MonotoneMap:
    """Learn how often it happens at which score, supposing that it is never less often higher up.

    Neighbouring scores are grouped until there are enough rows, groups that contradict the order
    are pooled, and the pools joined by straight lines from middle to middle. Each group is held
    towards the share of all as if by one row more, so that no probability is 0 or 1.

    Args:
        tally: Scores and what came.
        least: Rows of a group, at least.

    Raises:
        NotEnoughDataError: There are no rows.

    Source: Ayer, Brunk, Ewing, Reid and Silverman 1955, Annals of Mathematical Statistics 26(4)
    (pooling adjacent violators); Zadrozny and Elkan 2002, KDD (for calibration); Oron and Flournoy
    2017, Statistics in Biopharmaceutical Research 9(3) (centred, without flat steps).

    >>> tally = Tally.of(np.arange(8.0), np.array([0, 0, 1, 0, 1, 1, 0, 1], dtype=bool))
    >>> found = monotone_map(tally, least=2)
    >>> found.scores, [round(chance, 3) for chance in found.chances]
    ((0.5, 2.5, 5.5), [0.167, 0.5, 0.667])
    """
    if not tally.rows:
        msg = "nobody is known yet, so no probability can be learned; wait, or take more customers"
        raise NotEnoughDataError(msg)
    groups = tally.gathered(max(least, -(-tally.rows // MOST)))
    share = (groups.cases + tally.rate) / (groups.size + 1)
    parts = (groups.score.tolist(), share.tolist(), groups.size.tolist())
    pools = _pooled(list(zip(*parts, strict=True)))
    scores, chances, _ = zip(*pools, strict=True)
    return MonotoneMap(scores, chances, tally.rows, tally.happened)


def _pooled(groups: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Middle, share and weight of pools whose shares rise."""
    pools: list[tuple[float, float, float]] = []
    for group in groups:
        middle, share, weight = group
        while pools and pools[-1][1] >= share:
            m, s, w = pools.pop()
            both = w + weight
            middle, share = (m * w + middle * weight) / both, (s * w + share * weight) / both
            weight = both
        pools.append((middle, share, weight))
    return pools
