"""Natural breaks: the classes whose values differ least among themselves."""

from itertools import pairwise
from typing import ClassVar

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.solving import Solution, solved
from custseg.tiering.cuts import Cuts


@attrs.frozen
class Breaks:
    """Natural breaks and how good they are.

    Attributes:
        cuts: The cut points.
        sse: Sum of squared distances of the values from the mean of their class.
        gvf: Goodness of variance fit: the share of the sum of squares about the mean of all that
            the classes explain; 1 where all values are equal.
        n: How many values there are (weights above 0 only).
        sizes: How much is in each class, lowest first: customers, or their weights.
        certified: No other classes have a smaller sum of squares: this is proved, not hoped.

    >>> NaturalBreaks(2).breaks(np.array([1.0, 2.0, 8.0, 9.0]))
    Breaks(cuts=Cuts(points=(2.0,), closed='right'), sse=1.0, gvf=0.98, n=4, sizes=(2.0, 2.0), \
certified=True)
    """

    cuts: Cuts
    sse: float
    gvf: float
    n: int
    sizes: tuple[float, ...]
    certified: bool

    @property
    def k(self) -> int:
        """Number of classes."""
        return self.cuts.classes


@attrs.frozen
class NaturalBreaks:
    """Cut points where the values themselves fall into groups (Fisher, Jenks).

    Of all ways to cut the values into ``k`` classes the one with the smallest sum of squared
    distances from the means of the classes, exactly: no seed, no sample, no local optimum, and no
    loss where values are far from 0 or far apart. Of equally good ones the one whose top class
    is smallest, then the next. A point is the largest value of the class below it, and belongs
    there.

    With fewer different values than ``k``, each value is a class, the lowest first, and the
    highest classes stay empty: their points repeat the largest value.

    Attributes:
        k: Number of classes.

    Raises:
        ConfigError: There are fewer than one class.

    Source: Fisher 1958, "On grouping for maximum homogeneity", *JASA* 53(284); Jenks 1967, "The
    data model concept in statistical mapping".

    >>> NaturalBreaks(3).cuts(np.array([1.0, 2.0, 8.0, 9.0, 30.0]))
    Cuts(points=(2.0, 9.0), closed='right')
    >>> NaturalBreaks(3).cuts(np.array([5.0, 5.0]))
    Cuts(points=(5.0, 5.0), closed='right')
    """

    weighs: ClassVar[bool] = True

    k: int = 3

    def __attrs_post_init__(self) -> None:
        """Check the number of classes."""
        if self.k < 1:
            msg = f"k must be 1 or more classes, got {self.k}"
            raise ConfigError(msg)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return self.k

    def cuts(self, values: Floats, weights: Floats | None = None) -> Cuts:
        """Choose the points.

        Args:
            values: Numbers; NaN is missing and ignored.
            weights: How much each value counts; 0 is ignored.

        Raises:
            NotEnoughDataError: No value is there, or all weights are 0.
            DataError: A value is infinite, or a weight below 0, missing or infinite.
        """
        points = Points.of(values, weights)
        return self._cuts(points, solved(points, self.k))

    def breaks(self, values: Floats, weights: Floats | None = None) -> Breaks:
        """Choose the points, and say how good they are.

        Args:
            values: Numbers; NaN is missing and ignored.
            weights: How much each value counts; 0 is ignored.

        Raises:
            NotEnoughDataError: No value is there, or all weights are 0.
            DataError: A value is infinite, or a weight below 0, missing or infinite.
        """
        points = Points.of(values, weights)
        found = solved(points, self.k)
        inside, sizes = _spread(points, found.cuts, self.k)
        around, _ = _spread(points, (), 1)
        gvf = 1 - inside / around if around else 1.0
        there = ~np.isnan(values) if weights is None else ~np.isnan(values) & (weights > 0)
        n = int(there.sum())
        return Breaks(self._cuts(points, found), inside, gvf, n, sizes, found.certified)

    def _cuts(self, points: Points, found: Solution) -> Cuts:
        upper = [float(points.values[cut - 1]) for cut in found.cuts]
        empty = [float(points.values[-1])] * (self.k - 1 - len(upper))
        return Cuts((*upper, *empty), closed="right")


def _spread(points: Points, cuts: tuple[int, ...], classes: int) -> tuple[float, tuple[float, ...]]:
    """Sum of squares within the classes, and their sizes."""
    ends, squares, sizes = (0, *cuts, len(points)), 0.0, [0.0] * classes
    for i, (a, b) in enumerate(pairwise(ends)):
        weight, value = points.weights[a:b], points.values[a:b]
        sizes[i] = float(weight.sum())
        off = value - (value * weight).sum() / sizes[i]
        rest = float((off * weight).sum())
        squares += float((off * off * weight).sum()) - rest * rest / sizes[i]
    return max(squares, 0.0), tuple(sizes)
