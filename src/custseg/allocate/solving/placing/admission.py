"""Who is left out where not everybody fits: the later rows."""

from typing import Final

import numpy as np

from custseg._typing import Index
from custseg.allocate.solving.placing.desk import Desk

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
    for row in _may_come(desk, later=False).tolist():
        _seat(desk, row)
    waiting, tries = _may_come(desk, later=True).tolist()[::-1], 0
    while waiting and tries < _TRIES:
        row = waiting.pop()
        tries += 1
        cols = _seat(desk, row)
        out = _later(desk, row, cols) if cols.size else -1
        if out >= 0:
            col = int(desk.at[out])
            desk.put(out, desk.nobody)
            desk.put(row, col)
            waiting = sorted({*waiting, out}, reverse=True)


def _seat(desk: Desk, row: int) -> Index:
    """Put a row where it has most points and nothing breaks, or give the columns it may have."""
    value = desk.grid.block(np.array([row]))[0, :-1]
    cols = np.flatnonzero(np.isfinite(value))
    free = cols[desk.fits(np.full(cols.size, row), cols, least=False)]
    if not free.size:
        return cols
    desk.put(row, int(free[value[free].argmax()]))
    return cols[:0]


def _may_come(desk: Desk, *, later: bool) -> Index:
    """Who could get in at all: by a free place, or where somebody later is served."""
    grid = desk.grid
    queue = np.flatnonzero(desk.at == desk.nobody)
    last = np.full(desk.nobody + 1, -1)
    np.maximum.at(last, desk.at, np.arange(grid.rows))
    out = np.zeros(queue.size, dtype=np.bool_)
    for start in range(0, queue.size, _BLOCK):
        rows = queue[start : start + _BLOCK]
        open_ = np.isfinite(grid.block(rows)[:, :-1])
        if later:
            out[start : start + _BLOCK] = (open_ & (last[:-1] > rows[:, None])).any(axis=1)
        else:
            row, col = np.nonzero(open_)
            fits = desk.fits(rows[row], col, least=False)
            out[start : start + _BLOCK] = np.bincount(row, fits, minlength=rows.size) > 0
    return queue[out]


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
