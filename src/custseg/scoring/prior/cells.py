"""Customers by the cells of their columns and the points set by hand, with sums over them."""

from collections.abc import Sequence
from itertools import accumulate

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.scoring.binning.cases import Cases
from custseg.scoring.effects.field import Field
from custseg.scoring.woe.patterns import Patterns


@attrs.frozen(eq=False)
class Design:
    """Customers who are alike in all that is learnt from, counted together in a fixed order.

    What is weighed is, in this order: the start, the points set by hand, then every cell of every
    column.

    Attributes:
        points: The points set by hand, from their mean, in units of their spread.
        at: The cell of each (row) in each column.
        sizes: Cells of each column.
        ordered: Whether they are bands of a number, that of missing values last.
        rows: How many customers.
        cases: How many of them were won.
    """

    points: Floats
    at: Index
    sizes: tuple[int, ...]
    ordered: tuple[bool, ...]
    rows: Floats
    cases: Floats

    @classmethod
    def of(
        cls, points: Floats, fields: Sequence[Field], columns: Sequence[Index], won: Bools
    ) -> "Design":
        """Count customers.

        Args:
            points: Points set by hand, one a customer, from their mean and in units of their
                spread.
            fields: The columns.
            columns: The cell of each customer in each column.
            won: Whether each was won.

        >>> age = Field("age", (30.0,))
        >>> same = Design.of(np.zeros(2), [age], [np.array([0, 0])], np.array([True, False]))
        >>> same.rows.tolist(), same.cases.tolist(), same.points.tolist(), same.bands
        ([2.0], [1.0], [0.0], ((2, 2),))
        """
        levels, level = np.unique(points, return_inverse=True)
        sizes = tuple(field.cells for field in fields)
        found = Patterns.of([level, *columns], [len(levels), *sizes], Cases(won))
        at = np.ascontiguousarray(found.at[:, 1:].T)
        ordered = tuple(field.edges is not None for field in fields)
        return cls(levels[found.at[:, 0]], at, sizes, ordered, found.rows, found.cases)

    @property
    def bands(self) -> tuple[tuple[int, int], ...]:
        """The place of the first band of each number, and how many there are."""
        parts = zip(self.starts, self.sizes, self.ordered, strict=True)
        return tuple((start, size - 1) for start, size, ordered in parts if ordered)

    @property
    def starts(self) -> tuple[int, ...]:
        """The place of the first cell of each column among all that is weighed."""
        return tuple(accumulate(self.sizes, initial=2))[:-1]

    @property
    def width(self) -> int:
        """How many are weighed."""
        return 2 + sum(self.sizes)

    def log_odds(self, weights: Floats) -> Floats:
        """The log-odds of each."""
        total = weights[0] + weights[1] * self.points
        for at, start in zip(self.at, self.starts, strict=True):
            total = total + weights[start + at]
        return np.asarray(total, dtype=np.float64)

    def sums(self, of: Floats) -> Floats:
        """What falls to the start, the points and each cell."""
        parts = [
            np.bincount(at, of, minlength=size)
            for at, size in zip(self.at, self.sizes, strict=True)
        ]
        return np.concatenate(([of.sum(), (of * self.points).sum()], *parts))

    def products(self, of: Floats) -> Floats:
        """What falls to each pair of them: counted, so that no large matrix is multiplied."""
        square = np.zeros((self.width, self.width))
        square[0] = self.sums(of)
        square[1] = self.sums(of * self.points)
        pairs = list(zip(self.at, self.sizes, self.starts, strict=True))
        for i, (at, size, start) in enumerate(pairs):
            rows = slice(start, start + size)
            square[rows, rows] = np.diag(square[0, rows])
            for other, across, left in pairs[i + 1 :]:
                both = np.bincount(at * across + other, of, minlength=size * across)
                square[rows, left : left + across] = both.reshape(size, across)
        upper = np.triu(square, 1)
        return np.asarray(np.diag(np.diag(square)) + upper + upper.T)
