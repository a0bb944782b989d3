"""Pareto/NBD beside Fader and Hardie 2005, the BTYD vignette and 50-digit arithmetic."""

import pytest

import custseg as cs
from custseg.lifetime import Fitting, ParetoNBD, ParetoNBDModel

HEAVY = [
    {"frequency": 221, "recency": 103.42857, "T": 103.57143},
    {"frequency": 254, "recency": 97.14286, "T": 97.28571},
    {"frequency": 161, "recency": 94.71429, "T": 98.0},
    {"frequency": 204, "recency": 98.57143, "T": 99.42857},
]


@pytest.fixture(scope="module")
def model():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    return ParetoNBD().fit(log.summary(as_of="1997-09-30", unit="week"))


def told(**params):
    return ParetoNBDModel(fitting=Fitting(0.0, 1.0), **params)


def test_parameters_likelihood_and_standard_errors(model):
    """.553, 10.578, .606, 11.669 and -9595.0; standard errors as CLVTools has them."""
    assert list(model.params.values()) == pytest.approx([0.553, 10.578, 0.606, 11.669], abs=5e-4)
    assert model.log_likelihood == pytest.approx(-9594.97618, abs=2e-5)
    errors = list(model.standard_errors.values())
    assert errors == pytest.approx([0.0476, 0.8427, 0.1873, 6.2105], rel=1e-3)


def test_one_heavy_buyer(model):
    """BTYD vignette: 25.46 purchases in 52 weeks, .9979."""
    buyer = [{"frequency": 26, "recency": 30.86, "T": 31}]
    assert model.expected_purchases(buyer, horizon=52) == pytest.approx([25.46], abs=5e-3)
    assert model.p_alive(buyer) == pytest.approx([0.997918], abs=1e-6)


def test_heavy_buyers_are_no_trouble():
    """Inputs of CLVTools' tests, where 2F1 loses its digits; values with 50 digits."""
    model = told(r=0.5143, alpha=2.8845, s=0.2856, beta=14.1087)
    expected = [0.99959605, 0.99955822, 0.74948775, 0.99425508]
    assert model.p_alive(HEAVY) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("frequency", [132, 200, 2000])
def test_where_lifetimes_gives_nan(frequency):
    """Its own test of an underflow fails with SciPy 1.17: the answer is not a number."""
    model = told(r=0.55, alpha=10.58, s=0.61, beta=11.67)
    row = [{"frequency": frequency, "recency": 200.0, "T": 200.0}]
    rate = (0.55 + frequency) / (10.58 + 200)
    # nobody has been silent yet, so all are alive, and few leave in ten weeks
    assert 9.0 * rate < model.expected_purchases(row, horizon=10)[0] < 10.0 * rate
