"""Rows that answer prices with a soft choice: all columns of a sample, or few columns of all."""

from collections.abc import Callable
from typing import Protocol

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.solving.pricing.grid import Grid

_FAINT = 1e-9


@attrs.frozen(eq=False)
class Look:
    """The smoothed dual at some prices.

    Attributes:
        value: The dual.
        slope: How far each unknown is above (over) or below what its price asks for.
        curve: Gives the second derivatives; asked only where a step is taken from.
    """

    value: float
    slope: Floats
    curve: Callable[[], Floats]


class Rows(Protocol):
    """Rows that answer prices with a soft choice."""

    def soft(self, prices: Floats, heat: float) -> Look:
        """Value, what each unknown carries, and its derivatives."""
        ...


@attrs.frozen(eq=False)
class Dense:
    """A sample of rows with all their columns.

    Attributes:
        points: The points of the sample, k x (m + 1).
        weight: The weights in means, R x k.
        times: How many rows each row of the sample stands for.
        factors: A factor for each pair and resource, or ``None``.
        slot: The unknown of each resource and column.
        size: How many unknowns there are.
    """

    points: Floats
    weight: Floats
    times: Floats
    factors: tuple[Floats | None, ...]
    slot: Index
    size: int

    def soft(self, prices: Floats, heat: float) -> Look:
        """Value, what each unknown carries, and its derivatives."""
        full = np.append(prices, 0.0)
        chance = self.points / heat
        for r, by in enumerate(self.factors):
            paid = np.multiply.outer(self.weight[r], full[self.slot[r]] / heat)
            chance -= paid if by is None else paid * by
        most = chance.max(axis=1, keepdims=True)
        chance -= most
        np.exp(chance, out=chance)
        whole = chance.sum(axis=1, keepdims=True)
        chance /= whole
        value = heat * float(self.times @ (most + np.log(whole))[:, 0])
        total = np.zeros(self.size + 1)
        for r in range(len(self.weight)):
            total += np.bincount(self.slot[r], self._sums(chance, r), minlength=total.size)
        return Look(value, total[:-1], lambda: self._curve(chance) / heat)

    def _sums(self, chance: Floats, r: int) -> Floats:
        by = self.factors[r]
        mass = self.times * self.weight[r]
        return np.asarray(mass @ chance if by is None else mass @ (chance * by))

    def _curve(self, chance: Floats) -> Floats:
        root = np.sqrt(self.times)[:, None]
        carried = np.zeros((len(chance), self.size + 1))
        curve = np.zeros((self.size + 1, self.size + 1))
        parts = [chance * (root * w[:, None]) for w in self.weight]
        parts = [p if by is None else p * by for p, by in zip(parts, self.factors, strict=True)]
        for r, mine in enumerate(parts):
            _spread(carried, self.slot[r], mine)
            for s in range(r, len(parts)):
                sums = self._both(chance, r, s)
                _cross(curve, self.slot[r], self.slot[s], sums, twice=s > r)
        curve -= carried.T @ carried
        return curve[:-1, :-1]

    def _both(self, chance: Floats, r: int, s: int) -> Floats:
        mass = self.times * self.weight[r] * self.weight[s]
        factors = [by for by in (self.factors[r], self.factors[s]) if by is not None]
        for by in factors:
            chance = chance * by
        return np.asarray(mass @ chance)


def _spread(carried: Floats, slot: Index, mine: Floats) -> None:
    """Add columns to their unknowns; most often they stand side by side."""
    first, last = int(slot[0]), slot.size - 1
    if np.array_equal(slot[:-1], np.arange(first, first + last)):
        carried[:, first : first + last] = mine[:, :-1]
        return
    for col, unknown in enumerate(slot.tolist()):
        carried[:, unknown] += mine[:, col]


def _cross(curve: Floats, first: Index, second: Index, sums: Floats, *, twice: bool) -> None:
    np.add.at(curve, (first, second), sums)
    if twice:
        np.add.at(curve, (second, first), sums)


@attrs.frozen(eq=False)
class Sparse:
    """Rows with the few columns that are near their best; all others are counted elsewhere.

    Attributes:
        starts: The first pair of each row.
        of: The row of each pair.
        times: How many rows each row stands for.
        points: The points of each pair.
        weight: The weight of each pair in means, R x pairs.
        at: The unknown of each pair, R x pairs.
        size: How many unknowns there are.
        one: The first of every two different pairs of the same row.
        two: The second of them.
    """

    starts: Index
    of: Index
    times: Floats
    points: Floats
    weight: Floats
    at: Index
    size: int
    one: Index
    two: Index

    @classmethod
    def over(cls, grid: Grid, pairs: tuple[Index, Index, Floats]) -> "Sparse":
        """Pairs sorted by row."""
        row, col, points = pairs
        new = np.diff(row, prepend=-1) != 0
        first, of = np.flatnonzero(new), np.cumsum(new) - 1
        weight = np.empty((len(grid.weight), row.size))
        for r in range(len(weight)):
            weight[r] = grid.weight[r, row] * grid.factor(r, row, col) / grid.means[r]
        one, two = _couples(first, row.size)
        times = grid.times[row[first]]
        return cls(first, of, times, points, weight, grid.slot[:, col], grid.size, one, two)

    def soft(self, prices: Floats, heat: float) -> Look:
        """Value, what each unknown carries, and its derivatives."""
        full = np.append(prices, 0.0)
        chance = self.points.copy()
        for weight, at in zip(self.weight, self.at, strict=True):
            chance -= weight * full[at]
        chance /= heat
        most = np.maximum.reduceat(chance, self.starts)
        chance = np.exp(chance - most[self.of])
        whole = np.add.reduceat(chance, self.starts)
        chance /= whole[self.of]
        value = heat * float(self.times @ (most + np.log(whole)))
        total = np.zeros(self.size + 1)
        mass = chance * self.times[self.of]
        for weight, at in zip(self.weight, self.at, strict=True):
            total += np.bincount(at, mass * weight, minlength=total.size)
        return Look(value, total[:-1], lambda: self._curve(chance) / heat)

    def _curve(self, chance: Floats) -> Floats:
        """Variances of each row's choice, one triangle at a time."""
        side = self.size + 1
        times = self.times[self.of]
        mass = chance * times
        both = mass[self.one] * chance[self.two]
        some = np.flatnonzero(both > _FAINT)
        both, one, two = both[some], self.one[some], self.two[some]
        alone = chance * (1 - chance) * times
        out = np.zeros((side, side))
        for r, weight in enumerate(self.weight):
            left, right = weight[one] * both, weight[two] * both
            for s in range(r, len(self.weight)):
                other, at, to = self.weight[s], self.at[r], self.at[s]
                part = np.bincount(at * side + to, alone * weight * other, minlength=side * side)
                part = part - np.bincount(
                    at[one] * side + to[two], left * other[two], minlength=side * side
                )
                part -= np.bincount(
                    at[two] * side + to[one], right * other[one], minlength=side * side
                )
                square = part.reshape(side, side)
                out += square if s == r else square + square.T
        return out[:-1, :-1]


def _couples(starts: Index, size: int) -> tuple[Index, Index]:
    """Every two different pairs of the same row, once."""
    counts = np.diff(np.append(starts, size))
    ends = np.repeat(starts + counts, counts)
    after = ends - np.arange(size) - 1
    one = np.repeat(np.arange(size), after)
    begin = np.cumsum(after) - after
    two = one + 1 + np.arange(one.size) - np.repeat(begin, after)
    return one, two
