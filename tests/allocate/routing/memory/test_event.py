"""Events beside leads, and those that cannot be."""

import pytest

from custseg.allocate import Router, RoutingEvent
from custseg.errors import ConfigError, DataError

AT = "2026-06-30T09:00"
TEAM = [{"rep_id": "a"}, {"rep_id": "b"}]


def test_loads_never_fall_below_zero():
    state = Router().record(RoutingEvent("closed", "a"), TEAM, at=AT)
    assert state.held == (0, 0)


def test_a_lead_by_hand_is_a_lead():
    state = Router().record(RoutingEvent("given", "a"), TEAM, at=AT)
    assert (state.given, state.held, state.turn, state.in_day) == ((1, 0), (1, 0), (1, 0), (1, 0))
    assert Router().route({"lead_id": 1}, TEAM, state, at=AT).rep_id == "b"


def test_nobody_knows_whom_it_is_about():
    with pytest.raises(DataError, match="'z', who is neither"):
        Router().record(RoutingEvent("given", "z"), TEAM, at=AT)


def test_an_event_about_who_has_left():
    state = Router().record(RoutingEvent("given", "a"), TEAM, at=AT)
    state = Router().record(RoutingEvent("closed", "a"), TEAM[1:], state, at=AT)
    assert (state.reps, state.held) == (("a", "b"), (0, 0))


@pytest.mark.parametrize(
    "settings",
    [
        {"what": "reassigned"},
        {"what": "closed", "to": "b"},
        {"what": "given", "until": AT},
        {"what": "back", "since": AT},
    ],
)
def test_an_event_that_lacks_its_point_is_refused(settings):
    with pytest.raises(ConfigError):
        RoutingEvent(rep_id="a", **settings)


def test_an_event_that_is_none_is_refused():
    with pytest.raises(ValueError, match="what"):
        RoutingEvent("lost", "a")


def test_a_leave_that_ends_before_it_begins_is_refused():
    leave = RoutingEvent("away", "a", since="2026-07-10", until="2026-07-01")
    with pytest.raises(DataError, match="ends before it begins"):
        Router().record(leave, TEAM, at=AT)
