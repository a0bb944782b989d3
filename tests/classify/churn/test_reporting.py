import json
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import custseg as cs
import everykind
from anychurn import NAMES, SOME, START, day, log_of, orders
from custseg.classify import (
    ChurnSettings,
    ChurnSigns,
    FixedDays,
    Lifecycle,
    Origins,
    backtest,
    churn_report,
    customer_states,
)
from custseg.classify.churn.evidence import ORDER, UNKNOWN
from custseg.classify.replay.base import base_of
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames import EPOCH
from custseg.labels import label, table

AS_OF = "1998-06-30"
LOG = cs.TransactionLog.of(SOME, NAMES)
FINER = Lifecycle(FixedDays(90, at_risk_after=45))
TESTED = backtest(LOG, {}, origins=Origins(every="quarter"))
PEOPLE = [
    {"customer_id": who, "do_not_contact": who.endswith("5")}
    for who in dict.fromkeys(str(row["customer_id"]) for row in SOME)
]


def reported(lifecycle=FINER, **more):
    return churn_report(LOG, lifecycle, **{"as_of": AS_OF, "backtest": TESTED, **more})


def test_who_is_at_risk_or_fell_lately_is_listed():
    report = reported(settings=ChurnSettings(fallen_days=60))
    rows = {row["customer_id"]: row for row in report.table}
    for row in customer_states(LOG, FINER, as_of=AS_OF):
        since = row["lifecycle_since"]
        fell = row["lifecycle"] == "dormant" and since > date(1998, 6, 30) - timedelta(60)
        risky = row["lifecycle_state"] == "at_risk"
        found = rows.get(row["customer_id"])
        assert (found is not None) == (risky or fell)
        if found:
            assert found["churn_group"] == ("at_risk" if risky else "fallen")
            assert found["lifecycle_since"] == since
    assert sum(report.counts.values()) == len(rows)


def test_without_a_state_at_risk_it_is_who_would_fall_within_the_horizon():
    lifecycle = Lifecycle(FixedDays(180))
    report = reported(lifecycle)
    risky = {row["customer_id"] for row in report.table if row["churn_group"] == "at_risk"}
    states = customer_states(LOG, lifecycle, as_of=AS_OF)
    last = date(1998, 6, 30) + timedelta(90)
    assert risky == {
        row["customer_id"]
        for row in states
        if row["next_state"] == "dormant" and row["next_transition_date"] <= last
    }


def test_the_probability_is_that_of_the_backtest():
    report = reported()
    assert (report.signal, report.calibrated) == ("recency", True)
    for row in report.table:
        expected = TESTED.probability("recency", np.array([row["recency_days"]]))[0]
        assert row["p_no_purchase"] == pytest.approx(expected)
    days = [row["recency_days"] for row in report.table]
    chances = [row["p_no_purchase"] for row in report.table]
    order = np.argsort(days, kind="stable")
    assert (np.diff(np.array(chances)[order]) >= 0).all()  # a monotone map


def test_the_library_makes_a_backtest_of_what_was_known():
    report = reported(backtest=None)
    tested = report.backtest
    assert tested.dates[-1] + timedelta(90) <= date(1998, 6, 30)
    assert tested.signals == ("recency", "no_purchase", "lifecycle")
    assert report.signal in tested.signals
    gains = {name: tested.of(name).gain.value for name in tested.signals}
    assert gains[report.signal] == max(gains.values())
    later = [{"customer_id": PEOPLE[0]["customer_id"], "date": date(1998, 9, 9), "amount": 9.0}]
    again = churn_report(cs.TransactionLog.of([*SOME, *later], NAMES), FINER, as_of=AS_OF)
    assert again.as_dict(values=True) == report.as_dict(values=True)


