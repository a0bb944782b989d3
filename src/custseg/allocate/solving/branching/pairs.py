"""The pairs that can still be part of a better answer."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.solving.pricing.grid import Grid


@attrs.frozen(eq=False)
class Pairs:
    """The pairs that may be chosen, row by row; every row has one at least.

    Attributes:
        row: The row of each pair.
        col: The column of each pair; m is nobody.
        points: What it is worth; nobody costs points.
        every: Whether no pair is missing that a better answer could use.
    """

    row: Index
    col: Index
    points: Floats
    every: bool

    @classmethod
    def near(cls, grid: Grid, prices: Floats, gap: float, most: int) -> "Pairs":
        """The pairs whose price leaves them a chance to close a gap, the best few of each row.

        Args:
            grid: The problem.
            prices: One an unknown, for a customer of mean weight.
            gap: How far the best known answer is below the bound.
            most: How many columns of a row to keep at most.

        Source:
            Reduced cost fixing: Nemhauser and Wolsey (1988), "Integer and Combinatorial
            Optimization", II.5.
        """
        found: list[tuple[Index, Index, Floats]] = []
        every = True
        for rows in grid.blocks():
            value = grid.priced(rows, prices)
            loss = value.max(axis=1, keepdims=True) - value
            open_ = (loss <= gap) & np.isfinite(value)
            if most < value.shape[1]:
                last = np.partition(loss, most - 1, axis=1)[:, most - 1 : most]
                cut = open_ & (loss > last)
                every = every and not bool(cut.any())
                open_ &= ~cut
            open_[:, -1] |= np.isfinite(value[:, -1])
            row, col = np.nonzero(open_)
            found.append((row + rows.start, col, grid.block(rows)[row, col]))
        row, col, points = (np.concatenate(part) for part in zip(*found, strict=True))
        return cls(row, col, points, every)

    def with_answer(self, grid: Grid, at: Index) -> "Pairs":
        """The same, and the pairs of an answer that is known."""
        rows = np.arange(at.size)
        width = grid.slot.shape[1]
        key = np.union1d(self.row * width + self.col, rows * width + at)
        row, col = key // width, key % width
        points = np.empty(row.size)
        for some in grid.blocks():
            inside = slice(*np.searchsorted(row, [some.start, some.stop]))
            points[inside] = grid.block(some)[row[inside] - some.start, col[inside]]
        return Pairs(row, col, points, self.every)

    def serving(self, served: Bools, nobody: int) -> "Pairs":
        """The pairs left when it is settled who is served."""
        keep = (self.col < nobody) == served[self.row]
        return Pairs(self.row[keep], self.col[keep], self.points[keep], self.every)
