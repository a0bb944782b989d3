"""Natural breaks: the classes whose values differ least among themselves."""

from collections.abc import Iterable
from itertools import pairwise
from math import inf, isfinite
from typing import ClassVar

import attrs
import numpy as np

from custseg._typing import Floats, floats
from custseg.errors import ConfigError
from custseg.frames import Passes
from custseg.showing import Shown
from custseg.tiering.breaks.bucketed import fetched, gathered
from custseg.tiering.breaks.limits import Limits
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.solving import Solution, kept, solved, tamed
from custseg.tiering.breaks.sums import PlainSums
from custseg.tiering.cuts import Cuts


@attrs.frozen
class Breaks(Shown):
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


def _each(given: float | Iterable[float]) -> tuple[float, ...]:
    return (float(given),) if isinstance(given, int | float) else floats(given)


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

    Limits on the size of classes are part of the question, not a repair of the answer: the result
    is the best of all cuts that keep them. That takes O(k n log n) time for n different values.
    Equal values are never split, so it can be that no cuts keep them; that is an error. With
    fewer different values than ``k`` the limits speak of the classes that hold anything.

    Attributes:
        k: Number of classes.
        at_least: Smallest size of a class, or of each class, lowest first: below 1 a share of all
            customers, from 1 on a number of them (or of their weight).
        at_most: Largest share of a class, or of each class, lowest first: ``(1, 0.2, 0.05)``.

    Raises:
        ConfigError: There are fewer than one class, or no data can keep the limits.

    Source: Fisher 1958, "On grouping for maximum homogeneity", *JASA* 53(284); Jenks 1967, "The
    data model concept in statistical mapping".

    >>> NaturalBreaks(3).cuts(np.array([1.0, 2.0, 8.0, 9.0, 30.0]))
    Cuts(points=(2.0, 9.0), closed='right')
    >>> NaturalBreaks(3).cuts(np.array([5.0, 5.0]))
    Cuts(points=(5.0, 5.0), closed='right')
    >>> NaturalBreaks(2, at_least=2).cuts(np.array([1.0, 2.0, 3.0, 30.0]))
    Cuts(points=(2.0,), closed='right')
    """

    weighs: ClassVar[bool] = True

    k: int = 3
    at_least: tuple[float, ...] = attrs.field(default=(), converter=_each, kw_only=True)
    at_most: tuple[float, ...] = attrs.field(default=(), converter=_each, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the number of classes."""
        if self.k < 1:
            msg = f"k must be 1 or more classes, got {self.k}"
            raise ConfigError(msg)
        self._limits.check()

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
            NotEnoughDataError: No value is there, all weights are 0, or no cuts keep the limits.
            DataError: A value is infinite, or a weight below 0, missing or infinite.
        """
        points = Points.of(values, weights)
        return _cuts(points, solved(points, self._limits), self.k)

    def breaks(self, values: Floats, weights: Floats | None = None) -> Breaks:
        """Choose the points, and say how good they are.

        Args:
            values: Numbers; NaN is missing and ignored.
            weights: How much each value counts; 0 is ignored.

        Raises:
            NotEnoughDataError: No value is there, all weights are 0, or no cuts keep the limits.
            DataError: A value is infinite, or a weight below 0, missing or infinite.
        """
        points = Points.of(values, weights)
        return broken(points, self._limits, counted(values, weights))

    def by_passes(self, passes: Passes) -> Cuts:
        """Choose the same points of a column in an engine, without fetching its rows.

        Limits that the best cuts do not keep need the distinct values of the whole column.

        Args:
            passes: The column.

        Raises:
            NotEnoughDataError: No value is there, or no cuts keep the limits.
            DataError: A value is infinite.
        """
        points = gathered(passes, self.k)
        free = solved(points, Limits((), (), self.k))
        if self._limits and not kept(points, free, self._limits):
            points = fetched(passes)
            free = solved(points, self._limits)
        return _cuts(points, free, self.k)

    @property
    def _limits(self) -> Limits:
        return Limits(self.at_least, self.at_most, self.k)


def counted(values: Floats, weights: Floats | None) -> int:
    """How many values are there, and weigh something.

    Args:
        values: Numbers; NaN is missing.
        weights: One a value, or none.

    >>> counted(np.array([1.0, np.nan, 3.0]), np.array([1.0, 1.0, 0.0]))
    1
    """
    there = ~np.isnan(values)
    return int((there if weights is None else there & (weights > 0)).sum())


def broken(points: Points, limits: Limits, n: int, sums: PlainSums | None = None) -> Breaks:
    """Cut points, and how good the cuts are.

    Args:
        points: The points.
        limits: How many classes, and their limits.
        n: How many values the points are made of.
        sums: Prefix sums of the tamed points, if they are at hand.

    >>> broken(Points.of(np.array([1.0, 2.0, 9.0])), Limits((), (), 2), 3).cuts.points
    (2.0,)
    """
    found, near = solved(points, limits, sums), tamed(points)
    inside, around = _spread(near, found.cuts), _spread(near, ())
    gvf = 1 - inside / around if around else 1.0
    ends = pairwise((0, *found.cuts, len(points)))
    sizes = [float(points.weights[a:b].sum()) for a, b in ends]
    sizes += [0.0] * (limits.k - len(sizes))
    cuts, sse = _cuts(points, found, limits.k), _spread(points, found.cuts)
    return Breaks(cuts, sse, gvf, n, tuple(sizes), found.certified)


def _cuts(points: Points, found: Solution, classes: int) -> Cuts:
    upper = [points.end(cut - 1) for cut in found.cuts]
    empty = [points.end(len(points) - 1)] * (classes - 1 - len(upper))
    return Cuts((*upper, *empty), closed="right")


def _spread(points: Points, cuts: tuple[int, ...]) -> float:
    """Sum of squares within the classes; infinite where it leaves the range of floats."""
    squares = 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for a, b in pairwise((0, *cuts, len(points))):
            weight, value = points.weights[a:b], points.values[a:b]
            off = value - value[0]
            off -= (off * weight).sum() / weight.sum()
            rest = float((off * weight).sum())
            squares += float((off * off * weight).sum()) - rest * rest / float(weight.sum())
    return max(squares, 0.0) if isfinite(squares) else inf