@settings(max_examples=max(10, settings().max_examples // 3))
@given(orders, day, st.integers(5, 40))
def test_nothing_after_the_day_changes_the_report(rows, on, horizon):
    how = ChurnSettings(horizon=horizon)
    lifecycle = Lifecycle(FixedDays(20, at_risk_after=10))
    known = [row for row in rows if row["date"] <= on]
    reports = [
        churn_report(log_of(some), lifecycle, as_of=on, settings=how) for some in (known, rows)
    ]
    told = [json.dumps(one.as_dict(values=True), default=str, sort_keys=True) for one in reports]
    assert told[0] == told[1]


@given(orders, day)
def test_sums_by_reason_and_by_value_are_the_total(rows, on):
    how = ChurnSettings(horizon=30, value="revenue")
    report = churn_report(log_of(rows), Lifecycle(FixedDays(20)), as_of=on, settings=how)
    for sums in (report.by_reason, report.by_value):
        for field in ("customers", "known"):
            assert sum(getattr(one, field) for one in sums.values()) == getattr(report.total, field)
        for field in ("value", "at_risk"):
            parts = [round(10_000 * getattr(one, field)) for one in sums.values()]
            assert sum(parts) == round(10_000 * getattr(report.total, field))
    table = report.table
    assert sum(row["value"] or 0 for row in table) == pytest.approx(report.total.value)
    assert sum(row["value_at_risk"] or 0 for row in table) == pytest.approx(report.total.at_risk)


def test_value_at_risk_is_value_times_probability_and_sorts_the_list():
    table = reported().table
    for row in table:
        assert row["value_at_risk"] == pytest.approx(row["value"] * row["p_no_purchase"], abs=1e-4)
    risks = [row["value_at_risk"] for row in table]
    assert risks == sorted(risks, reverse=True)


def test_equal_losses_are_listed_by_id_whatever_the_order_of_rows():
    rows = [{"customer_id": who, "date": START, "amount": 5.0} for who in "cab"]
    for some in (rows, rows[::-1]):
        log = cs.TransactionLog.of(some, NAMES)
        report = churn_report(log, Lifecycle(FixedDays(20)), as_of=START + timedelta(10))
        assert [row["customer_id"] for row in report.table] == ["a", "b", "c"]


def test_equal_values_are_in_one_band():
    report = reported(settings=ChurnSettings(value="frequency"))
    band = report.listed.band
    held = {}
    for value, place in zip(report.listed.units.tolist(), band.at.tolist(), strict=True):
        assert held.setdefault(value, place) == place


def test_reasons_are_what_the_tables_show_and_nothing_else():
    feedback = [
        {"customer_id": PEOPLE[0]["customer_id"], "at": "1998-05-01", "kind": "complaint"},
        {"customer_id": PEOPLE[1]["customer_id"], "at": "1996-05-01", "kind": "complaint"},
        {"customer_id": PEOPLE[2]["customer_id"], "at": "1998-05-01", "text": "very bad service"},
        {"customer_id": PEOPLE[3]["customer_id"], "at": "1998-04-01", "score": 5, "scale": "stars"},
        {"customer_id": PEOPLE[3]["customer_id"], "at": "1998-05-01", "score": 2, "scale": "stars"},
    ]
    blank = dict.fromkeys(("kind", "text", "score", "scale"))
    calls = [{"customer_id": PEOPLE[4]["customer_id"], "at": f"1997-0{n}-01"} for n in (3, 4, 5)]
    everybody = Lifecycle(FixedDays(2000, at_risk_after=1))
    report = reported(
        everybody, feedback=[{**blank, **row} for row in feedback], interactions=calls
    )
    rows = {row["customer_id"]: row for row in report.table}
    by_place = [rows.get(PEOPLE[n]["customer_id"]) for n in range(5)]
    assert by_place[0]["churn_reason"] == "complained"
    assert "complained" not in by_place[1]["churn_reasons"]  # two years ago
    assert by_place[2]["churn_reason"] == "unkind_words"
    said = by_place[3]["churn_reasons"].split(", ")
    assert said[:2] == ["satisfaction_low", "satisfaction_fell"]
    assert by_place[4]["churn_reasons"].endswith("contact_dropped")
    for row in rows.values():
        slow = (row["overdue_ratio"] or 0) >= 2
        shown = "overdue" in row["churn_reasons"].split(", ")
        assert slow or not shown
        assert (row["churn_reason"] == "why_unknown") == (row["churn_reasons"] == "why_unknown")


def test_whoever_bought_once_has_no_rhythm_to_be_overdue_against():
    once = {
        row["customer_id"]
        for row in cs.profile(transactions=LOG, as_of=AS_OF)
        if row["frequency"] == 1
    }
    report = reported(Lifecycle(FixedDays(2000, at_risk_after=1)))
    seen = [row for row in report.table if row["customer_id"] in once]
    assert seen
    assert all("overdue" not in row["churn_reasons"] for row in seen)


def test_signs_have_limits_and_an_order():
    lax = reported(settings=ChurnSettings(signs=ChurnSigns(overdue=100.0, spend=0.01)))
    assert set(lax.by_reason) == {"why_unknown"}
    only = reported(settings=ChurnSettings(signs=ChurnSigns(order="spends_less")))
    assert set(only.by_reason) <= {"spends_less", "why_unknown"}
    with pytest.raises(ConfigError, match="must name signs, each once"):
        ChurnSigns(order=("overdue", "bored"))


def test_who_must_not_be_contacted_is_on_no_list_to_call():
    report = reported(customers=PEOPLE)
    forbidden = {one["customer_id"] for one in PEOPLE if one["do_not_contact"]}
    listed = {row["customer_id"]: row["contact"] for row in report.table}
    assert forbidden & set(listed)
    assert {row["customer_id"] for row in report.calls} == set(listed) - forbidden
    assert report.withheld == {"do_not_contact": len(forbidden & set(listed))}
    assert {who for who, contact in listed.items() if contact == "do_not_contact"} == (
        forbidden & set(listed)
    )
    unknown = [{**one, "consent": None} for one in PEOPLE]
    assert reported(customers=unknown).calls == []


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_every_kind_of_table_gives_the_same_report_in_its_kind(kind):
    rows = [{**row, "date": row["date"].isoformat()} for row in SOME]
    kinds = {"customer_id": "text", "date": "text", "amount": "number"}
    log = cs.TransactionLog.of(everykind.as_table(kind, rows, kinds), NAMES)
    people = everykind.as_table(
        kind,
        [{**one, "do_not_contact": "yes" if one["do_not_contact"] else "no"} for one in PEOPLE],
        {"customer_id": "text", "do_not_contact": "text"},
    )
    report = churn_report(log, FINER, as_of=AS_OF, backtest=TESTED, customers=people)
    plain = reported(customers=PEOPLE)
    assert report.as_dict(values=True) == plain.as_dict(values=True)
    for name in ("table", "calls"):
        told, expected = (
            [{**row, "lifecycle_since": str(row["lifecycle_since"])[:10]} for row in rows]
            for rows in (everykind.as_records(getattr(one, name)) for one in (report, plain))
        )
        assert told == expected


def test_a_value_of_the_company_or_of_models():
    own = [{**one, "margin_class": n} for n, one in enumerate(PEOPLE)]
    report = reported(customers=own, settings=ChurnSettings(value="margin_class"))
    values = {row["customer_id"]: row["value"] for row in report.table}
    assert all(
        values[one["customer_id"]] == one["margin_class"]
        for one in own
        if one["customer_id"] in values
    )
    lifetime = reported(settings=ChurnSettings(value="lifetime_value"))
    assert all(row["value"] > 0 for row in lifetime.table)
    gaps = [{**one, "yearly_fee": None if n % 2 else 1.0} for n, one in enumerate(PEOPLE)]
    half = reported(customers=gaps, settings=ChurnSettings(value="yearly_fee"))
    assert half.total.known < half.total.customers
    assert "customers have no known yearly_fee" in half.text()
    assert "value_unknown" in half.by_value
    with pytest.raises(ConfigError, match=r"no column 'revenu'.*Did you mean 'revenue'"):
        reported(settings=ChurnSettings(value="revenu"))


def test_a_lifetime_value_of_too_few_is_refused():
    log = log_of([{"customer_id": "b", "date": START, "amount": 3.0}])
    how = ChurnSettings(value="lifetime_value")
    with pytest.raises(NotEnoughDataError):
        churn_report(log, as_of=START + timedelta(100), settings=how)


def test_a_backtest_must_be_of_these_days():
    with pytest.raises(ConfigError, match="backtest: has a horizon of 90 days"):
        reported(settings=ChurnSettings(horizon=30))
    with pytest.raises(ConfigError, match="was not known on 1998-03-01"):
        reported(as_of="1998-03-01")
    with pytest.raises(ConfigError, match="signal 'no_purchase' was not tried"):
        reported(settings=ChurnSettings(signal="no_purchase"))


def test_without_a_past_nothing_is_said_of_chances():
    """Two customers: no backtest, no model; they are listed and the lack is said."""
    log = log_of([{"customer_id": "b", "date": START, "amount": 3.0}])
    report = churn_report(log, Lifecycle(FixedDays(60)), as_of=START + timedelta(30))
    assert (report.backtest, report.signal, report.calibrated) == (None, None, False)
    assert [row["p_no_purchase"] for row in report.table] == [None, None]
    assert [row["value_at_risk"] for row in report.table] == [None, None]
    assert report.total.at_risk == 0
    assert "no backtest" in report.text()
    assert "no probability" in report.text()


def test_a_model_alone_gives_probabilities_that_nobody_tried():
    log = LOG.until("1997-08-31")
    report = churn_report(log, Lifecycle(FixedDays(60)), as_of="1997-08-31")
    assert (report.backtest, report.signal, report.calibrated) == (None, "no_purchase", False)
    assert "as it is; no outcome in the past" in report.text()
    assert all(0 < row["p_no_purchase"] < 1 for row in report.table)


def test_one_customer_and_none():
    report = churn_report(log_of([]), Lifecycle(FixedDays(20)), as_of=START + timedelta(10))
    assert [row["customer_id"] for row in report.table] == ["a"]
    asleep = churn_report(log_of([]), Lifecycle(FixedDays(20)), as_of=START + timedelta(900))
    assert everykind.as_records(asleep.table) == []
    empty = churn_report(cs.TransactionLog.of([], NAMES), as_of=START)
    assert everykind.as_records(empty.table) == []
    assert empty.total.customers == 0
    for one in (report, asleep, empty):
        assert one.text()
        assert one.html("zh")
        json.dumps(one.as_dict(values=True))


def test_all_were_lost_and_none_was():
    """A shop that nobody comes back to, and one that everybody does: no ranking, all said."""
    once = [{"customer_id": f"{n}", "date": START, "amount": 1.0} for n in range(30)]
    log = cs.TransactionLog.of(once, NAMES)
    report = churn_report(log, Lifecycle(FixedDays(400)), as_of=START + timedelta(360))
    assert "cannot be judged" in report.text()
    assert all(row["p_no_purchase"] == 1 for row in report.table)
    every = [{**row, "date": START + timedelta(20 * n)} for row in once for n in range(20)]
    lively = cs.TransactionLog.of(every, NAMES)
    report = churn_report(
        lively, Lifecycle(FixedDays(60)), as_of=START + timedelta(380), settings=ChurnSettings(40)
    )
    assert all(row["p_no_purchase"] == 0 for row in report.table)


def test_what_is_known_of_one_customer_is_shown_only_when_asked():
    report = reported(customers=PEOPLE)
    first = report.table[0]
    money = f"{first['value']:,.2f}"
    assert money not in report.text()
    assert money in report.text(values=True)
    assert money not in report.html()
    assert money in report.html(values=True)
    assert "value" not in report.as_dict()["customers"][0]
    assert report.as_dict(values=True)["customers"][0]["value"] == pytest.approx(first["value"])
    assert "values" not in report.as_dict()["customers"][0]["reasons"][0]


def few():
    """Nine customers are worth what can be told; one who complained is worth 77.77."""
    rows = [{"customer_id": f"{n}", "date": START, "amount": 10.0 + n} for n in range(9)]
    log = cs.TransactionLog.of([*rows, {"customer_id": "x", "date": START, "amount": 77.77}], NAMES)
    said = [{"customer_id": "x", "at": START.isoformat(), "kind": "complaint"}]
    return churn_report(log, Lifecycle(FixedDays(20)), as_of=START + timedelta(10), feedback=said)


def test_the_money_of_a_few_is_nowhere_unless_asked_nor_can_be_computed():
    report = few()
    assert report.by_reason["complained"].customers == 1
    assert report.by_reason["why_unknown"].customers == 9
    told = report.as_dict()
    for code in ("complained", "why_unknown"):
        assert told["by_reason"][code]["value"] is None
        assert told["by_reason"][code]["at_risk"] is None
    assert told["total"]["value"] == pytest.approx(203.77)
    assert report.as_dict(values=True)["by_reason"]["complained"]["value"] == 77.77
    rest = f"{report.by_reason['why_unknown'].value:,.0f}"
    for page in (report.text(), report.html(), json.dumps(told)):
        assert "77.77" not in page
        assert "78" not in page
        assert rest not in page
    assert "78" in report.text(values=True)


def test_the_money_of_one_is_not_the_total_either():
    alone = churn_report(log_of([]), Lifecycle(FixedDays(20)), as_of=START + timedelta(10))
    assert alone.as_dict()["total"]["value"] is None
    assert alone.as_dict(values=True)["total"]["value"] == 1.0


def test_what_is_not_known_is_no_zero():
    gaps = [{**one, "yearly_fee": None} for one in PEOPLE]
    text = reported(customers=gaps, settings=ChurnSettings(value="yearly_fee")).text()
    line = next(one for one in text.splitlines() if one.startswith(label("all_listed", "en")))
    assert line.split()[-2:] == ["-", "-"]


def test_it_reads_in_both_languages_and_is_escaped():
    rows = [{"customer_id": "<b>x", "date": START, "amount": 5.0}]
    log = cs.TransactionLog.of(rows, NAMES)
    report = churn_report(log, Lifecycle(FixedDays(20)), as_of=START + timedelta(10))
    assert "&lt;b&gt;x" in report.html()
    assert "<b>x" not in report._repr_html_()
    assert "截至" in report.text("zh")
    assert "未知：数据中没有任何迹象" in report.text("zh")


def test_every_sign_and_verdict_has_its_sentence():
    for code in (*ORDER, UNKNOWN):
        assert f"reason.{code}" in table("en")
        assert code in table("en")


def test_the_report_says_when_a_signal_is_no_better_or_worse():
    last = LOG.last_day.toordinal() - EPOCH
    whole = base_of(LOG, np.array([last]))
    better = backtest(LOG, {"mine": lambda seen: seen.lost(whole)})  # it knows what came
    assert "better than days since the last order" in reported(backtest=better).text()
    how = ChurnSettings(signal="mine")
    worse = backtest(LOG, {"mine": lambda seen: -seen.column("recency_days")})
    assert "worse than days since the last order" in reported(backtest=worse, settings=how).text()
    alike = backtest(LOG, {"mine": lambda seen: seen.column("recency_days")})
    assert "no better and no worse" in reported(backtest=alike, settings=how).text()


@pytest.mark.parametrize("name", ["horizon", "fallen_days"])
@pytest.mark.parametrize("days", [0, -3, 1.5, True, "x", np.float64(3), [90]])
def test_days_are_whole_and_one_or_more(name, days):
    with pytest.raises(ConfigError, match=f"{name}: must be a whole number of 1 or more, got"):
        ChurnSettings(**{name: days})


def test_a_number_of_numpy_is_a_number():
    how = ChurnSettings(horizon=np.int64(60), fallen_days=np.int32(9))
    assert how == ChurnSettings(60, fallen_days=9)
    assert type(how.horizon) is type(how.fallen) is int
    assert ChurnSettings(horizon=60).fallen == 60
