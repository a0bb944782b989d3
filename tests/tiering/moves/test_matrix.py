import json
from collections import Counter
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.tiering import Migration, MoveNames, migration
from custseg.tiering.moves.matrix import FEW

TIERS = ("low", "medium", "high")
KINDS = {"customer_id": "text", "tier": "text", "paid": "number"}
BEFORE = [
    {"customer_id": "00", "tier": "low", "paid": 10.0},
    {"customer_id": "01", "tier": "low", "paid": 20.0},
    {"customer_id": "02", "tier": "medium", "paid": 150.25},
    {"customer_id": "03", "tier": "medium", "paid": 200.0},
    {"customer_id": "04", "tier": "high", "paid": 2000.0},
    {"customer_id": "05", "tier": "high", "paid": 1000.0},
    {"customer_id": "06", "tier": "low", "paid": 30.0},
    {"customer_id": "07", "tier": None, "paid": 7.0},
]
NOW = [
    {"customer_id": "09", "tier": "low", "paid": 5.0},
    {"customer_id": "07", "tier": None, "paid": 7.0},
    {"customer_id": "05", "tier": "dormant", "paid": 0.0},
    {"customer_id": "04", "tier": "high", "paid": 1900.0},
    {"customer_id": "03", "tier": "low", "paid": 30.0},
    {"customer_id": "02", "tier": "high", "paid": 1500.0},
    {"customer_id": "01", "tier": "medium", "paid": 120.0},
    {"customer_id": "00", "tier": "low", "paid": 12.0},
]

states = st.sampled_from([*TIERS, "dormant", None])
amounts = st.one_of(st.none(), st.decimals(-1000, 1000, places=4, allow_nan=False))
sides = st.tuples(states, amounts)
anybody = (("low", Decimal(1)), (None, None))
people = st.lists(st.tuples(sides, sides), max_size=30).map(lambda rows: [anybody, *rows])


def pair(rows):
    return [
        {"tier_previous": a, "paid_previous": x, "tier": b, "paid": y} for (a, x), (b, y) in rows
    ]


@pytest.mark.parametrize("kind", everykind.EVERY)
def test_by_hand(kind):
    before, now = (everykind.as_table(kind, rows, KINDS) for rows in (BEFORE, NOW))
    found = migration(before, now, value="paid")
    assert found.states == (*TIERS, "dormant")
    assert found.counts.tolist() == [[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1], [0, 0, 0, 0]]
    assert found.entries.tolist() == [1, 0, 0, 0]
    assert found.exits.tolist() == [1, 0, 0, 0]
    assert found.totals.tolist() == [3, 2, 2, 0]
    assert found.untiered == 1
    assert found.moved == {"entered": 1, "up": 2, "stayed": 2, "down": 1, "left": 2}
    bridge = {"before": 3410.25, "entered": 5.0, "up": 1449.75, "stayed": -98.0, "down": -170.0}
    bridge |= {"left": -1030.0, "after": 3567.0, "unknown": 0, "rounded": 0}
    assert found.bridge.as_dict() == bridge
    cells = everykind.as_records(found.table)
    assert len(cells) == 5 * 5 - 1
    assert {"customer_id"}.isdisjoint(cells[0])
    rose = next(cell for cell in cells if (cell["from"], cell["to"]) == ("medium", "high"))
    assert (rose["worth_before"], rose["worth_after"]) == (150.25, 1500.0)
    came = next(cell for cell in cells if (cell["from"], cell["to"]) == (None, "low"))
    assert (came["customers"], came["of"], came["worth_before"]) == (1, 1, 0.0)


def test_two_reviews_in_one_table_are_two_tables():
    apart = migration(BEFORE, NOW, value="paid")
    old, new = ({row["customer_id"]: row for row in side} for side in (BEFORE, NOW))
    nobody = {"tier": None, "paid": None}
    together = [
        {
            "tier_previous": old.get(i, nobody)["tier"],
            "paid_previous": old.get(i, nobody)["paid"],
            **new.get(i, nobody),
        }
        for i in old.keys() | new.keys()
    ]
    assert migration(together, value="paid").as_dict() == apart.as_dict()


@given(people, st.randoms())
def test_every_customer_is_counted_once(rows, order):
    found = migration(pair(rows), value="paid")
    places = {None: 0, "low": 1, "medium": 2, "high": 3, "dormant": 4}
    counts = Counter((places[a], places[b]) for (a, _), (b, _) in rows)
    expected = [[counts[i, j] for j in range(5)] for i in range(5)]
    size = len(found.states) + 1
    assert found.moves.tolist() == [row[:size] for row in expected[:size]]
    shuffled = pair(rows)
    order.shuffle(shuffled)
    assert migration(shuffled, value="paid").as_dict() == found.as_dict()


