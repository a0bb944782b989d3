import json

import attrs
import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.tiering import (
    Cuts,
    NineBox,
    Pareto,
    Quantiles,
    ServicePolicy,
    Thresholds,
    TierPlan,
    services,
    tiers,
)

NEEDS = {"customer_id": "text", "revenue": "number"}
TIERS = ("low", "medium", "high")
CUTTERS = (
    Thresholds((100.0, 1000.0)),
    Thresholds((100.0, 1000.0), closed="right"),
    *(Quantiles((0.5, 0.8), ties=ties) for ties in ("down", "up", "middle")),
    *(Pareto((0.95, 0.8), ties=ties) for ties in ("down", "up", "middle")),
)
value = st.none() | st.sampled_from([10.0, 100.0]) | st.decimals(0, 5000, places=2).map(float)
customers = (
    st.lists(value, min_size=1, max_size=25)
    .filter(any)
    .map(lambda values: [{"customer_id": f"{i:05}", "revenue": v} for i, v in enumerate(values)])
)
cutters = st.sampled_from(CUTTERS)


def by_id(rows):
    return {row["customer_id"]: row["tier"] for row in rows}


@given(customers, cutters, st.sampled_from(everykind.KINDS))
def test_every_kind_of_table_gives_the_same_tiers(customers, cutter, kind):
    plan = TierPlan(cutter)
    table = everykind.as_table(kind, customers, NEEDS)
    model = plan.fit(table)
    assert model == plan.fit(customers)
    assert by_id(everykind.as_records(model.apply(table))) == by_id(model.apply(customers))


@given(customers, cutters, st.randoms())
def test_rows_have_no_order_and_equal_customers_equal_tiers(customers, cutter, rng):
    shuffled = list(customers)
    rng.shuffle(shuffled)
    rows = tiers(customers, cutter)
    assert by_id(tiers(shuffled, cutter)) == by_id(rows)
    by_value = {}
    for row in rows:
        assert by_value.setdefault(row["revenue"], row["tier"]) == row["tier"]


@given(customers, cutters)
def test_more_value_is_never_a_lower_tier_and_missing_never_the_top(customers, cutter):
    rows = tiers(customers, cutter)
    known = sorted((r for r in rows if r["revenue"] is not None), key=lambda r: r["revenue"])
    places = [TIERS.index(r["tier"]) for r in known]
    assert places == sorted(places)
    assert {r["tier"] for r in rows if r["revenue"] is None} <= {"low"}


@given(customers, cutters)
def test_missing_values_move_no_cut(customers, cutter):
    plan, lost = TierPlan(cutter), {"customer_id": "lost", "revenue": None}
    assert plan.fit([*customers, lost]) == plan.fit(customers)


@pytest.mark.parametrize("cutter", CUTTERS)
def test_plan_and_model_survive_json(cutter):
    plan = TierPlan(cutter, value="margin", tiers=("bronze", "silver", "gold"))
    for thing in (plan, plan.fit([{"margin": 5.0}, {"margin": 500.0}])):
        assert cs.load(json.dumps(cs.dump(thing))) == thing


def test_the_signature_that_others_write_against():
    plan = cs.tiering.TierPlan(cs.tiering.Thresholds((100.0, 1000.0)), value="revenue")
    table = [{"customer_id": "a", "revenue": 5.0}]
    assert plan.fit(table).one({"customer_id": "x", "revenue": 2100.0})["tier"] == "high"


def test_tiers_in_one_call_cut_where_the_largest_hold_80_and_95_percent():
    rows = [{"revenue": 80}, {"revenue": 15}, {"revenue": 5}, {"revenue": None}]
    assert [r["tier"] for r in tiers(rows)] == ["high", "medium", "low", "low"]
    assert "tier" not in rows[0]
    margins = [{"margin": v} for v in (1, 2, 3, 4)]
    cut = tiers(iter(margins), Quantiles((0.25, 0.75)), value="margin")
    assert [r["tier"] for r in cut] == ["low", "medium", "medium", "high"]


@pytest.mark.parametrize("cutter", CUTTERS)
def test_one_row_and_one_distinct_value_have_an_answer(cutter):
    assert tiers([{"revenue": 7.0}], cutter)[0]["tier"] in TIERS
    assert len({r["tier"] for r in tiers([{"revenue": 7.0}] * 9, cutter)}) == 1


@pytest.mark.parametrize("cutter", [Quantiles(), Pareto()])
@pytest.mark.parametrize("rows", [[], [{"revenue": None}]])
def test_nothing_to_learn_from_says_what_to_do(cutter, rows):
    with pytest.raises(NotEnoughDataError, match=r"column 'revenue': no value.*Thresholds"):
        TierPlan(cutter).fit(rows)


