"""The best cuts of weighted points: looked for in single floats, in pairs where those cancel."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

import attrs
import numpy as np

from custseg._typing import Index
from custseg.errors import NotEnoughDataError
from custseg.tiering.breaks.bounds import Spots
from custseg.tiering.breaks.doubled import DoubledSums
from custseg.tiering.breaks.exactly import Choice, Runs
from custseg.tiering.breaks.layers import Window, layered
from custseg.tiering.breaks.limits import Limits
from custseg.tiering.breaks.parts import Way, gulfs, shared
from custseg.tiering.breaks.points import Mean, Points
from custseg.tiering.breaks.search import searched
from custseg.tiering.breaks.sums import PlainSums, Sums

_MANY = 32
_SMALL = 1024  # positions that are decided on at once
_LARGE = 2.0**200


@attrs.frozen
class Solution:
    """Cuts between points.

    Attributes:
        cuts: Positions, ascending: a cut is before the point of that number.
        certified: Every other choice of cuts is proved to be worse, or as good.
    """

    cuts: tuple[int, ...]
    certified: bool


def solved(points: Points, limits: Limits, sums: Sums | None = None) -> Solution:
    """Find the best cuts.

    Args:
        points: The points.
        limits: How many classes, and how small and large they may be; with fewer points than
            classes each is a class.
        sums: Prefix sums of the tamed points, if they are at hand.

    Raises:
        NotEnoughDataError: No classes keep the limits.

    >>> points = Points.of(np.array([1.0, 2.0, 8.0, 9.0]))
    >>> solved(points, Limits((), (), 2))
    Solution(cuts=(2,), certified=True)
    """
    classes = min(limits.k, len(points))
    found = _free(points, classes, sums)
    if kept(points, found, limits):
        return found
    windows = limits.windows(points, classes)
    try:
        return _limited(points, windows)
    except _Impossible:
        msg = (
            f"no {classes} classes keep {limits}: {len(points)} different values of "
            f"{points.weights.sum():g} customers; equal values are never split, so loosen the "
            "limits or ask for fewer classes"
        )
        raise NotEnoughDataError(msg) from None


def kept(points: Points, found: Solution, limits: Limits) -> bool:
    """Are these the best cuts under limits, too, since they keep them?

    Args:
        points: The points.
        found: The best cuts without limits.
        limits: The limits.

    >>> points = Points.of(np.array([1.0, 2.0, 8.0, 9.0]))
    >>> kept(points, Solution((2,), certified=True), Limits((2.0,), (), 2))
    True
    """
    if not limits:
        return True
    ends = pairwise((0, *found.cuts, len(points)))
    windows = limits.windows(points, len(found.cuts) + 1)
    allowed = (window.allows(a, b) for window, (a, b) in zip(windows, ends, strict=True))
    return found.certified and all(allowed)


def _free(points: Points, classes: int, sums: Sums | None = None) -> Solution:
    if classes in {1, len(points)}:
        return Solution(tuple(range(1, classes)), certified=True)
    points = tamed(points)
    plain = sums or PlainSums.of(points)
    if _crowded(points, classes):
        return _layered(points, plain, [Window.free(len(points))] * classes)
    found = searched(plain, classes)
    if _few(found.spots):
        return _chosen(points, found.spots)
    if len(points) <= _SMALL:
        return _chosen(points, _all(points, classes))
    positions = np.unique(np.concatenate([spot.first for spot in found.spots]))
    if found.single and points.whole and 2 * len(positions) < len(points):
        return _gathered(points, classes, positions)
    apart = gulfs(points, 1.01 * found.cost + 2 * classes * plain.margin)
    return _parted(points, classes, apart) if apart.size else _doubled(points, classes)


def _gathered(points: Points, classes: int, positions: Index) -> Solution:
    """Put together all points between which no cut can be, and look again: less is rounded."""
    found = _free(Runs.of(points, positions).points(), classes)
    cuts = tuple(int(positions[cut - 1]) for cut in found.cuts)
    return Solution(cuts, certified=found.certified)


def _parted(points: Points, classes: int, apart: Index) -> Solution:
    """Cut between the gulfs, part by part, and share out the classes."""
    ends = (0, *apart.tolist(), len(points))
    spare = classes - len(ends) + 1
    ways: Mapping[int, Way] = {0: Way(Fraction(0), (), certified=True)}
    for a, b in pairwise(ends):
        part = points.part(a, b)
        found = [_free(part, more + 1) for more in range(min(spare, b - a - 1) + 1)]
        ways = shared(
            ways, [Way.of(part, one.cuts, a, certified=one.certified) for one in found], spare
        )
    return Solution(ways[spare].high[::-1][1:], certified=ways[spare].certified)


def _doubled(points: Points, classes: int) -> Solution:
    """Search in pairs of floats, then class by class."""
    doubled = DoubledSums.of(points)
    found = searched(doubled, classes)
    if _few(found.spots):
        return _chosen(points, found.spots)
    return _layered(points, doubled, [Window.free(len(points))] * classes)


def _layered(points: Points, sums: Sums, windows: Sequence[Window]) -> Solution:
    """Class by class; of too many positions the best that floats can tell."""
    found = layered(sums, windows)
    if found is None:
        raise _Impossible
    if _few(found.spots):
        return _chosen(points, found.spots, windows)
    if len(points) <= _SMALL:
        return _chosen(points, _all(points, len(windows)), windows)
    if isinstance(sums, PlainSums):
        return _layered(points, DoubledSums.of(points), windows)
    return Solution(found.cuts, certified=False)


class _Impossible(Exception):  # noqa: N818 - not an error: an answer
    """No classes keep the limits."""


def _limited(points: Points, windows: Sequence[Window]) -> Solution:
    if len(windows) > 1:
        points = tamed(points)
        return _layered(points, PlainSums.of(points), windows)
    if not windows[0].allows(0, len(points)):
        raise _Impossible
    return Solution((), certified=True)


def _chosen(points: Points, spots: Sequence[Spots], windows: Sequence[Window] = ()) -> Solution:
    """Decide among positions."""
    if all(len(spot.first) == 1 for spot in spots):
        return Solution(tuple(int(spot.first[0]) for spot in spots), certified=True)
    cuts, exact = Choice.of(points, spots, windows).cuts()
    return Solution(cuts, certified=exact)


def _few(spots: Sequence[Spots]) -> bool:
    """Are they known positions, few enough to decide among?"""
    sizes = [len(spot.first) for spot in spots]
    known = not any(spot.open for spot in spots)
    return known and sum(sizes) <= len(sizes) + _SMALL


def _all(points: Points, classes: int) -> tuple[Spots, ...]:
    return (Spots.single(np.arange(1, len(points))),) * (classes - 1)


def _crowded(points: Points, classes: int) -> bool:
    """Are there so many classes for the points that intervals bound nothing?"""
    size = len(points)
    return classes > _MANY and 64 * classes * classes > size * size.bit_length()


def tamed(points: Points) -> Points:
    """Points whose squares neither overflow nor vanish: scaled by a power of two if they would.

    >>> tamed(Points.of(np.array([2.0**900, 2.0**901]))).values.tolist()
    [0.25, 0.5]
    """
    far = float(np.abs(points.values[[0, -1]]).max())
    heavy = float(points.weights.max())
    if 1 / _LARGE < far < _LARGE and 1 / _LARGE < heavy < _LARGE:
        return points
    long, wide = int(np.frexp(far)[1]), int(np.frexp(heavy)[1])
    unit = Fraction(2) ** -(long + wide)
    means = {i: Mean(mean.rest * unit, mean.end) for i, mean in points.means.items()}
    return Points(np.ldexp(points.values, -long), np.ldexp(points.weights, -wide), means)
