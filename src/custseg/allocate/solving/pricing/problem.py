"""Count and loads read as one problem in whole steps."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.allocate.limiting.bands import eased
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.pricing.grid import LEAVE, Grid, mean_of

_ENDLESS: Final = 2.0**60
_HAIR: Final = 1e-6


def gridded(points: Floats, lo: Ints, hi: Ints, loads: Loads, counts: Floats | None = None) -> Grid:
    """Count and loads as one problem in whole steps.

    Args:
        points: How well each pair goes together, n x m; NaN where not eligible.
        lo: The fewest customers for each.
        hi: The most customers for each.
        loads: What else is limited.
        counts: How many customers each row counts; 1 each.
    """
    m = lo.size
    given = floats(points)
    loads = eased(given, hi, loads).sharpened()
    units = [1.0, *(loads.unit(r) for r in range(loads.size))]
    ones = np.ones(len(points)) if counts is None else counts
    weight = np.vstack([ones, np.rint(loads.weight * np.array(units[1:])[:, None])])
    effort = (None, *(loads.of_pairs(r) for r in range(loads.size)))
    lows, highs = [lo.astype(np.float64), *loads.lo], [hi.astype(np.float64), *loads.hi]
    sizes = [low.size for low in lows]
    means = np.array([mean_of(row) for row in weight])
    ends = _ends(given)
    grid = Grid(
        given,
        weight,
        effort,
        _slots(loads, m, sizes),
        np.concatenate([np.ceil(low * u - _HAIR) for low, u in zip(lows, units, strict=True)]),
        np.concatenate([_top(*parts) for parts in zip(highs, units, weight, effort, strict=True)]),
        means,
        np.repeat(means, sizes),
        ends[1] - ends[0],
        np.zeros(len(points)),
        np.ones(len(points)),
    )
    return attrs.evolve(grid, leave=_leaving(grid, max(abs(ends[0]), abs(ends[1]))))


def _top(high: Floats, unit: float, weight: Floats, effort: Floats | None) -> Floats:
    """The most of each group in steps; no more than all together weigh."""
    most = float(weight.sum()) * (1.0 if effort is None else float(effort.max(initial=1.0)))
    return np.minimum(np.floor(np.minimum(high * unit, _ENDLESS) + _HAIR), np.ceil(most))


def floats(points: Floats) -> Floats:
    """Whole numbers as points: the smallest of the type is not eligible."""
    if np.issubdtype(points.dtype, np.floating):
        return points
    given = points.astype(np.float64)
    whole: Any = points.dtype
    given[points == np.iinfo(whole).min] = np.nan
    return given


def _ends(points: Floats) -> tuple[float, float]:
    """The least and the most points of all pairs."""
    low = float(np.fmin.reduce(points, axis=None, initial=np.inf))
    high = float(np.fmax.reduce(points, axis=None, initial=-np.inf))
    return (low, high) if low <= high else (0.0, 0.0)


def _leaving(grid: Grid, most: float) -> Floats:
    """What leaving a row out costs: by its weight, and three times as much for the first rows."""
    n = grid.rows
    width = max(grid.width, most, 1e-9)
    early = 1 + 2 * (n - np.arange(n)) / max(n, 1)
    return LEAVE * width * np.maximum(grid.heft(), 1.0 / len(grid.means)) * early


def _slots(loads: Loads, m: int, sizes: list[int]) -> Index:
    """The unknown of each resource and column; nobody is bound by nothing."""
    end = sum(sizes)
    out = np.full((len(sizes), m + 1), end, dtype=np.intp)
    out[0, :m] = np.arange(m)
    start = m
    for r, size in enumerate(sizes[1:]):
        at = loads.group[r]
        out[r + 1, :m] = np.where(at >= 0, start + at, end)
        start += size
    return out
