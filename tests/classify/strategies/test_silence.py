import numpy as np
import pytest

import custseg as cs
from custseg.classify import ChanceLimits, LifecycleModel
from custseg.classify.strategies.silence import (
    Silence,
    check_days,
    check_rising,
    check_shares,
    named,
)
from custseg.errors import ConfigError
from custseg.lifetime import Fitting, MBGNBDModel

MODEL = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=43.3, a=0.891, b=1.614)
LIMITS = ChanceLimits(purchases=MODEL, shares={"at_risk": 0.75, "dormant": 0.8}, horizon=90)
TOLD = {"awake": "recent_order", "at_risk": "late_order", "dormant": "no_order"}
OWN = Silence(
    {"at_risk": "at_risk_limit_days", "dormant": "dormant_limit_days"},
    TOLD,
    {"at_risk_after": 1, "dormant_after": 2},
)


def told(record):
    model = LifecycleModel(OWN.ladder(LIMITS))
    blank = dict.fromkeys(("frequency", "recency_days", "tenure_days"))
    said = model.one({**blank, **record})
    return said["lifecycle_state"], said["lifecycle_reason"]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"frequency": 0}, ("potential", "never_bought")),
        ({"frequency": 6, "recency_days": 143, "tenure_days": 343}, ("active", "recent_order")),
        ({"frequency": 6, "recency_days": 144, "tenure_days": 344}, ("at_risk", "late_order")),
        ({"frequency": 6, "recency_days": 165, "tenure_days": 365}, ("dormant", "no_order")),
        ({"frequency": 6, "recency_days": 0}, ("dormant", "limit_unknown")),
        ({"recency_days": 0, "tenure_days": 0}, ("dormant", "limit_unknown")),
        ({"frequency": 6, "tenure_days": 365}, ("dormant", "last_order_unknown")),
        ({}, ("potential", "orders_unknown")),
    ],
)
def test_limits_of_ones_own_and_what_is_unknown_of_them(record, expected):
    assert told(record) == expected


def test_values_show_the_limits_and_what_they_were_told_from():
    model = LifecycleModel(OWN.ladder(LIMITS))
    why = model.explain({"frequency": 6, "recency_days": 170, "tenure_days": 370})
    assert why.reasons[0].values == {
        "recency_days": 170,
        "dormant_limit_days": 165,
        "frequency": 6,
        "tenure_days": 370,
    }
    assert "165" not in why.text()


def test_limits_that_are_not_set_are_left_out_in_order():
    assert list(named(at_risk=1, dormant=2, churned=None)) == ["at_risk", "dormant"]


@pytest.mark.parametrize("days", [0, -1, float("nan")])
def test_days_are_above_0(days):
    check_days(a=1, b=None)
    with pytest.raises(ConfigError, match="b must be above 0 days"):
        check_days(a=1, b=days)


@pytest.mark.parametrize("later", [1, 2, np.nan])
def test_limits_rise(later):
    check_rising(a=1, b=None, c=3)
    with pytest.raises(ConfigError, match="c must be above a"):
        check_rising(a=2, b=None, c=later)


@pytest.mark.parametrize("share", [0, 1, -0.1, np.nan])
def test_shares_are_shares(share):
    check_shares(a=0.5, b=None, c=0.9)
    with pytest.raises(ConfigError, match="strictly between 0 and 1"):
        check_shares(a=share)


def test_every_reason_has_a_sentence_in_both_languages():
    for step in (*OWN.ladder(LIMITS).steps,):
        for locale in ("en", "zh"):
            assert cs.label(f"reason.{step.reason}", locale) != f"reason.{step.reason}"
