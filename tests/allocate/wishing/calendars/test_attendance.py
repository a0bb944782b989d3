"""Who is at work."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes, Days
from custseg.allocate import Allocation, Availability, Leave, WorkCalendar
from custseg.allocate.wishing.calendars.workdays import number
from custseg.errors import ConfigError, DataError

IDS = ("R1", "R2", "R3")
TEAM = {
    "rep_id": Codes(np.array([0, 1, 2]), IDS),
    "leave": Codes(np.array([0, -1, 1]), ("2026-07-01..2026-07-14;2026-07-20", "..2026-07-06")),
    "days": Codes(np.array([-1, 0, 1]), ("67", "1;2")),
}


def at(gate, day):
    return gate.working(TEAM, IDS, day).tolist()


def test_weekdays_of_ones_own_take_the_place_of_the_companys():
    gate = Availability(work_days="days")
    assert at(gate, "2026-07-06") == [True, False, True]  # Monday
    assert at(gate, "2026-07-11") == [False, True, False]  # Saturday


def test_holidays_and_made_up_days_are_everybodys():
    office = WorkCalendar(holidays=["2026-07-06"], workdays=["2026-07-12"])
    gate = Availability(office, work_days="days")
    assert at(gate, "2026-07-06") == [False, False, False]
    assert at(gate, "2026-07-12") == [True, True, True]


def test_several_leaves_from_several_sources():
    gate = Availability(
        leave="leave", leaves=[Leave("R2", "2026-07-07"), Leave("R9", "2026-01-01")]
    )
    assert at(gate, "2026-07-06") == [False, True, False]
    assert at(gate, "2026-07-07") == [False, False, True]
    assert at(gate, "2026-07-15") == [True, False, True]
    assert at(gate, "2026-07-20") == [False, False, True]


def test_columns_of_first_and_last_day():
    days = {"from": Days(np.array([5.0, np.nan])), "until": Days(np.array([9.0, np.nan]))}
    gate = Availability(WorkCalendar(range(1, 8)), leave_from="from", leave_until="until")
    found = [gate.working(days, ("a", "b"), day).tolist() for day in (4, 5, 9, 10)]
    assert found == [[True, True], [False, True], [False, True], [True, True]]


def test_the_next_working_day_of_each():
    gate = Availability(leave="leave", leaves=[Leave("R2", "2026-01-01")])
    found = gate.next_working(TEAM, IDS, "2026-07-04")
    assert found[[0, 2]].tolist() == [number("2026-07-15"), number("2026-07-07")]
    assert np.isnan(found[1])


def test_who_is_back_soon_is_at_work_too():
    gate = Availability(leave="leave", as_of="2026-07-06")
    assert np.isnan(gate.points({}, TEAM)).tolist() == [[True, False, True]]
    soon = Availability(leave="leave", as_of="2026-07-06", within=1)
    assert np.isnan(soon.points({}, TEAM)).tolist() == [[True, False, False]]


def test_nobody_is_nobody():
    none = {"rep_id": Codes(np.array([], dtype=int), ())}
    assert Availability(as_of="2026-07-06").points({}, none).shape == (1, 0)


def test_as_a_wish_it_keeps_customers_from_who_is_away():
    team = [
        {"rep_id": "R1", "capacity": 9, "leave": "2026-07-01..2026-07-14"},
        {"rep_id": "R2", "capacity": 9, "leave": None},
    ]
    spec = Allocation(wishes=[Availability(leave="leave")])
    plan = spec.assign([{"customer_id": i} for i in range(3)], team, as_of="2026-07-06")
    assert {row["owner"] for row in plan.table} == {"R2"}
    with pytest.raises(ConfigError, match="as_of"):
        spec.assign([{"customer_id": 1}], team)


def test_what_is_no_weekday_is_refused():
    team = {"rep_id": TEAM["rep_id"], "days": Codes(np.array([0, 0, 1]), ("1", "Mon"))}
    with pytest.raises(DataError, match="'days', row 2"):
        Availability(work_days="days").working(team, IDS, "2026-07-06")
    with pytest.raises(ConfigError, match="within"):
        Availability(within=-1)
    with pytest.raises(ConfigError, match="as_of"):
        Availability().points({}, TEAM)


def test_leave_is_gathered_from_wherever_it_is_told():
    team = {**TEAM, "from": np.array([np.nan, 5.0, np.nan]), "until": np.array([np.nan] * 3)}
    gate = Availability(
        WorkCalendar(range(1, 8)),
        leave="leave",
        leave_from="from",
        leaves=Leave("R3", "2026-08-01"),
    )
    found = {day: gate.working(team, IDS, day).tolist() for day in ("2026-07-20", "2026-08-02")}
    assert found == {"2026-07-20": [False, False, True], "2026-08-02": [True, False, False]}


@given(st.integers(-3, 18))
def test_both_ends_of_a_leave_are_away(day):
    gate = Availability(WorkCalendar(range(1, 8)), leaves=[Leave("R1", "2026-07-03", "2026-07-14")])
    today = date(2026, 7, 1) + timedelta(days=day)
    assert at(gate, today)[0] == (not date(2026, 7, 3) <= today <= date(2026, 7, 14))


def test_only_who_looks_ahead_says_how_far():
    assert Availability().reason.text() == "at work on the day"
    assert Availability(within=2).reason.text() == "at work within 2 days"
    assert Availability(within=2).reason.text("zh") == "2 天内在岗"
