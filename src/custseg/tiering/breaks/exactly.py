"""Which of the few cuts left is the best? Decided in fractions, so that rounding has no say."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from math import sqrt

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.tiering.breaks.bounds import Spots
from custseg.tiering.breaks.errorfree import limbs, two_product
from custseg.tiering.breaks.layers import Window
from custseg.tiering.breaks.points import Mean, Points

_UNIT = 2.0**-49
_PAIRS = 30_000


@attrs.frozen(eq=False)
class Runs:
    """Runs of points between a few positions, each as its exact weight and total.

    Attributes:
        at: The positions, the first 0, the last behind all points.
        weights: Weight of each run.
        totals: Sum of weight times value of each run.
    """

    at: tuple[int, ...]
    weights: tuple[Fraction, ...]
    totals: tuple[Fraction, ...]

    @classmethod
    def of(cls, points: Points, positions: Index) -> "Runs":
        """Add up exactly.

        >>> Runs.of(Points.of(np.array([0.1, 0.2, 0.4])), np.array([2])).totals[0] * 2**55
        Fraction(10808639105689191, 1)
        """
        starts = np.concatenate(([0], positions))
        parts: tuple[Floats, ...] = (points.values,)
        if (points.weights != 1).any():
            parts = two_product(points.values, points.weights)
        totals, weights = _exact(parts, starts), _exact((points.weights,), starts)
        for place, mean in points.means.items():
            totals[int(np.searchsorted(starts, place, side="right")) - 1] += mean.rest
        return cls((*starts.tolist(), len(points)), tuple(weights), tuple(totals))

    def points(self) -> Points:
        """The runs as points at their means, near 0; their weights are whole numbers.

        >>> runs = Runs.of(Points.of(np.array([1.0, 2.0, 9.0])), np.array([2]))
        >>> runs.points().values.tolist()
        [-2.5, 5.0]
        """
        middle = Fraction(float(sum(self.totals) / sum(self.weights)))
        totals = [t - middle * w for t, w in zip(self.totals, self.weights, strict=True)]
        pairs = list(zip(totals, self.weights, strict=True))
        values = [float(t / w) for t, w in pairs]
        means = {
            i: Mean(t - Fraction(value) * w, value)
            for i, ((t, w), value) in enumerate(zip(pairs, values, strict=True))
        }
        return Points(np.array(values), np.array([float(w) for w in self.weights]), means)

    def costs(self) -> tuple[Floats, float]:
        """The cost of every stretch of runs (a row its begin, a column its end), and how exact.

        From each begin the mean moves up run by run, by numbers that are all above 0: nothing
        cancels, however far the values are apart. What is left out is the cost within the runs,
        which every choice of cuts pays.

        Returns:
            Costs, infinite where a stretch is empty, and their relative error.
        """
        size = len(self.weights)
        weight = np.array([float(w) for w in self.weights])
        means = [total / w for total, w in zip(self.totals, self.weights, strict=True)]
        high = np.array([float(mean) for mean in means])
        low = np.array([float(m - Fraction(h)) for m, h in zip(means, high.tolist(), strict=True)])
        found = np.full((size + 1, size + 1), np.inf)
        for begin in range(size):
            off = (high[begin:] - high[begin]) + (low[begin:] - low[begin])
            through = np.cumsum(weight[begin:])
            mean = np.cumsum(weight[begin:] * off)[:-1] / through[:-1]
            share = through[:-1] / through[1:]  # of the points before in those with one more
            step = weight[begin + 1 :] * share * (off[1:] - mean) ** 2
            found[begin, begin + 1] = 0.0
            np.cumsum(step, out=found[begin, begin + 2 :])
        return found, _UNIT * size * (1 + sqrt(weight.sum() / weight.min()))


def _exact(parts: Sequence[Floats], starts: Index) -> list[Fraction]:
    """The exact sum of each run."""
    found = [Fraction(0)] * len(starts)
    for values in parts:
        for part in limbs(values, len(values)):
            sums = np.add.reduceat(part, starts).tolist()
            found = [a + Fraction(b) for a, b in zip(found, sums, strict=True)]
    return found


@attrs.frozen(eq=False)
class Choice:
    """The best cuts among a few positions; of equally good ones the highest.

    Attributes:
        runs: What is between the positions.
        places: Which positions each cut may have.
        windows: Where each class may begin and end; none: anywhere.
    """

    runs: Runs
    places: tuple[Index, ...]
    windows: tuple[Window, ...] = ()

    @classmethod
    def of(cls, points: Points, spots: Sequence[Spots], windows: Sequence[Window] = ()) -> "Choice":
        """Look at known positions.

        Args:
            points: The points.
            spots: Known positions for each cut.
            windows: Where each class may begin and end; none: anywhere.

        >>> spots = [Spots.single(np.array([1, 2]))]
        >>> Choice.of(Points.of(np.array([1.0, 2.0, 3.0])), spots).cuts()
        ((2,), True)
        """
        positions = np.unique(np.concatenate([spot.first for spot in spots]))
        places = tuple(np.searchsorted(positions, spot.first) + 1 for spot in spots)
        return cls(Runs.of(points, positions), places, tuple(windows))

    def cuts(self) -> tuple[tuple[int, ...], bool]:
        """The best cuts, and whether no rounding had a say."""
        whole, error = self.runs.costs()
        ends = [np.zeros(1, dtype=np.intp), *self.places, np.array([len(self.runs.weights)])]
        costs = [self._allowed(whole, i, a, b) for i, (a, b) in enumerate(pairwise(ends))]
        forward = list(accumulate(costs[1:-1], _after, initial=costs[0][0]))
        reverse = [cost.T for cost in reversed(costs)]
        backward = accumulate(reverse[1:-1], _after, initial=reverse[0][0])
        sums = [f + b for f, b in zip(forward, reversed(list(backward)), strict=True)]
        least = min(float(cost.min()) for cost in sums)
        limit = least * (1 + error) / (1 - error) if error < 1 else np.inf
        pairs = zip(self.places, sums, strict=True)
        left = [place[cost <= limit].tolist() for place, cost in pairs]
        exact = sum(len(a) * len(b) for a, b in pairwise(left)) <= _PAIRS
        chosen = _Decision(self, left).best() if exact else self._path(forward, costs, error)
        return tuple(self.runs.at[place] for place in chosen), exact

    def _path(self, forward: Sequence[Floats], costs: Sequence[Floats], error: float) -> list[int]:
        """The highest of the choices that floats cannot tell from the best."""
        chosen, at = list[int](), 0
        stages = zip(self.places, forward, costs[1:], strict=True)
        for place, before, cost in reversed(list(stages)):
            whole = before + cost[:, at]
            at = int(np.flatnonzero(whole <= whole.min() * (1 + error))[-1])
            chosen.append(int(place[at]))
        return chosen[::-1]

    def _allowed(self, whole: Floats, number: int, a: Index, b: Index) -> Floats:
        costs = whole[a[:, None], b[None, :]]
        if self.windows:
            at = np.array(self.runs.at)
            allowed = self.windows[number].allows(at[a][:, None], at[b][None, :])
            np.copyto(costs, np.inf, where=~allowed)
        return costs

    def allows(self, number: int, a: int, b: int) -> bool:
        """May a class be between two places?"""
        at = self.runs.at
        return not self.windows or bool(self.windows[number].allows(at[a], at[b]))


def _after(before: Floats, costs: Floats) -> Floats:
    return np.asarray((before[:, None] + costs).min(axis=0))


class _Decision:
    """The greatest sum over the classes of total squared over weight, in fractions.

    That sum and the cost of all classes together make the same whole for every choice.
    """

    def __init__(self, choice: Choice, places: Sequence[Sequence[int]]) -> None:
        self.choice, self.places = choice, places
        self.weights = tuple(accumulate(choice.runs.weights, initial=Fraction(0)))
        self.totals = tuple(accumulate(choice.runs.totals, initial=Fraction(0)))

    def best(self) -> list[int]:
        """The cuts; of equals the highest, the top one first."""
        if all(len(place) == 1 for place in self.places):
            return [place[0] for place in self.places]
        gains: list[dict[int, Fraction]] = [{0: Fraction(0)}]
        for number, here in enumerate(self.places):
            ways = {b: self._way(number, gains[-1], b) for b in here}
            gains.append({b: way[0] for b, way in ways.items() if way})
        chosen, end = list[int](), len(self.weights) - 1
        for number in range(len(self.places), 0, -1):
            way = self._way(number, gains[number], end)
            end = way[1] if way else end
            chosen.append(end)
        return chosen[::-1]

    def _way(
        self, number: int, before: Mapping[int, Fraction], end: int
    ) -> tuple[Fraction, int] | None:
        ways = [
            (gain + self._gain(a, end), a)
            for a, gain in before.items()
            if a < end and self.choice.allows(number, a, end)
        ]
        return max(ways, default=None)

    def _gain(self, a: int, b: int) -> Fraction:
        total = self.totals[b] - self.totals[a]
        return total * total / (self.weights[b] - self.weights[a])
