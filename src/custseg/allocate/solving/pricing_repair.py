"""Whole customers under hard limits: the moves that cost least, from what prices alone say."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.solving.pricing_grid import Grid, Near

_ROUNDS = 400
_PATIENCE = 20
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


@attrs.frozen(eq=False)
class Moves:
    """The pairs that may be used, with what each is worth under the prices.

    Attributes:
        row: The row of each pair.
        col: The column of each pair.
        value: The points of the pair less its price.
        points: The points of the pair.
        starts: The first pair of each row, and the end.
    """

    row: Index
    col: Index
    value: Floats
    points: Floats
    starts: Index

    @classmethod
    def of(cls, grid: Grid, near: Near, prices: Floats) -> "Moves":
        """Pairs near the best of their row."""
        full = np.append(prices / grid.mean, 0.0)
        value = near.points.copy()
        for r, slot in enumerate(grid.slot):
            value -= grid.steps(r, near.row, near.col) * full[slot[near.col]]
        starts = np.searchsorted(near.row, np.arange(grid.rows + 1))
        return cls(near.row, near.col, value, near.points, starts)

    def current(self, at: Index, worth: Floats) -> Floats:
        """What the present pair of each row is worth; minus infinity where it is not near."""
        out = np.full(at.size, -np.inf)
        mine = self.col == at[self.row]
        out[self.row[mine]] = worth[mine]
        return out


def drawn(moves: Moves, best: Index, heat: float) -> Index:
    """The soft choice of each row by a fixed lot, so that equals go where prices expect them.

    Args:
        moves: The pairs near the best of their row.
        best: The best column of each row.
        heat: How near is as good as equal.

    Source:
        The Gumbel-max way of drawing: Gumbel (1954); Yellott (1977).
    """
    mixed = (moves.row.astype(np.uint64) << np.uint64(20)) ^ moves.col.astype(np.uint64)
    mixed = mixed * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    lot = ((mixed >> np.uint64(11)).astype(np.float64) + 0.5) / 2.0**53
    value = moves.value - heat * np.log(-np.log(lot))
    first = np.flatnonzero(np.diff(moves.row, prepend=-1))
    most = np.maximum.reduceat(value, first)
    won = np.flatnonzero(value == np.repeat(most, np.diff(np.append(first, value.size))))
    out = best.copy()
    out[moves.row[won]] = moves.col[won]
    return out


def settle(desk: Desk, moves: Moves) -> None:
    """Bring everything within its limits as far as single moves can, the cheapest first."""
    last = np.inf
    for turn in range(_ROUNDS):
        now_wrong = float(desk.outside().sum())
        if turn % _PATIENCE == 0:
            if now_wrong > 0.9 * last:
                return
            last = now_wrong
        touched = desk.touched()
        if not touched.any():
            return
        some = np.flatnonzero(
            (touched[desk.at[moves.row]] | touched[moves.col]) & (moves.col != desk.at[moves.row])
        )
        relief = desk.relief(moves.row[some], moves.col[some])
        helps = relief > FAINT
        some, relief = some[helps], relief[helps]
        if not some.size:
            return
        now = moves.current(desk.at, moves.value)
        regret = np.maximum(now[moves.row[some]] - moves.value[some], 0.0)
        small = 1e-6 * max(desk.grid.width, 1e-12)
        order = np.argsort((regret + small) / relief, kind="stable")
        _carry(desk, moves, some[order], sure=False)


def polish(desk: Desk, moves: Moves) -> None:
    """Moves that gain points and break nothing, the most points first."""
    small = 1e-12 * max(desk.grid.width, 1e-12)
    for _ in range(_ROUNDS):
        now = moves.current(desk.at, moves.points)
        gain = moves.points - now[moves.row]
        some = np.flatnonzero((gain > small) & np.isfinite(gain))
        some = some[desk.fits(moves.row[some], moves.col[some], least=True)]
        if not some.size:
            return
        _carry(desk, moves, some[np.argsort(-gain[some], kind="stable")], sure=True)


def _carry(desk: Desk, moves: Moves, order: Index, *, sure: bool) -> None:
    """Make the first moves of a list, of each unknown so few that what was said of it holds."""
    grid = desk.grid
    left = _allowance(desk)
    gone: set[int] = set()
    for pair in order[: max(8 * grid.slot.shape[1], int(left.sum()))].tolist():
        row, col = int(moves.row[pair]), int(moves.col[pair])
        hit = np.concatenate([grid.slot[:, desk.at[row]], grid.slot[:, col]])
        hit = hit[hit < grid.size]
        if row in gone or (left[hit] < 1).any():
            continue
        if sure and not desk.fits(moves.row[[pair]], moves.col[[pair]], least=True)[0]:
            continue
        left[hit] -= 1
        gone.add(row)
        desk.put(row, col)


def _allowance(desk: Desk) -> Floats:
    """How many moves each unknown bears before it is near its limits, at least one."""
    over = np.abs(desk.held[:-1] - desk.hi[:-1])
    under = np.abs(desk.held[:-1] - desk.lo[:-1])
    return np.maximum(np.floor(np.minimum(over, under) / desk.mean[:-1] / 8), 1.0)