def test_thresholds_learn_nothing_so_the_table_is_not_read():
    poisoned = pl.LazyFrame({"revenue": [1.0]}).map_batches(lambda _: 1 / 0)
    assert TierPlan(Thresholds((100.0, 1000.0))).fit(poisoned).cuts == Cuts((100.0, 1000.0))
    assert tiers([], Thresholds((100.0, 1000.0))) == []


def test_infinite_values_are_refused_with_their_column():
    with pytest.raises(DataError, match="column 'revenue': 1 of 2 values are infinite"):
        TierPlan().fit([{"revenue": float("inf")}, {"revenue": 1.0}])


def test_a_missing_column_is_named():
    with pytest.raises(MissingColumnError, match="Did you mean 'revenue'"):
        TierPlan(value="revenu").fit([{"revenue": 1.0}])


def test_services_follow_the_names_of_the_tiers():
    plan = TierPlan(Thresholds((5.0,)), tiers=("basic", "key"))
    assert plan.service == services(("basic", "key"))
    own = {"basic": ServicePolicy("mail"), "key": ServicePolicy("visit")}
    model = TierPlan(Thresholds((5.0,)), tiers=("basic", "key"), service=own).fit([])
    assert [model.one({"revenue": v})["service"] for v in (4, 5)] == ["mail", "visit"]


def test_tiers_must_match_the_cuts_already_in_the_plan():
    with pytest.raises(ConfigError, match="3 cuts make 4 tiers, but 3 are named"):
        TierPlan(Thresholds((1.0, 2.0, 3.0)))
    with pytest.raises(ConfigError, match="different names"):
        TierPlan(tiers=())
    with pytest.raises(ConfigError, match="no service policy"):
        TierPlan(service={"low": ServicePolicy("mail")})
    with pytest.raises(ConfigError, match="tier-plan: 3 cuts make 4 tiers"):
        cs.load({"kind": "tier-plan", "cutter": {"kind": "thresholds", "at": [1, 2, 3]}})


@cs.strategy("test-rounded")
@attrs.frozen
class Rounded:
    """A stranger's cutter: round numbers near the median and twice it."""

    step: float = 100.0

    def cuts(self, values: np.ndarray) -> Cuts:
        middle = max(round(float(np.nanmedian(values)) / self.step), 1) * self.step
        return Cuts((middle, 2 * middle))


@attrs.frozen
class OneCut:
    """A stranger's cutter that makes fewer classes than the plan has tiers."""

    def cuts(self, values):
        return Cuts((1.0,))


def test_a_strangers_cutter_needs_one_method():
    plan = TierPlan(Rounded())
    assert cs.load(json.dumps(cs.dump(plan))) == plan
    model = plan.fit([{"revenue": v} for v in (90.0, 120.0, 480.0)])
    assert model.cuts.points == (100.0, 200.0)
    assert model.one({"revenue": 200.0})["tier"] == "high"


def test_a_cutter_of_unknown_count_is_checked_when_it_has_cut():
    plan = TierPlan(OneCut())
    with pytest.raises(ConfigError, match="1 cuts make 2 tiers, but 3 are named"):
        plan.fit([{"revenue": 1.0}])


# ---------------------------------------------------------------- value and potential

BOTH = {"customer_id": "text", "revenue": "number", "potential": "number", "frequency": "number"}
both = st.lists(
    st.fixed_dictionaries(
        {"revenue": value, "potential": value, "frequency": st.sampled_from([None, 0.0, 3.0])}
    ),
    min_size=1,
    max_size=20,
).map(lambda rows: [{"customer_id": f"{i:05}", **row} for i, row in enumerate(rows)])
boxed = st.sampled_from(
    [
        TierPlan(Thresholds((100.0, 1000.0)), potential="potential"),
        TierPlan(Thresholds((100.0, 1000.0), "right"), potential="potential", bought=None),
        TierPlan.preset("importance", Thresholds((100.0, 1000.0))),
        TierPlan.preset("importance_by_value", Thresholds((100.0, 1000.0)), unknown="unrated"),
        TierPlan.preset("marcus", Thresholds((100.0,)), potential="potential", unknown=None),
    ]
)
COLUMNS = ("tier", "tier_reason", "tier_rank", "service", "value_level", "potential_level")


