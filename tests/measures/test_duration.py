import numpy as np
import pytest
from scipy.stats import chi2, expon

from custseg.errors import ConfigError, DataError
from custseg.measures import MoveRates

MONTH = 1 / 12
FIRMS = MoveRates(
    np.array([[0, 1, 0], [1, 0, 1], [0, 0, 0]]),
    np.array([9 + MONTH + 10 * MONTH, 8 + 11 * MONTH + 2 * MONTH + 6 * MONTH, 6 * MONTH]),
)
"""Lando and Skodeberg 2002: of 10 firms in A one falls to B after a month; of 10 in B one rises
after two months, one defaults after six."""


def test_rates_are_moves_by_time():
    assert FIRMS.rates[0, 1] == pytest.approx(1 / (9 + 11 / 12))
    assert FIRMS.rates[1, 2] == pytest.approx(1 / (9 + 7 / 12))
    np.testing.assert_allclose(FIRMS.generator.sum(axis=1), 0.0, atol=1e-15)


def test_what_nobody_did_directly_may_come_about():
    """No firm went from A to default, the chance is above 0 all the same: the point of it."""
    chances = FIRMS.over(1.0)
    a, b = 1 / (9 + 11 / 12), 1 / (9 + 7 / 12)
    assert 0 < chances[0, 2] < a * b  # to B first, and on from there
    assert chances[0, 2] == pytest.approx(a * b / 2, rel=0.15)
    np.testing.assert_allclose(chances.sum(axis=1), 1.0)


def test_years_follow_one_another():
    np.testing.assert_allclose(FIRMS.over(3.0), np.linalg.matrix_power(FIRMS.over(1.0), 3))
    assert np.array_equal(FIRMS.over(0.0), np.eye(3))


def test_one_way_out_is_an_exponential_life():
    rates = MoveRates(np.array([[0, 3], [0, 0]]), np.array([60.0, 1.0]))
    assert rates.over(7.0)[0, 1] == pytest.approx(expon.cdf(7.0, scale=20.0))


def test_the_ends_of_a_rate():
    """Garwood: with 3 moves, chi-squared of 6 and 8 degrees."""
    low, high = MoveRates(np.array([[0, 3], [0, 0]]), np.array([60.0, 1.0])).intervals(0.9)
    assert low[0, 1] == pytest.approx(chi2.ppf(0.05, 6) / 2 / 60)
    assert high[0, 1] == pytest.approx(chi2.ppf(0.95, 8) / 2 / 60)
    assert low[1, 0] == 0.0
    assert high[1, 0] == pytest.approx(-np.log(0.05))


def test_a_state_without_time_is_not_known():
    rates = MoveRates(np.array([[0, 1, 0], [0, 0, 0], [1, 0, 0]]), np.array([5.0, 0.0, 2.0]))
    assert np.isnan(rates.generator[1]).all()
    assert np.isnan(rates.over(1.0)).all(), "all may get there"
    apart = MoveRates(np.array([[0, 0], [0, 0]]), np.array([5.0, 0.0])).over(1.0)
    assert apart[0].tolist() == [1.0, 0.0]


@pytest.mark.parametrize("time", [-1.0, np.inf, np.nan])
def test_a_time_is_no_less_than_none(time):
    with pytest.raises(ConfigError, match="time: must be 0 or more"):
        FIRMS.over(time)


@pytest.mark.parametrize(
    ("moves", "time"),
    [
        (np.zeros((2, 3), dtype=int), np.ones(2)),
        (np.zeros((2, 2), dtype=int), np.ones(3)),
        (np.full((1, 1), -1), np.ones(1)),
        (np.zeros((1, 1), dtype=int), np.array([np.nan])),
    ],
)
def test_what_does_not_fit_is_refused(moves, time):
    with pytest.raises(DataError, match=r"do not fit|must be finite"):
        MoveRates(moves, time)


def test_lists_are_taken_as_well():
    rates = MoveRates([[0, 1], [0, 0]], [10.0, 4.0])
    assert rates.over(1.0)[0, 1] == pytest.approx(1 - np.exp(-0.1))


@pytest.mark.parametrize(
    "time", [[np.inf, 1.0], [np.nan, 1.0], [-1.0, 1.0], ["a", "b"], [[1.0, 1.0]]]
)
def test_time_that_is_none_is_refused(time):
    with pytest.raises(DataError):
        MoveRates([[0, 1], [0, 0]], time)
