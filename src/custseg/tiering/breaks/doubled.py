"""Prefix sums in pairs of floats, for values that single floats would cancel away."""

from math import sqrt

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.tiering.breaks.errorfree import limbs, two_product, two_sum
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.sums import Sums, margins, roundings, running

_PAIR = 2.0**-98
_COARSE = 2


@attrs.frozen(eq=False)
class Pair:
    """Numbers as the sum of two floats.

    Attributes:
        high: The numbers, rounded.
        low: What rounding took.
    """

    high: Floats
    low: Floats

    def between(self, a: Index, b: Index) -> "Pair":
        """Differences of two entries."""
        high, low = two_sum(self.high[b], -self.high[a])
        return Pair(*_short(high, low + (self.low[b] - self.low[a])))


@attrs.frozen(eq=False)
class DoubledSums(Sums):
    """Prefix sums in pairs of floats.

    Attributes:
        ends: Values of the points less their mean.
        weights: Prefix sums of the weights.
        totals: Prefix sums of weight times value.
        squares: Prefix sums of weight times value squared.
        margin: No cost is farther than this from the true one.
        drift: No sum of weight times value is farther than this from the true one, in one float.
    """

    ends: Floats
    weights: Pair
    totals: Pair
    squares: Pair
    margin: float
    drift: float

    @classmethod
    def of(cls, points: Points) -> "DoubledSums":
        """Add up without loss.

        >>> sums = DoubledSums.of(Points.of(np.array([1.0, 2.0, 1e12, 1e12 + 1])))
        >>> sums.cost(np.array([0, 2]), np.array([2, 4])).tolist()
        [0.5, 0.5]
        """
        weight = points.weights
        middle = (points.values * weight).sum() / weight.sum()
        at, rest = two_sum(points.values, np.full(1, -middle))
        product, low = two_product(at, weight)
        totals = prefix(product, low + rest * weight)
        square, below = two_product(at, at)
        product, low = two_product(square, weight)
        squares = prefix(product, low + (below + 2 * at * rest) * weight)
        weights = prefix(weight, np.zeros(len(weight)))
        margin, drift = _margins(points, at, float(weights.high[-1]), float(squares.high[-1]))
        return cls(at, weights, totals, squares, margin, drift)

    @property
    def weight(self) -> Floats:  # type: ignore[override]
        """Prefix sums of the weights."""
        return self.weights.high

    @property
    def total(self) -> Floats:  # type: ignore[override]
        """Prefix sums of weight times value."""
        return self.totals.high

    def cost(self, a: Index, b: Index) -> Floats:
        """What stretches cost."""
        weight = self.weights.between(a, b)
        total = self.totals.between(a, b)
        square = self.squares.between(a, b)
        with np.errstate(divide="ignore", invalid="ignore"):
            shared = _ratio(_squared(total), weight)
        high, low = two_sum(square.high, -shared.high)
        return np.fmax(high + (low + (square.low - shared.low)), 0.0)


def _squared(x: Pair) -> Pair:
    high, low = two_product(x.high, x.high)
    return Pair(high, low + 2 * x.high * x.low)


def _ratio(x: Pair, by: Pair) -> Pair:
    high = x.high / by.high
    back, lost = two_product(high, by.high)
    return Pair(high, (((x.high - back) - lost) + (x.low - high * by.low)) / by.high)


def _short(high: Floats, low: Floats) -> tuple[Floats, Floats]:
    total = high + low
    return total, low - (total - high)


def prefix(high: Floats, low: Floats) -> Pair:
    """Prefix sums of pairs: coarse parts add up exactly, what is left is too small to matter.

    Args:
        high: The numbers, rounded.
        low: What rounding took.

    >>> prefix(np.array([1e16, 1.0]), np.array([0.0, 0.0])).low.tolist()
    [0.0, 0.0, 1.0]
    """
    found = Pair(*np.zeros((2, len(high) + 1)))
    rest = high
    for _, part in zip(range(_COARSE), limbs(high, len(high)), strict=False):
        found = _plus(found, np.cumsum(part))
        rest = rest - part
    rest = rest + low
    for part in limbs(rest, len(high)):
        found = _plus(found, np.cumsum(part))
        rest = rest - part
        break
    return _plus(found, running(rest)[1:])


def _plus(pair: Pair, more: Floats) -> Pair:
    high, low = two_sum(pair.high[1:], more)
    high, low = _short(high, low + pair.low[1:])
    return Pair(np.concatenate(([0.0], high)), np.concatenate(([0.0], low)))


def _margins(points: Points, at: Floats, weight: float, squares: float) -> tuple[float, float]:
    """Bounds on the error of a cost and of a total, in pairs and rounded to single floats."""
    size, blur = len(points), points.blur
    unit = _PAIR + roundings(size) * 2.0**-85 * size * (size.bit_length() + 2)
    far = max(-float(at[0]), float(at[-1]))
    loose = 0.0 if points.whole else unit * weight
    drift = unit * sqrt(weight * squares) + blur
    errors = (unit * squares + 2 * far * blur, drift, loose)
    margin, drift = margins(errors, far, float(points.weights.min()))
    return margin, drift + 2.0**-50 * (sqrt(weight * squares) + far * weight)
