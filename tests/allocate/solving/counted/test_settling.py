"""At the right prices nobody is left to be moved, however many are tied."""

import numpy as np
import pytest

from custseg.allocate import Exact
from custseg.allocate.solving.counted.frontier import Frontier
from custseg.allocate.solving.counted.repair import Repair
from custseg.allocate.solving.counted.settling import settled
from custseg.allocate.solving.grid import Grid


@pytest.mark.parametrize("seed", range(25))
def test_the_prices_of_the_best_answer_give_it_at_once(seed):
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(5, 60)), int(rng.integers(2, 6))
    points = rng.integers(0, 3, (n, m)).astype(np.int64)
    lo, hi = rng.integers(0, n // m + 1, m), rng.integers(n // m + 1, n + 2, m)
    best = Exact().solution(points, lo, hi)
    grid = Grid.of(points, hi)
    at = settled(grid, best.prices, (lo, hi))
    worth = points - best.prices
    assert (worth[np.arange(n), at] == worth.max(axis=1)).all()
    assert Repair.of(Frontier.of(grid, at), lo, hi, best.prices).astray() == 0


def test_other_prices_give_the_best_answer_too():
    rng = np.random.default_rng(0)
    points = np.where(rng.random((3000, 9)) < 0.3, 1.0, 0.0)
    points[np.arange(3000), rng.integers(0, 9, 3000)] += 1e5 * rng.random(3000).round(3)
    lo, hi = np.zeros(9, dtype=np.int64), np.full(9, 350)
    cold = Exact().solution(points, lo, hi)
    for prices in (cold.prices, cold.prices * 1.01, np.zeros(9), rng.random(9) * 1e5):
        warm = Exact().solution(points, lo, hi, warm=prices)
        assert warm.bound == cold.bound
        assert points[np.arange(3000), warm.at].sum() == pytest.approx(cold.bound, abs=1e-6)


def test_nobody_tied_is_where_it_is_best():
    points, hi = np.array([[3, 1], [1, 3]]), np.array([2, 2])
    assert settled(Grid.of(points, hi), np.zeros(2), (np.zeros(2), hi)).tolist() == [0, 1]
