"""Which days are worked."""

from datetime import date, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate import WorkCalendar
from custseg.allocate.wishing.calendars.workdays import a_day, number
from custseg.errors import ConfigError

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


@given(DAYS)
def test_weekdays_are_those_of_the_calendar(day):
    assert WorkCalendar().works(day) == (day.isoweekday() <= 5)


@given(DAYS)
def test_a_day_may_be_a_date_a_text_or_a_number(day):
    assert a_day(day) == a_day(day.isoformat()) == a_day(float(number(day))) == day


def test_the_spring_festival_moves_with_the_moon():
    office = WorkCalendar(lunar_new_year=(1, 6))
    for year, new_year in ((2025, date(2025, 1, 29)), (2026, date(2026, 2, 17))):
        off = [new_year + timedelta(days=k) for k in range(-1, 7)]
        assert not any(office.works(day) for day in off), year
        assert office.next(off[0]) > off[-1]


def test_made_up_days_are_worked_whatever_else_they_are():
    office = WorkCalendar(holidays=["2026-10-10"], workdays=["2026-10-10"])
    assert office.works("2026-10-10")
    assert not office.works("2026-10-11")


def test_days_off_of_every_year():
    office = WorkCalendar(yearly=("10-01", "02-29"))
    assert not any(office.works(f"{year}-10-01") for year in range(2020, 2031))
    assert not office.works("2024-02-29")
    assert office.works("2023-03-01")


def test_the_holidays_of_china_in_2026():
    office = WorkCalendar.china()
    festival = [number("2026-02-16") + k for k in range(8)]
    assert not office.working(np.array(festival)).any()
    assert office.next("2026-10-01") == date(2026, 10, 8)
    assert office.next("2026-04-30") == date(2026, 4, 30)
    assert office.next("2026-05-01") == date(2026, 5, 6)


@given(DAYS.filter(lambda day: day.year < 2050), st.integers(0, 40))
def test_counting_on_and_counting_agree(day, after):
    office = WorkCalendar.china()
    found = office.next(day, after)
    assert office.works(found)
    assert office.count(day, found) == after + 1


def test_a_week_of_one_day():
    sunday = WorkCalendar((7,))
    assert sunday.next("2026-06-29", 2) == date(2026, 7, 19)
    assert sunday.count("2026-06-29", "2026-06-28") == 0


@pytest.mark.parametrize(
    "settings",
    [
        {"weekdays": ()},
        {"weekdays": (0,)},
        {"yearly": ("13-01",)},
        {"holidays": ["tomorrow"]},
        {"lunar_new_year": (-1, 2)},
    ],
)
def test_what_is_no_calendar_is_refused(settings):
    with pytest.raises(ConfigError):
        WorkCalendar(**settings)


def test_what_a_calendar_cannot_tell_is_refused():
    with pytest.raises(ConfigError, match="lunar new year is known"):
        WorkCalendar(lunar_new_year=(1, 6)).works("2060-01-01")
    with pytest.raises(ConfigError, match="no day is worked"):
        WorkCalendar(lunar_new_year=(300, 300)).next("2026-01-01")


def test_days_before_a_new_year_may_lie_in_the_year_before():
    office = WorkCalendar(lunar_new_year=(40, 0))
    assert not office.works("2022-12-30")  # the new year is that of 22 January 2023


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 7, 1, 23, 59),  # noqa: DTZ001 - as tables hold them
        datetime(2026, 7, 1, 23, 59, tzinfo=timezone(timedelta(hours=8))),
        pd.Timestamp("2026-07-01 12:00"),
    ],
)
def test_a_moment_is_on_the_day_that_its_clock_shows(moment):
    assert type(a_day(moment)) is date
    assert number(moment) == number("2026-07-01")
    assert WorkCalendar().next(moment) == date(2026, 7, 1)


@pytest.mark.parametrize("other", [None, np.datetime64("NaT", "D"), float("nan"), "1 July", pd.NaT])
def test_what_is_no_day_is_refused(other):
    with pytest.raises(ConfigError, match="a day is written 2026-07-01"):
        a_day(other)


def test_working_days_are_counted_on_only():
    with pytest.raises(ConfigError, match=r"calendar\.after"):
        WorkCalendar().next("2026-07-01", -1)
