"""Where can the cuts of the best classes not be? Lower bounds over intervals of positions.

Natural breaks are the cuts p(1) < ... < p(k-1) of n ordered weighted points that make the sum of
the classes' costs least; the cost of a class is its sum of squared distances from its mean. Let
each cut be known only to lie between two positions, ``first`` and ``last`` (both included). The
best of all choices of positions is bounded from below as follows, and whatever interval makes the
bound exceed the cost of some known classes holds no cut of the best.

Let cut p, in [pa, pz], begin a class and cut q, in [a, z], end it; M is the class's mean.

1. The points pz .. a-1 (the core) are in the class for sure. Cost grows with inclusion: for a set
   B with mean m and A within B, cost(B) = sum over B of w (u - m)^2 >= cost(A) + sum over B - A of
   w (u - m)^2, since cost(A) is least about A's own mean. So the class costs at least its core.
2. Lloyd's condition: at the best cut q the last point x = u[q-1] of the class is at least as near
   to M as to the mean N of the next class, x - M <= N - x. For if x left a class of weight W for
   the next one of weight V, the whole would change by V v/(V+v) (x-N)^2 - W v/(W-v) (x-M)^2, v the
   weight of x; at the best that is not below 0, and V/(V+v) < 1 < W/(W-v). (If x is alone M = x.)
3. Hence N >= 2 u[q-1] - M >= 2 u[a-1] - m, where m, the mean of the points pz .. z-1, is at least
   M: it lacks small points of the class at most, and has larger ones more. Let
   g = 2 u[a-1] - m - u[z-1]. If g > 0, every undecided point a .. z-1 is at least g from the mean
   of its class: below N, or below the still larger mean of a later class, by N - u[z-1] >= g at
   least; or, in the class itself, above M by u[a] - M >= u[a-1] - m >= g, as u[z-1] >= u[a-1]. So
   those points add at least g^2 w each, by 1., to the cores that they are no part of.
4. No point is charged twice. If g > 0, the next class has a mean above u[z-1], so its end r is
   behind z. Its own undecided points, from a' on, are charged only if u[a'-1] > m' >= u[z], so
   a' > z: they lie behind ours, and so do those of all later classes.

The bound is a shortest path over intervals, forward and backward. Without 3. the gap between the
bound and the truth shrinks in proportion to the intervals; with it, by their square.

`first` and `last` are positions between points, but also edges of stretches whose points are not
known, only their sums and their largest value: a cut inside such a stretch has ``first`` before
it and ``last`` behind it. The argument above stays word for word, with the whole stretch charged.

Floats: every cost is within `margin` of the true one, so a path of k classes is within k margins;
an interval goes only if its bound exceeds the best known cost by more than 2 k margins, and g is
made smaller by what rounding may have added.

Source: Fisher 1958, "On grouping for maximum homogeneity", *JASA* 53; Lloyd 1982, "Least squares
quantization in PCM", *IEEE Trans. Inf. Theory* 28 (the condition of 2.).
"""

from collections.abc import Sequence
from itertools import pairwise

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.tiering.breaks.sums import Sums

_SLACK = 8 * 2.0**-53


@attrs.frozen(eq=False)
class Spots:
    """Intervals of positions where one cut may be, ascending.

    Attributes:
        first: First position of each.
        last: Last position of each.
    """

    first: Index
    last: Index

    @classmethod
    def single(cls, positions: Index) -> "Spots":
        """Positions that are known."""
        return cls(positions, positions)

    def kept(self, rows: Bools) -> "Spots":
        """Some of them."""
        return Spots(self.first[rows], self.last[rows])

    @property
    def open(self) -> int:
        """Number of positions that are inside an interval, behind its first."""
        return int((self.last - self.first).sum())


_NOWHERE = np.zeros(1, dtype=np.intp)
_START = Spots(_NOWHERE, _NOWHERE)


@attrs.frozen(eq=False)
class Look:
    """What one look at the intervals shows.

    Attributes:
        cuts: The best classes whose cuts are first positions; none if there are none.
        cost: What they cost.
        least: For each cut and interval, the least cost of classes with that cut in there.
    """

    cuts: tuple[int, ...]
    cost: float
    least: tuple[Floats, ...]


