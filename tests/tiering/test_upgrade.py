import json
from datetime import date
from math import ceil, isfinite, isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.tiering import (
    Cuts,
    GroupCuts,
    Thresholds,
    TierModel,
    TierPlan,
    UpgradeModel,
    UpgradePlan,
    services,
)

NEEDS = {
    "customer_id": "text",
    "industry": "text",
    "revenue": "number",
    "potential": "number",
    "frequency": "number",
    "average_order": "number",
    "gap_mean_days": "number",
}
TODAY = date(2026, 6, 30)
TIERS = ("low", "medium", "high")
BY = GroupCuts("industry", {"retail": Cuts((10.0, 50.0))}, Cuts((100.0, 1000.0)))
number = st.none() | st.sampled_from([0.0, 10.0, 100.0, 1000.0, -4.0]) | st.floats(0, 2000)
customers = st.lists(
    st.fixed_dictionaries(
        {
            "industry": st.sampled_from([None, "retail", "medical"]),
            **dict.fromkeys([*NEEDS][2:], number),
        }
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: [{"customer_id": f"{i:05}", **row} for i, row in enumerate(rows)])
tiered = st.sampled_from(
    [
        TierPlan(Thresholds((100.0, 1000.0))).fit([]),
        TierPlan(Thresholds((100.0, 1000.0), "right")).fit([]),
        TierPlan(Thresholds((100.0, 1000.0)), potential="potential").fit([]),
        TierModel(value="revenue", cuts=BY, tiers=TIERS, service=services(TIERS)),
    ]
)


@given(customers, tiered, st.sampled_from(everykind.KINDS))
def test_every_kind_of_table_and_one_record_say_the_same(rows, tier, kind):
    model = UpgradeModel(tier=tier, as_of=TODAY)
    assert cs.load(json.dumps(cs.dump(model))) == model
    told = everykind.as_records(model.apply(everykind.as_table(kind, rows, NEEDS)))
    ones = [model.one(row) for row in rows]
    for name in model.gives:
        assert [_day(row[name]) for row in told] == [one[name] for one in ones]


def _day(value):
    return value.date() if hasattr(value, "date") else value


@given(customers, tiered)
def test_who_brings_what_is_lacking_is_in_the_next_tier(rows, tier):
    model = UpgradeModel(tier=tier, as_of=TODAY)
    for row in rows:
        plan, here = model.one(row), tier.one(row)["tier"]
        if plan["next_tier"] is None:
            assert here == "high" or row["revenue"] is None or row["frequency"] == 0
            continue
        there = np.nextafter(row["revenue"] + plan["plan_value"], np.inf)
        assert tier.one({**row, "revenue": float(there)})["tier"] == plan["next_tier"]
        assert TIERS.index(plan["next_tier"]) > TIERS.index(here)
        average = row["average_order"]
        countable = average and average > 0 and isfinite(plan["plan_value"] / average)
        assert (plan["plan_orders"] is None) == (not countable)
        if plan["plan_orders"] is not None:
            assert plan["plan_orders"] >= 1
            assert plan["plan_orders"] * average >= plan["plan_value"] * (1 - 1e-12)


def test_the_plan_says_how_much_how_many_orders_and_by_when():
    model = UpgradePlan(TierPlan(Thresholds((100.0, 1000.0))), as_of=TODAY).fit([])
    row = {"revenue": 250, "average_order": 100, "gap_mean_days": 30.4}
    plan = model.one(row)
    assert (plan["next_tier"], plan["plan_value"], plan["plan_orders"]) == ("high", 750.0, 8.0)
    assert (plan["plan_by"] - TODAY).days == ceil(8 * 30.4)
    unpaced = model.one({**row, "gap_mean_days": None})
    assert (unpaced["plan_orders"], unpaced["plan_by"]) == (8.0, None)
    assert model.explain({**row, "average_order": None}).reasons[0].code == "plan_unpaced"
    assert model.explain({**row, "revenue": 1000}).reasons[0].code == "plan_none"
    assert "750" not in model.explain(row).text()
    assert "750" in model.explain(row).text("zh", values=True)


def test_a_point_that_must_be_exceeded_takes_an_order_more():
    model = UpgradePlan(TierPlan(Thresholds((100.0,), "right"), tiers=("b", "a"))).fit([])
    row = {"revenue": 50, "average_order": 25, "gap_mean_days": 1, "as_of": TODAY}
    assert model.one(row)["plan_orders"] == 3
    assert model.one({**row, "revenue": 100})["plan_orders"] == 1


def test_a_plan_of_a_century_is_none():
    model = UpgradePlan(TierPlan(Thresholds((100.0, 1e9)))).fit([])
    row = {"revenue": 150, "average_order": 1, "gap_mean_days": 30, "as_of": TODAY}
    assert model.one(row)["plan_by"] is None
    assert not isnan(model.one(row)["plan_value"])


def test_the_same_cuts_as_the_plan_of_tiers():
    rows = [
        {"revenue": float(v), "average_order": 1.0, "gap_mean_days": 1.0, "as_of": TODAY}
        for v in range(50)
    ]
    plan = TierPlan(value="revenue")
    assert UpgradePlan(plan).fit(rows).tier == plan.fit(rows)
    with pytest.raises(cs.errors.MissingColumnError, match="average_order"):
        UpgradePlan(plan).fit(rows).one({"revenue": 3, "gap_mean_days": 1, "as_of": TODAY})
