from datetime import UTC, datetime

import numpy as np
import pandas as pd
import polars as pl
import pytest

import custseg as cs
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.features import EventPoints, EventRule, TransactionLog

VISITS = EventPoints(EventRule("visit", 3, half_life=30, within_days=90, cap=20), name="web")


def event(day, kind="visit", customer="a"):
    return {"customer_id": customer, "at": day, "kind": kind}


def points(rules, *events, as_of="2026-06-30"):
    return EventPoints(rules).one(events, as_of=as_of)["event_points"]


def test_a_half_life_and_a_window_work_together():
    rule = EventRule("visit", 8, half_life=10, within_days=30)
    assert points(rule, event("2026-06-30")) == 8
    assert points(rule, event("2026-06-20")) == 4
    assert points(rule, event("2026-06-01")) == 1.07
    assert points(rule, event("2026-05-31")) == 0


def test_each_event_fades_and_then_the_cap_holds_the_sum():
    rule = EventRule("visit", 8, half_life=10, cap=10)
    twice = event("2026-06-30"), event("2026-06-20")
    assert points(rule, *twice) == 10
    assert points(rule, *twice, as_of="2026-07-10") == 6


def test_a_cap_holds_from_both_sides():
    assert points(EventRule("visit", -8, cap=10), *[event("2026-06-30")] * 3) == -10


def test_a_straight_line_and_steps():
    assert points(EventRule("visit", 10, linear=100), event("2026-06-05")) == 7.5
    steps = EventRule("visit", 10, steps=((30, 0.5), (60, 0)))
    assert [points(steps, event(d)) for d in ("2026-06-01", "2026-05-31", "2026-05-01")] == [
        10,
        5,
        0,
    ]


def test_buckets_count_how_often_and_a_faded_event_counts_in_part():
    rule = EventRule("visit", buckets=((1, 5), (3, 10)), half_life=10)
    assert points(rule, event("2026-06-30")) == 5
    assert points(rule, *[event("2026-06-30")] * 3) == 10
    assert points(rule, *[event("2026-06-20")] * 3) == 5
    assert points(rule, event("2026-06-20")) == 0


def test_once_is_a_cap_of_one_event():
    assert points(EventRule("fair", 8, cap=8), *[event("2026-01-01", "fair")] * 5) == 8


def test_kinds_are_compared_as_they_are_spoken():
    assert points(EventRule("Web-Visit", 2), event("2026-06-30", " web visit ")) == 2


def test_later_events_are_ignored_and_counted():
    rule = EventPoints(EventRule("visit", 1))
    state = rule.state([event("2026-07-01"), event("2026-06-30")], as_of="2026-06-30")
    assert state.report.left_out == {"after_as_of": 1}
    assert state.points.tolist() == [1.0]


def test_before_the_first_event_there_are_no_points():
    people = [{"customer_id": "a"}]
    assert VISITS.profile(people, [event("2026-06-30")], as_of="2020-01-01")[0]["web_points"] == 0


def test_kinds_without_a_rule_are_counted():
    state = VISITS.state([event("2026-06-30", "fair"), event("2026-06-30")], as_of="2026-06-30")
    assert state.report.notes == {"no_points": 1}


def test_rows_without_a_customer_or_a_time_are_counted():
    rows = [event("2026-06-30"), event(None), event("2026-06-30", customer=None)]
    state = VISITS.state(rows, as_of="2026-06-30")
    assert state.report.left_out == {"null_id": 1, "missing_time": 1}


def test_a_day_is_a_civil_day_of_the_company():
    late = event(datetime(2026, 6, 29, 17, 0, tzinfo=UTC))
    rule = EventPoints(EventRule("visit", 8, half_life=1))
    shanghai = cs.Conventions(tz="Asia/Shanghai")
    assert rule.one([late], as_of="2026-06-30")["event_points"] == 4
    assert rule.one([late], as_of="2026-06-30", conventions=shanghai)["event_points"] == 8


def test_half_of_a_leap_day():
    rule = EventRule("visit", 8, half_life=1)
    assert points(rule, event("2024-02-29"), as_of="2024-03-01") == 4


def test_no_events_and_nobody():
    assert VISITS.profile([{"customer_id": "a"}], [], as_of="2026-06-30")[0]["web_points"] == 0
    assert VISITS.profile([], [event("2026-06-30")], as_of="2026-06-30") == []
    assert VISITS.one([], as_of="2026-06-30") == {"web_points": 0.0}
    assert len(VISITS.state([], as_of="2026-06-30")) == 0
    assert VISITS.explain([], as_of="2026-06-30").reasons == ()


def test_a_row_without_an_id_has_no_points():
    people = [{"customer_id": None}, {"customer_id": "a"}]
    found = VISITS.profile(people, [event("2026-06-30")], as_of="2026-06-30")
    assert [row["web_points"] for row in found] == [None, 3.0]


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_frames_come_back_as_they_were(kind):
    people = kind([{"customer_id": 17}, {"customer_id": 4}])
    events = kind([event("2026-06-30", customer=4), event("2026-05-31", customer=4)])
    found = VISITS.profile(people, events, as_of="2026-06-30")
    assert isinstance(found, kind)
    assert found["web_points"].to_list() == [0.0, 4.5]


def test_ids_of_another_type_are_refused():
    with pytest.raises(DataError, match="same type"):
        VISITS.profile(
            [{"customer_id": "4"}], [event("2026-06-30", customer=4)], as_of="2026-06-30"
        )


