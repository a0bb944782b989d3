"""The unknown prices of count and loads in one row, and what a pair is worth under them."""

from collections.abc import Iterator

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index

BLOCK = 1 << 13
LEAVE = 20.0
"""How many times the range of points it costs to leave a customer of mean weight out."""


@attrs.frozen(eq=False)
class Grid:
    """Points, weights and limits of count and loads together.

    Weights and limits are whole numbers of grid steps held in floats, so that sums of them are
    exact. The last column of every block is nobody, at a cost that falls with the row.

    Attributes:
        points: How well each pair goes together, n x m; NaN where not eligible.
        weight: What each row weighs in each resource, R x n.
        effort: A factor for each pair and resource; ``None``: the same for all.
        slot: The unknown of each resource and column, R x (m + 1); U where not bound.
        lo: The least of each unknown.
        hi: The most of each unknown.
        means: The mean weight of each resource.
        mean: The same for each unknown: its price is that of a customer of this weight.
        width: The largest difference of points.
        leave: What it costs to leave each row out.
        times: How many rows each stands for.
    """

    points: Floats
    weight: Floats
    effort: tuple[Floats | None, ...]
    slot: Index
    lo: Floats
    hi: Floats
    means: Floats
    mean: Floats
    width: float
    leave: Floats
    times: Floats

    @property
    def size(self) -> int:
        """How many unknown prices there are."""
        return self.lo.size

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.points)

    def blocks(self) -> Iterator[slice]:
        """All rows, some at a time."""
        for start in range(0, self.rows, BLOCK):
            yield slice(start, min(start + BLOCK, self.rows))

    def part(self, rows: Index, times: Floats) -> "Grid":
        """Some rows that stand for all."""
        return attrs.evolve(
            self,
            points=self.points[rows],
            weight=self.weight[:, rows],
            effort=tuple(None if by is None else by[rows] for by in self.effort),
            leave=self.leave[rows],
            times=times,
        )

    def factor(self, r: int, rows: Index, cols: Index) -> "Floats | float":
        """How much more than its weight each pair takes in a resource; nobody takes nothing."""
        by = self.effort[r]
        if by is None:
            return 1.0
        inside = cols < by.shape[1]
        return np.where(inside, by[rows, np.where(inside, cols, 0)], 0.0)

    def steps(self, r: int, rows: Index, cols: Index) -> Floats:
        """What pairs weigh in a resource, in whole steps."""
        found: Floats = self.weight[r, rows]
        return found if self.effort[r] is None else np.rint(found * self.factor(r, rows, cols))

    def factors(self, r: int, rows: "Index | slice") -> Floats | None:
        """The factors of some rows with nobody beside the columns."""
        factors = self.effort[r]
        if factors is None:
            return None
        some = factors[rows]
        return np.concatenate([some, np.zeros((len(some), 1))], axis=1)

    def block(self, rows: "Index | slice") -> Floats:
        """The points of some rows, minus infinity where a pair is impossible; nobody is last."""
        given = self.points[rows]
        out = np.empty((len(given), given.shape[1] + 1))
        out[:, :-1] = given
        out[:, -1] = -self.leave[rows]
        out[np.isnan(out)] = -np.inf
        for r in range(len(self.weight)):
            self._bar(out, r, rows)
        return out

    def _bar(self, out: Floats, r: int, rows: "Index | slice") -> None:
        """A row that alone is more than the limit of a column cannot go there."""
        room = np.append(self.hi, np.inf)[self.slot[r]]
        weight, by = self.weight[r, rows], self.factors(r, rows)
        if by is None:
            for row in np.flatnonzero(weight > room.min()).tolist():
                out[row, weight[row] > room] = -np.inf
        else:
            out[np.rint(weight[:, None] * by) > room] = -np.inf

    def priced(self, rows: "Index | slice", prices: Floats) -> Floats:
        """The same after the price of each pair is paid."""
        out = self.block(rows)
        full = np.append(prices / self.mean, 0.0)
        plain = [r for r, by in enumerate(self.effort) if by is None]
        out -= self.weight[plain][:, rows].T @ full[self.slot[plain]]
        for r in set(range(len(self.effort))) - set(plain):
            by = np.asarray(self.factors(r, rows))
            out -= np.rint(self.weight[r, rows][:, None] * by) * full[self.slot[r]]
        return out

    def heft(self) -> Floats:
        """How much each row weighs beside the others over all resources; 1 is the mean."""
        found = np.zeros(self.rows)
        for weight, mean in zip(self.weight, self.means, strict=True):
            found += weight / mean
        return found / len(self.weight)

    def totals(self, at: Index) -> Floats:
        """What each unknown carries; whole steps where each row stands for itself."""
        rows = np.flatnonzero(at >= 0)
        out = np.zeros(self.size + 1)
        for r in range(len(self.weight)):
            steps = self.steps(r, rows, at[rows]) * self.times[rows]
            out += np.bincount(self.slot[r][at[rows]], steps, minlength=out.size)
        return out[:-1]

    def worth(self, prices: Floats) -> float:
        """What the limits are worth under prices: the part of the dual without rows."""
        plain = prices / self.mean
        used = np.flatnonzero(plain)
        with np.errstate(invalid="ignore"):
            ends = np.where(plain > 0, plain * self.hi, plain * self.lo)
        return float(np.sort(ends[used]).sum())


def mean_of(weight: Floats) -> float:
    """The mean of the weights above 0, at least a step."""
    some = weight[weight > 0]
    return max(float(some.sum()) / some.size, 1.0) if some.size else 1.0


@attrs.frozen(eq=False)
class Near:
    """The pairs that are nearly as good as the best of their row, by row.

    Attributes:
        best: The best column of each row; m is nobody.
        top: The best real value of each row under the prices; minus infinity where none is.
        row: The row of each pair.
        col: The column of each pair.
        points: The points of each pair; nobody has the cost of leaving out.
    """

    best: Index
    top: Floats
    row: Index
    col: Index
    points: Floats

    @classmethod
    def of(cls, grid: Grid, prices: Floats, margin: Floats) -> "Near":
        """Look at every pair once.

        Args:
            grid: The problem.
            prices: One a resource and group.
            margin: How far from the best a pair may be, by row.
        """
        best, top = np.empty(grid.rows, dtype=np.intp), np.empty(grid.rows)
        found: list[tuple[Index, Index, Floats]] = []
        for rows in grid.blocks():
            value = grid.priced(rows, prices)
            line = np.arange(len(value))
            best[rows] = at = value.argmax(axis=1)
            most = value[line, at]
            top[rows] = value[:, :-1].max(axis=1, initial=-np.inf)
            row, col = np.nonzero(value >= (most - margin[rows])[:, None])
            found.append((row + rows.start, col, grid.block(rows)[row, col]))
        row, col, points = (np.concatenate(part) for part in zip(*found, strict=True))
        return cls(best, top, row, col, points)

    def several(self, size: int) -> Bools:
        """Which rows have a choice at all."""
        several: Bools = np.bincount(self.row, minlength=size) > 1
        return several