@given(both, boxed, st.sampled_from(everykind.KINDS))
def test_every_kind_of_table_gives_the_same_box(rows, plan, kind):
    model = plan.fit([])
    table = everykind.as_records(model.apply(everykind.as_table(kind, rows, BOTH)))
    for name in set(COLUMNS) & set(model.gives):
        assert [row[name] for row in table] == [model.one(row)[name] for row in rows]


@given(both, boxed)
def test_a_box_in_sql_says_the_same(rows, plan):
    model = plan.fit([])
    with duckdb.connect() as warehouse:
        warehouse.register("customers", everykind.as_table("arrow", rows, BOTH))
        told = warehouse.sql(model.to_sql()).to_arrow_table().to_pylist()
    assert told == [model.one(row) for row in rows]


@given(both, boxed, st.floats(0, 5000), st.floats(0, 5000))
def test_more_value_or_potential_is_never_a_lower_tier_nor_served_later(rows, plan, more, hope):
    model = plan.fit([])
    place = model.tiers.index
    for row in rows:
        if row["revenue"] is None:
            continue
        here = model.one(row)
        for change in ({"revenue": row["revenue"] + more}, {"potential": hope + 5000}):
            there = model.one({**row, **change})
            assert place(there["tier"]) >= place(here["tier"])
            assert there["tier_rank"] <= here["tier_rank"]


@given(both, boxed)
def test_an_unknown_value_or_potential_earns_nothing(rows, plan):
    model = plan.fit([])
    for row in rows:
        unknown = model.one({**row, "potential": None})
        lowest = model.one({**row, "potential": -1.0})
        assert (unknown["tier"], unknown["tier_rank"]) == (lowest["tier"], lowest["tier_rank"])
        lost = model.one({**row, "revenue": None, "frequency": 3.0})
        assert (lost["tier"], lost["tier_reason"]) == (plan.unknown, "value_unknown")


def test_prospects_have_a_potential_only_and_move_no_cut_of_the_value():
    rows = [{"revenue": float(v), "potential": 2.0 * v, "frequency": 1} for v in range(1, 101)]
    leads = [{"revenue": 0.0, "potential": 500.0, "frequency": 0} for _ in range(300)]
    plan = TierPlan(Quantiles((0.5, 0.8)), potential="potential")
    model = plan.fit([*rows, *leads])
    assert model.cuts == plan.fit(rows).cuts
    assert model.potential_cuts != plan.fit(rows).potential_cuts
    told = model.one({**leads[0], "potential": 1e6})
    assert (told["tier"], told["tier_reason"], told["value_level"]) == (
        "medium",
        "box_prospect",
        None,
    )
    assert (told["service"], told["potential_level"]) == ("convert_key_account", "high")


def test_potential_customers_ordinary_and_important_ones():
    plan = TierPlan.preset("importance", Thresholds((100.0, 1000.0)))
    asked = [(0, 0, 5000), (3, 50, 5000), (3, 500, 5000), (3, 5000, 0), (3, 5000, 9000)]
    rows = [{"frequency": f, "revenue": r, "potential": p} for f, r, p in asked]
    told = [row["tier"] for row in plan.fit(rows).apply(rows)]
    assert told == ["potential", "ordinary", "important", "important", "important"]
    assert [cs.label(tier, "zh") for tier in plan.tiers] == ["潜在客户", "普通客户", "重要客户"]


def test_ranks_count_from_the_highest_tier():
    plan = TierPlan(Thresholds((100.0, 1000.0)))
    model = plan.fit([])
    assert [model.one({"revenue": v})["tier_rank"] for v in (5000, 500, 5, None)] == [1, 2, 3, 3]
    own = attrs.evolve(plan, unknown="unrated").fit([])
    assert own.gives["tier"] == ("unrated", *TIERS)
    assert own.one({"revenue": None}) == {
        "revenue": None,
        "tier": "unrated",
        "tier_reason": "value_unknown",
        "tier_rank": 4,
        "service": "standard_care",
    }
    none = attrs.evolve(plan, unknown=None).fit([]).one({"revenue": None})
    assert (none["tier"], none["tier_rank"]) == (None, None)


def test_a_box_explains_its_cell_then_value_and_potential():
    model = TierPlan(Thresholds((100.0, 1000.0)), potential="potential").fit([])
    why = model.explain({"revenue": 250, "potential": 5000, "frequency": 2})
    assert why.text().splitlines() == [
        "value tier: medium",
        "  - value medium, potential high: development plan, rank 4",
        "  - revenue is in the band between 100 and 1,000",
        "  - potential value is in the highest band, which begins at 1,000",
    ]
    assert why.reasons[0].values == {"to_next_tier": 750.0}
    codes = [r.code for r in model.explain({"revenue": 0, "potential": 9, "frequency": 0}).reasons]
    assert codes == ["box_prospect", "value_below"]
    lost = model.explain({"revenue": None, "potential": 9, "frequency": 1}).reasons
    assert [reason.code for reason in lost] == ["value_unknown", "value_below"]
    blank = model.explain({"revenue": 5, "potential": None, "frequency": 1})
    assert blank.reasons[0].text("zh") == "价值 低，潜力未知，不予加分：仅线上服务，第 9 优先"


