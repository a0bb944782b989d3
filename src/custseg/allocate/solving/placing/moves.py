"""Single moves of whole customers: the cheapest that mend, then those that gain."""

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.solving.placing.desk import FAINT, Desk
from custseg.allocate.solving.pricing.grid import Grid, Near

_ROUNDS = 400
_PATIENCE = 20


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
