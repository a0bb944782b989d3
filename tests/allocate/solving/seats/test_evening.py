"""Among equally good answers the most even one, by trying them all."""

from itertools import product

import numpy as np
import pytest

from custseg.allocate.solving.seats.evening import balance, even
from custseg.allocate.solving.seats.shares import Shares
from custseg.allocate.solving.seats.ties import Ties


def unevenness(load, hi):
    return sum(n * (n + 1) / (2 * h) for n, h in zip(load, hi, strict=True))


@pytest.mark.parametrize("seed", range(30))
def test_no_other_answer_is_more_even(seed):
    rng = np.random.default_rng(seed)
    n, m = 6, 3
    tied = rng.random((n, m)) < 0.6
    tied[np.arange(n), rng.integers(0, m, n)] = True
    at = np.array([rng.choice(np.flatnonzero(row)) for row in tied])
    hi, lo = np.full(m, n), np.zeros(m, dtype=np.int64)
    several = tied.sum(axis=1) > 1
    after = at.copy()
    even(after, Ties.of(np.arange(n), tied), np.zeros(m), lo, hi)
    assert tied[np.arange(n), after].all()
    assert (after == at)[~several].all()
    loads = [
        np.bincount(other, minlength=m)
        for other in product(range(m), repeat=n)
        if tied[np.arange(n), other].all()
    ]
    got = unevenness(np.bincount(after, minlength=m), hi)
    assert got == min(unevenness(load, hi) for load in loads)


def test_whoever_has_a_price_keeps_the_number_of_customers():
    at, tied = np.array([0, 0, 0, 0]), np.ones((4, 2), dtype=bool)
    ties = Ties.of(np.arange(4), tied)
    even(at, ties, np.array([1.0, 0.0]), np.array([0, 0]), np.array([4, 4]))
    assert at.tolist() == [0, 0, 0, 0]
    even(at, ties, np.zeros(2), np.array([3, 0]), np.array([4, 4]))
    assert np.bincount(at).tolist() == [3, 1]


def test_thousands_are_evened_out_at_once():
    shares = Shares.of(np.array([[90_000, 0, 0]]), np.ones((1, 3), dtype=bool))
    load, hi = np.array([90_000, 0, 0]), np.array([90_000, 45_000, 45_000])
    balance(shares, load, np.ones(3, dtype=bool), (np.zeros(3, dtype=np.int64), hi))
    assert np.abs(load - [45_000, 22_500, 22_500]).max() <= 1
    assert shares.amounts.sum(axis=0).tolist() == load.tolist()
