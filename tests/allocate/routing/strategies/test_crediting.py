"""Levels: credits for no-shows, calibration of who is new or comes back, weights."""

import pytest

from custseg.allocate import Cap, CreditLevel, Router, RoutingEvent

AT = "2026-06-30T09:00"
THREE = [{"rep_id": name, "share": share} for name, share in (("a", 1), ("b", 1), ("c", 2))]


def after(router, count, state=None, team=THREE):
    return router.route_all([{"lead_id": i} for i in range(count)], team, state, at=AT)


@pytest.mark.parametrize(("event", "field"), [("no_show", "no_shows"), ("cancelled", "cancelled")])
def test_what_came_to_nothing_is_credited_back_once(event, field):
    for counts, owner in ((True, "c"), (False, "a")):
        router = Router(CreditLevel(**{field: counts}))
        state = after(router, 3).state
        state = router.record(RoutingEvent(event, "c"), THREE, state, at=AT)
        found = router.route({"lead_id": 9}, THREE, state, at=AT)
        assert found.rep_id == owner


def test_a_reassigned_lead_is_credited_to_who_loses_it():
    router = Router(CreditLevel())
    state = after(router, 3).state
    state = router.record(RoutingEvent("reassigned", "b", to="c"), THREE, state, at=AT)
    assert state.given == (1, 0, 2)
    assert state.held == (1, 0, 2)
    assert router.route({"lead_id": 9}, THREE, state, at=AT).rep_id == "b"


@pytest.mark.parametrize(("catch_up", "given"), [(False, 2), (True, 4)])
def test_who_comes_back_keeps_the_place_or_catches_up(catch_up, given):
    router = Router(CreditLevel(catch_up=catch_up))
    state = after(router, 6).state  # two each
    state = router.record(RoutingEvent("away", "a"), THREE, state, at=AT)
    state = after(router, 8, state).state  # four each for the other two
    state = router.record(RoutingEvent("back", "a"), THREE, state, at=AT)
    assert after(router, 6, state).given["a"] == given


def test_half_the_weight_gets_half_as_many_also_for_who_is_new():
    router = Router(CreditLevel(weight="share"))
    old = after(router, 20, team=THREE[:2]).state
    assert old.given == (10, 10)
    assert after(router, 8, old).given == {"a": 2, "b": 2, "c": 4}


def test_levels_begin_anew_with_the_cycle():
    router = Router(CreditLevel(), cycle="month")
    state = after(router, 5).state
    later = router.route({"lead_id": 9}, THREE, state, at="2026-07-01T00:00").state
    assert sum(later.given) == 1
    assert sum(later.held) == 6


def test_who_was_out_of_the_team_is_not_flooded_on_return():
    """A CRM that passes only those at work: c is missing for 60 leads."""
    for weight in (None, "share"):
        router = Router(CreditLevel(weight=weight))
        same = [{"rep_id": name, "share": 2} for name in "abc"]
        state = after(router, 30, team=same).state
        state = after(router, 60, state, team=same[:2]).state
        assert after(router, 30, state, team=same).given == {"a": 10, "b": 10, "c": 10}
    caught_up = Router(CreditLevel(catch_up=True))
    state = after(caught_up, 60, team=THREE[:2]).state
    assert after(caught_up, 9, state).given["c"] < 9  # who is new is no returner


def test_a_fallback_without_weight_leaves_levels_as_they_are():
    router = Router(CreditLevel(weight="share"), fallback="z", guards=[Cap(0)])
    team = [{"rep_id": "a", "share": 1}, {"rep_id": "z", "share": 0}]
    state = router.record(RoutingEvent("away", "a"), team, at=AT)
    found = router.route({"lead_id": 1}, team, state, at=AT)
    assert (found.rep_id, found.state.credit) == ("z", (0.0, 0.0))
