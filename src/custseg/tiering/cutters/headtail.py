"""Where is the mean of the few large ones, and of the few largest among them?"""

from math import fsum
from typing import ClassVar

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.frames import Passes
from custseg.tiering.cuts import Cuts
from custseg.tiering.engine import check_found
from custseg.tiering.settings import is_number
from custseg.tiering.tallies import Counts, Tally


@attrs.frozen
class HeadTail:
    """Cut points at the mean, then at the mean of those above it, and so on (head/tail breaks).

    Made for columns in which few customers are large and most are small; the number of classes
    follows from the data. A value on a mean is in the tail, so equal values stay together.

    Attributes:
        head: Go on only while those above the mean are at most this share: a head is a minority.
            1.0 never stops before all of a head are equal.
        most: At most this many classes; ``None``: as many as there are.

    Raises:
        ConfigError: The share is not within (0, 1], or ``most`` is below 2.

    Source: Jiang 2013, "Head/tail breaks: a new classification scheme for data with a heavy-tailed
    distribution", The Professional Geographer 65(3); the head of at most 40 % is from there.

    >>> cuts = HeadTail().cuts(np.arange(1.0, 1000.0) ** -2)
    >>> np.bincount(cuts.codes(np.arange(1.0, 1000.0) ** -2)).tolist()
    [975, 21, 2, 1]
    """

    weighs: ClassVar[bool] = True

    head: float = 0.4
    most: int | None = None

    def __attrs_post_init__(self) -> None:
        """Check the share and the number of classes."""
        if not (is_number(self.head) and 0 < self.head <= 1):
            msg = f"head must be a share above 0, at most 1, got {self.head!r}"
            raise ConfigError(msg)
        if self.most is not None and not (is_number(self.most) and self.most >= 2):  # noqa: PLR2004 - one class has no cut
            msg = f"most must be at least 2 classes, got {self.most!r}"
            raise ConfigError(msg)

    def cuts(self, values: Floats, weights: Floats | None = None) -> Cuts:
        """Choose the points.

        Args:
            values: Numbers; NaN is missing and ignored.
            weights: The number of customers that each value stands for.

        Raises:
            NotEnoughDataError: No value is there, or the weights are all 0.
            DataError: A value is infinite, or a weight is impossible.
        """
        return self._points(Tally.of(values, weights))

    def by_passes(self, passes: Passes) -> Cuts:
        """Choose the same points of a column in an engine, by its distinct values.

        Args:
            passes: The column.

        Raises:
            NotEnoughDataError: No value is there.
            DataError: A value is infinite.
        """
        ends = passes.buckets(np.empty(0))
        check_found(ends)
        found = passes.tally([(float(ends.low[0]), float(ends.high[0]))])
        return self._points(Tally(found.values, found.counts))

    def _points(self, tally: Tally) -> Cuts:
        """The means, from all values to the few largest."""
        points = list[float]()
        sizes, counts = tally.sizes, tally.counts
        while len(sizes) > 1 and len(points) + 1 != self.most:
            point = _mean(sizes, counts)
            first = int(np.searchsorted(sizes, point, side="right"))
            if float(counts[first:].sum()) > self.head * float(counts.sum()):
                break
            points.append(point)
            sizes, counts = sizes[first:], counts[first:]
        return Cuts(points, "right")


def _mean(sizes: Floats, counts: Counts) -> float:
    """The mean, rounded so that it is below the largest: there is always a head.

    Sums are halved twice over, so that the largest floats have one, too.
    """
    scale = int(np.frexp(np.abs(sizes).max())[1])
    small = np.ldexp(sizes, -scale)
    mean = fsum((small * counts).tolist()) / float(counts.sum())
    point = float(np.ldexp(mean, scale))
    return min(max(point, float(sizes[0])), float(np.nextafter(sizes[-1], -np.inf)))
