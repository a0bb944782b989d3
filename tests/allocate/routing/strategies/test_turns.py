"""In turn: the circle, skipped turns, weights, and who has waited."""

import pytest

from custseg.allocate import (
    Cap,
    LongestWaiting,
    RoundRobin,
    Router,
    RouterState,
    RoutingEvent,
    SmoothWeighted,
)
from custseg.errors import CapacityError

AT = "2026-06-30T09:00"
THREE = [
    {"rep_id": name, "rank": rank, "most": most}
    for name, rank, most in (("a", 3, 9), ("b", 1, 9), ("c", 2, 9))
]


def owners(router, count, team=THREE, state=None):
    leads = [{"lead_id": i} for i in range(count)]
    return [row["owner"] for row in router.route_all(leads, team, state, at=AT).table]


def test_the_order_may_stand_in_a_column():
    assert owners(Router(RoundRobin(order="rank")), 4) == ["b", "c", "a", "b"]


def test_an_empty_rank_comes_last_and_equal_ranks_by_id():
    team = [{"rep_id": "a", "rank": None}, {"rep_id": "c", "rank": 1}, {"rep_id": "b", "rank": 1}]
    assert owners(Router(RoundRobin(order="rank")), 4, team) == ["b", "c", "a", "b"]


def test_by_order_a_skipped_turn_is_lost_and_by_count_it_is_caught_up():
    """b is away for two circles, and back for the third."""
    for by, after in (("order", ["b", "c", "a"]), ("count", ["b", "b", "b"])):
        router = Router(RoundRobin(by))
        state = router.record(RoutingEvent("away", "b"), THREE, at=AT)
        batch = router.route_all([{"lead_id": i} for i in range(6)], THREE, state, at=AT)
        assert batch.given == {"a": 3, "b": 0, "c": 3}
        state = router.record(RoutingEvent("back", "b"), THREE, batch.state, at=AT)
        found = owners(router, 3, state=state)
        assert sorted(found) == sorted(after)


def test_the_circle_goes_on_after_who_has_left():
    router = Router(RoundRobin())
    state = router.route_all([{"lead_id": i} for i in range(2)], THREE, at=AT).state
    without_b = [rep for rep in THREE if rep["rep_id"] != "b"]
    assert owners(router, 3, without_b, state) == ["c", "a", "c"]
    assert owners(Router(RoundRobin(order="rank")), 1, without_b, state) == ["c"]


def test_smooth_weights_count_only_who_may_have_the_lead():
    team = [
        {"rep_id": n, "weight": w, "most": m} for n, w, m in (("a", 5, 1), ("b", 1, 9), ("c", 1, 9))
    ]
    found = owners(Router(SmoothWeighted(), guards=[Cap("most")]), 5, team)
    assert found == ["a", "b", "c", "b", "c"]


@pytest.mark.parametrize("weight", [0, None])
def test_without_weight_nobody_is_asked(weight):
    team = [{"rep_id": "a", "weight": weight}, {"rep_id": "b", "weight": 1}]
    assert owners(Router(SmoothWeighted()), 2, team) == ["b", "b"]
    alone = Router(SmoothWeighted()).route({"lead_id": 1}, team[:1], at=AT)
    assert alone.rep_id is None
    assert alone.explanation.candidates[0].dropped.code == "not_next"


def test_weights_may_be_parts():
    team = [{"rep_id": "a", "weight": 0.1}, {"rep_id": "b", "weight": 0.2}]
    router = Router(SmoothWeighted())
    batch = router.route_all([{"lead_id": i} for i in range(300)], team, at=AT)
    assert batch.given == {"a": 100, "b": 200}
    assert batch.state.credit == (0.0, 0.0)


@pytest.mark.parametrize("weight", [-1, float("inf")])
def test_a_weight_that_is_none_is_refused(weight):
    team = [{"rep_id": "a", "weight": weight}]
    with pytest.raises(CapacityError, match="'a' has no usable weight"):
        Router(SmoothWeighted()).route({"lead_id": 1}, team, at=AT)


def test_who_never_had_a_lead_has_waited_longest():
    state = RouterState.of(last={"a": "2020-01-01", "b": None})
    assert owners(Router(LongestWaiting()), 3, state=state) == ["b", "c", "a"]
