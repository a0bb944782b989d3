"""At work: hours, calendar, leave by event, buckets."""

import pytest

from custseg.allocate import (
    AtWork,
    Availability,
    Leave,
    Router,
    RoutingEvent,
    WorkCalendar,
    WorkHours,
)
from custseg.errors import ConfigError, DataError

DAY = WorkHours(availability=Availability(), start="09:00", end="18:00")
TWO = [{"rep_id": "a", "weight": 1}, {"rep_id": "b", "weight": 2}]


@pytest.mark.parametrize(
    ("at", "within", "free"),
    [
        ("2026-06-30T09:00", 0, True),
        ("2026-06-30T08:59:59", 0, False),
        ("2026-06-30T08:59:59", 1, True),
        ("2026-06-30T18:00", 14.9, False),
        ("2026-06-30T18:00", 15, True),
        ("2026-07-03T18:00", 62, False),  # a Friday evening
        ("2026-07-03T18:00", 63, True),
    ],
)
def test_who_is_at_work_soon_enough(at, within, free):
    router = Router(guards=[AtWork(DAY, within=within)])
    found = router.route({"lead_id": 1}, TWO, at=at)
    assert (found.rep_id is not None) == free


def test_hours_of_one_s_own():
    hours = WorkHours(start="09:00", end="18:00", start_column="from", end_column="to")
    team = [
        {"rep_id": "a", "from": "12:00", "to": None},
        {"rep_id": "b", "from": None, "to": "12:00"},
    ]
    router = Router(guards=[AtWork(hours)])
    ways = [
        router.route({"lead_id": 1}, team, at=f"2026-06-30T{at}").rep_id
        for at in ("11:59", "12:00")
    ]
    assert ways == ["b", "a"]
    team[1]["to"] = "08:00"
    with pytest.raises(DataError, match="not after the begin"):
        router.route({"lead_id": 1}, team, at="2026-06-30")


def test_a_leave_that_an_event_told_ends_by_itself():
    router = Router(guards=[AtWork(DAY, within=24)])
    leave = RoutingEvent("away", "a", since="2026-06-30", until="2026-07-02T13:00")
    state = router.record(leave, TWO[:1], at="2026-06-29T09:00")
    at = ("2026-06-29T10:00", "2026-06-30T10:00", "2026-07-01T12:00", "2026-07-02T13:00")
    found = [router.route({"lead_id": 1}, TWO[:1], state, at=moment) for moment in at]
    assert [one.rep_id for one in found] == ["a", None, None, "a"]
    assert found[1].explanation.candidates[0].dropped.code == "rep_on_leave"


def test_the_calendar_knows_holidays_and_leaves_of_the_settings():
    away = Availability(WorkCalendar.china(), leaves=[Leave("a", "2026-06-29", "2026-07-03")])
    router = Router(guards=[AtWork(WorkHours(availability=away))])
    days = ("2026-06-30", "2026-10-01", "2026-06-28")
    assert [router.route({"lead_id": 1}, TWO, at=day).rep_id for day in days] == ["b", None, None]


@pytest.mark.parametrize(
    ("cls", "settings"),
    [
        (WorkHours, {"start": "18:00", "end": "09:00"}),
        (WorkHours, {"start": "9"}),
        (WorkHours, {"end": "24:01"}),
        (WorkHours, {"end": "12:60"}),
        (AtWork, {"within": -1}),
    ],
)
def test_times_that_cannot_be_are_refused(cls, settings):
    with pytest.raises(ConfigError):
        cls(**settings)
