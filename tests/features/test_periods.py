"""Units of the calendar beside plain Python."""

import calendar
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError
from custseg.features.periods import Ruler, last_day_of, period_of, unit_days, whole
from custseg.frames import EPOCH

days = st.dates(date(1890, 1, 1), date(2110, 12, 31))
MONTHS = {"month": 1, "quarter": 3, "year": 12}
UNITS = ("day", "week", *MONTHS)


def number(day):
    return np.array([day.toordinal() - EPOCH])


def between(ruler, since, until):
    return ruler.between(number(since), number(until))[0]


def months(day):
    """Months over at the end of a day, since the year 0."""
    length = calendar.monthrange(day.year, day.month)[1]
    return 12 * day.year + day.month - 1 + Fraction(day.day, length)


@pytest.mark.parametrize("unit", MONTHS)
@given(days, days)
def test_a_day_is_one_part_of_its_month(unit, since, until):
    expected = (months(until) - months(since)) / MONTHS[unit]
    assert between(Ruler(unit), since, until) == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize(
    ("unit", "since", "until", "expected"),
    [
        ("month", "2026-01-31", "2026-02-28", 1.0),
        ("month", "2024-01-31", "2024-02-29", 1.0),
        ("month", "2026-02-28", "2026-03-31", 1.0),
        ("month", "2026-01-31", "2026-02-14", 0.5),
        ("quarter", "2026-03-31", "2026-06-30", 1.0),
        ("quarter", "2025-11-30", "2026-02-28", 1.0),
        ("year", "2024-02-29", "2026-02-28", 2.0),
        ("year", "2025-12-31", "2026-12-31", 1.0),
        ("week", "2026-01-01", "2026-01-15", 2.0),
    ],
)
def test_from_the_end_of_a_month_to_the_end_of_another_are_whole_months(
    unit, since, until, expected
):
    assert between(Ruler(unit), date.fromisoformat(since), date.fromisoformat(until)) == expected


@pytest.mark.parametrize("unit", UNITS)
@given(days, days, days)
def test_a_longer_time_is_more_and_times_add_up(unit, one, two, three):
    first, second, third = sorted((one, two, three))
    ruler = Ruler(unit)
    whole, parts = (
        between(ruler, first, third),
        between(ruler, first, second) + between(ruler, second, third),
    )
    assert whole == pytest.approx(parts, abs=1e-9)
    later = third + timedelta(days=1)
    assert between(ruler, first, later) > whole
    assert between(ruler, first - timedelta(days=1), third) > whole


@given(st.lists(days, min_size=1, max_size=30))
def test_days_together_are_days_apart(some):
    """Many days near one another are looked up in a calendar; few are not."""
    since = np.concatenate([number(day) for day in some])
    near = np.sort(since % 7)
    ruler = Ruler("month")
    for days_ in (since, near):
        once = ruler.between(days_, days_ + 40)
        alone = [
            ruler.between(days_[i : i + 1], days_[i : i + 1] + 40)[0] for i in range(len(some))
        ]
        assert once.tolist() == alone


def plain(day, unit):
    """First and last day of the week, month, ... of a day."""
    if unit == "day":
        return day, day
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    size = MONTHS[unit]
    first = (day.month - 1) // size * size + 1
    last = first + size - 1
    return date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1])


@pytest.mark.parametrize("unit", UNITS)
@given(days, days)
def test_days_are_in_one_period_as_the_calendar_says(unit, one, two):
    here, there = (period_of(number(day), unit) for day in (one, two))
    assert (here == there) == (plain(one, unit) == plain(two, unit))
    assert last_day_of(here, unit) == number(plain(one, unit)[1])
    assert period_of(number(plain(one, unit)[1] + timedelta(days=1)), unit) == here + 1


@pytest.mark.parametrize("unit", UNITS)
def test_periods_are_whole(unit):
    ruler = Ruler("period", unit)
    assert between(ruler, date(2025, 12, 31), date(2026, 1, 1)) == (
        0.0 if unit == "week" else 1.0  # a Wednesday and a Thursday
    )


def test_whoever_counts_periods_ends_with_one():
    ruler = Ruler("period", "month")
    ruler.check_end(number(date(2026, 2, 28))[0])
    with pytest.raises(ConfigError, match="as_of: must be the last day of a month"):
        ruler.check_end(number(date(2026, 2, 27))[0])


def test_a_unit_has_a_mean_number_of_days():
    assert [unit_days(unit) for unit in UNITS] == [1.0, 7.0, 30.436875, 91.310625, 365.2425]


@pytest.mark.parametrize(
    ("unit", "merge"), [("months", "day"), ("day", "months"), ("day", "period")]
)
def test_there_are_no_other_units(unit, merge):
    with pytest.raises(ConfigError, match="there is no"):
        Ruler(unit, merge)


@pytest.mark.parametrize("value", [0, -1, 1.0, 1.5, True, np.True_, "x", None, np.float64(3), [3]])
def test_what_is_no_whole_number_is_refused(value):
    with pytest.raises(ConfigError, match="days: must be a whole number of 1 or more, got"):
        whole(value, "days")


@pytest.mark.parametrize("value", [1, 10**30, np.int64(7), np.uint8(7)])
def test_whole_numbers_of_any_kind_become_plain(value):
    assert whole(value, "days") == value
    assert type(whole(value, "days")) is int
    assert whole(0, "days", 0) == 0
