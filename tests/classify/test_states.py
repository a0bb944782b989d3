import json
import subprocess
import sys

import attrs
import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.classify import (
    FixedDays,
    Hysteresis,
    Lifecycle,
    LifecycleModel,
    StateLadder,
    Step,
    lifecycle,
)
from custseg.rules import F

NEEDS = {"frequency": "number", "recency_days": "number", "contact_days": "number"}
number = st.none() | st.integers(0, 200).map(float)
profiles = st.lists(st.fixed_dictionaries(dict.fromkeys(NEEDS, number)), min_size=1, max_size=20)
models = st.sampled_from([None, 30]).map(lambda within: Lifecycle(FixedDays(90, within)).fit([]))


@given(profiles, models, st.sampled_from(everykind.KINDS))
def test_one_and_apply_agree_on_every_kind(profile, model, kind):
    table = model.apply(everykind.as_table(kind, profile, NEEDS))
    for name in ("lifecycle", "lifecycle_reason"):
        assert everykind.column(table, name) == [model.one(row)[name] for row in profile]


@given(profiles, models)
def test_sql_says_the_same(profile, model):
    customers = everykind.as_table("arrow", profile, NEEDS)
    with duckdb.connect() as warehouse:
        warehouse.register("customers", customers)
        rows = warehouse.sql(model.to_sql()).to_arrow_table().to_pylist()
    assert rows == [model.one(row) for row in profile]


@given(profiles, models, st.randoms())
def test_rows_have_no_order(profile, model, rng):
    shuffled = list(profile)
    rng.shuffle(shuffled)
    assert model.apply(shuffled) == [model.one(row) for row in shuffled]


@pytest.mark.parametrize("spec", [Lifecycle(), Lifecycle(FixedDays(90, contact_within=60))])
def test_spec_and_model_survive_json(spec):
    for thing in (spec, spec.fit([])):
        assert cs.load(json.dumps(cs.dump(thing))) == thing


def test_labels_are_ordered_from_potential_to_dormant():
    table = everykind.as_table(
        "pandas",
        [{"frequency": 1.0, "recency_days": 1.0}],
        {
            "frequency": "number",
            "recency_days": "number",
        },
    )
    column = Lifecycle().fit(table).apply(table)["lifecycle"]
    assert list(column.cat.categories) == ["potential", "active", "dormant"]
    assert column.cat.ordered


def test_lifecycle_in_one_call_keeps_the_kind():
    people = [{"frequency": 0, "recency_days": None}, {"frequency": 2, "recency_days": 200}]
    assert [p["lifecycle"] for p in lifecycle(people)] == ["potential", "dormant"]
    assert [p["lifecycle"] for p in lifecycle(iter(people))] == ["potential", "dormant"]
    assert lifecycle([]) == []
    patient = lifecycle(people, FixedDays(365))
    assert [p["lifecycle"] for p in patient] == ["potential", "active"]
    assert "lifecycle" not in people[0]


@cs.strategy("test-rhythm")
@attrs.frozen
class Rhythm:
    """A stranger's strategy: own rhythm, finer states, learns from the table."""

    factor: float = 2.0

    def ladder(self, table):
        gaps = table.read({"gap_median_days": "number"})["gap_median_days"]
        late, longest = F("recency_days") > self.factor * F("gap_median_days"), float(max(gaps))
        return StateLadder(
            (
                Step(F("frequency") == 0, "lead", "never_bought"),
                Step(F("recency_days") > 3 * longest, "churned", "out_of_reach", {"days": longest}),
                Step(late, "at_risk", "overdue", {"factor": self.factor}),
            ),
            otherwise="active",
            reason="in_rhythm",
        )


