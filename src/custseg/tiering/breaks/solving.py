"""The best cuts of weighted points: looked for in single floats, in pairs where those cancel."""

import attrs
import numpy as np

from custseg.tiering.breaks.doubled import DoubledSums
from custseg.tiering.breaks.exactly import decided
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.search import Search, searched
from custseg.tiering.breaks.sums import PlainSums, Sums

_FEW = 256  # positions a cut that are worth deciding among
_LARGE = 2.0**200


@attrs.frozen(eq=False)
class Solution:
    """Cuts between points.

    Attributes:
        cuts: Positions, ascending: a cut is before the point of that number.
        certified: Every other choice of cuts is proved to be worse, or as good.
    """

    cuts: tuple[int, ...]
    certified: bool


def solved(points: Points, classes: int, sums: Sums | None = None) -> Solution:
    """Find the best cuts.

    Args:
        points: The points.
        classes: How many classes; with fewer points each is a class.
        sums: Prefix sums of the points, if they are at hand.

    >>> solved(Points.of(np.array([1.0, 2.0, 8.0, 9.0])), 2)
    Solution(cuts=(2,), certified=True)
    """
    if classes >= len(points):
        return Solution(tuple(range(1, len(points))), certified=True)
    if classes == 1:
        return Solution((), certified=True)
    points = tamed(points)
    found = searched(sums or PlainSums.of(points), classes)
    if not _few(found):
        found = searched(DoubledSums.of(points), classes)
    if not found.single:
        return Solution(found.cuts, certified=False)
    return Solution(decided(points, found.spots), certified=True)


def _few(found: Search) -> bool:
    return found.single and max(len(spot.first) for spot in found.spots) <= _FEW


def tamed(points: Points) -> Points:
    """Points whose squares neither overflow nor vanish: scaled by a power of two if they would.

    >>> tamed(Points.of(np.array([2.0**900, 2.0**901]))).values.tolist()
    [0.25, 0.5]
    """
    far = float(np.abs(points.values[[0, -1]]).max())
    heavy = float(points.weights.max())
    if 1 / _LARGE < far < _LARGE and 1 / _LARGE < heavy < _LARGE:
        return points
    values = np.ldexp(points.values, -int(np.frexp(far)[1]))
    weights = np.ldexp(points.weights, -int(np.frexp(heavy)[1]))
    return Points(values, weights)
