"""The best classes one after another, by divide and conquer: where classes have limits.

The cost of stretches of ordered points has the Monge property, cost(p, i) + cost(q, j) <=
cost(p, j) + cost(q, i) for p <= q <= i <= j, so the best begin of the last class moves forward
with its end. Limits on the weight of a class keep that: if the classes from p to j and from q to
i keep them, so do those from p to i and from q to j. So for each class the best begins are found
at the middle end first, then in both halves; each level of halving looks at each begin about once.
All ends of a level are done in one sweep of numpy. Time: O(k n log n); memory: O(k n).

The condition of Lloyd that makes the bounds of `bounds` tight does not hold under limits, so they
are of no use here.

Source: Hirschberg and Larmore 1987, "The least weight subsequence problem", *SIAM J. Comput.* 16;
Wang and Song 2011, "Ckmeans.1d.dp", *The R Journal* 3(2).
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.tiering.breaks.bounds import Spots
from custseg.tiering.breaks.sums import Sums

Cost: TypeAlias = Callable[[Index, Index], Floats]


@attrs.frozen(eq=False)
class Window:
    """Where a class may begin, for each position where it ends.

    Attributes:
        first: First position; never falls.
        last: Last position; never falls; before the first where the class cannot end there.
    """

    first: Index
    last: Index

    @classmethod
    def free(cls, size: int) -> "Window":
        """Every class that is not empty."""
        return cls(np.zeros(size + 1, dtype=np.intp), np.arange(-1, size))

    def allows(self, begins: Index | int, ends: Index | int) -> Bools:
        """Which classes may be, from some begins to some ends."""
        return np.asarray((self.first[ends] <= begins) & (begins <= self.last[ends]))

    @property
    def mirrored(self) -> "Window":
        """The same with the order of the points reversed."""
        size = len(self.first) - 1
        starts = np.arange(size + 1)
        low = np.searchsorted(self.last, starts, side="left")
        high = np.searchsorted(self.first, starts, side="right") - 1
        return Window(size - high[::-1], size - low[::-1])


@attrs.frozen(eq=False)
class Layers:
    """What divide and conquer found.

    Attributes:
        spots: For each cut the positions that rounding cannot tell from the best.
        cuts: The best cuts, as far as floats can tell; none where no classes keep the limits.
    """

    spots: tuple[Spots, ...]
    cuts: tuple[int, ...]


def layered(sums: Sums, windows: Sequence[Window]) -> Layers | None:
    """Find the best cuts class by class.

    Args:
        sums: The points.
        windows: Where each class may begin and end, lowest first; at least two.

    Returns:
        The cuts; ``None`` where no classes keep the limits.

    >>> from custseg.tiering.breaks.points import Points
    >>> from custseg.tiering.breaks.sums import PlainSums
    >>> sums = PlainSums.of(Points.of(np.array([1.0, 2.0, 8.0, 9.0])))
    >>> found = layered(sums, [Window.free(4)] * 2)
    >>> found.cuts, [spot.first.tolist() for spot in found.spots]
    ((2,), [[2]])
    """
    size = sums.size
    forward = _grown(sums.cost, windows[:-1], size)
    backward = _grown(
        lambda a, b: sums.cost(size - b, size - a),
        [window.mirrored for window in reversed(windows[1:])],
        size,
    )
    whole = [f + b[::-1] for f, b in zip(forward, reversed(backward), strict=True)]
    best = min(float(cost.min()) for cost in whole)
    if not np.isfinite(best):
        return None
    steps = len(windows) * (size.bit_length() + 1)
    limit = best + steps * (2 * sums.margin + 2.0**-50 * best)
    spots = tuple(Spots.single(np.flatnonzero(cost <= limit)) for cost in whole)
    return Layers(spots, _path(sums, forward, windows))


def _path(sums: Sums, forward: Sequence[Floats], windows: Sequence[Window]) -> tuple[int, ...]:
    """From the end back along the least costs."""
    cuts, end = list[int](), sums.size
    for reached, window in zip(reversed(forward), reversed(windows), strict=False):
        begins = np.arange(int(window.first[end]), int(window.last[end]) + 1)
        end = int(begins[(reached[begins] + sums.cost(begins, np.array([end]))).argmin()])
        cuts.append(end)
    return tuple(reversed(cuts))


def _grown(cost: Cost, windows: Sequence[Window], size: int) -> list[Floats]:
    """For each number of classes the least cost of the points up to each position."""
    reached = np.full(size + 1, np.inf)
    reached[0] = 0.0
    found = list[Floats]()
    for window in windows:
        reached = _layer(cost, reached, window)
        found.append(reached)
    return found


def _layer(cost: Cost, before: Floats, window: Window) -> Floats:
    """One class more: level by level, the ends between those that are done."""
    size = len(before) - 1
    reached = np.full(size + 1, np.inf)
    low, high = np.zeros(size + 1, dtype=np.intp), np.full(size + 2, size)
    fits = np.flatnonzero(np.isfinite(before))
    least, most = (fits[0], fits[-1]) if fits.size else (1, 0)
    stride = 1 << max(size.bit_length() - 1, 0)
    ends = np.arange(stride, size + 1, stride)
    while stride:
        after = high[np.minimum(ends + stride, size + 1)]
        left = np.maximum(np.maximum(low[ends - stride], window.first[ends]), least)
        right = np.minimum(np.minimum(after, window.last[ends]), most)
        begin, reached[ends] = _least(cost, before, ends, Spots(left, right))
        known = np.isfinite(reached[ends])
        low[ends] = np.where(known, begin, low[ends - stride])
        high[ends] = np.where(known, begin, after)
        stride //= 2
        ends = np.arange(stride, size + 1, 2 * stride) if stride else ends
    return reached


def _least(cost: Cost, before: Floats, ends: Index, begins: Spots) -> tuple[Index, Floats]:
    """The best begin for each end, and its cost."""
    width = np.maximum(begins.last - begins.first + 1, 0)
    some = np.flatnonzero(width)
    begin, least = np.zeros(len(ends), dtype=np.intp), np.full(len(ends), np.inf)
    if not some.size:
        return begin, least
    width = width[some]
    stops = np.cumsum(width)
    starts = stops - width
    place = np.arange(int(stops[-1])) - np.repeat(starts - begins.first[some], width)
    found = cost(place, np.repeat(ends[some], width))
    found += before[place]
    least[some] = np.minimum.reduceat(found, starts)
    hits = np.flatnonzero(found == np.repeat(least[some], width))
    owner = np.searchsorted(stops, hits, side="right")
    begin[some[owner[::-1]]] = place[hits[::-1]]
    return begin, least
