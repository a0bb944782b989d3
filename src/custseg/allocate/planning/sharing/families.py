"""Families that move as one: shared out as if they could be parted, then put together again."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.solving.solution import GRID


@attrs.frozen(eq=False)
class Families:
    """Families of two or more who wait, in order of their first member.

    Attributes:
        rows: Their members, family by family.
        start: Where each family begins in ``rows``.
        size: How many members each has.
        points: The points of each family: the sum of its members, NaN where one is not eligible.
    """

    rows: Index
    start: Index
    size: Ints
    points: Floats

    @classmethod
    def of(cls, problem: Problem, points: Floats, waiting: Bools) -> "Families | None":
        """The families among those who wait; ``None`` where everybody is alone.

        Args:
            problem: What is asked.
            points: The points of each customer.
            waiting: Who is to be shared out.
        """
        if problem.families is None:
            return None
        rows: Index = np.flatnonzero(waiting)
        counts = np.bincount(problem.families[rows], minlength=1)
        rows = rows[counts[problem.families[rows]] > 1]
        if not rows.size:
            return None
        rows = rows[np.argsort(problem.families[rows], kind="stable")]
        _, start, size = np.unique(problem.families[rows], return_index=True, return_counts=True)
        return cls(rows, start, size, np.add.reduceat(points[rows], start, axis=0))

    @property
    def at(self) -> Index:
        """The family of each of ``rows``."""
        return np.repeat(np.arange(self.size.size), self.size)

    def members(self, which: Index) -> Index:
        """The members of some families."""
        return self.rows[np.isin(self.at, which)]

    def tight(self, room: Ints) -> Bools:
        """Which families find places left with somebody eligible, but with nobody enough."""
        there = ~np.isnan(self.points)
        enough = (there & (room >= self.size[:, None])).any(axis=1)
        return np.asarray((there & (room > 0)).any(axis=1) & ~enough)

    def parted(self, points: Floats) -> None:
        """Give each member an equal part of the points of its family, rounded up, in place."""
        each = np.ceil(np.round(self.points / self.size[:, None] * GRID, 3)) / GRID
        points[self.rows] = each[self.at]

    def apart(self, points: Floats) -> None:
        """Take the families out, in place."""
        points[self.rows] = np.nan

    def whole(self, at: Index) -> Index:
        """Where each family stands as one: its representative, -1 where it is parted or out."""
        mine = at[self.rows]
        least = np.minimum.reduceat(mine, self.start)
        most = np.maximum.reduceat(mine, self.start)
        return np.where(least == most, least, -1)

    def meant(self, at: Index) -> Bools:
        """Which families are served with all their members."""
        return np.minimum.reduceat(at[self.rows], self.start) >= 0

    def placed(self, at: Index, reps: Index) -> None:
        """Put families where they go, in place; -1 leaves them out."""
        at[self.rows] = reps[self.at]


def seated(families: Families, reps: Index, which: Index, room: Ints, prices: Floats) -> None:
    """Find a place for some families, the largest first; arrays change in place.

    A family goes where it has most points beyond the price of the places it takes; of equal
    ones, to the most room.

    Args:
        families: All of them.
        reps: Where each stands, -1 for none.
        which: Those to be placed.
        room: Free places of each representative.
        prices: What a place is worth.
    """
    order = which[np.argsort(-families.size[which], kind="stable")]
    for family in order.tolist():
        size = int(families.size[family])
        worth = np.round(families.points[family] - size * prices, 9)
        worth[(room < size) | np.isnan(worth)] = -np.inf
        if not worth.size or np.isneginf(worth.max()):
            continue
        tied = np.flatnonzero(worth == worth.max())
        rep = int(tied[room[tied].argmax()])
        reps[family] = rep
        room[rep] -= size


def too_large(families: Families, hi: Ints) -> Index:
    """The families that nobody who is eligible has places for, however empty."""
    fits = (~np.isnan(families.points)) & (hi >= families.size[:, None])
    able = (~np.isnan(families.points)).any(axis=1)
    return np.flatnonzero(able & ~fits.any(axis=1))


def nobody(families: Families) -> Index:
    """The families that no single representative is eligible for."""
    return np.flatnonzero(np.isnan(families.points).all(axis=1))
