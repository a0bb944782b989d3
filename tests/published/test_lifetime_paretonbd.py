"""Pareto/NBD beside Fader and Hardie 2005, the BTYD vignette and 50-digit arithmetic."""

import pytest

import custseg as cs
from custseg.lifetime import Fitting, ParetoNBD, ParetoNBDModel

NEW = {"frequency": 0, "recency": 0.0, "T": 0.0}
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
    exact = [0.55328, 10.57768, 0.60624, 11.66874]  # flat there: others stop at 10.57633, 11.67150
    assert list(model.params.values()) == pytest.approx(exact, rel=1e-5)
    assert model.log_likelihood == pytest.approx(-9594.97618, abs=2e-5)
    errors = list(model.standard_errors.values())
    assert errors == pytest.approx([0.0476, 0.8427, 0.1873, 6.2105], rel=1e-3)


def test_one_heavy_buyer(model):
    """BTYD vignette: 25.46 purchases in 52 weeks, .9979."""
    buyer = [{"frequency": 26, "recency": 30.86, "T": 31}]
    assert model.expected_purchases(buyer, horizon=52) == pytest.approx([25.4563], abs=3e-3)
    rounded = told(r=0.553, alpha=10.578, s=0.606, beta=11.669)
    assert rounded.expected_purchases(buyer, horizon=52) == pytest.approx([25.46], abs=5e-3)
    assert model.p_alive(buyer) == pytest.approx([0.997918], abs=1e-6)


def test_heavy_buyers_are_no_trouble():
    """Inputs of CLVTools' tests, where 2F1 loses its digits; values with 50 digits."""
    model = told(r=0.5143, alpha=2.8845, s=0.2856, beta=14.1087)
    expected = [0.99959605, 0.99955822, 0.74948775, 0.99425508]
    assert model.p_alive(HEAVY) == pytest.approx(expected, abs=1e-8)


def test_purchases_of_a_new_customer(model):
    """At the maximum; the BTYD manual prints .05077821 and so on, of other parameters."""
    found = [model.expected_purchases([NEW], horizon=weeks)[0] for weeks in (1, 2, 3)]
    assert found == pytest.approx([0.0510064, 0.0996263, 0.1461344], abs=5e-8)
