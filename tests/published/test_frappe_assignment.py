"""Frappe: what its assignment rules promise, replayed on the router.

Source: frappe/frappe, ``automation/doctype/assignment_rule/test_assignment_rule.py``.
"""

from custseg.allocate import (
    AtWork,
    Availability,
    LeastLoaded,
    RoundRobin,
    Router,
    RouterState,
    RoutingEvent,
    SmoothWeighted,
    WorkHours,
)
from custseg.rules import F

AT = "2026-06-30T09:00"
USERS = [{"rep_id": name} for name in ("test", "test1", "test2")]


def leads(count, **values):
    return [{"lead_id": i, **values} for i in range(count)]


def owners(batch):
    return [row["owner"] for row in batch.table]


def test_the_circle_survives_closing():
    router = Router(RoundRobin())
    batch = router.route_all(leads(2), USERS, at=AT)
    assert owners(batch) == ["test", "test1"]
    state = batch.state
    for name in ("test", "test1"):
        state = router.record(RoutingEvent("closed", name), USERS, state, at=AT)
    assert owners(router.route_all(leads(2), USERS, state, at=AT)) == ["test2", "test"]


def test_the_last_user_is_taken_from_outside():
    state = RouterState.of(last={"test": "2026-06-30T08:00"})
    assert Router(RoundRobin()).route({"lead_id": 1}, USERS, state, at=AT).rep_id == "test1"


def test_load_balancing_fills_up_again():
    router = Router(LeastLoaded())
    state = router.route_all(leads(30), USERS, at=AT).state
    assert state.held == (10, 10, 10)
    for _ in range(5):
        state = router.record(RoutingEvent("closed", "test"), USERS, state, at=AT)
    assert router.route_all(leads(5), USERS, state, at=AT).state.held == (10, 10, 10)


def test_weights_of_one_and_two_share_five():
    team = [{"rep_id": "test", "weight": 1}, {"rep_id": "test1", "weight": 2}]
    batch = Router(SmoothWeighted()).route_all(leads(5), team, at=AT)
    assert batch.given == {"test": 2, "test1": 3}


def test_a_condition_that_does_not_hold_assigns_nobody():
    router = Router(when=F("public") == 1)
    batch = router.route_all(leads(3, public=0), USERS, at=AT)
    assert owners(batch) == [None, None, None]
    assert batch.left == {"not_routed": 3}
    assert owners(router.route_all(leads(3, public=1), USERS, batch.state, at=AT)) == [
        "test",
        "test1",
        "test2",
    ]


def test_a_field_that_names_the_user_decides():
    router = Router(owners=["asked_for"])
    people = [{"lead_id": 1, "asked_for": "test1"}, {"lead_id": 2, "asked_for": "test2"}]
    assert owners(router.route_all(people, USERS, at=AT)) == ["test1", "test2"]


def test_two_rules_for_the_days_of_the_week():
    """Three users from Sunday to Tuesday, another one for the rest of the week."""
    days = {"test": "712", "test1": "712", "test2": "712", "test3": "3456"}
    team = [{"rep_id": name, "days": own} for name, own in days.items()]
    router = Router(guards=[AtWork(WorkHours(availability=Availability(work_days="days")))])
    monday, friday = "2026-06-29T09:00", "2026-07-03T09:00"
    batch = router.route_all(leads(4), team, at=monday)
    assert owners(batch) == ["test", "test1", "test2", "test"]
    assert owners(router.route_all(leads(2), team, batch.state, at=friday)) == ["test3", "test3"]


def test_an_assignment_taken_back_is_load_no_more():
    router = Router(LeastLoaded())
    state = router.route({"lead_id": 1}, USERS, at=AT).state
    state = router.record(RoutingEvent("closed", "test"), USERS, state, at=AT)
    assert state.held == (0, 0, 0)


def test_who_asked_may_be_nobody_we_know():
    """A web form filled in by a guest, who is no user: somebody gets it."""
    found = Router(owners=["asked_for"]).route({"lead_id": 1, "asked_for": "Guest"}, USERS, at=AT)
    assert (found.rep_id, found.reason.code) == ("test", "next_in_turn")