@given(people)
def test_the_bridge_adds_up_to_the_last_digit(rows):
    bridge = migration(pair(rows), value="paid").bridge
    exact = bridge.exact
    steps = ("before", "entered", "up", "stayed", "down", "left")
    assert sum((exact[name] for name in steps), Decimal(0)) == exact["after"]
    known = [
        ((a, x), (b, y))
        for (a, x), (b, y) in rows
        if not (a in TIERS and x is None) and not (b in TIERS and y is None)
    ]
    assert bridge.unknown == len(rows) - len(known)
    assert exact["before"] == sum((x for (a, x), _ in known if a in TIERS), Decimal(0))
    assert exact["after"] == sum((y for _, (b, y) in known if b in TIERS), Decimal(0))
    rank = {tier: i for i, tier in enumerate(TIERS)}
    up = (y - x for (a, x), (b, y) in known if a in rank and b in rank and rank[a] < rank[b])
    assert exact["up"] == sum(up, Decimal(0))


@given(people)
def test_shares_lie_in_their_intervals_and_add_up(rows):
    found = migration(pair(rows))
    low, high = found.intervals(0.9)
    some = found.totals > 0
    assert np.isnan(found.probabilities[~some]).all()
    assert (low[some] <= found.probabilities[some]).all()
    assert (found.probabilities[some] <= high[some]).all()
    gone = found.exits[some] / found.totals[some]
    np.testing.assert_allclose(found.probabilities[some].sum(axis=1) + gone, 1.0)


@given(people)
def test_it_is_data_text_and_pages(rows):
    found = migration(pair(rows), value="paid")
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["untiered"] == found.untiered
    for locale in ("en", "zh"):
        assert "nan" not in found.text(locale)
        assert found.text(locale).count("\n") >= len(found.states) + 1
    assert "nan" not in found._repr_html_()
    assert "nan" not in found.bridge._repr_html_()
    json.dumps(found.sankey.as_dict("zh"), allow_nan=False)


def test_nobody_at_all():
    found = migration([], [], value="paid")
    assert found.states == TIERS
    assert not found.moves.any()
    assert found.bridge.after == 0.0
    assert found.stability.shift == "unknown"
    assert found.stationary is None
    assert found.sankey.nodes == ()
    assert len(found.table) == 15


def test_one_customer():
    found = migration([{"tier_previous": "low", "tier": "high"}])
    assert found.moved["up"] == 1
    assert found.rising()[0] == 1.0
    assert found.bridge is None


def test_rising_takes_leaving_into_account():
    """Of ten in low two rise and three leave: .2, and .2 of the half that is still there."""
    rows = [("low", "low")] * 5 + [("low", "high")] * 2 + [("low", None)] * 3
    rows += [("high", "high")]
    found = migration([{"tier_previous": a, "tier": b} for a, b in rows], tiers=("low", "high"))
    assert [float(found.rising(n)[0]) for n in (1, 2, 3)] == pytest.approx([0.2, 0.3, 0.35])
    assert np.isnan(found.rising()[1])
    assert found.first_passage.chance[0, 1:].tolist() == pytest.approx([0.4, 0.6])
    assert found.as_dict()["rising"] == {"periods": 4, "chance": [pytest.approx(0.375), None]}


def test_who_falls_first_may_rise_after_all():
    rows = [("low", "low")] * 3 + [("low", "high")] + [("mid", "low")]
    found = migration(
        [{"tier_previous": a, "tier": b} for a, b in rows], tiers=("low", "mid", "high")
    )
    assert found.rising(2)[:2].tolist() == pytest.approx([1 - 0.75**2, 0.25])


@pytest.mark.parametrize("periods", [0, -1, 1.5, "4", True])
def test_a_way_ahead_is_a_whole_number_of_periods(periods):
    with pytest.raises(ConfigError, match="periods: must be a whole number of 1 or more"):
        migration(BEFORE, NOW).rising(periods)


@pytest.mark.parametrize(("many", "said"), [(FEW - 1, False), (FEW, True)])
def test_a_text_looks_a_few_periods_ahead_and_only_where_enough_was_seen(many, said):
    """Nobody leaves, so all of them ever rise: that says nothing, and is not said."""
    rows = [("low", "high"), *[("low", "low")] * (many - 1)]
    found = migration([{"tier_previous": a, "tier": b} for a, b in rows])
    assert ("of low rise within 4 more such periods" in found.text()) == said
    assert ("再过 4 个同样长的周期，低级客户中约有" in found.text("zh")) == said
    assert "100.0 % ever" not in found.text()


