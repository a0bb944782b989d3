import json
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anygrid
import custseg as cs
import plainprofile
from custseg.classify import STATES, growth_accounting, revenue_asof
from custseg.errors import ConfigError, DataError

PARTS = ("start", "new", "resurrected", "expansion", "contraction", "churned", "end", "outside")


@st.composite
def worths(draw):
    grid = draw(anygrid.grids())
    cents = st.integers(-50_000, 500_000)
    size = grid.states.size
    held = draw(st.lists(cents, min_size=size, max_size=size))
    return grid, np.array(held, dtype=np.int64).reshape(grid.states.shape)


def by_hand(grid, cents):
    out = [dict.fromkeys(PARTS, 0) for _ in grid.dates[1:]]
    for life, worth in zip(anygrid.histories(grid), cents.T.tolist(), strict=True):
        classes = [word and STATES[word] for word in life]
        for i, period in enumerate(out):
            was, now = classes[i], classes[i + 1]
            before, after = worth[i], worth[i + 1]
            period["start"] += before if was == "active" else 0
            period["end" if now == "active" else "outside"] += after
            if was == now == "active":
                period["expansion"] += max(after - before, 0)
                period["contraction"] += max(before - after, 0)
            elif now == "active":
                period["resurrected" if was == "dormant" else "new"] += after
            elif was == "active":
                period["churned"] += before
    return out


@given(worths())
def test_it_is_what_one_adds_up_by_hand(case):
    grid, cents = case
    found = growth_accounting(grid, value=cents / 100).money
    told = [
        {name: Fraction(round(getattr(found, name)[i] * 100)) for name in PARTS}
        for i in range(len(grid.dates) - 1)
    ]
    assert told == by_hand(grid, cents)


@given(worths())
def test_growth_in_money_adds_up_to_the_last_digit(case):
    grid, cents = case
    found = growth_accounting(grid, value=cents / 100).money
    whole = {name: np.rint(getattr(found, name) * 10_000).astype(np.int64) for name in PARTS}
    won = whole["new"] + whole["resurrected"] + whole["expansion"]
    lost = whole["contraction"] + whole["churned"]
    assert np.array_equal(whole["end"], whole["start"] + won - lost)
    kept = whole["start"] > 0
    assert found.net_retention[kept] == pytest.approx(
        (whole["start"] + whole["expansion"] - lost)[kept] / whole["start"][kept]
    )
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["end"] == found.end.tolist()


def test_a_worth_that_is_missing_is_not_0():
    grid = anygrid.grid([[2, 2], [2, 2]])
    for value in (np.full((2, 2), np.nan), np.full((2, 2), np.inf)):
        with pytest.raises(DataError, match="missing or too large"):
            growth_accounting(grid, value=value)
    with pytest.raises(DataError, match=r"one row a date.*\(2, 2\), got \(2,\)"):
        growth_accounting(grid, value=np.zeros(2))


@given(plainprofile.logs, st.sampled_from([1, 30, 365]))
def test_revenue_is_what_the_rows_of_those_days_add_up_to(rows, days):
    log = cs.TransactionLog.of(rows, cs.Names(at="paid_at"))
    dates = cs.classify.month_ends("2025-11-01", "2026-03-31")
    grid = cs.classify.states_asof(log, dates)
    found = revenue_asof(log, grid, days=days)
    assert found.shape == grid.states.shape
    for day, worths_ in zip(dates, found, strict=True):
        plain = plainprofile.counted(rows, day)
        for who, worth in zip(grid.ids.keys.ids(), worths_.tolist(), strict=True):
            recent = [
                plainprofile.units(row["amount"])
                for row in plain.get(who, [])
                if row["paid_at"].date() > day - timedelta(days=days)
            ]
            assert worth == sum(recent) / 10_000


@given(plainprofile.logs)
def test_a_year_of_revenue_is_the_column_of_the_profile(rows):
    log = cs.TransactionLog.of(rows, cs.Names(at="paid_at"))
    people = [{"customer_id": who} for who in ("new", "c", "a", "张三")]  # in another order
    as_of = plainprofile.AS_OF
    grid = cs.classify.states_asof(log, [date(2026, 1, 1), as_of], customers=people)
    known = cs.profile(people, transactions=rows, names=cs.Names(at="paid_at"), as_of=as_of)
    worth = dict(zip(grid.ids.keys.ids(), revenue_asof(log, grid)[-1].tolist(), strict=True))
    assert worth == {row["customer_id"]: row["revenue_365d"] for row in known}


def test_a_day_counts_to_its_end_and_a_year_is_365_days():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-31", "amount": 40}])
    days = [date(2026, 1, 30), date(2026, 1, 31), date(2027, 1, 30), date(2027, 1, 31)]
    grid = cs.classify.states_asof(log, days)
    assert revenue_asof(log, grid).ravel().tolist() == [0.0, 40.0, 40.0, 0.0]


def test_no_day_is_no_revenue():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    with pytest.raises(ConfigError, match="days: must be 1"):
        revenue_asof(log, cs.classify.states_asof(log, ["2026-01-31"]), days=0)
