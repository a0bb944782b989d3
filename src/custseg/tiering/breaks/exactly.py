"""Which of the few cuts left is the best? Decided in fractions, so that rounding has no say."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.tiering.breaks.bounds import Spots, look
from custseg.tiering.breaks.doubled import DoubledSums, Pair
from custseg.tiering.breaks.errorfree import limbs, two_product
from custseg.tiering.breaks.points import Points

_ADDING = 2.0**-50
_UNIT = 2.0**-98
_MOST = 20_000


@attrs.frozen(eq=False)
class Prefix:
    """Exact prefix sums at a few positions.

    Attributes:
        at: The positions, the first 0, the last the number of points.
        weights: Sum of the weights before each.
        totals: Sum of weight times value before each.
    """

    at: tuple[int, ...]
    weights: tuple[Fraction, ...]
    totals: tuple[Fraction, ...]

    @classmethod
    def of(cls, points: Points, positions: Index) -> "Prefix":
        """Add up exactly.

        >>> Prefix.of(Points.of(np.array([0.1, 0.2, 0.4])), np.array([2])).totals[1] * 2**55
        Fraction(10808639105689191, 1)
        """
        starts = np.concatenate(([0], positions))
        parts: tuple[Floats, ...] = (points.values,)
        if (points.weights != 1).any():
            parts = two_product(points.values, points.weights)
        totals = _exact(parts, starts)
        weights = _exact((points.weights,), starts)
        return cls((*starts.tolist(), len(points)), _grown(weights), _grown(totals))

    def gain(self, a: int, b: int) -> Fraction:
        """Square of the total over the weight, between two of the positions (by their place)."""
        total = self.totals[b] - self.totals[a]
        return total * total / (self.weights[b] - self.weights[a])


def _exact(parts: Sequence[Floats], starts: Index) -> list[Fraction]:
    """The exact sum of each run."""
    found = [Fraction(0)] * len(starts)
    for values in parts:
        for part in limbs(values, len(values)):
            sums = np.add.reduceat(part, starts).tolist()
            found = [a + Fraction(b) for a, b in zip(found, sums, strict=True)]
    return found


def _grown(sums: list[Fraction]) -> tuple[Fraction, ...]:
    return tuple(accumulate(sums, initial=Fraction(0)))


def decided(points: Points, spots: Sequence[Spots]) -> tuple[int, ...]:
    """The best cuts among known positions; of equally good ones the highest.

    Args:
        points: The points.
        spots: Known positions for each cut.

    >>> two = Spots.single(np.array([1, 2]))
    >>> decided(Points.of(np.array([1.0, 2.0, 3.0])), [two])
    (2,)
    """
    if all(len(spot.first) == 1 for spot in spots):
        return tuple(int(spot.first[0]) for spot in spots)
    positions = np.unique(np.concatenate([spot.first for spot in spots]))
    exact = Prefix.of(points, positions)
    places = [np.searchsorted(positions, spot.first) + 1 for spot in spots]
    left = _pruned(_summed(exact), places)
    chosen = _best(exact, [place.tolist() for place in left])
    return tuple(exact.at[place] for place in chosen)


def _summed(exact: Prefix) -> DoubledSums:
    """The runs between the positions as points at their means, in pairs of floats."""
    middle = Fraction(float(exact.totals[-1] / exact.weights[-1]))
    totals = [total - middle * weight for total, weight in _pairs(exact)]
    runs = [_step(exact.weights, i) for i in range(len(totals) - 1)]
    sums = [_step(totals, i) for i in range(len(runs))]
    squares = _grown([s * s / w for s, w in zip(sums, runs, strict=True)])
    means = np.array([float(s / w) for s, w in zip(sums, runs, strict=True)])
    margin = _UNIT * float(squares[-1])
    columns = (_paired(exact.weights), _paired(totals), _paired(squares))
    return DoubledSums(means, *columns, margin, 0.0)


def _pairs(exact: Prefix) -> list[tuple[Fraction, Fraction]]:
    return list(zip(exact.totals, exact.weights, strict=True))


def _step(prefix: Sequence[Fraction], i: int) -> Fraction:
    return prefix[i + 1] - prefix[i]


def _paired(values: Sequence[Fraction]) -> Pair:
    high = [float(value) for value in values]
    low = [float(v - Fraction(h)) for v, h in zip(values, high, strict=True)]
    return Pair(np.array(high), np.array(low))


def _pruned(sums: DoubledSums, places: Sequence[Index]) -> list[Index]:
    """The positions that pairs of floats cannot tell from the best."""
    seen = look(sums, [Spots.single(place) for place in places])
    limit = seen.cost + (len(places) + 1) * (2 * sums.margin + _ADDING * seen.cost)
    return [place[least <= limit] for place, least in zip(places, seen.least, strict=True)]


def _best(exact: Prefix, places: list[list[int]]) -> list[int]:
    """The cuts with the greatest gain; of equals the highest, the top one first."""
    if all(len(place) == 1 for place in places):
        return [place[0] for place in places]
    gains = [{b: exact.gain(0, b) for b in places[0]}]
    for here in places[1:]:
        gains.append({b: _reach(exact, gains[-1], b)[0] for b in here})
    chosen, end = list[int](), len(exact.at) - 1
    for reached in reversed(gains):
        end = _reach(exact, reached, end)[1]
        chosen.append(end)
    return chosen[::-1]


def _reach(exact: Prefix, before: dict[int, Fraction], end: int) -> tuple[Fraction, int]:
    return max((gain + exact.gain(a, end), a) for a, gain in before.items() if a < end)
