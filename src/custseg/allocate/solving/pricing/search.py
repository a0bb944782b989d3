"""From a sample to all rows: the prices of count and loads, pass by pass."""

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.solving.pricing.grid import Grid, Near
from custseg.allocate.solving.pricing.newton import Box, Ends, descend
from custseg.allocate.solving.pricing.rows import Dense, Sparse
from custseg.progress import each

SAMPLE = 200_000
"""How many pairs a first sample may hold."""
_WIDER = 4
_EACH = 50
_GROW = 1.1
_PASSES = 24
_MARGIN = 12.0
_FIRST, _LAST = 60.0, 600.0
_CAP = 200.0


@attrs.frozen(eq=False)
class Scale:
    """What is large and what is small in a problem.

    Attributes:
        spread: How far apart the points of a row are, in general.
        cap: No price is further from 0.
    """

    spread: float
    cap: float

    @classmethod
    def of(cls, grid: Grid) -> "Scale":
        """Look at the points of a few rows."""
        some = grid.points[:: max(grid.rows // 2000, 1)]
        known = some[~np.isnan(some)]
        spread = float(known.std()) if known.size else 0.0
        cap = max(_CAP * max(grid.width, 1e-9), 2 * float(grid.leave.max(initial=0.0)))
        return cls(max(spread, 1e-3 * grid.width, 1e-12), cap)


def coolest(grid: Grid) -> float:
    """The last temperature: what is nearer than this is as good as equal."""
    return Scale.of(grid).spread / _LAST


def search(grid: Grid, warm: Floats | None = None) -> Floats:
    """The prices under which nearly everybody's best choice keeps the limits.

    Args:
        grid: The problem.
        warm: The prices of an earlier answer, one an unknown, in points per mean customer.
    """
    scale = Scale.of(grid)
    first = scale.spread / _FIRST
    size = max(SAMPLE // grid.slot.shape[1], _EACH * grid.slot.shape[1])
    if warm is not None:
        return _refined(grid, scale, np.clip(warm, -scale.cap, scale.cap), scale.spread / _LAST)
    heats = np.geomspace(scale.spread / 2, first, 5).tolist()
    prices = _annealed(_sampled(grid, size), scale, heats)
    while 2 * (size := size * _WIDER) < grid.rows:
        prices = _refined(_sampled(grid, size), scale, prices, first)
        first = max(first / 3, scale.spread / _LAST)
    return _refined(grid, scale, prices, first)


def _sampled(grid: Grid, size: int) -> Grid:
    """A part in which heavy rows are sure to be."""
    return grid if size >= grid.rows else grid.part(*sample(grid.heft(), size))


def _annealed(grid: Grid, scale: Scale, heats: list[float]) -> Floats:
    """First prices."""
    every = slice(None)
    dense = Dense(
        np.maximum(grid.block(every), -1e3 * scale.cap),
        grid.weight / grid.means[:, None],
        grid.times,
        tuple(grid.factors(r, every) for r in range(len(grid.means))),
        grid.slot,
        grid.size,
    )
    ends = Ends(grid.lo / grid.mean, grid.hi / grid.mean, scale.cap, _mass(grid))
    return descend(dense, ends, np.zeros(grid.size), heats)[0]


def _mass(grid: Grid) -> float:
    return float(grid.times.sum()) * len(grid.means)


def sample(heft: Floats, size: int) -> tuple[Index, Floats]:
    """Rows at even steps of their weight, and how many rows each stands for.

    >>> rows, times = sample(np.array([1.0, 1.0, 8.0, 1.0, 1.0]), 3)
    >>> rows.tolist(), times.tolist()
    ([0, 2, 3], [2.0, 1.0, 2.0])
    """
    if heft.size <= size:
        return np.arange(heft.size), np.ones(heft.size)
    part = np.maximum(heft, 1e-3 * float(heft.mean()))
    part *= size / float(part.sum())
    for _ in range(20):
        sure = part >= 1
        left = size - int(sure.sum())
        rest = float(part[~sure].sum())
        if left <= 0 or rest <= 0 or abs(rest - left) < 1e-6 * size:
            break
        part = np.where(sure, 1.0, part * left / rest)
    part = np.minimum(part, 1.0)
    marks = np.floor(np.cumsum(part) + 0.5)
    rows = np.flatnonzero(np.diff(marks, prepend=0.0) > 0)
    return rows, 1.0 / part[rows]


def _refined(grid: Grid, scale: Scale, prices: Floats, heat: float) -> Floats:
    """Of each row only the columns near its best; the temperature falls."""
    end, margin = scale.spread / _LAST, _MARGIN * heat
    heft = np.maximum(grid.heft(), 0.5)
    for _ in each("prices", range(_PASSES)):
        near = Near.of(grid, prices, margin * heft)
        several = near.several(grid.rows)
        if not several.any():
            break
        keep = several[near.row]
        rows = Sparse.over(grid, (near.row[keep], near.col[keep], near.points[keep]))
        fixed = grid.totals(np.where(several, -1, near.best))
        ends = Ends(
            (grid.lo - fixed) / grid.mean, (grid.hi - fixed) / grid.mean, scale.cap, _mass(grid)
        )
        new, held = descend(rows, ends, prices, [heat], Box(margin / 3))
        moved = float(np.abs(new - prices).max(initial=0.0))
        prices = new
        if held:
            margin *= _GROW
            continue
        if heat <= end * 1.01:
            break
        heat = heat / 3 if heat > 4 * end else end
        margin = max(_MARGIN * heat, 2 * moved)
    return np.where(np.abs(prices) < 1e-9 * scale.spread, 0.0, prices)
