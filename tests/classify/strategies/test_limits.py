import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.classify import ChanceLimits, GapLimits
from custseg.lifetime import (
    BGNBDModel,
    Effect,
    Fitting,
    MBGCNBDModel,
    MBGNBDModel,
    ParetoNBDModel,
)

FIT = Fitting(-9582.1, 2357.0)
MBG = MBGNBDModel(fitting=FIT, r=0.525, alpha=43.3, a=0.891, b=1.614)
MODELS = (
    MBG,
    BGNBDModel(fitting=FIT, r=0.243, alpha=30.9, a=0.793, b=2.426),
    ParetoNBDModel(fitting=FIT, r=0.553, alpha=74.0, s=0.606, beta=81.7),
    MBGCNBDModel(fitting=FIT, r=1.33, alpha=19.7, a=0.42, b=0.79, k=2),
)
SHARES = {"at_risk": 0.75, "dormant": 0.85, "churned": 0.95}
LIMITS = [f"{state}_limit_days" for state in SHARES]
histories = st.tuples(st.integers(1, 40), st.integers(0, 900)).map(
    lambda pair: (pair[0], max(pair[1], pair[0] - 1) if pair[0] > 1 else 0)
)


def row(history, silence=0, gap=None):
    often, age = history
    known = {"frequency": often, "recency_days": silence, "tenure_days": age + silence}
    return {**known, "gap_last_days": gap}


@pytest.mark.parametrize("model", MODELS)
@given(history=histories, silence=st.integers(0, 3000))
def test_limits_stay_as_they_are_until_the_next_order(model, history, silence):
    for limits in (
        ChanceLimits(purchases=model, shares=SHARES, horizon=90),
        GapLimits(purchases=model, shares=SHARES),
    ):
        now, later = limits.one(row(history)), limits.one(row(history, silence))
        found = [now[name] for name in LIMITS]
        assert found == [later[name] for name in LIMITS]
        assert found == sorted(found)
        assert all(days >= 1 and (days == np.floor(days)) for days in found)


@pytest.mark.parametrize("model", MODELS)
@given(history=histories)
def test_at_its_limit_the_chance_is_reached_and_the_day_before_it_is_not(model, history):
    limits = ChanceLimits(purchases=model, shares={"dormant": 0.8}, horizon=90)
    days = limits.one(row(history))["dormant_limit_days"]

    def chance(silence):
        often, age = history
        summary = [{"frequency": often - 1, "recency": age, "T": age + silence}]
        return float(model.p_no_purchase(summary, horizon=90)[0])

    if np.isfinite(days) and days < 1e6:
        assert chance(days) >= 0.8 - 1e-9
        assert days == 1 or chance(days - 1) < 0.8


@given(history=histories)
def test_gaps_are_the_quantile_of_the_next_one(history):
    often, age = history
    days = GapLimits(purchases=MBG, shares={"dormant": 0.9}).one(row(history))["dormant_limit_days"]
    shape, scale = MBG.r + often - 1, MBG.alpha + age
    longer = [(scale / (scale + gap)) ** shape for gap in (days - 1, days)]
    assert longer[1] <= 0.1 + 1e-9
    assert longer[0] > 0.1 or days == 1


@given(st.lists(st.tuples(histories, st.integers(0, 400)), min_size=1, max_size=90))
def test_many_together_are_told_as_each_alone(people):
    limits = ChanceLimits(purchases=MBG, shares=SHARES, horizon=90)
    rows = [row(*each) for each in people * 2]
    told = limits.apply(rows)
    assert [[one[name] for name in LIMITS] for one in told] == [
        [limits.one(each)[name] for name in LIMITS] for each in rows
    ]


def test_the_limit_before_a_return_is_that_of_the_order_before():
    limits = ChanceLimits(purchases=MBG, shares=SHARES, horizon=90, returns=True)
    back, before = row((3, 300), 10, gap=250), row((2, 50))
    assert limits.one(back)["return_limit_days"] == limits.one(before)["dormant_limit_days"]
    assert limits.one(row((1, 0), 10))["return_limit_days"] is None
    table = limits.apply([back, row((1, 0), 10)])
    assert [one["return_limit_days"] for one in table] == [
        limits.one(back)["return_limit_days"],
        None,
    ]


@pytest.mark.parametrize(
    "gap",
    [
        {"frequency": 0},
        {"frequency": None},
        {"tenure_days": None},
        {"recency_days": None},
        {"recency_days": 400},
        {"frequency": 1},
        {"frequency": 2.5},
    ],
)
def test_what_is_not_possible_has_no_limit(gap):
    limits = ChanceLimits(purchases=MBG, shares=SHARES, horizon=90)
    known = {**row((2, 300), 10), **gap}
    assert [limits.one(known)[name] for name in LIMITS] == [None] * 3
    assert [limits.apply([known])[0][name] for name in LIMITS] == [None] * 3


def test_columns_are_named_apart_and_survive_json():
    tagged = ChanceLimits(purchases=MBG, shares=SHARES, horizon=30, tag="_2")
    assert list(tagged.gives) == [f"{name}_2" for name in LIMITS]
    assert cs.load(json.dumps(cs.dump(tagged))) == tagged
    assert tagged.one(row((3, 90)))["dormant_limit_days_2"] is not None


def test_customers_of_other_parameters_have_other_limits():
    effects = (Effect("alpha", "age", 0.3, None, 40.0), Effect("a", "sex", -0.5, "m"))
    told = {"fitting": FIT, "r": 0.525, "alpha": 43.3, "a": 0.891, "b": 1.614}
    model = MBGNBDModel(**told, effects=effects, levels={"sex": ("f", "m")})
    people = [{**row((4, 120), 10), "age": age, "sex": sex} for age in (40.0, 44.0) for sex in "fm"]
    for limits in (
        ChanceLimits(purchases=model, shares=SHARES, horizon=90),
        GapLimits(purchases=model, shares=SHARES),
    ):
        assert {"age", "sex"} <= set(limits.needs)
        found = [[one[name] for name in LIMITS] for one in limits.apply(people)]
        assert found == [[limits.one(one)[name] for name in LIMITS] for one in people]
        assert found[0] != found[2]
        assert limits.one({**people[0], "sex": None})["dormant_limit_days"] is None
    plain = ChanceLimits(purchases=MBG, shares=SHARES, horizon=90)
    same = ChanceLimits(purchases=model, shares=SHARES, horizon=90)
    assert [same.one(people[0])[name] for name in LIMITS] == [
        plain.one(people[0])[name] for name in LIMITS
    ]