def test_each_group_has_cut_points_of_its_own():
    rows = [
        {"trade": trade, "revenue": float(v * worth), "kept": 1.0 + v % 2}
        for trade, worth in (("retail", 1), ("medical", 100))
        for v in range(40)
    ]
    plan = TierPlan(Quantiles((0.5, 0.9)), by="trade")
    told = [row["tier"] for row in plan.fit(rows).apply(rows)]
    assert told[:40] == told[40:]
    assert len(set(told)) == 3
    weighed = TierPlan(Quantiles((0.5, 0.9)), weight="kept").fit(rows)
    assert weighed.cuts != TierPlan(Quantiles((0.5, 0.9))).fit(rows).cuts


def test_plans_that_do_not_fit_their_box_are_refused():
    with pytest.raises(ConfigError, match="2 classes of value, but the box has 3"):
        TierPlan(Thresholds((5.0,)), potential="potential")
    with pytest.raises(ConfigError, match="1 classes of potential, but the box has 3"):
        TierPlan(box=NineBox())
    with pytest.raises(ConfigError, match="potential needs a box"):
        TierPlan(potential="potential", box=None)
    with pytest.raises(ConfigError, match="those of the box"):
        TierPlan(potential="potential", tiers=("c", "b", "a"))
    with pytest.raises(ConfigError, match="unknown must be a lower tier"):
        TierPlan(unknown="high")


SPENT = [-50.0, -1.0, 0.0, 5.0, 15.0, 80.0, None]


def test_refunds_may_have_a_tier_of_their_own():
    rows = [{"customer_id": str(i), "revenue": spent} for i, spent in enumerate(SPENT)]
    plan = TierPlan(Pareto((0.95, 0.8)), refunds="own")
    assert plan.tiers == ("negative", *TIERS)
    assert plan.unknown == "low"  # who is not known is no refund
    assert {tier: policy.code for tier, policy in plan.service.items()} == {
        "negative": "standard_care",
        "low": "standard_care",
        "medium": "development_plan",
        "high": "vip_service",
    }
    model = plan.fit(rows)
    told = [model.one(row) for row in rows]
    assert [row["tier"] for row in told] == [
        "negative",
        "negative",
        "low",
        "low",
        "medium",
        "high",
        "low",
    ]
    assert [row["tier_rank"] for row in told] == [4, 4, 3, 3, 2, 1, 3]
    assert model.apply(rows) == told
    assert cs.load(json.dumps(cs.dump(plan))) == plan
    named = TierPlan(Pareto(), refunds="own", tiers=("r", "c", "b", "a")).fit(rows)
    assert named.one(rows[0])["tier"] == "r"
    with pytest.raises(ConfigError, match="3 cuts make 4 tiers, but 3 are named"):
        TierPlan(Pareto(), refunds="own", tiers=TIERS)
    with pytest.raises(DataError, match="2 values are below 0"):
        TierPlan(refunds="refuse").fit(rows)


def test_refunds_of_their_own_leave_the_potential_alone():
    rows = [{"revenue": v, "potential": 2 * v, "frequency": 1} for v in (-5.0, 15.0, 85.0)]
    box = NineBox(cells=(NineBox().cells[0], *NineBox().cells), value_levels=("negative", *TIERS))
    model = TierPlan(Pareto(), potential="potential", box=box, refunds="own").fit(rows)
    assert [model.one(row)["value_level"] for row in rows] == ["negative", "medium", "high"]
    assert model.potential_cuts.classes == 3


def test_settings_of_the_wrong_kind_are_refused_at_once():
    for wrong, said in (
        ({"cutter": "pareto"}, "has a method cuts"),
        ({"cutter": (100, 1000)}, "has a method cuts"),
        ({"potential_cutter": 3}, "has a method cuts"),
        ({"currency": "EUR"}, "a currency is Currency"),
        ({"refunds": "drop"}, "refunds must be one of"),
        ({"unknown": 3}, "unknown must be a word"),
    ):
        with pytest.raises(ConfigError, match=said):
            TierPlan(**wrong)
