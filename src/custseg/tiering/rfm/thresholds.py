"""From where to where does each score go?"""

from collections.abc import Iterator
from itertools import pairwise, product

import attrs

from custseg.tiering.cuts import Cuts, Side
from custseg.tiering.rfm.scale import MeasureScale


@attrs.frozen
class Threshold:
    """The span of values that gets one score.

    Attributes:
        measure: The measure.
        score: The score.
        low: Where the span begins; at an end, the smallest value that was seen, if any was.
        high: Where it ends.
        closed: ``left``: ``low`` is inside and ``high`` outside; ``right``: the other way round.
        among: The group, or the scores before, that it holds for; empty: all customers.

    >>> Threshold("recency", 5, 0.0, 115.0, "left").score
    5
    """

    measure: str
    score: int
    low: float | None
    high: float | None
    closed: Side
    among: str = ""


def thresholds(scales: tuple[MeasureScale, ...]) -> tuple[Threshold, ...]:
    """The spans of all scores of some scales, lowest values first.

    Args:
        scales: The scales, in order.
    """
    found: list[Threshold] = []
    for i, scale in enumerate(scales):
        for among, cuts in _each(scale, scales[:i]):
            ends = (scale.least, *cuts.points, scale.most)
            found += (
                Threshold(scale.measure.name, scale.score(place), low, high, cuts.closed, among)
                for place, (low, high) in enumerate(pairwise(ends))
            )
    return tuple(found)


def _each(scale: MeasureScale, before: tuple[MeasureScale, ...]) -> Iterator[tuple[str, Cuts]]:
    if scale.within:
        cells = product(*(range(other.bins) for other in before))
        for cell, cuts in zip(cells, scale.within, strict=True):
            scores = (other.score(place) for other, place in zip(before, cell, strict=True))
            yield "-".join(map(str, scores)), cuts
    elif isinstance(scale.cuts, Cuts):
        yield "", scale.cuts
    else:
        yield from scale.cuts.cuts.items()
        yield "", scale.cuts.otherwise
