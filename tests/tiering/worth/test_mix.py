import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.tiering import Component, ValueMix

NEEDS = {
    "customer_id": "text",
    "margin": "number",
    "gap_cv": "number",
    "tenure_days": "number",
    "referrals": "number",
}
MIX = (
    Component("margin", 50, aspect="margin"),
    Component("gap_cv", 15, aspect="stability", lower=True),
    Component("tenure_days", 25, aspect="loyalty", points=((0, 0), (365, 0.6), (3650, 1))),
    Component("referrals", 10, aspect="influence"),
)
number = st.none() | st.sampled_from([0.0, 1.0, -3.0]) | st.decimals(0, 999, places=2).map(float)
customers = (
    st.lists(st.fixed_dictionaries(dict.fromkeys([*NEEDS][1:], number)), min_size=1, max_size=20)
    .filter(lambda rows: any(row["margin"] is not None for row in rows))
    .map(lambda rows: [{"customer_id": f"{i:05}", **row} for i, row in enumerate(rows)])
)
modes = st.sampled_from(["share", "neutral"])


@given(customers, modes, st.sampled_from(everykind.KINDS))
def test_every_kind_of_table_and_one_record_say_the_same(rows, unknown, kind):
    spec = ValueMix(MIX, unknown=unknown)
    table = everykind.as_table(kind, rows, NEEDS)
    model = spec.fit(table)
    assert model == spec.fit(rows)
    assert cs.load(json.dumps(cs.dump(model))) == model
    for column in model.gives:
        told = everykind.column(model.apply(table), column)
        assert told == [model.one(row)[column] for row in rows]


@given(customers, modes)
def test_the_parts_sum_to_the_value_exactly(rows, unknown):
    model = ValueMix(MIX, unknown=unknown).fit(rows)
    for row in rows:
        why, total = model.explain(row), model.one(row)["value_mix"]
        cents = [round(points * 100) for points in why.parts.values() if points is not None]
        assert sum(cents) == (0 if total is None else round(total * 100))
        assert sum(round(points * 100) for points in why.aspects.values()) == sum(cents)
        assert all(cent >= 0 for cent in cents)


@given(customers)
def test_who_tells_all_has_one_value_whatever_is_done_with_the_unknown(rows):
    models = [ValueMix(MIX, unknown=unknown).fit(rows) for unknown in ("share", "neutral")]
    assert models[0].parts == models[1].parts
    known = all(part.knots for part in models[0].parts)
    for row in rows:
        told = [model.one(row) for model in models]
        assert told[0]["value_mix_known"] == told[1]["value_mix_known"]
        if known and None not in row.values():
            assert told[0] == told[1]
            assert told[0]["value_mix_known"] == 1


@given(customers, modes, st.floats(0, 1e4))
def test_better_is_never_worth_less(rows, unknown, more):
    model = ValueMix(MIX, unknown=unknown).fit(rows)
    for row in rows:
        for column, better in (("margin", more), ("gap_cv", -more), ("referrals", more)):
            if row[column] is not None:
                raised = {**row, column: row[column] + better}
                assert model.one(raised)["value_mix"] >= model.one(row)["value_mix"]


@given(customers, modes, st.randoms())
def test_the_order_of_rows_changes_nothing(rows, unknown, rng):
    shuffled = list(rows)
    rng.shuffle(shuffled)
    spec = ValueMix(MIX, unknown=unknown)
    assert spec.fit(shuffled) == spec.fit(rows)


def test_what_is_missing_is_left_out_and_its_weight_shared_or_neutral_by_choice():
    rows = [{"margin": m, "referrals": r} for m, r in ((0, 0), (50, 1), (100, 2))]
    weights = (Component("margin", 60), Component("referrals", 40))
    asked = {"margin": 100, "referrals": None}
    shared = ValueMix(weights).fit(rows)
    assert shared.one(asked) == {**asked, "value_mix": 100.0, "value_mix_known": 0.6}
    neutral = ValueMix(weights, unknown="neutral", neutral=0.25).fit(rows)
    assert neutral.one(asked) == {**asked, "value_mix": 70.0, "value_mix_known": 0.6}
    assert "SELECT" in neutral.to_sql()
    for model in (shared, neutral):
        nothing = model.one(dict.fromkeys(asked))
        assert (nothing["value_mix"], nothing["value_mix_known"]) == (None, 0.0)
    codes = [reason.code for reason in shared.explain(asked).reasons]
    assert codes == ["mix_part", "mix_shared_out"]
    assert (
        neutral.explain(asked).reasons[1].text("zh") == "转介绍次数 未知：按中性计 10 分（满分 40）"
    )


def test_the_scale_is_stored_and_does_not_move_with_the_next_table():
    model = ValueMix((Component("margin", 1),)).fit([{"margin": v} for v in range(101)])
    (part,) = model.parts
    assert part.knots == ((5.0, 0), (25.0, 2222), (50.0, 5000), (75.0, 7778), (95.0, 10000))
    assert [model.one({"margin": v})["value_mix"] for v in (-9, 50, 85, 999)] == [0, 50, 88.89, 100]


def test_equal_values_earn_the_middle_of_their_ranks():
    model = ValueMix((Component("orders", 1),)).fit([{"orders": 1}] * 60 + [{"orders": 9}] * 40)
    assert model.one({"orders": 1})["value_mix"] == 25.0
    only = ValueMix((Component("orders", 1),)).fit([{"orders": 3}] * 5)
    assert only.one({"orders": 3})["value_mix"] == 50.0


def test_a_measure_of_which_nothing_was_known_counts_as_missing():
    rows = [{"margin": None, "referrals": r} for r in (0, 1)]
    model = ValueMix((Component("margin", 3), Component("referrals", 1))).fit(rows)
    assert model.one({"margin": 9, "referrals": 1})["value_mix_known"] == 0.25


def test_the_preset_takes_the_columns_that_there_are():
    fields = [one.field for one in ValueMix.preset().components]
    assert fields[:2] == ["margin", "gap_cv"]
    weights = {}
    for one in ValueMix.preset().components:
        weights[one.aspect] = weights.get(one.aspect, 0) + one.weight
    assert weights == {"margin": 50, "stability": 15, "loyalty": 25, "influence": 10}
    with pytest.raises(MissingColumnError, match="margin"):
        ValueMix.preset(["name"])


def test_impossible_mixes_are_refused():
    with pytest.raises(ConfigError, match="weight of 'margin' must be a number above 0"):
        Component("margin", 0)
    with pytest.raises(ConfigError, match="earn from 0 to 1"):
        Component("margin", 1, points=((0, 0), (9, 2)))
    with pytest.raises(ConfigError, match="must ascend"):
        Component("margin", 1, points=((9, 0), (0, 1)))
    with pytest.raises(ConfigError, match="different measures"):
        ValueMix(())
    with pytest.raises(ConfigError, match="neutral must be a share"):
        ValueMix(MIX, neutral=2)
    with pytest.raises(NotEnoughDataError, match="nothing is known by any of"):
        ValueMix((Component("margin", 1),)).fit([{"margin": None}])
    with pytest.raises(DataError, match="column 'margin': 1 of 2 values are infinite"):
        ValueMix((Component("margin", 1),)).fit([{"margin": float("inf")}, {"margin": 1}])
