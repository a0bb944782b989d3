"""What prices prove: a bound for any answer, and the lowest of those that prove the best."""

from itertools import product

import numpy as np
import pytest

from custseg.allocate.solving.counted.certificate import certified, worth
from custseg.allocate.solving.grid import Grid

LO, HI = np.array([0, 2, 0]), np.array([2, 4, 3])


def within(load):
    return (load >= LO).all() and (load <= HI).all()


@pytest.mark.parametrize("seed", range(10))
def test_any_whole_prices_bound_every_answer(seed):
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 9, (5, 3))
    prices = rng.integers(-4, 5, 3) * 1.0
    bound, ties = certified(Grid.of(points, HI), prices, (LO, HI))
    totals = [
        points[np.arange(5), at].sum()
        for at in product(range(3), repeat=5)
        if within(np.bincount(at, minlength=3))
    ]
    assert bound >= max(totals)
    value = points - prices
    several = (value == value.max(axis=1)[:, None]).sum(axis=1) > 1
    assert ties.rows.tolist() == np.flatnonzero(several).tolist()


@pytest.mark.parametrize("seed", range(10))
def test_lower_prices_would_prove_nothing(seed):
    head = np.random.default_rng(seed).integers(0, 7, (3, 3)) * 1.0
    np.fill_diagonal(head, np.inf)
    load = np.array([2, 2, 1])  # the first is full, the second has its minimum
    proofs = [
        prices
        for prices in product(range(-9, 10), range(-9, 1), [0])
        if prices[0] >= 0 and (head >= np.subtract.outer(prices, prices)).all()
    ]
    assert worth(head, load, (LO, HI)).tolist() == np.min(proofs, axis=0).tolist()


def test_whoever_has_no_places_has_no_price():
    head = np.full((2, 2), np.inf)
    limits = np.array([0, 3]), np.array([0, 3])
    assert worth(head, np.array([0, 3]), limits)[0] == 0.0
