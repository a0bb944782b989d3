"""Prices of softened choices are near those that keep the limits."""

import numpy as np
import pytest

from custseg.allocate.solving.counted.frontier import Frontier
from custseg.allocate.solving.counted.nudging import nudged
from custseg.allocate.solving.counted.repair import Repair, aims
from custseg.allocate.solving.counted.starting import start
from custseg.allocate.solving.grid import Grid

M = 6
RNG = np.random.default_rng(8)
POINTS = RNG.random((4000, M)) + np.linspace(0, 0.5, M)
LIMITS = np.full(M, 300), np.full(M, 700)


def over(grid, prices, limits):
    load = np.bincount(grid.best(prices), minlength=M)
    return np.abs(load - aims(load, limits, prices)).sum()


def test_prices_come_near_the_limits():
    grid = Grid.of(POINTS, LIMITS[1])
    prices = start(grid, *(limit * 1.0 for limit in LIMITS))
    assert over(grid, prices, LIMITS) * 10 < over(grid, np.zeros(M), LIMITS)
    assert (prices == np.rint(prices)).all()


@pytest.mark.parametrize("points", [np.zeros((50, M)), np.full((50, M), np.nan), np.ones((1, M))])
def test_points_that_are_all_alike_have_no_price(points):
    assert start(Grid.of(points, np.ones(M)), np.zeros(M), np.ones(M)).tolist() == [0.0] * M


def test_prices_of_a_sample_are_corrected_for_all():
    grid = Grid.of(POINTS, LIMITS[1])
    few = grid.part(np.arange(500))
    some = np.full(M, 37), np.full(M, 87)
    before = Repair.of(Frontier.of(few, few.best(np.zeros(M)).astype(np.intp)), *some, np.zeros(M))
    assert before.run()
    rough = before.prices[:-1].copy()
    at, prices = nudged(grid, LIMITS, rough, before)
    assert at.tolist() == grid.best(prices).tolist()
    assert over(grid, prices, LIMITS) * 2 < over(grid, rough, LIMITS)
    alone = nudged(grid, LIMITS, rough, None)
    assert alone[1].tolist() == rough.tolist()
