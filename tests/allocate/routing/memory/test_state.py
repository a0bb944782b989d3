"""The state: what a CRM begins with, what is kept of who has left, what is refused."""

import json

import pytest

import custseg as cs
from custseg.allocate import Router, RouterState
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
