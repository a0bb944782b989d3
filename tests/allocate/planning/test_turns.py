"""Who is served in turn when places are short."""

import numpy as np
import pytest

from custseg.allocate.planning.turns import served
from custseg.allocate.solving.regret import cover


@pytest.mark.parametrize("seed", range(60))
def test_the_same_are_served_as_one_by_one(seed):
    rng = np.random.default_rng(seed)
    kinds, m, n = rng.integers(1, 6), rng.integers(1, 6), rng.integers(0, 40)
    choices = rng.random((kinds, m)) < 0.5
    turns, hi = rng.integers(0, kinds, n), rng.integers(0, 6, m)
    points = np.where(choices[turns], 1.0, np.nan).reshape(n, m)
    rows = np.flatnonzero((choices[turns] & (hi > 0)).any(axis=1))
    one_by_one = cover(points, rows, hi)
    wanted = np.bincount(turns[one_by_one], minlength=kinds)
    assert served(choices, turns, hi).tolist() == wanted.tolist()


def test_an_earlier_one_moves_along_to_let_a_later_one_in():
    choices = np.array([[True, True], [True, False]])
    assert served(choices, np.array([0, 1]), np.array([1, 1])).tolist() == [1, 1]


def test_nobody_to_serve_and_nobody_to_serve_them():
    assert served(np.zeros((1, 2), dtype=bool), np.array([0, 0]), np.array([1, 1])).tolist() == [0]
    assert served(np.ones((1, 2), dtype=bool), np.zeros(0, dtype=int), np.ones(2)).tolist() == [0]
    assert served(np.ones((1, 2), dtype=bool), np.array([0]), np.zeros(2)).tolist() == [0]
