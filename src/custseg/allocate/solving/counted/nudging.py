"""Prices of a sample corrected for more customers, by how near they are to moving."""

import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.allocate.solving.counted.repair import Repair, aims
from custseg.allocate.solving.grid import Grid

_ROUNDS = 3
_ENOUGH = 0.7


def nudged(
    grid: Grid, limits: tuple[Ints, Ints], prices: Floats, before: Repair | None
) -> tuple[Index, Floats]:
    """Where the rows go at prices that come nearer to the limits, and these prices.

    Newton's method; the lists of a smaller sample say how many move when a price does.
    """
    at = grid.best(prices)
    if before is None:
        return at, prices
    bend = _bend(before, grid.size)
    over = _over(at, limits, prices)
    for _ in range(_ROUNDS):
        if np.abs(over).sum() < 2 * grid.reps:
            break
        new = _stepped(bend, over, prices)
        there = grid.best(new)
        left = _over(there, limits, new)
        enough = np.abs(left).sum() <= _ENOUGH * np.abs(over).sum()
        if np.abs(left).sum() < np.abs(over).sum():
            at, prices, over = there, new, left
        if not enough:
            break
    return at, prices


def _over(at: Index, limits: tuple[Ints, Ints], prices: Floats) -> Ints:
    load = np.bincount(at, minlength=prices.size)
    return load - aims(load, limits, prices)


def _bend(before: Repair, size: int) -> Floats:
    """How many move between two when their prices come apart by one step."""
    prices, lists = before.prices[:-1], before.lists
    last = lists.cost[:, :, -1] - (prices[:, None] - prices)
    near = np.where(np.isfinite(last), lists.cost.shape[2] / np.maximum(last, 1.0), 0.0)
    near = (near + near.T) / 2 * (size / lists.grid.size)
    np.fill_diagonal(near, 0.0)
    return np.diag(near.sum(axis=1)) - near


def _stepped(bend: Floats, over: Ints, prices: Floats) -> Floats:
    """Prices after one step; a price that would cross 0 stops there."""
    live = np.flatnonzero((prices != 0) | (over != 0))
    some = bend[np.ix_(live, live)]
    some[np.diag_indices(live.size)] += 1e-9 * np.trace(some) / live.size + 1e-9
    new = prices.copy()
    new[live] += np.rint(np.linalg.solve(some, over[live].astype(np.float64)))
    new[new * prices < 0] = 0.0
    return new
