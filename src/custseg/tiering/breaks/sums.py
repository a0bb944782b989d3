"""Sums of squares within any stretch of ordered points, from prefix sums: what a class costs."""

from abc import ABC, abstractmethod
from math import sqrt

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.tiering.breaks.points import Points

_UNIT = 2.0**-53
_ROW = 1024
_SHORT = 2048


class Sums(ABC):
    """The cost (sum of squared distances from the mean) of every stretch of points.

    Positions lie between points: 0 before the first, ``n`` behind the last; the stretch from
    ``a`` to ``b`` holds the points ``a`` to ``b - 1``.

    Attributes:
        ends: The largest value of each point, near 0.
        weight: Prefix sums of the weights.
        total: Prefix sums of weight times value.
        margin: No cost is farther than this from the true one.
        drift: No sum of weight times value is farther than this from the true one.
    """

    ends: Floats
    weight: Floats
    total: Floats
    margin: float
    drift: float

    @abstractmethod
    def cost(self, a: Index, b: Index) -> Floats:
        """What stretches cost, element by element; where ``b <= a`` the number means nothing."""

    @property
    def size(self) -> int:
        """Number of points."""
        return len(self.ends)

    @property
    def far(self) -> float:
        """The largest distance from 0."""
        return max(-float(self.ends[0]), float(self.ends[-1]))

    def classes(self, a: Index, b: Index) -> Floats:
        """What classes cost from each ``a`` (a row) to each ``b`` (a column); empty: infinite."""
        from_, to = a[:, None], b[None, :]
        found = self.cost(from_, to)
        np.copyto(found, np.inf, where=to <= from_)
        return found


@attrs.frozen(eq=False)
class PlainSums(Sums):
    """Prefix sums in single floats, added up in rows so that few roundings follow one another.

    Attributes:
        ends: Values of the points less their mean.
        weight: Prefix sums of the weights.
        total: Prefix sums of weight times value.
        squares: Prefix sums of weight times value squared.
        margin: No cost is farther than this from the true one.
        drift: No sum of weight times value is farther than this from the true one.
    """

    ends: Floats
    weight: Floats
    total: Floats
    squares: Floats
    margin: float
    drift: float

    @classmethod
    def of(cls, points: Points) -> "PlainSums":
        """Add up.

        >>> sums = PlainSums.of(Points.of(np.array([1.0, 2.0, 4.0, 4.0])))
        >>> sums.cost(np.array([0, 1]), np.array([2, 3])).tolist()
        [0.5, 2.666666666666667]
        """
        weights = points.weights
        product = points.values * weights
        weight = running(weights)
        at = points.values - product.sum() / weight[-1]
        np.multiply(at, weights, out=product)
        total = running(product)
        product *= at
        squares = running(product)
        margin, drift = _margins(points, at, float(weight[-1]), float(squares[-1]))
        return cls(at, weight, total, squares, margin, drift)

    def cost(self, a: Index, b: Index) -> Floats:
        """What stretches cost."""
        weight = self.weight[b] - self.weight[a]
        total = self.total[b] - self.total[a]
        found = self.squares[b] - self.squares[a]
        with np.errstate(divide="ignore", invalid="ignore"):
            total *= total
            total /= weight
        found -= total
        return np.fmax(found, 0.0, out=found)  # where the weight was rounded away, too


def running(values: Floats) -> Floats:
    """Prefix sums with a leading 0, in rows and then over the rows.

    >>> running(np.array([1.0, 2.0, 3.0])).tolist()
    [0.0, 1.0, 3.0, 6.0]
    """
    out = np.empty(len(values) + 1)
    out[0] = 0.0
    if len(values) <= _SHORT:
        np.cumsum(values, out=out[1:])
        return out
    full = len(values) // _ROW * _ROW
    rows = out[1 : full + 1].reshape(-1, _ROW)
    np.cumsum(values[:full].reshape(-1, _ROW), axis=1, out=rows)
    ends = np.cumsum(rows[:, -1])
    rows[1:] += ends[:-1, None]
    np.cumsum(values[full:], out=out[full + 1 :])
    out[full + 1 :] += ends[-1]
    return out


def roundings(size: int) -> float:
    """How far a difference of two prefix sums is off at most, as a share of the sum of sizes.

    >>> roundings(100) < roundings(10_000) < 1e-12
    True
    """
    steps = size if size <= _SHORT else _ROW + size // _ROW + 2
    return 2 * (steps + 8) * _UNIT


def _margins(points: Points, at: Floats, weight: float, squares: float) -> tuple[float, float]:
    """Bounds on the error of a cost and of a total (the module `bounds` needs them)."""
    off = roundings(len(at))
    far = max(-float(at[0]), float(at[-1]))
    # Cauchy and Schwarz: the sum of |weight * value| is at most that root
    drift = off * sqrt(weight * squares) + points.blur
    loose = 0.0 if points.whole else off * weight
    errors = (off * squares + 2 * far * points.blur, drift, loose)
    return margins(errors, far, float(points.weights.min()))


def margins(errors: tuple[float, float, float], far: float, least: float) -> tuple[float, float]:
    """Bounds on the error of a cost and of a total.

    A stretch of weight W and total S has S/W within ``far``, so S^2/W is off by 2 far drift, and
    by drift^2/W. That is no more than far drift either: a stretch so light that it were costs no
    more than far^2 W, and no less than nothing, whatever rounding makes of it. The same holds of
    weights that are off by ``loose``; the charge of undecided points adds 8 far^2 of that.

    Args:
        errors: How far a sum of squares, a total and a weight are off at most.
        far: The largest distance of a point from 0.
        least: The least weight of a point.

    >>> margins((1.0, 0.0, 0.0), 2.0, 1.0)
    (1.1, 0.0)
    """
    squares, drift, loose = errors
    if loose:
        margin = 2 * squares + 6 * far * drift + 12 * far * far * loose
    else:
        margin = squares + 2 * far * drift + drift * min(drift / least, far)
    return 1.1 * margin, 1.1 * (drift + far * loose)