def test_finer_states_map_back_to_the_three_classes():
    people = [
        {"frequency": 0, "recency_days": None, "gap_median_days": None},
        {"frequency": 4, "recency_days": 25, "gap_median_days": 10.0},
        {"frequency": 4, "recency_days": 15, "gap_median_days": 10.0},
        {"frequency": 9, "recency_days": 31, "gap_median_days": 5.0},
    ]
    learnt = people[1:]
    model = Lifecycle(Rhythm()).fit(learnt)
    found = model.apply(people)
    assert [p["lifecycle_state"] for p in found] == ["lead", "at_risk", "active", "churned"]
    assert [p["lifecycle"] for p in found] == ["potential", "active", "active", "dormant"]
    assert cs.load(json.dumps(cs.dump(model))) == model
    assert cs.load(json.dumps(cs.dump(Lifecycle(Rhythm(3.0))))) == Lifecycle(Rhythm(3.0))
    assert LifecycleModel(model.ladder) == model
    why = model.explain(people[1])
    assert why.reasons[0].settings == {"factor": 2.0}
    assert why.text().splitlines()[0] == "lifecycle: active"


def test_an_explanation_names_limits_and_hides_values():
    model = Lifecycle(FixedDays(90, contact_within=60)).fit([])
    record = {"frequency": 3, "recency_days": 212, "contact_days": 77}
    why = model.explain(record)
    assert why.decision == {"lifecycle": "dormant", "lifecycle_reason": "no_order_no_contact"}
    assert why.text() == (
        "lifecycle: dormant\n  - no order for 90 days or more and no contact for 60 days or more"
    )
    assert why.text("zh").endswith("90 天及以上未下单，且 60 天及以上未联系")
    assert "212" not in why.text() + str(why.as_dict())
    assert why.as_dict(values=True)["reasons"][0]["values"] == {
        "recency_days": 212,
        "contact_days": 77,
    }


def test_an_explanation_where_no_step_holds():
    why = Lifecycle(FixedDays(90)).fit([]).explain({"frequency": None, "recency_days": None})
    assert why.reasons[0].code == "orders_unknown"
    assert why.text("zh") == "客户状态: 潜在客户\n  - 是否购买过未知"


def test_every_reason_has_a_sentence_in_both_languages():
    for strategy in (FixedDays(90), FixedDays(90, 60)):
        for code in strategy.ladder([]).by_reason().words:
            assert cs.label(f"reason.{code}") != f"reason.{code}"
            assert cs.label(f"reason.{code}", "zh") != f"reason.{code}"


def test_one_record_costs_microseconds_and_no_dataframe_library():
    code = """
import sys, time
import custseg as cs
model = cs.load({"kind": "lifecycle", "strategy": {"kind": "fixed-days"}}).fit([])
record = {"customer_id": "x", "frequency": 3, "recency_days": 212}
model.one(record)
start = time.process_time()
for _ in range(2000):
    model.one(record)
cost = (time.process_time() - start) / 2000
assert cost < 50e-6, cost
heavy = {"pandas", "polars", "pyarrow", "narwhals", "duckdb"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", code], check=True)


BLANK = {"last_purchase": None, "as_of": None}
GRACE = Lifecycle(FixedDays(90), Hysteresis(grace_days=7)).fit([])


@pytest.mark.parametrize(
    ("days", "first"), [(95.0, "last order less than 90 days ago"), (97.0, "no order for 90 days")]
)
def test_a_reason_mentions_the_grace(days, first):
    """95 days and still active: without the grace, the sentence would be untrue."""
    said = GRACE.explain({"frequency": 2.0, "recency_days": days, **BLANK})
    lines = said.text().splitlines()
    assert lines[1].startswith(f"  - {first}")
    assert lines[2:] == ["  - every limit of silence passes 7 days later"]
    assert "宽限 7 天" in said.text("zh")
    assert said.as_dict()["reasons"][1] == {"code": "limits_later", "settings": {"grace_days": 7}}


def test_a_grace_that_had_no_say_is_not_mentioned():
    never = {"frequency": 0.0, "recency_days": None, **BLANK}
    assert len(GRACE.explain(never).reasons) == 1
    plain = Lifecycle(FixedDays(90)).fit([])
    assert len(plain.explain({"frequency": 2.0, "recency_days": 95.0}).reasons) == 1
