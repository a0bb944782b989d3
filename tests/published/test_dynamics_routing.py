"""Dynamics 365 Sales: the worked examples of its guide, replayed on the router.

Source: Microsoft Learn, "Understand record distribution in assignment rules" (Dynamics 365 Sales).
"""

import pytest

from custseg.allocate import (
    Availability,
    AvailabilityBuckets,
    HasRoom,
    LongestWaiting,
    MostRoom,
    Router,
    RouterState,
    RoutingEvent,
    WorkHours,
)

SELLERS = [{"rep_id": name} for name in ("Miriam", "Sanjay", "Susana")]
TURNS = Router(LongestWaiting())


def following(router, reps, state, at, count):
    """Who gets the next leads."""
    names = []
    for lead in range(count):
        found = router.route({"lead_id": lead}, reps, state, at=at)
        state = found.state
        names.append(found.rep_id)
    return names


def evening():
    """The lead of 11:20 PM, after those of 10:02, 10:31 and 11:17 in the morning."""
    state = RouterState.of(
        last={
            "Miriam": "2026-06-01T10:02",
            "Sanjay": "2026-06-01T10:31",
            "Susana": "2026-06-01T11:17",
        }
    )
    return TURNS.route({"lead_id": 1}, SELLERS, state, at="2026-06-01T23:20")


def test_who_has_waited_longest_gets_the_lead():
    found = evening()
    assert found.rep_id == "Miriam"
    assert following(TURNS, SELLERS, found.state, "2026-06-02T00:00", 3) == [
        "Sanjay",
        "Susana",
        "Miriam",
    ]


@pytest.mark.parametrize(
    ("rules_of_both", "after_opportunity", "after_lead"),
    [
        (False, ["Sanjay", "Susana", "Miriam"], ["Susana", "Miriam", "Sanjay"]),
        (True, ["Sanjay", "Miriam", "Susana"], ["Miriam", "Susana", "Sanjay"]),
    ],
)
def test_a_record_given_by_hand_counts_where_its_type_has_rules(
    rules_of_both, after_opportunity, after_lead
):
    state, by_hand = evening().state, RoutingEvent("given", "Susana")
    if rules_of_both:
        state = TURNS.record(by_hand, SELLERS, state, at="2026-06-02T13:50")
    assert following(TURNS, SELLERS, state, "2026-06-02T13:51", 3) == after_opportunity
    found = TURNS.route({"lead_id": 2}, SELLERS, state, at="2026-06-02T14:30")
    assert found.rep_id == "Sanjay"
    assert following(TURNS, SELLERS, found.state, "2026-06-02T14:31", 3) == after_lead
    state = TURNS.record(
        RoutingEvent("given", "Miriam"), SELLERS, found.state, at="2026-06-02T15:00"
    )
    last = following(TURNS, SELLERS, state, "2026-06-02T15:01", 3)
    assert last == ["Susana", "Sanjay", "Miriam"]


def test_the_order_is_the_company_s_and_not_the_rule_s():
    """Three rules share one state: the first rule gives to Miriam twice in a row."""
    rules, state, names = [Router(LongestWaiting(), pool=f"rule {i}") for i in range(3)], None, []
    for rule in (0, 1, 2, 0):
        found = rules[rule].route({"lead_id": 1}, SELLERS, state, at="2026-06-01T09:00")
        state = found.state
        names.append(found.rep_id)
    assert names == ["Miriam", "Sanjay", "Susana", "Miriam"]


def test_a_lead_of_one_s_own_counts_as_a_turn():
    pair = SELLERS[:2]
    at = "2026-06-01T09:00"
    state = TURNS.record(RoutingEvent("given", "Miriam"), pair, at=at)
    assert following(TURNS, pair, state, at, 3) == ["Sanjay", "Miriam", "Sanjay"]


def test_the_most_available_capacity_then_who_has_waited():
    team = [
        {"rep_id": "Miriam", "capacity": 13},
        {"rep_id": "Sanjay", "capacity": 12},
        {"rep_id": "Susana", "capacity": 15},
    ]
    router, at = Router(MostRoom()), "2026-06-01T09:00"
    state, names = RouterState.of(held={"Miriam": 3}), []
    for lead in range(4):
        found = router.route({"lead_id": lead}, team, state, at=at)
        state = found.state
        names.append(found.rep_id)
    assert names == ["Susana", "Susana", "Susana", "Sanjay"]
    for _ in range(3):
        state = router.record(RoutingEvent("closed", "Miriam"), team, state, at=at)
    left = MostRoom().levels(router.team(team).desk(state, at))
    assert (-left).tolist() == [13, 11, 12]
    assert router.route({"lead_id": 9}, team, state, at=at).rep_id == "Miriam"


