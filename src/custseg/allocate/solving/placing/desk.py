"""Who is where while whole customers are moved, and what is outside its limits."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.solving.pricing.grid import Grid

FAINT = 1e-12
_OVER = 4.0
"""How much worse it is to be above a limit than below one."""


@attrs.frozen(eq=False)
class Desk:
    """Who is where while moves are made; ``at`` and ``held`` change in place.

    Attributes:
        grid: The problem.
        at: The column of each row; m is nobody.
        held: What each unknown carries, with the slot of the unbound at the end.
        lo: The least of each unknown, the same way.
        hi: The most of each unknown.
        mean: The mean weight behind each unknown.
    """

    grid: Grid
    at: Index
    held: Floats
    lo: Floats
    hi: Floats
    mean: Floats

    @classmethod
    def of(cls, grid: Grid, at: Index) -> "Desk":
        """Start from an answer."""
        nobody = grid.slot.shape[1] - 1
        held = grid.totals(np.where(at == nobody, -1, at))
        return cls(
            grid,
            at.copy(),
            np.append(held, 0.0),
            np.append(grid.lo, -np.inf),
            np.append(grid.hi, np.inf),
            np.append(grid.mean, 1.0),
        )

    @property
    def nobody(self) -> int:
        """The column of those who are left out."""
        return int(self.grid.slot.shape[1]) - 1

    def put(self, row: int, col: int) -> None:
        """Move a row."""
        old = int(self.at[row])
        for r, slot in enumerate(self.grid.slot):
            self.held[slot[old]] -= self.weighs(r, row, old)
            self.held[slot[col]] += self.weighs(r, row, col)
        self.held[-1] = 0.0
        self.at[row] = col

    def weighs(self, r: int, row: int, col: int) -> float:
        """What one row weighs with a column."""
        return float(self.grid.steps(r, np.array([row]), np.array([col]))[0])

    def wrong(self, held: Floats, unknown: Index) -> Floats:
        """How far outside their limits unknowns are, in customers of mean weight."""
        over = np.maximum(held - self.hi[unknown], 0) * _OVER
        under = np.maximum(self.lo[unknown] - held, 0)
        return (over + under) / self.mean[unknown]

    def outside(self) -> Floats:
        """The same for every unknown as it is."""
        return self.wrong(self.held, np.arange(self.held.size))

    def kept(self) -> bool:
        """Whether nothing is above its limit."""
        return bool((self.held <= self.hi).all())

    def touched(self) -> Bools:
        """The columns of which a limit is not kept; never nobody."""
        wrong = np.append(np.flatnonzero(self.outside()), self.grid.size + 1)
        return np.asarray(np.isin(self.grid.slot, wrong).any(axis=0), dtype=np.bool_)

    def relief(self, row: Index, col: Index) -> Floats:
        """How much less is wrong after each of these moves."""
        out, old = np.zeros(row.size), self.at[row]
        for r, slot in enumerate(self.grid.slot):
            one, two = slot[old], slot[col]
            less, more = self.grid.steps(r, row, old), self.grid.steps(r, row, col)
            same = one == two
            less = np.where(same, less - more, less)
            more = np.where(same, 0.0, more)
            held_one, held_two = self.held[one], self.held[two]
            out += self.wrong(held_one, one) - self.wrong(held_one - less, one)
            out += self.wrong(held_two, two) - self.wrong(held_two + more, two)
        return out

    def fits(self, row: Index, col: Index, *, least: bool) -> Bools:
        """Which moves keep every limit; with ``least`` the minimums left behind too."""
        out, old = np.ones(row.size, dtype=np.bool_), self.at[row]
        for r, slot in enumerate(self.grid.slot):
            one, two = slot[old], slot[col]
            less, more = self.grid.steps(r, row, old), self.grid.steps(r, row, col)
            same = one == two
            after = self.held[two] + more - np.where(same, less, 0.0)
            out &= (after <= self.hi[two]) | (same & (more <= less))
            left = self.held[one] - less
            out &= same | (left >= self.lo[one]) | (not least)
            out &= ~same | (after >= np.minimum(self.lo[two], self.held[two]))
        return out
