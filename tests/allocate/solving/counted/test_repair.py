"""Moves along the cheapest paths: the best of all answers, by trying them all."""

from itertools import product

import numpy as np
import pytest

from custseg.allocate.solving.counted.frontier import Frontier
from custseg.allocate.solving.counted.repair import Repair, aims, distances
from custseg.allocate.solving.grid import Grid


def best(steps, lo, hi):
    """The most points of all answers within the limits; -inf: there is none."""
    most = -np.inf
    for at in product(range(lo.size), repeat=len(steps)):
        load = np.bincount(at, minlength=lo.size)
        if (load >= lo).all() and (load <= hi).all():
            most = max(most, steps[np.arange(len(steps)), at].sum())
    return most


@pytest.mark.parametrize("seed", range(40))
def test_repaired_answers_are_the_best_from_any_prices(seed):
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 7)), int(rng.integers(1, 4))
    points = np.where(rng.random((n, m)) < 0.2, np.nan, rng.integers(0, 5, (n, m)) * 1.0)
    points[:, 0] = rng.integers(0, 5, n)
    hi = rng.integers(0, n + 1, m)
    hi[0] = max(hi[0], 1)
    lo = np.minimum(hi, rng.integers(0, 2, m))
    grid = Grid.of(points, hi)
    steps = grid.read(slice(0, n))
    prices = rng.integers(-3, 4, m) * 1e9
    at = grid.best(prices).astype(np.intp)
    work = Repair.of(Frontier.of(grid, at), lo, hi, prices)
    wanted = best(steps, lo, hi)
    assert work.run() == np.isfinite(wanted)
    if np.isfinite(wanted):
        assert steps[np.arange(n), work.lists.at].sum() == wanted
        assert (work.slack() >= 0).all()


def test_distances_are_those_of_all_pairs():
    rng = np.random.default_rng(3)
    step = np.where(rng.random((9, 9)) < 0.6, np.inf, rng.integers(0, 9, (9, 9)) * 1.0)
    full = step.copy()
    np.fill_diagonal(full, 0.0)
    for middle in range(9):
        full = np.minimum(full, full[:, middle, None] + full[middle])
    sources = np.arange(9) < 2
    assert distances(step, sources).tolist() == full[sources].min(axis=0).tolist()


def test_a_price_says_which_limit_binds():
    limits = np.array([2, 2, 2]), np.array([7, 7, 7])
    assert aims(np.array([4, 4, 4]), limits, np.array([1.0, -1.0, 0.0])).tolist() == [7, 2, 4]
