"""Looking closer and closer where the best cuts may be, until only single positions are left."""

from operator import itemgetter

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.tiering.breaks.bounds import Look, Spots, look
from custseg.tiering.breaks.sums import Sums

_SPOTS = 96
_GAPS = 24
_SAMPLE = 8192
_ROUNDS = 14
_STEPS = 12
_ADDING = 2.0**-50  # costs along a path are added in single floats


@attrs.frozen(eq=False)
class Search:
    """Where the best cuts may be.

    Attributes:
        spots: Intervals for each cut that are not ruled out.
        cuts: The best cuts seen.
        cost: What they cost.
        rounds: Number of looks it took.
    """

    spots: tuple[Spots, ...]
    cuts: tuple[int, ...]
    cost: float
    rounds: int

    @property
    def single(self) -> bool:
        """Is every interval a known position?"""
        return not any(spot.open for spot in self.spots)


def searched(sums: Sums, classes: int, spots: tuple[Spots, ...] = ()) -> Search:
    """Rule out positions until those left are known one by one, or looking closer does not help.

    Args:
        sums: The points.
        classes: Number of classes, from 2 to the number of points.
        spots: Intervals to begin with; without any, a grid over all.

    >>> from custseg.tiering.breaks.points import Points
    >>> from custseg.tiering.breaks.sums import PlainSums
    >>> found = searched(PlainSums.of(Points.of(np.arange(1000.0) ** 2)), 3)
    >>> found.cuts, found.single, found.rounds
    ((497, 776), True, 2)
    """
    spots = spots or (grid(sums, max(_SPOTS, 4 * classes)),) * (classes - 1)
    found, size = Search(spots, (), np.inf, 0), np.inf
    for rounds in range(1, _ROUNDS + 1):
        seen = look(sums, spots, thorough=rounds == 1)
        cuts, cost = min(_polished(sums, seen), (found.cuts, found.cost), key=itemgetter(1))
        limit = cost + classes * (2 * sums.margin + _ADDING * cost)
        kept = tuple(
            spot.kept(least <= limit) for spot, least in zip(spots, seen.least, strict=True)
        )
        found = Search(kept, cuts, cost, rounds)
        before, size = size, sum(spot.open + len(spot.first) for spot in kept)
        if found.single or (size > 0.7 * before and size > 4 * _SPOTS * classes):
            break
        spots = tuple(_split(spot, max(_SPOTS, 4 * classes)) for spot in kept)
    return found


def grid(sums: Sums, spots: int) -> Spots:
    """Intervals over all positions, narrow where the points are, and where the costs are.

    Args:
        sums: The points.
        spots: About how many.
    """
    size = sums.size
    if size - 1 <= spots:
        return Spots.single(np.arange(1, size))
    at = np.linspace(0, size - 1, min(size, _SAMPLE)).astype(np.intp)
    value = sums.ends[at]
    square = np.cumsum(np.diff(sums.weight[at], prepend=0.0) * value * value)
    along = (at + 1) / size + (value - value[0]) / (value[-1] - value[0])
    along += sums.weight[at + 1] / sums.weight[-1] + square / square[-1]
    steps = np.linspace(0.0, float(along[-1]), spots + 1)[1:-1]
    even = at[np.searchsorted(along, steps)] + 1
    first = np.sort(np.concatenate(([1], even, _gaps(sums.ends))))
    first = first[(np.diff(first, prepend=0) > 0) & (first < size)]
    return Spots(first, np.append(first[1:] - 1, size - 1))


def _gaps(values: Floats) -> Index:
    """Positions of the widest gaps: a cut between distant groups is found at once."""
    wide = np.diff(values)
    most = min(_GAPS, len(wide))
    return np.argpartition(wide, len(wide) - most)[-most:] + 1


def _split(spots: Spots, pieces: int) -> Spots:
    """Cut intervals into smaller ones, in proportion to their width."""
    wide = spots.last - spots.first + 1
    whole = int(wide.sum())
    parts = wide if whole <= pieces else np.minimum(wide, np.maximum(2, pieces * wide // whole))
    ends = np.cumsum(parts)
    place = np.arange(int(ends[-1])) - np.repeat(ends - parts, parts)
    first, width, of = (np.repeat(x, parts) for x in (spots.first, wide, parts))
    return Spots(first + place * width // of, first + (place + 1) * width // of - 1)


def _polished(sums: Sums, seen: Look) -> tuple[tuple[int, ...], float]:
    """Move cuts to the middle between the means, as long as that helps."""
    best, cost = seen.cuts, seen.cost
    if not best:
        return best, cost
    ends = np.array([0, *best, sums.size])
    for _ in range(_STEPS):
        weight = np.diff(sums.weight[ends])
        if (weight <= 0).any():  # lost beside the others
            break
        mean = np.diff(sums.total[ends]) / weight
        cuts = np.searchsorted(sums.ends, (mean[1:] + mean[:-1]) / 2, side="right")
        moved = np.concatenate(([0], cuts, [sums.size]))
        if (moved == ends).all() or (np.diff(moved) <= 0).any():
            break
        ends = moved
    reached = float(sums.cost(ends[:-1], ends[1:]).sum())
    if reached < cost:
        return tuple(ends[1:-1].tolist()), reached
    return best, cost