def test_who_moved_is_one_sentence_in_each_language():
    told = migration(BEFORE, NOW)
    assert "came 1, moved up 2, stayed 2, moved down 1, left 2\n" in told.text()
    assert "新进 1，升级 2，等级不变 2，降级 1，流出 2\n" in told.text("zh")


def test_what_is_left_out_of_mobility_is_who_came_or_left():
    found = migration(BEFORE, NOW)
    assert found.among_tiers.tolist() == [[0.5, 0.5, 0.0], [0.5, 0.0, 0.5], [0.0, 0.0, 1.0]]
    assert found.mobility.shorrocks == pytest.approx((3 - 1.5) / 2)
    assert found.stability.expected == pytest.approx((3 / 7, 2 / 7, 2 / 7))
    assert found.stability.actual == pytest.approx((3 / 6, 1 / 6, 2 / 6))


def test_few_customers_are_marked():
    rows = [{"tier_previous": "low", "tier": "low"}] * (FEW - 1)
    assert [why.settings["customers"] for why in migration(rows).warnings] == [FEW - 1]
    assert migration([*rows, rows[0]]).warnings == ()


def test_money_beyond_floats_is_exact():
    rows = [
        {"tier_previous": "low", "v_previous": 0, "tier": "low", "v": Decimal("123456789012.3457")},
        {"tier_previous": "low", "v_previous": 0, "tier": "low", "v": Decimal("0.0001")},
    ]
    assert migration(rows * 7, value="v").bridge.exact["stayed"] == Decimal("864197523086.4206")


@pytest.mark.parametrize("side", [0, 1])
def test_a_customer_there_twice_is_refused(side):
    tables = [BEFORE, NOW]
    tables[side] = [*tables[side], tables[side][3]]
    with pytest.raises(DataError, match="ids more than once") as error:
        migration(*tables)
    assert (error.value.column, error.value.row) == ("customer_id", 3)
    assert tables[side][3]["customer_id"] not in str(error.value)


def test_a_customer_without_an_id_is_refused():
    with pytest.raises(DataError, match="holds no id") as error:
        migration(BEFORE, [*NOW, {"customer_id": None, "tier": "low"}])
    assert error.value.row == len(NOW)


def test_ids_of_two_types_are_refused():
    whole = [{**row, "customer_id": int(row["customer_id"])} for row in NOW]
    with pytest.raises(DataError, match="17 is not '17'"):
        migration(BEFORE, whole)


@pytest.mark.parametrize("word", ["High", " high", "hgih", "medum"])
def test_a_slip_is_not_a_state(word):
    with pytest.raises(DataError, match="nearly a tier"):
        migration([{"tier_previous": "low", "tier": word}])


def test_tiers_of_ones_own_are_named():
    rows = [{"tier_previous": "silver", "tier": "gold"}]
    with pytest.raises(ConfigError, match=r"give tiers=\(...\)"):
        migration(rows)
    assert migration(rows, tiers=("silver", "gold")).moved["up"] == 1
    assert migration(rows, tiers=("gold", "silver")).moved["down"] == 1


@pytest.mark.parametrize("tiers", [(), ("low", "low"), ("",)])
def test_tiers_are_different_names(tiers):
    with pytest.raises(ConfigError):
        migration([], tiers=tiers)


def test_columns_that_lack_are_named():
    with pytest.raises(MissingColumnError, match="tier_previous"):
        migration([{"tier": "low"}])
    with pytest.raises(MissingColumnError, match="paid"):
        migration([{"tier_previous": "low", "tier": "low"}], value="paid")


def test_what_is_no_amount_is_refused():
    rows = [{"tier_previous": "low", "tier": "low", "v": 1, "v_previous": "much"}]
    with pytest.raises(DataError, match="no amount of money"):
        migration(rows, value="v")


def test_names_of_ones_own():
    names = MoveNames(customer="id", tier="grade")
    found = migration([{"id": 1, "grade": "low"}], [{"id": 1, "grade": "high"}], names=names)
    assert found.moved["up"] == 1


def test_what_a_tier_plan_gives_can_be_followed():
    plan = cs.tiering.TierPlan(cs.tiering.Thresholds((50.0, 500.0)), value="paid").fit([])
    found = migration(plan.apply(BEFORE), plan.apply(NOW), value="paid")
    assert isinstance(found, Migration)
    assert found.moved["stayed"] + found.moved["up"] + found.moved["down"] == 7


def test_an_engine_fetches_the_columns_that_are_read():
    import duckdb

    relation = duckdb.sql("select 1 as customer_id, 'low' as tier, 9 as secret")
    with cs.frames.crossings() as seen:
        migration(relation, relation)
    assert {tuple(c.columns) for c in seen} == {("customer_id", "tier")}
