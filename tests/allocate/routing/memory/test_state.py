"""The state: what a CRM begins with, what is kept of who has left, what is refused."""

import json

import attrs
import numpy as np
import pandas as pd
import pytest

import custseg as cs
from custseg.allocate import (
    Cap,
    LeastLoaded,
    LongestWaiting,
    RateLimit,
    Router,
    RouterState,
    RoutingEvent,
)
from custseg.errors import ConfigError, DataError

AT = "2026-06-30T09:00"


def test_a_crm_begins_with_what_it_knows():
    state = RouterState.of(
        last={"b": "2026-06-30T10:00", "a": "2026-06-30T10:00", "c": None}, held={"d": 4}
    )
    assert state.reps == ("a", "b", "c", "d")
    assert state.turn == (1, 2, 0, 0)
    assert state.held == (0, 0, 0, 4)
    assert state.tickets == 2


def test_numbers_and_texts_are_different_people():
    state = RouterState.of(held={17: 1, "17": 2})
    assert cs.load(json.dumps(cs.dump(state))) == state
    assert state.held == (1, 2)


def test_columns_of_another_length_are_refused():
    with pytest.raises(DataError, match="must have 1 entries"):
        RouterState(reps=("a",))
    with pytest.raises(ConfigError, match="schema_version"):
        cs.load({**cs.dump(RouterState()), "schema_version": 2})


def test_who_has_left_is_remembered_for_a_while():
    team = [{"rep_id": "a"}, {"rep_id": "b"}]
    router = Router(remember_days=30)
    state = router.route_all([{"lead_id": i} for i in range(2)], team, at=AT).state
    for at, reps in (("2026-07-30T09:00", ("a", "b")), ("2026-07-30T09:00:01", ("b",))):
        found = router.route({"lead_id": 9}, team[1:], state, at=at)
        assert found.state.reps == reps
    back = router.route({"lead_id": 10}, team, found.state, at="2026-07-31").state
    assert back.given == (1, 2)


def test_a_state_without_a_lead_does_not_change():
    state = RouterState.of(held={"a": 1})
    again = Router(when=cs.F("x") == 1).route(
        {"lead_id": 1, "x": 0}, [{"rep_id": "a"}], state, at=AT
    )
    assert again.state.held == state.held
    assert again.state.tickets == 0


def test_who_is_not_of_the_team_keeps_what_the_crm_said():
    """Open leads and leave of who has had no lead of the router yet."""
    router, wang = Router(LeastLoaded()), [{"rep_id": "Wang"}]
    both = [{"rep_id": "Li"}, *wang]
    state = RouterState.of(held={"Li": 3, "Wang": 1})
    state = router.route({"lead_id": 1}, wang, state, at=AT).state
    assert (state.reps, state.held) == (("Li", "Wang"), (3, 2))
    state = router.record(RoutingEvent("away", "Li"), both, at=AT)
    state = router.route({"lead_id": 1}, wang, state, at=AT).state
    assert router.route({"lead_id": 2}, both, state, at=AT).rep_id == "Wang"


@pytest.mark.parametrize("given", [np.int64(17), 17.0])
def test_a_whole_number_is_the_same_person_whatever_its_type(given):
    state = RouterState.of(held={given: 5})
    assert state.reps == (17,)
    assert (
        Router(LeastLoaded())
        .route({"lead_id": 1}, [{"rep_id": 17}, {"rep_id": 18}], state, at=AT)
        .rep_id
        == 18
    )
    event = RoutingEvent("given", given)
    assert Router().record(event, pd.DataFrame({"rep_id": [17, 18]}), at=AT).given == (1, 0)


def test_a_cycle_begins_also_where_a_router_without_one_came_first_that_day():
    team, plain, monthly = [{"rep_id": "a"}], Router(), Router(cycle="month")
    state = monthly.route({"lead_id": 1}, team, at=AT).state
    state = plain.route({"lead_id": 2}, team, state, at="2026-07-01").state
    assert monthly.route({"lead_id": 3}, team, state, at="2026-07-01").state.given == (1,)


def test_routers_that_share_a_state_keep_the_history_that_another_reads():
    team, plain, limited = [{"rep_id": "a"}], Router(), Router(guards=[RateLimit(2, hours=1)])
    state = limited.route({"lead_id": 1}, team, at=AT).state
    state = plain.route({"lead_id": 2}, team, state, at=AT).state
    assert limited.route({"lead_id": 3}, team, state, at=AT).rep_id is None
    assert plain.route({"lead_id": 3}, team, at=AT).state.recent == ((),)


def test_a_wrong_clock_can_be_set_right():
    """A lead of 2062 would hold up every limit until then."""
    router = Router(LongestWaiting(), guards=[Cap(1), RateLimit(1, hours=1)])
    team = [{"rep_id": "a"}, {"rep_id": "b"}]
    wrong = router.route({"lead_id": 1}, team, at="2062-06-30").state
    right = wrong.no_later_than(AT)
    assert right.no_later_than(AT) == right
    later = "2026-06-30T09:00:01"
    found = router.route({"lead_id": 2}, team, right, at=later)
    assert (found.rep_id, found.moved_clock) == ("b", False)
    tomorrow = router.route({"lead_id": 3}, team, found.state, at="2026-07-01T09:00")
    assert (tomorrow.rep_id, tomorrow.reason.code) == ("a", "waited_longest")
    assert cs.load(json.dumps(cs.dump(right))) == right
    assert RouterState().no_later_than(AT) == RouterState()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: RouterState.of(held={"a": -1}), "below 0"),
        (lambda: attrs.evolve(RouterState.of(held={"a": 1, "b": 2}), reps=("a", "a")), "twice"),
        (lambda: Router().route({"lead_id": 1}, [{"rep_id": "a"}], {}, at=pd.NaT), "missing"),
        (lambda: Router().route({"lead_id": 1}, [], {"reps": []}, at=AT), r"cs\.load"),
    ],
    ids=["negative", "twice", "no-moment", "no-state"],
)
def test_what_cannot_be_a_state_is_refused(make, message):
    with pytest.raises(DataError, match=message):
        make()
