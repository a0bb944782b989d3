"""Splits beside plain Python: nobody is swallowed, and a day ends when it ends."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import plainprofile
from custseg.errors import ConfigError
from custseg.features.daynumbers import days_of
from custseg.features.periods import last_day_of, period_of
from plainprofile import AS_OF, logs

WORDS = ("frequency", "recency", "T", "monetary_value")
AT = date(2026, 2, 28)
BOUGHT = [
    {"customer_id": who, "paid_at": at, "amount": amount}
    for who, at, amount in (
        ("a", "2026-01-05", 40.0),
        ("a", "2026-02-10 15:00", 60.0),
        ("a", "2026-02-11", 30.0),
        ("a", "2026-02-11 18:00", 10.0),
        ("b", "2026-02-10 23:30", 10.0),
        ("c", "2026-02-11 00:00", 10.0),
    )
]


def number(day):
    return days_of([day])


def check(split, log):
    """A split against plain Python."""
    counted = plainprofile.counted(log, split.until)
    known = plainprofile.summary(log, split.at)
    rows = {row["customer_id"]: row for row in split.summary()}
    assert {who: tuple(row[w] for w in WORDS) for who, row in rows.items()} == known
    for who, row in rows.items():
        later = [r for r in counted[who] if r["paid_at"].date() > split.at]
        days = plainprofile.days_of(later)
        money = sum(plainprofile.units(r["amount"]) for r in later) / 10_000
        assert row["frequency_holdout"] == len(days)
        assert row["monetary_value_holdout"] == pytest.approx(money / len(days) if days else 0.0)
        assert row["duration_holdout"] == (split.until - split.at).days
    everybody = {who for who, own in counted.items() if plainprofile.days_of(own)}
    new = {row["customer_id"]: row["first_purchase"] for row in split.newcomers()}
    assert new.keys() == everybody - known.keys()
    assert all(day == plainprofile.days_of(counted[who])[0] for who, day in new.items())
    report = split.report
    assert (report.customers, report.newcomers) == (len(known), len(new))
    assert report.returned == sum(row["frequency_holdout"] > 0 for row in rows.values())


@given(logs)
def test_a_split_is_what_plain_python_says(log):
    made = cs.TransactionLog.of(log)
    split = made.split(at=AT, until=AS_OF)
    check(split, log)
    assert len(split.calibration) + len(split.holdout) == len(made.until(AS_OF))
    calibration = split.calibration.summary(as_of=AT)
    assert calibration == [{k: r[k] for k in ("customer_id", *WORDS)} for r in split.summary()]


@given(logs, st.sampled_from(["month", "quarter", "week", 9]), st.integers(1, 100))
def test_rolling_splits_are_splits_one_by_one(log, every, horizon):
    made = cs.TransactionLog.of(log)
    splits = made.rolling(first="2025-12-31", every=every, horizon=horizon, end="2026-06-30")
    for split in splits[:3]:
        check(split, log)
        alone = made.split(at=split.at, until=split.until)
        for how in ({}, {"unit": "month", "also": "gap_max"}, {"merge": "month"}):
            assert split.summary(**how) == alone.summary(**how)
    assert all(split.until <= date(2026, 6, 30) for split in splits)


@given(logs, st.sampled_from(["week", "month", "quarter", "year"]), st.integers(-40, 30))
def test_a_period_that_the_split_cuts_is_one_purchase(log, merge, shift):
    """What follows in the period of a purchase before the split belongs to that purchase."""
    made, at = cs.TransactionLog.of(log), AT + timedelta(shift)
    rows = {r["customer_id"]: r for r in made.split(at=at, until=AS_OF).summary(merge=merge)}
    whole = {r["customer_id"]: r for r in made.summary(as_of=AS_OF, merge=merge)}
    counted = plainprofile.counted(log, AS_OF)
    for who, row in rows.items():
        assert row["frequency"] + row["frequency_holdout"] == whole[who]["frequency"]
        own = counted[who]
        known = [number(day) for day in plainprofile.days_of(own) if day <= at]
        over = period_of(number(at), merge)
        if max(period_of(day, merge) for day in known) == over:
            cut = int(last_day_of(over, merge)[0])
        else:
            cut = number(at)[0]
        later = [r for r in own if number(r["paid_at"].date())[0] > cut]
        days = {int(period_of(number(d), merge)[0]) for d in plainprofile.days_of(later)}
        money = sum(plainprofile.units(r["amount"]) for r in later) / 10_000
        assert row["frequency_holdout"] == len(days)
        expected = money / len(days) if days else 0.0
        assert row["monetary_value_holdout"] == pytest.approx(expected)


def test_a_purchase_in_the_month_of_the_split_is_not_paid_by_a_later_one():
    bought = [("2026-01-05", 40.0), ("2026-01-20", 500.0), ("2026-02-03", 30.0)]
    log = cs.TransactionLog.of(
        [{"customer_id": "a", "paid_at": day, "amount": money} for day, money in bought]
    )
    row = log.split(at="2026-01-10", until="2026-02-28").summary(merge="month")[0]
    assert (row["frequency_holdout"], row["monetary_value_holdout"]) == (1, 30.0)
    row = log.split(at="2026-01-04", until="2026-02-28").newcomers()
    assert [one["first_purchase"] for one in row] == [date(2026, 1, 5)]


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("month", ["01-31", "02-28", "03-31", "04-30"]),
        ("quarter", ["01-31", "04-30"]),
        ("week", [f"{d:%m-%d}" for d in (date(2026, 1, 31) + timedelta(7 * n) for n in range(13))]),
        (40, ["01-31", "03-12", "04-21"]),
        ("year", ["01-31"]),
    ],
)
def test_divisions_go_from_the_end_of_a_month_to_the_end_of_the_next(every, days):
    log = cs.TransactionLog.of(BOUGHT)
    splits = log.rolling(
        first="2026-01-31", last="2026-04-30", every=every, horizon=5, end="2026-12-31"
    )
    assert [f"{split.at:%m-%d}" for split in splits] == days
    assert all(split.until - split.at == timedelta(5) for split in splits)


def test_divisions_in_the_middle_of_a_month_keep_the_day():
    log = cs.TransactionLog.of(BOUGHT)
    splits = log.rolling(first="2026-01-30", horizon=5, end="2026-04-30")
    assert [f"{split.at:%m-%d}" for split in splits] == ["01-30", "02-28", "03-30"]


def test_a_horizon_does_not_reach_beyond_the_end():
    log = cs.TransactionLog.of(BOUGHT)
    with pytest.raises(ConfigError, match=r"last: 90 days after 2026-01-31 .* 2026-02-11"):
        log.rolling(first="2026-01-01", last="2026-01-31")
    with pytest.raises(ConfigError, match="first: no division from 2026-01-01 leaves a horizon"):
        log.rolling(first="2026-01-01")
    assert len(log.rolling(first="2026-01-01", horizon=41)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        *(({"horizon": n}, "horizon: must be a whole number") for n in (0, 30.5, True, "x", None)),
        *(({"every": n}, "every: must be a whole number of 1") for n in (0, 0.5, True, None)),
        ({"horizon": 10**6}, "first: no division from 2026-01-01 leaves a horizon of 1000000"),
        ({"horizon": 10**30}, "first: no division from 2026-01-01 leaves a horizon of 1000000"),
        ({"horizon": 10**6, "last": "2026-01-09"}, "last: 1000000 days after 2026-01-09"),
        ({"every": "months"}, r"every: there is no unit 'months'.*Did you mean 'month'"),
    ],
)
def test_time_goes_on(wrong, said):
    with pytest.raises(ConfigError, match=said):
        cs.TransactionLog.of(BOUGHT).rolling(first="2026-01-01", **wrong)


def test_a_log_of_nothing_has_no_end():
    with pytest.raises(ConfigError, match="end: the log has no transactions"):
        cs.TransactionLog.of([]).rolling(first="2026-01-01")
    split = cs.TransactionLog.of([]).split(at="2026-01-01")
    assert (split.until, split.summary(), split.newcomers()) == (split.at, [], [])


def test_a_split_cannot_look_back():
    log = cs.TransactionLog.of(BOUGHT)
    with pytest.raises(ConfigError, match="as_of: must not be before the split at 2026-01-31"):
        log.split(at="2026-01-31").summary(as_of="2026-01-30")
    with pytest.raises(ConfigError, match="until: must not be before the split at 2026-01-31"):
        log.split(at="2026-01-31", until="2026-01-30")


def test_without_an_end_a_split_goes_to_the_last_transaction():
    split = cs.TransactionLog.of(BOUGHT).split(at="2026-01-31")
    assert split.until == date(2026, 2, 11)
    assert split.summary(as_of="2026-02-28")[0]["duration_holdout"] == 28
    assert cs.TransactionLog.of(BOUGHT).split(at="2026-03-31").until == date(2026, 3, 31)


def test_newcomers_come_in_the_callers_kind():
    split = cs.TransactionLog.of(pd.DataFrame(BOUGHT)).split(at="2026-02-10")
    found = split.newcomers()
    assert found["customer_id"].tolist() == ["c"]
    assert found["first_purchase"].tolist() == [pd.Timestamp("2026-02-11")]
    assert split.newcomers(as_of="2026-02-10").empty


def test_a_report_reads_in_both_languages():
    report = cs.TransactionLog.of(BOUGHT).split(at="2026-02-10").report
    assert report.as_dict() == {
        "at": "2026-02-10",
        "until": "2026-02-11",
        "customers": 2,
        "returned": 1,
        "newcomers": 1,
    }
    assert report.text("zh").splitlines()[-1] == "之后首次购买的客户，不在表中: 1"
    assert "2026-02-10" in report._repr_html_()


@pytest.mark.parametrize("every", [10**6, 10**30, np.int64(9)])
def test_steps_of_any_length_are_taken(every):
    splits = cs.TransactionLog.of(BOUGHT).rolling(
        first="2026-01-01", every=every, horizon=np.int64(30), end="2026-02-05"
    )
    assert [split.at for split in splits] == [date(2026, 1, 1)]
    assert splits[0].until == date(2026, 1, 31)


@pytest.mark.parametrize("days", [0, 1.5, True, "x"])
def test_a_trend_is_of_whole_days(days):
    split = cs.TransactionLog.of(BOUGHT).split(at="2026-01-31")
    with pytest.raises(ConfigError, match="trend_days: must be a whole number of 1 or more"):
        split.summary(also="revenue_trend", trend_days=days)
