import json
from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
import plainprofile
from custseg.classify import cohorts
from custseg.classify.flows import ages
from custseg.errors import ConfigError, DataError

UNITS = st.sampled_from(["week", "month", "quarter", "year"])
AGES = st.sampled_from(["period", "anniversary"])
MONTHS = {"month": 1, "quarter": 3, "year": 12}
NAMES = cs.Names(at="paid_at")


def period(day, unit):
    """The first day of the period of a day."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    size = MONTHS[unit]
    return date(day.year, (day.month - 1) // size * size + 1, 1)


def later(day, unit, count):
    """The same day some units later, or the last of a shorter month."""
    if unit == "week":
        return day + timedelta(days=7 * count)
    place = day.year * 12 + day.month - 1 + MONTHS[unit] * count
    begin = date(place // 12, place % 12 + 1, 1)
    last = ((begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)).day
    return begin.replace(day=min(day.day, last))


def age_of(first, day, unit, how):
    """Whole units from the first day (or from the beginning of its period) to a day."""
    start = period(first, unit) if how == "period" else first
    count = 0
    while later(start, unit, count + 1) <= day:
        count += 1
    return count if day >= start else -1


def by_hand(rows, unit, how, as_of):
    """Customers by cohort, and what each did at each age."""
    out = defaultdict(lambda: defaultdict(lambda: defaultdict(lambda: [0, 0])))
    for who, mine in plainprofile.counted(rows, as_of).items():
        days = plainprofile.days_of(mine)
        if not days:
            continue
        cells = out[period(days[0], unit)][who]
        for day in days:
            cells[age_of(days[0], day, unit, how)][0] += 1
        for row in mine:
            day = row["paid_at"].date()
            if day >= (period(days[0], unit) if how == "period" else days[0]):
                cells[age_of(days[0], day, unit, how)][1] += plainprofile.units(row["amount"])
    return out


def value_of(people, age, measure):
    cells = [cells[age] for cells in people.values() if age in cells]
    if measure == "revenue":
        return sum(money for _, money in cells) / 10_000
    return sum(bool(days) if measure == "customers" else days for days, _ in cells)


@given(plainprofile.logs, UNITS, AGES, st.sampled_from(["customers", "purchases", "revenue"]))
def test_cells_are_those_of_plain_python(rows, unit, how, measure):
    log = cs.TransactionLog.of(rows, NAMES)
    as_of = plainprofile.AS_OF
    found = cohorts(log, unit=unit, as_of=as_of, measure=measure, age=how)
    plain = by_hand(rows, unit, how, as_of)
    assert {day for day, n in zip(found.cohorts, found.sizes, strict=True) if n} == set(plain)
    for i, begin in enumerate(found.cohorts):
        people = plain.get(begin, {})
        assert found.sizes[i] == len(people)
        for age in range(len(found.cohorts)):
            assert found.cells.value[i, age] == value_of(people, age, measure)


@given(UNITS, AGES, st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(0, 500))
def test_a_cell_is_complete_when_everybody_has_lived_through_it(unit, how, first, days):
    as_of = first + timedelta(days=days)
    log = cs.TransactionLog.of([{"customer_id": "a", "paid_at": first, "amount": 1.0}], NAMES)
    found = cohorts(log, unit=unit, as_of=as_of, age=how)
    for i, begin in enumerate(found.cohorts):
        end = later(begin, unit, 1)
        possible = [begin + timedelta(days=n) for n in range((end - begin).days)]
        # an age is over on a day if the next one finds the customer older
        done = min(age_of(d, as_of + timedelta(days=1), unit, how) for d in possible)
        reached = max(age_of(d, as_of, unit, how) for d in possible if d <= as_of)
        assert np.flatnonzero(found.complete[i]).tolist() == list(
            range(min(done, len(found.cohorts)))
        )
        assert found.begun[i].sum() == reached + 1


@given(plainprofile.logs, UNITS, AGES)
def test_all_that_happened_is_in_a_cell_or_told(rows, unit, how):
    log, as_of = cs.TransactionLog.of(rows, NAMES), plainprofile.AS_OF
    money = cohorts(log, unit=unit, as_of=as_of, measure="revenue", age=how)
    days = cohorts(log, unit=unit, as_of=as_of, measure="purchases", age=how)
    plain = plainprofile.counted(rows, as_of)
    total = sum(plainprofile.units(row["amount"]) for mine in plain.values() for row in mine)
    told = money.cells.value.sum() + money.left_out["money_outside"]
    assert round(told * 10_000) == total
    assert days.cells.value.sum() == sum(len(plainprofile.days_of(m)) for m in plain.values())
    assert days.left_out["refunds_only"] == sum(not plainprofile.days_of(m) for m in plain.values())
    later_ = sum(
        None not in (row["customer_id"], row["paid_at"], row["amount"])
        and row["paid_at"].date() > as_of
        for row in rows
    )
    assert days.left_out["after_as_of"] == later_
    for found in (money, days):  # nothing lies where nothing has begun
        assert not found.cells.value[~found.begun].any()


@given(plainprofile.logs, AGES)
def test_what_is_not_over_is_kept_apart_and_what_lies_ahead_is_missing(rows, how):
    found = cohorts(cs.TransactionLog.of(rows, NAMES), as_of="2026-03-15", age=how)
    assert np.array_equal(np.isnan(found.values), ~found.complete)
    assert np.array_equal(np.isnan(found.running), ~found.begun | found.complete)
    some = found.complete & (found.sizes > 0)[:, None]
    assert np.array_equal(np.isfinite(found.shares), some)
    assert (found.shares[some] <= 1).all()
    low, high = found.intervals()
    assert np.array_equal(np.isfinite(low), some)
    assert (low[some] <= found.shares[some]).all()
    assert (found.shares[some] <= high[some]).all()
    table = cohorts(cs.TransactionLog.of(rows, NAMES), as_of="2026-03-15", age=how).table
    assert len(table) == found.begun.sum()
    assert all(
        (row["share"] is None) <= (not row["complete"] or not row["cohort_customers"])
        for row in table
    )


@given(plainprofile.logs, UNITS)
def test_nothing_later_matters(rows, unit):
    log = cs.TransactionLog.of(rows, NAMES)
    known = log.until("2025-12-15")
    one, other = (
        cohorts(each, unit=unit, as_of="2025-12-15", measure="revenue") for each in (log, known)
    )
    assert one.as_dict() | {"left_out": 0} == other.as_dict() | {"left_out": 0}


@pytest.mark.parametrize("unit", ["month", "quarter"])
def test_cdnow_is_what_pandas_counts(unit):
    frame = pd.DataFrame(cs.datasets.cdnow())
    frame["date"] = pd.to_datetime(frame["date"])
    letter = unit[0].upper()
    now = frame["date"].dt.to_period(letter)
    born = frame.groupby("customer_id")["date"].transform("min").dt.to_period(letter)
    age = now.astype("int64") - born.astype("int64")
    groups = frame.groupby([born.rename("cohort"), age.rename("age")])
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    for measure, counted in (
        ("customers", groups["customer_id"].nunique()),
        ("revenue", groups["amount"].apply(lambda money: (money * 100).round().sum() / 100)),
    ):
        found = cohorts(log, unit=unit, as_of="1998-06-30", measure=measure)
        there = counted.unstack().to_numpy()
        rows = found.sizes > 0
        assert np.array_equal(found.values[rows], there, equal_nan=True)
        assert found.complete[found.begun].all()


def test_many_customers_of_many_ages_are_summed_as_well(monkeypatch):
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    dense = cohorts(log, unit="week", as_of="1998-06-30", measure="revenue").as_dict()
    monkeypatch.setattr(ages, "_DENSE", 0)
    assert cohorts(log, unit="week", as_of="1998-06-30", measure="revenue").as_dict() == dense


def test_cdnow_is_one_cohort_by_quarter():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    found = cohorts(log, unit="quarter", as_of="1998-06-30")
    assert found.labels[0] == "1997-Q1"
    assert found.sizes.tolist() == [2357, 0, 0, 0, 0, 0]
    assert np.isnan(found.shares[1:]).all()  # of nobody there is no share
    assert found.average().cohorts.tolist() == [1] * 6


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_the_table_is_of_the_callers_kind(kind):
    rows = [
        {"customer_id": "a", "at": "2026-01-05", "amount": 40.0},
        {"customer_id": "a", "at": "2026-02-05", "amount": 60.0},
        {"customer_id": "b", "at": "2026-01-20", "amount": 10.0},
    ]
    kinds = {"customer_id": "text", "at": "text", "amount": "number"}
    log = cs.TransactionLog.of(everykind.as_table(kind, rows, kinds))
    told = everykind.as_records(cohorts(log, as_of="2026-02-15").table)
    cells = {(row["cohort"], row["age"]): row for row in told}
    assert set(cells) == {("2026-01", 0), ("2026-01", 1), ("2026-02", 0)}
    assert cells["2026-01", 0]["share"] == 1.0
    assert cells["2026-01", 1]["value"] == 1.0
    assert cells["2026-01", 1]["share"] is None
    assert not cells["2026-01", 1]["complete"]
    assert str(cells["2026-01", 0]["cohort_from"])[:10] == "2026-01-01"


def test_it_is_data_and_text():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    found = cohorts(log, as_of="1998-06-15", measure="revenue")
    told = json.loads(json.dumps(found.as_dict(), allow_nan=False))
    assert told["values"][0][-1] is None
    assert told["running"][0][-1] == found.cells.value[0, -1]
    lines = found.text("zh").splitlines()
    assert lines[0].startswith("群组")
    assert len(lines) == 6  # three cohorts of somebody, their average, what an asterisk means
    assert lines[1].endswith("%*")
    assert "background" in found._repr_html_()


def test_nobody_is_no_cohort():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": -4}])
    found = cohorts(log, as_of="2026-02-15", measure="revenue")
    assert found.cohorts == ()
    assert found.left_out == {"refunds_only": 1, "after_as_of": 0, "money_outside": -4.0}
    assert found.table == []
    assert found.average().share.tolist() == []
    assert found.project(2).ahead.shape == (0, 2)
    assert found.project(2).table == []
    empty = cohorts(cs.TransactionLog.of([]), as_of="2026-02-15")
    assert empty.text().splitlines()[0].startswith("cohort")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"unit": "day"}, "unit: there is no unit 'day'"),
        ({"measure": "money"}, "measure: must be one of"),
        ({"age": "periods"}, "Did you mean 'period'"),
        ({"as_of": "soon"}, "as_of"),
    ],
)
def test_impossible_questions_are_refused(asked, said):
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 4}])
    with pytest.raises(ConfigError, match=said):
        cohorts(log, **{"as_of": "2026-02-15", **asked})


def test_a_wrong_date_does_not_make_thousands_of_cohorts():
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "1900-01-05", "amount": 4}])
    with pytest.raises(DataError, match="1000 are the most"):
        cohorts(log, as_of="2026-02-15")
    assert len(cohorts(log, as_of="2026-02-15", unit="quarter").cohorts) == 505


def test_shares_so_far_are_those_that_are_over_and_those_that_run():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    found = cohorts(log, unit="quarter", as_of="1998-05-31")
    over = found.complete
    np.testing.assert_array_equal(found.so_far[over], found.shares[over])
    running = found.begun & ~over
    base = np.where(found.sizes > 0, found.cells.value[:, 0], np.nan)[:, None]
    assert running.any()
    np.testing.assert_array_equal(found.so_far[running], (found.running / base)[running])
    assert np.isnan(found.so_far[~found.begun]).all()