def look(sums: Sums, spots: Sequence[Spots], *, thorough: bool = True) -> Look:
    """Bound the cost of all choices of cuts within intervals.

    Args:
        sums: The points.
        spots: Intervals for each cut, at least one.
        thorough: Find the best classes whose cuts are first positions; else only the middles of
            the intervals that promise most are tried, which takes half the time.

    >>> from custseg.tiering.breaks.points import Points
    >>> from custseg.tiering.breaks.sums import PlainSums
    >>> sums = PlainSums.of(Points.of(np.array([1.0, 2.0, 8.0, 9.0])))
    >>> found = look(sums, [Spots(np.array([1, 2]), np.array([1, 3]))])
    >>> found.cuts, found.cost, [bounds.tolist() for bounds in found.least]
    ((2,), 1.0, [[28.666666666666668, 0.5]])
    """
    floors = _floors(sums, spots)
    end = np.array([sums.size])
    forward, back = [floors[0][0]], list[Index]()
    for matrix in floors[1:]:
        whole = matrix + forward[-1][:, None]
        back.append(whole.argmin(axis=0))
        forward.append(whole[back[-1], np.arange(len(back[-1]))])
    backward = [_core(sums, spots[-1].last, end)[:, 0]]
    for matrix in reversed(floors[1:]):
        backward.append((matrix + backward[-1][None, :]).min(axis=1))
    pairs = zip(forward, reversed(backward), strict=True)
    least = tuple(f + b for f, b in pairs)
    if thorough:
        return Look(*_reached(sums, spots), least)
    path = _traced(back, int(least[-1].argmin()))
    middle = [(int(s.first[i]) + int(s.last[i])) // 2 for s, i in zip(spots, path, strict=True)]
    return Look(*_tried(sums, middle), least)


def _traced(back: Sequence[Index], last: int) -> list[int]:
    path = [last]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def _tried(sums: Sums, cuts: list[int]) -> tuple[tuple[int, ...], float]:
    ends = np.array([0, *cuts, sums.size])
    if (np.diff(ends) <= 0).any():
        return (), np.inf
    return tuple(cuts), float(sums.cost(ends[:-1], ends[1:]).sum())


def _reached(sums: Sums, spots: Sequence[Spots]) -> tuple[tuple[int, ...], float]:
    """The best classes whose cuts are first positions."""
    cost, back = sums.classes(_NOWHERE, spots[0].first)[0], list[Index]()
    matrix: Floats | None = None
    for before, here in pairwise(spots):
        if matrix is None or before is not here:  # all cuts begin with the same intervals
            matrix = sums.classes(before.first, here.first)
        whole = matrix + cost[:, None]
        back.append(whole.argmin(axis=0))
        cost = whole[back[-1], np.arange(len(here.first))]
    cost = cost + sums.classes(spots[-1].first, np.array([sums.size]))[:, 0]
    at = int(cost.argmin())
    if not np.isfinite(cost[at]):
        return (), np.inf
    cuts = zip(spots, _traced(back, at), strict=True)
    return tuple(int(spot.first[i]) for spot, i in cuts), float(cost[at])


def _floors(sums: Sums, spots: Sequence[Spots]) -> list[Floats]:
    """For each class but the last, its least cost for each pair of intervals."""
    found = [_floor(sums, _START, spots[0])]
    for i in range(1, len(spots)):
        same = i > 1 and spots[i] is spots[i - 1] is spots[i - 2]
        found.append(found[-1] if same else _floor(sums, spots[i - 1], spots[i]))
    return found


def _core(sums: Sums, a: Index, b: Index) -> Floats:
    """What the points cost that are in the class for sure; nothing where there are none."""
    from_, to = a[:, None], b[None, :]
    found = sums.cost(from_, to)
    np.copyto(found, 0.0, where=to <= from_)
    return found


def _floor(sums: Sums, left: Spots, right: Spots) -> Floats:
    """The least cost of a class that begins in one interval and ends in another."""
    found = _core(sums, left.last, right.first)
    wide = np.flatnonzero(right.last > right.first)
    if wide.size:
        found[:, wide] += _charge(sums, left, right.first[wide], right.last[wide])
    np.copyto(found, np.inf, where=right.last[None, :] <= left.first[:, None])
    return found


def _charge(sums: Sums, left: Spots, first: Index, last: Index) -> Floats:
    """What the undecided points add (3.)."""
    begins = left.last[:, None]
    weight = sums.weight[last] - sums.weight[begins]
    gap = sums.total[last] - sums.total[begins]
    gap += sums.drift
    with np.errstate(divide="ignore", invalid="ignore"):
        gap /= weight
    near = sums.ends[first - 1] * 2 - sums.ends[last - 1]
    np.subtract(near - _SLACK * sums.far, gap, out=gap)
    np.copyto(gap, 0.0, where=(gap <= 0) | (last <= begins) | (first == 0))
    gap *= gap
    gap *= sums.weight[last] - sums.weight[first]
    return gap
