import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.classify import Chances
from custseg.classify.churn.verdicts import SignalFigures
from custseg.measures import Area, Tally

said = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), st.booleans()), min_size=1)


def tally(pairs):
    return Tally.of(np.array([p for p, _ in pairs]), np.array([came for _, came in pairs]))


@given(said)
def test_scores_are_their_definitions(pairs):
    found = Chances.of(tally(pairs))
    assert found.customers == len(pairs)
    assert found.brier == pytest.approx(np.mean([(p - came) ** 2 for p, came in pairs]))
    with np.errstate(divide="ignore"):
        logs = [-np.log(p if came else 1 - p) for p, came in pairs]
    assert found.log_loss == pytest.approx(np.mean(logs))
    assert 0 <= found.error <= 1


@given(said)
def test_chances_are_plain_data_where_a_score_is_infinite_too(pairs):
    told = json.loads(json.dumps(Chances.of(tally(pairs)).as_dict(), allow_nan=False))
    wrong = any(p == 1 - came for p, came in pairs)
    assert (told["log_loss"] is None) == wrong
    assert sum(row["count"] for row in told["table"]) == len(pairs)


def test_a_chance_that_comes_true_as_often_as_it_says_has_no_error():
    pairs = [(0.5, n % 2 == 0) for n in range(40)] + [(0.1, n == 0) for n in range(10)]
    assert Chances.of(tally(pairs)).error == pytest.approx(0.0, abs=1e-12)


def figures(**more):
    area = Area(0.7, 0.6, 0.8, 0.05)
    one = Chances.of(tally([(0.2, False), (0.9, True)]))
    given_ = {
        "signal": "mine",
        "at": None,
        "customers": 4,
        "lost": 1,
        "unknown": 2,
        "auc": area,
        "gain": Area(0.1, -0.1, 0.3, 0.1),
        "average_precision": 0.5,
        "lift": np.arange(10, 0, -1) / 2.0,
        "as_is": one,
        "calibrated": None,
    }
    return SignalFigures(**{**given_, **more})


def test_figures_as_a_row():
    row = figures().columns()
    assert (row["auc"], row["auc_low"], row["auc_high"]) == (0.7, 0.6, 0.8)
    assert (row["gain"], row["gain_low"], row["gain_high"]) == (0.1, -0.1, 0.3)
    assert (row["lift_10"], row["lift_20"]) == (5.0, 4.5)
    assert row["brier_as_is"] == pytest.approx((0.2**2 + 0.1**2) / 2)
    assert np.isnan(row["brier_calibrated"])
    assert figures().rate == 0.25


def test_what_cannot_be_said_is_missing_in_plain_data():
    nothing = Area(np.nan, np.nan, np.nan, np.nan)
    made = figures(auc=nothing, gain=nothing, customers=0, lost=0, as_is=None)
    told = json.loads(json.dumps(made.as_dict(), allow_nan=False))
    assert told["auc"] is told["gain_low"] is told["as_is"] is None
    assert told["customers"] == 0
    assert np.isnan(made.rate)