def test_purchases_of_a_log_are_events():
    rows = [
        {"customer_id": "a", "at": "2026-06-30", "amount": 10},
        {"customer_id": "a", "at": "2026-06-30", "amount": -5},
        {"customer_id": "b", "at": "2026-05-31", "amount": 10},
    ]
    log = TransactionLog.of(rows)
    bought = EventPoints(EventRule("purchase", 10, half_life=30), column=None)
    people = [{"customer_id": "b"}, {"customer_id": "a"}]
    found = bought.profile(people, log, as_of="2026-06-30")
    assert [row["event_points"] for row in found] == [5.0, 10.0]
    assert bought.state(log, as_of="2026-06-30").profile(people) == found


def test_a_log_says_no_kinds():
    log = TransactionLog.of([{"customer_id": "a", "at": "2026-06-30", "amount": 10}])
    two = EventPoints((EventRule("visit", 1), EventRule("fair", 1)))
    with pytest.raises(ConfigError, match="one rule"):
        two.state(log, as_of="2026-06-30")


def test_a_table_of_one_kind_needs_no_column_of_kinds():
    rows = [{"customer_id": "a", "at": "2026-06-30"}]
    with pytest.raises(MissingColumnError, match="kind"):
        VISITS.state(rows, as_of="2026-06-30")
    one = EventPoints(VISITS.rules, column=None)
    assert one.state(rows, as_of="2026-06-30").points.tolist() == [3.0]


def test_the_lines_of_one_customer_add_up_in_both_languages():
    rules = (EventRule("visit", 3, cap=5), EventRule("open house", -10, half_life=30))
    web = EventPoints(rules)
    rows = [event("2026-06-30"), event("2026-06-30"), event("2026-05-31", "open house")]
    why = web.explain(rows, as_of="2026-06-30")
    assert why.decision == {"event_points": 0.0}
    assert [r.code for r in why.reasons] == ["event_points_capped", "event_points"]
    assert sum(r.settings["points"] for r in why.reasons) == 0
    assert why.text("zh").splitlines()[2] == "  - open house：-5 分"
    assert "[events = 2]" in why.text(values=True)


def test_events_of_two_customers_are_not_one():
    rows = [event("2026-06-30"), event("2026-06-30", customer="b")]
    with pytest.raises(DataError, match="several customers"):
        VISITS.one(rows, as_of="2026-06-30")


def test_the_id_of_one_customer_may_be_left_out():
    assert VISITS.one([{"at": "2026-06-30", "kind": "visit"}], as_of="2026-06-30") == {
        "web_points": 3.0
    }


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ({"points": 1, "half_life": 0}, "half_life"),
        ({"points": 1, "within_days": -3}, "within_days"),
        ({"points": 1, "cap": float("inf")}, "cap"),
        ({"points": 1, "steps": ((30, 0.5), (20, 0.2))}, "ascend"),
        ({"points": 1, "steps": ((30, 0.5), (60, 0.7))}, "less and less"),
        ({"points": 1, "steps": (30,)}, "pairs"),
        ({"points": 1, "buckets": ((1, 5),)}, "not both"),
        ({"points": 0}, "not both"),
        ({"points": float("nan")}, "not both"),
        ({"buckets": ((0, 5),)}, "ascend"),
    ],
)
def test_rules_that_make_no_sense_are_refused(how, problem):
    with pytest.raises(ConfigError, match=problem):
        EventRule("visit", **how)


@pytest.mark.parametrize("rules", [(), (EventRule("a", 1), EventRule("A ", 2))])
def test_each_kind_has_one_rule(rules):
    with pytest.raises(ConfigError, match="different kinds"):
        EventPoints(rules)


def test_many_events_are_added_exactly():
    rng = np.random.default_rng(5)
    days = [f"2026-{m:02}-{d:02}" for m in range(1, 7) for d in range(1, 28)]
    rows = [event(str(day)) for day in rng.choice(days, 3000)]
    rule = EventRule("visit", 0.07, half_life=11)
    assert points(rule, *rows) == points(rule, *rows[::-1])


BOTH = EventPoints((EventRule("visit", 3, within_days=30), EventRule("call", 5, half_life=10)))


@pytest.mark.parametrize("kind", ["visit", "call"])
def test_a_state_comes_back_on_its_own_day_only(kind):
    kept = BOTH.state([event("2026-06-30", kind)], as_of="2026-06-30").table()
    assert BOTH.restored(kept, as_of="2026-06-30").points.tolist() == [
        3.0 if kind == "visit" else 5
    ]
    with pytest.raises(DataError, match="another day than 2026-06-01"):
        BOTH.restored(kept, as_of="2026-06-01")


def test_points_that_were_kept_do_not_come_back_later_unfaded():
    kept = BOTH.state([event("2026-06-30", "call")], as_of="2026-06-30").table()
    with pytest.raises(DataError, match="another day"):
        BOTH.restored(kept, as_of="2026-07-10")


@pytest.mark.parametrize("blank", ["customer_id", "kind", "day", "held"])
def test_a_kept_state_has_no_gaps(blank):
    kept = BOTH.state([event("2026-06-30"), event("2026-06-30", "call")], as_of="2026-06-30")
    rows = kept.table()
    rows[0][blank] = None
    with pytest.raises(DataError, match="missing") as told:
        BOTH.restored(rows, as_of="2026-06-30")
    assert told.value.column == blank


@pytest.mark.parametrize("worth", [0.004, -0.004, 1e9, -100_001, float("inf"), float("nan")])
def test_points_that_cannot_be_kept_are_refused(worth):
    with pytest.raises(ConfigError, match="points"):
        EventRule("visit", worth)


def test_more_events_than_can_be_added_up_are_refused():
    many = pl.DataFrame({"at": ["2026-06-30"] * 14_000, "kind": "visit"})
    rules = EventPoints(EventRule("visit", 100_000))
    with pytest.raises(DataError, match="fewer points"):
        rules.one(many, as_of="2026-06-30")
    assert rules.one(many[:13_000], as_of="2026-06-30")["event_points"] == 1.3e9
