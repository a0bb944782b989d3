from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.classify.flows.periods import (
    UNITS,
    anniversaries,
    as_date,
    begin_of,
    known_unit,
    named,
    period_ends,
)
from custseg.features.periods import period_of
from custseg.frames import EPOCH

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
FREQUENCIES = {"week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}


def number(day):
    return np.array([day.toordinal() - EPOCH])


@given(days, st.sampled_from(UNITS))
def test_periods_are_those_of_pandas(day, unit):
    place = period_of(number(day), unit)
    period = pd.Period(day, freq=FREQUENCIES[unit])
    assert as_date(int(begin_of(place, unit)[0])) == period.start_time.date()
    assert as_date(int(begin_of(place + 1, unit)[0])) == (period + 1).start_time.date()
    year, week, _ = day.isocalendar()
    names = {
        "week": f"{year}-W{week:02d}",
        "month": str(period),
        "quarter": str(period).replace("Q", "-Q"),
        "year": str(period),
    }
    assert named(int(place[0]), unit) == names[unit]


def months_later(day, months):
    """The same day some months later, or the last of a shorter month."""
    place = day.year * 12 + day.month - 1 + months
    length = (date(place // 12, place % 12 + 1, 28) + timedelta(days=4)).replace(day=1)
    last = (length - timedelta(days=1)).day
    return date(place // 12, place % 12 + 1, min(day.day, last))


@given(days, st.integers(0, 2000), st.sampled_from(["month", "quarter", "year"]))
def test_anniversaries_pass_on_the_same_day_or_the_last_of_a_shorter_month(first, later, unit):
    day = min(first + timedelta(days=later), date(2105, 1, 1))
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    passed = int(anniversaries(number(first), number(day), unit)[0])
    assert months_later(first, size * passed) <= day < months_later(first, size * (passed + 1))


@pytest.mark.parametrize(
    ("first", "day", "unit", "passed"),
    [
        (date(2026, 1, 31), date(2026, 2, 27), "month", 0),
        (date(2026, 1, 31), date(2026, 2, 28), "month", 1),
        (date(2026, 1, 31), date(2026, 3, 30), "month", 1),
        (date(2026, 1, 31), date(2026, 3, 31), "month", 2),
        (date(2025, 11, 30), date(2026, 2, 27), "quarter", 0),
        (date(2025, 11, 30), date(2026, 2, 28), "quarter", 1),
        (date(2024, 2, 29), date(2025, 2, 27), "year", 0),
        (date(2024, 2, 29), date(2025, 2, 28), "year", 1),
        (date(2024, 2, 29), date(2028, 2, 28), "year", 3),
    ],
)
def test_anniversaries_at_the_end_of_months(first, day, unit, passed):
    assert anniversaries(number(first), number(day), unit).tolist() == [passed]


def test_weeks_of_a_customer_are_seven_days():
    monday = number(date(2026, 1, 5))
    assert [int(anniversaries(monday, monday + n, "week")[0]) for n in (-1, 0, 6, 7)] == [
        -1,
        0,
        0,
        1,
    ]


@given(days, days, st.sampled_from(UNITS))
def test_ends_are_those_of_pandas(first, last, unit):
    alias = {"week": "W-SUN", "month": "ME", "quarter": "QE", "year": "YE"}[unit]
    assert list(period_ends(first, last, unit=unit)) == [
        each.date() for each in pd.date_range(first, last, freq=alias)
    ]


def test_month_ends_may_be_asked_for_in_text():
    found = cs.classify.month_ends("2024-02-29", "2024-04-29")
    assert found == (date(2024, 2, 29), date(2024, 3, 31))
    assert cs.classify.month_ends("2024-02-01", "2024-02-28") == ()


def test_an_unknown_unit_is_refused():
    with pytest.raises(cs.errors.ConfigError, match="Did you mean 'month'"):
        known_unit("months")
    assert not len(period_of(np.empty(0, dtype=np.int64), "week"))
