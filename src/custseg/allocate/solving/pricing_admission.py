"""Who is left out where not everybody fits: the later rows."""

from typing import Final

import numpy as np

from custseg._typing import Bools, Index
from custseg.allocate.solving.pricing_repair import Desk

_TRIES: Final = 4000
_BLOCK: Final = 4096


def evict(desk: Desk) -> None:
    """Leave rows out until nothing is above its limit, the last rows first."""
    grid = desk.grid
    for unknown in np.flatnonzero(desk.held[:-1] > desk.hi[:-1]).tolist():
        r = int((grid.slot == unknown).any(axis=1).argmax())
        members = np.flatnonzero(grid.slot[r][desk.at] == unknown)
        weight = grid.steps(r, members, desk.at[members])
        for row in members[weight > 0][::-1].tolist():
            if desk.held[unknown] <= desk.hi[unknown]:
                break
            desk.put(row, desk.nobody)


def admit(desk: Desk) -> None:
    """Give those left out a place that is free, or that of a later row; earlier rows first."""
    grid = desk.grid
    queue = np.flatnonzero(desk.at == desk.nobody)
    queue = queue[_may_come(desk, queue)]
    waiting, tries = queue.tolist()[::-1], 0
    while waiting and tries < _TRIES:
        row = waiting.pop()
        tries += 1
        value = grid.block(np.array([row]))[0, :-1]
        cols = np.flatnonzero(np.isfinite(value))
        rows = np.full(cols.size, row)
        free = cols[desk.fits(rows, cols, least=False)]
        if free.size:
            desk.put(row, int(free[value[free].argmax()]))
            continue
        out = _later(desk, row, cols)
        if out >= 0:
            col = int(desk.at[out])
            desk.put(out, desk.nobody)
            desk.put(row, col)
            waiting = sorted({*waiting, out}, reverse=True)


def _may_come(desk: Desk, queue: Index) -> Bools:
    """Who could get in at all: by a free place, or because somebody later is served there."""
    grid = desk.grid
    last = np.full(desk.nobody + 1, -1)
    np.maximum.at(last, desk.at, np.arange(grid.rows))
    out = np.zeros(queue.size, dtype=np.bool_)
    for start in range(0, queue.size, _BLOCK):
        rows = queue[start : start + _BLOCK]
        value = grid.block(rows)[:, :-1]
        open_ = np.isfinite(value)
        later = (open_ & (last[:-1] > rows[:, None])).any(axis=1)
        row, col = np.nonzero(open_)
        fits = desk.fits(rows[row], col, least=False)
        free = np.bincount(row, fits, minlength=rows.size) > 0
        out[start : start + _BLOCK] = later | free
    return out


def _later(desk: Desk, row: int, cols: Index) -> int:
    """The last row that makes room for an earlier one where it stands, or -1."""
    grid = desk.grid
    others = np.flatnonzero(np.isin(desk.at, cols))
    others = others[others > row]
    fine = np.ones(others.size, dtype=np.bool_)
    at = desk.at[others]
    for r, slot in enumerate(grid.slot):
        unknown = slot[at]
        mine = grid.steps(r, np.full(others.size, row), at)
        after = desk.held[unknown] - grid.steps(r, others, at) + mine
        fine &= after <= desk.hi[unknown]
        fine &= after >= np.minimum(desk.lo[unknown], desk.held[unknown])
    left = others[np.flatnonzero(fine)]
    return int(left[-1]) if left.size else -1
