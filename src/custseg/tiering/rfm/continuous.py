"""Continuous scores: where a value stands between the worst and the best, from 0 to 100."""

from typing import Final, Literal, TypeAlias

import numpy as np

from custseg._typing import Floats, Ints
from custseg.tiering.rfm.measure import Measure
from custseg.tiering.rfm.scale import Knot

Continuous: TypeAlias = Literal["percentile", "scaled"]
FULL: Final = 10_000
_KNOTS: Final = 101


def line(values: Floats, measure: Measure, how: Continuous) -> tuple[Knot, ...]:
    """The knots of a measure's continuous score, in hundredths.

    ``percentile``: the share of buyers who are worse, half of the equals counted; exact up to 101
    different values, straight between percentiles beyond that. ``scaled``: straight from the worst
    value to the best.

    Args:
        values: Known values.
        measure: Whether less is better.
        how: ``percentile`` or ``scaled``.

    >>> line(np.array([1.0, 1.0, 3.0, 5.0]), Measure("monetary", "spent"), "percentile")
    ((1.0, 2500), (3.0, 6250), (5.0, 8750))
    >>> line(np.array([1.0, 5.0]), Measure("recency", "days", lower_is_better=True), "scaled")
    ((1.0, 10000), (5.0, 0))
    """
    sizes, counts = np.unique(values, return_counts=True)
    if how == "scaled":
        x = np.unique([sizes[0], sizes[-1]])
        y = np.linspace(0, FULL, 2) if len(x) > 1 else np.array([FULL / 2])
    else:
        x, y = _percentiles(sizes, counts)
    hundredths = np.rint(FULL - y if measure.lower_is_better else y).astype(int).tolist()
    return tuple(zip(x.tolist(), hundredths, strict=True))


def _percentiles(sizes: Floats, counts: Ints) -> tuple[Floats, Floats]:
    below = np.cumsum(counts) - counts
    middle = (2 * below + counts) / (2 * counts.sum())
    if len(sizes) > _KNOTS:
        wanted: Floats = np.linspace(float(middle[0]), float(middle[-1]), _KNOTS)
        last = len(sizes) - 1
        kept = np.unique(np.minimum(np.searchsorted(middle, wanted), last))
        sizes, middle = sizes[kept], middle[kept]
    return sizes, middle * FULL