FOUR = {
    "Sanjay": ("14:37", 0),
    "Susana": ("14:57", 4),
    "David": ("15:02", 1),
    "Miriam": ("14:35", -2),
}


def four(capacities):
    team = [{"rep_id": name, "capacity": room} for name, room in capacities.items()]
    last = {name: f"2026-06-01T{time}" for name, (time, _) in FOUR.items()}
    return team, RouterState.of(last=last)


def test_who_has_no_capacity_is_skipped():
    team, state = four({name: room for name, (_, room) in FOUR.items()})
    lead, at = {"lead_id": 1}, "2026-06-01T16:00"
    assert TURNS.route(lead, team, state, at=at).rep_id == "Miriam"
    found = Router(LongestWaiting(), guards=[HasRoom()]).route(lead, team, state, at=at)
    assert found.rep_id == "Susana"
    dropped = {c.rep_id: c.dropped.code for c in found.explanation.candidates if c.dropped}
    assert dropped == {"Sanjay": "no_room_left", "Miriam": "no_room_left"}


def test_nobody_with_capacity_leaves_it_unassigned():
    team, state = four(dict.fromkeys(FOUR, 0))
    router = Router(LongestWaiting(), guards=[HasRoom()])
    found = router.route({"lead_id": 1}, team, state, at="2026-06-01T16:00")
    assert (found.rep_id, found.reason.code) == (None, "nobody_free")


@pytest.mark.parametrize(("within", "owner"), [(48, None), (60, "Maria")])
def test_a_weekend_without_anybody(within, owner):
    """Friday evening; Sanjay works on Saturdays but is on vacation; Monday begins in 60 hours."""
    hours = WorkHours(
        availability=Availability(leave="leave", work_days="days"), start="08:00", end="17:00"
    )
    team = [
        {"rep_id": "Maria", "days": None, "leave": None},
        {"rep_id": "Sanjay", "days": "123456", "leave": "2026-06-20..2026-07-03"},
    ]
    router = Router(AvailabilityBuckets(hours=hours, within=within))
    usual = router.route({"lead_id": 1}, team, at="2026-06-05T20:00")  # his Saturday is sooner
    assert usual.rep_id == "Sanjay"
    found = router.route({"lead_id": 1}, team, at="2026-06-26T20:00")
    assert found.rep_id == owner


HOURS = WorkHours(wait="hours")
FIVE = {"Burt": (20, "14:37"), "Maya": (9, "14:15"), "Vivek": (0, "15:02"), "Maria": (25, "15:10")}
FIVE["Sal"] = (0, "14:29")


def five(**capacities):
    team = [
        {"rep_id": name, "hours": hours, "capacity": capacities.get(name, 99)}
        for name, (hours, _) in FIVE.items()
    ]
    return team, RouterState.of(last={n: f"2026-06-01T{time}" for n, (_, time) in FIVE.items()})


def test_example_1_round_robin_among_who_is_available_first():
    team, state = five()
    router = Router(AvailabilityBuckets(LongestWaiting(), HOURS))
    assert following(router, team, state, "2026-06-01T16:00", 4) == ["Sal", "Vivek", "Sal", "Vivek"]


def test_example_2_load_balancing_among_who_is_available_first_below_zero_too():
    team, state = five(Burt=14, Maya=20, Vivek=5, Maria=10, Sal=2)
    router = Router(AvailabilityBuckets(MostRoom(), HOURS))
    names = following(router, team, state, "2026-06-01T16:00", 13)
    assert names[:3] == ["Vivek"] * 3
    assert (names.count("Vivek"), names.count("Sal")) == (8, 5)  # 5 - 8 and 2 - 5: both at -3


def test_example_3_capacity_drops_the_first_bucket_and_the_next_goes_by_turns():
    team, state = five(Burt=14, Maya=20, Vivek=-1, Maria=10, Sal=0)
    router = Router(AvailabilityBuckets(MostRoom(), HOURS), guards=[HasRoom()])
    at = "2026-06-01T16:00"
    assert following(router, team, state, at, 4) == ["Maya", "Burt", "Maya", "Burt"]
    said = router.route({"lead_id": 1}, team, state, at=at).explanation
    dropped = {c.rep_id: c.dropped.code for c in said.candidates if c.dropped}
    assert dropped == {"Vivek": "no_room_left", "Sal": "no_room_left", "Maria": "not_next"}
