"""Two rows exchanged where single moves did not settle it."""

from typing import Final

import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.solving.placing.desk import FAINT, Desk

_ROUNDS: Final = 60
_FEW: Final = 40.0
_MINE: Final = 60
_THEIRS: Final = 600


def swap(desk: Desk) -> None:
    """Exchange two rows where single moves did not settle it."""
    grid = desk.grid
    heft = grid.heft()
    for _ in range(_ROUNDS):
        if float(desk.outside().sum()) > _FEW:
            return
        touched = np.flatnonzero(desk.touched())
        if not touched.size:
            return
        mine = _even(np.flatnonzero(np.isin(desk.at, touched)), heft, _MINE)
        theirs = _even(np.flatnonzero(desk.at != desk.nobody), heft, _THEIRS)
        best = _exchange(desk, mine, theirs)
        if best is None:
            return
        one, two = best
        first, second = int(desk.at[one]), int(desk.at[two])
        desk.put(one, second)
        desk.put(two, first)


def _even(rows: Index, heft: Floats, most: int) -> Index:
    """So many of the rows, from light to heavy at even steps, in their order."""
    if rows.size <= most:
        return rows
    order = rows[np.argsort(heft[rows], kind="stable")]
    return np.sort(order[np.linspace(0, rows.size - 1, most).astype(np.intp)])


def _exchange(desk: Desk, mine: Index, theirs: Index) -> tuple[int, int] | None:
    """The exchange that helps most."""
    if not (mine.size and theirs.size):
        return None
    grid = desk.grid
    one, two = np.repeat(mine, theirs.size), np.tile(theirs, mine.size)
    at, to = desk.at[one], desk.at[two]
    keep = at != to
    one, two, at, to = one[keep], two[keep], at[keep], to[keep]
    help_ = np.zeros(one.size)
    mine_, theirs_ = grid.block(mine), grid.block(theirs)
    at_one = np.searchsorted(mine, one)
    at_two = np.searchsorted(theirs, two)
    new = mine_[at_one, to] + theirs_[at_two, at]
    loss = mine_[at_one, at] + theirs_[at_two, to] - new
    for r, slot in enumerate(grid.slot):
        first, second = slot[at], slot[to]
        left = grid.steps(r, two, at) - grid.steps(r, one, at)
        right = grid.steps(r, one, to) - grid.steps(r, two, to)
        apart = first != second
        one_held, two_held = desk.held[first], desk.held[second]
        change = desk.wrong(one_held, first) - desk.wrong(one_held + left, first)
        change += desk.wrong(two_held, second) - desk.wrong(two_held + right, second)
        help_ += np.where(apart, change, 0.0)
    fine = np.flatnonzero((help_ > FAINT) & np.isfinite(loss))
    if not fine.size:
        return None
    small = 1e-6 * max(grid.width, 1e-12)
    best = fine[np.argmin((np.maximum(loss[fine], 0) + small) / help_[fine])]
    return int(one[best]), int(two[best])
