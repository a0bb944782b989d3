"""Summaries in every unit, with every column, beside plain Python."""

import math
from datetime import date
from itertools import pairwise
from statistics import mean, median, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import plainprofile
from custseg.errors import ConfigError
from custseg.features.periods import Ruler, period_of
from custseg.features.summary import MORE
from custseg.frames import EPOCH
from plainprofile import logs

END = date(2026, 3, 31)  # the end of a day, a month and a quarter
UNITS = ("day", "week", "month", "quarter", "year")


def number(day):
    return np.array([day.toordinal() - EPOCH])


def length(unit, merge, since, until):
    return Ruler(unit, merge).between(number(since), number(until))[0]


def merged(days, merge):
    """Of the days in one period the first."""
    out = {}
    for day in days:
        out.setdefault(int(period_of(number(day), merge)[0]), day)
    return list(out.values())


def money(rows, where):
    return sum(plainprofile.units(row["amount"]) for row in rows if where(row)) / 10_000


def expected(log, unit, merge, *, net_days=False):
    """Customer -> the columns of a summary, from the definitions."""
    out = {}
    for who, rows in plainprofile.counted(log, END).items():
        days = merged(plainprofile.days_of(rows, net_days=net_days), merge)
        if not days:
            continue
        gaps = [length(unit, merge, *pair) for pair in pairwise(days)]
        first = int(period_of(number(days[0]), merge)[0])
        later = money(rows, lambda r, f=first: period_of(number(r["paid_at"].date()), merge) > f)
        gross = money(rows, lambda r: r["amount"] >= 0)
        refunds = money(rows, lambda r: r["amount"] < 0)
        out[who] = {
            "frequency": len(gaps),
            "recency": length(unit, merge, days[0], days[-1]),
            "T": length(unit, merge, days[0], END),
            "monetary_value": later / len(gaps) if gaps else 0.0,
            "gap_mean": mean(gaps) if len(gaps) > 1 else None,
            "gap_median": median(gaps) if len(gaps) > 1 else None,
            "gap_cv": stdev(gaps) / mean(gaps) if len(gaps) > 1 else None,
            "gap_last": gaps[-1] if gaps else None,
            "gap_max": max(gaps, default=None),
            "log_gaps": sum(map(math.log, gaps)),
            "revenue": gross + refunds,
            "gross": gross,
            "refunds": -refunds,
            "revenue_trend": plainprofile.trend(rows, days, 2),
        }
    return out


def same(row, plain):
    wrong = {
        name: (row[name], value)
        for name, value in plain.items()
        if not (row[name] == value or row[name] == pytest.approx(value, rel=1e-9, abs=1e-9))
    }
    assert not wrong


def agree(rows, plain):
    assert {row["customer_id"] for row in rows} == set(plain)
    for row in rows:
        same(row, plain[row["customer_id"]])


@pytest.mark.parametrize("merge", ["day", "week", "month", "quarter"])
@pytest.mark.parametrize("unit", UNITS)
@given(log=logs)
def test_every_unit_and_column_is_what_plain_python_says(unit, merge, log):
    made = cs.TransactionLog.of(log)
    rows = made.summary(as_of=END, unit=unit, merge=merge, also=MORE, trend_days=2)
    agree(rows, expected(log, unit, merge))


@pytest.mark.parametrize("merge", ["day", "month", "quarter"])
@given(log=logs)
def test_periods_are_counted_whole(merge, log):
    rows = cs.TransactionLog.of(log).summary(
        as_of=END, unit="period", merge=merge, also=MORE, trend_days=2
    )
    agree(rows, expected(log, "period", merge))
    assert all(row["recency"] == int(row["recency"]) >= row["frequency"] for row in rows)


@pytest.mark.parametrize("merge", ["day", "month"])
@given(log=logs)
def test_a_day_that_leaves_no_money_is_no_occasion(merge, log):
    made = cs.TransactionLog.of(log, conventions=cs.Conventions(refunds="net_day"))
    rows = made.summary(as_of=END, merge=merge, also=MORE, trend_days=2)
    agree(rows, expected(log, "day", merge, net_days=True))


@given(logs, st.sampled_from(UNITS))
def test_more_columns_do_not_change_the_usual_ones(log, unit):
    made = cs.TransactionLog.of(log)
    usual = made.summary(as_of=END, unit=unit)
    more = made.summary(as_of=END, unit=unit, also=MORE)
    assert usual == [{name: row[name] for name in usual[0]} for row in more]
    for row, wide in zip(usual, more, strict=True):
        assert list(wide) == [*row, *MORE]


def test_purchases_of_a_month_are_one_on_the_day_of_the_first():
    rows = [
        {"customer_id": "a", "at": at, "amount": amount}
        for at, amount in (
            ("2026-01-30", 10),
            ("2026-01-31", 5),
            ("2026-02-10", 7),
            ("2026-02-20", 8),
        )
    ]
    row = cs.TransactionLog.of(rows).summary(as_of="2026-02-28", merge="month")[0]
    assert row == {
        "customer_id": "a",
        "frequency": 1,
        "recency": 11.0,
        "T": 29.0,
        "monetary_value": 15.0,
    }


def test_purchases_of_a_month_are_one_over_the_turn_of_years_and_before_1970():
    rows = [
        {"customer_id": "a", "at": at, "amount": 1}
        for at in ("1969-11-30", "1969-12-01", "1969-12-31", "1970-01-01")
    ]
    row = cs.TransactionLog.of(rows).summary(as_of="1970-01-31", merge="month", unit="period")[0]
    assert (row["frequency"], row["recency"], row["T"]) == (2, 2.0, 2.0)


def test_what_there_is_not_cannot_be_asked_for():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-30", "amount": 1}])
    with pytest.raises(ConfigError, match=r"no column 'gap_maxx'.*Did you mean 'gap_max'"):
        log.summary(as_of=END, also="gap_maxx")
    with pytest.raises(ConfigError, match="trend_days: must be a whole number of 1 or more, got 0"):
        log.summary(as_of=END, also="revenue_trend", trend_days=0)
    with pytest.raises(ConfigError, match="last day of a month"):
        log.summary(as_of="2026-03-30", merge="month", unit="period")
