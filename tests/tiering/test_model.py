import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.tiering import Cuts, TierModel, services

NEEDS = {"customer_id": "text", "revenue": "number"}
TIERS = ("low", "medium", "high")
GIVES = ("tier", "tier_reason", "tier_rank", "service")

revenue = st.none() | st.sampled_from([100.0, 1000.0]) | st.floats(-1e6, 1e6)
customers = st.lists(revenue, min_size=1, max_size=20).map(
    lambda values: [{"customer_id": f"{i:05}", "revenue": v} for i, v in enumerate(values)]
)
models = st.builds(
    lambda points, closed: model(Cuts(points, closed)),
    st.lists(st.sampled_from([0.0, 100.0, 1000.0]), min_size=2, max_size=2).map(sorted),
    st.sampled_from(["left", "right"]),
)


def model(cuts=Cuts((100.0, 1000.0)), tiers=TIERS):  # noqa: B008 - frozen
    return TierModel(value="revenue", cuts=cuts, tiers=tiers, service=services(tiers))


@given(customers, models, st.sampled_from(everykind.KINDS))
def test_one_and_apply_agree_on_every_kind(customers, model, kind):
    table = model.apply(everykind.as_table(kind, customers, NEEDS))
    for name in GIVES:
        assert everykind.column(table, name) == [model.one(row)[name] for row in customers]
    assert everykind.column(table, "customer_id") == [row["customer_id"] for row in customers]


@given(customers, models)
def test_sql_says_the_same(customers, model):
    with duckdb.connect() as warehouse:
        warehouse.register("customers", everykind.as_table("arrow", customers, NEEDS))
        rows = warehouse.sql(model.to_sql()).to_arrow_table().to_pylist()
    assert rows == [model.one(row) for row in customers]


@given(customers, models)
def test_tiers_are_the_codes_of_the_cuts(customers, model):
    values = np.array([np.nan if c["revenue"] is None else c["revenue"] for c in customers])
    codes = model.cuts.codes(values)
    expected = ["low" if code < 0 else TIERS[code] for code in codes]
    assert [c["tier"] for c in model.apply(customers)] == expected


@given(revenue, revenue, models)
def test_more_value_is_never_a_lower_tier_and_missing_is_the_lowest(a, b, model):
    tier = [TIERS.index(model.one({"revenue": v})["tier"]) for v in (a, b)]
    if a is None:
        assert tier[0] == 0
        assert model.one({"revenue": a})["tier_reason"] == "value_unknown"
    elif b is not None and a <= b:
        assert tier[0] <= tier[1]


@given(models)
def test_a_model_survives_json(model):
    assert cs.load(json.dumps(cs.dump(model))) == model


def test_tier_and_reason_go_together():
    out = [model().one({"revenue": v}) for v in (None, float("nan"), 99, 100, 999.99, 1000)]
    assert [o["tier"] for o in out] == ["low", "low", "low", "medium", "medium", "high"]
    assert [o["tier_reason"] for o in out] == [
        "value_unknown",
        "value_unknown",
        "value_below",
        "value_between",
        "value_between",
        "value_above",
    ]
    assert out[-1]["service"] == "vip_service"


def test_infinity_is_in_an_end_tier():
    assert model().one({"revenue": float("inf")})["tier"] == "high"
    assert model().one({"revenue": float("-inf")})["tier"] == "low"


def test_one_tier_and_two_tiers():
    one = model(Cuts(()), ("all",))
    assert one.one({"revenue": 3})["tier_reason"] == "one_tier"
    assert one.one({"revenue": None})["tier_reason"] == "value_unknown"
    assert one.explain({"revenue": 3}).text("zh").endswith("只有一个等级")
    two = model(Cuts((5.0,)), ("low", "high"))
    assert [two.one({"revenue": v})["tier_reason"] for v in (3, 5)] == [
        "value_below",
        "value_above",
    ]


def test_all_tiers_are_labels_in_order_even_those_nobody_reaches():
    table = everykind.as_table("pandas", [{"customer_id": "x", "revenue": 1.0}], NEEDS)
    column = model(Cuts((1.0, 1.0))).apply(table)["tier"]
    assert list(column.cat.categories) == list(TIERS)
    assert column.cat.ordered
    assert column.tolist() == ["high"]


@pytest.mark.parametrize(
    ("value", "reason", "settings", "distance"),
    [
        (99.0, "value_below", {"high": 100.0}, 1.0),
        (250, "value_between", {"low": 100.0, "high": 1000.0}, 750.0),
        (1000, "value_above", {"low": 1000.0}, None),
        (None, "value_unknown", {}, None),
    ],
)
def test_an_explanation_names_the_cuts_and_hides_the_value(value, reason, settings, distance):
    why = model().explain({"customer_id": "x", "revenue": value})
    (said,) = why.reasons
    assert said.code == reason
    assert said.settings == {"value": "revenue", "closed": "left", **settings}
    assert said.values == {"revenue": value} | ({"to_next": distance} if distance else {})
    assert "values" not in why.as_dict()["reasons"][0]
    assert set(why.decision) == set(GIVES)


def test_an_explanation_reads_in_both_languages():
    why = model().explain({"revenue": 250})
    assert why.text() == "value tier: medium\n  - revenue is in the band between 100 and 1,000"
    assert why.text("zh") == "价值等级: 中级客户\n  - 消费金额 位于 100 至 1,000 一档"
    assert "距上一级 = 750" in why.text("zh", values=True)


def test_bad_input_is_named():
    with pytest.raises(MissingColumnError, match="Did you mean 'revenu'"):
        model().one({"revenu": 1})
    with pytest.raises(DataError, match="column 'revenue': holds text"):
        model().one({"revenue": "much"})
    with pytest.raises(ConfigError, match="2 cuts make 3 tiers"):
        model(tiers=("low", "high"))


def test_many_threads_agree_with_one():
    shared, values = model(), [float(v) for v in range(0, 2000, 10)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda v: shared.one({"revenue": v})["tier"], values))
    assert found == [model().one({"revenue": v})["tier"] for v in values]


def test_one_record_costs_microseconds_and_no_dataframe_library():
    code = """
import json, sys, time
import custseg as cs
plan = cs.tiering.TierPlan(cs.tiering.Thresholds((100.0, 1000.0)), value="revenue")
model = cs.load(json.dumps(cs.dump(plan.fit([]))))
record = {"customer_id": "x", "revenue": 2100.0}
assert model.one(record)["tier"] == "high"
start = time.process_time()
for _ in range(2000):
    model.one(record)
cost = (time.process_time() - start) / 2000
assert cost < 50e-6, cost
heavy = {"pandas", "polars", "pyarrow", "narwhals", "duckdb"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", code], check=True)
