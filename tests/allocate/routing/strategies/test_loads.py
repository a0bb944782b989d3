"""By load and room, and nobody beyond the capacity."""

import pytest

from custseg.allocate import HasRoom, LeastLoaded, MostRoom, Router, RouterState
from custseg.errors import CapacityError, MissingColumnError

AT = "2026-06-30T09:00"


def shares(router, team, count, state=None):
    leads = [{"lead_id": i} for i in range(count)]
    return router.route_all(leads, team, state, at=AT).given


def test_relative_load_fills_capacities_alike():
    team = [{"rep_id": "a", "capacity": 10}, {"rep_id": "b", "capacity": 30}]
    assert shares(Router(LeastLoaded(relative=True)), team, 20) == {"a": 5, "b": 15}
    assert shares(Router(LeastLoaded()), team, 20) == {"a": 10, "b": 10}


@pytest.mark.parametrize("capacity", [0, -3, None])
def test_without_capacity_nobody_is_relatively_loaded(capacity):
    team = [{"rep_id": "a", "capacity": capacity}, {"rep_id": "b", "capacity": 1}]
    assert shares(Router(LeastLoaded(relative=True)), team, 3) == {"a": 0, "b": 3}


def test_a_live_load_is_not_counted_twice():
    team = [{"rep_id": "a", "load": 4}, {"rep_id": "b", "load": 6}]
    state = RouterState.of(held={"a": 4, "b": 1})
    assert shares(Router(LeastLoaded()), team, 1, state) == {"a": 0, "b": 1}
    assert shares(Router(LeastLoaded(live=True)), team, 1, state) == {"a": 1, "b": 0}


def test_an_empty_load_is_none():
    team = [{"rep_id": "a", "load": 1}, {"rep_id": "b", "load": None}]
    assert shares(Router(LeastLoaded()), team, 1) == {"a": 0, "b": 1}


def test_a_load_that_is_named_must_be_there():
    with pytest.raises(MissingColumnError, match="open_leads"):
        Router(LeastLoaded(load="open_leads")).team([{"rep_id": "a", "load": 1}])


def test_most_room_goes_below_zero_and_who_has_no_capacity_is_not_asked():
    team = [{"rep_id": n, "capacity": c} for n, c in (("a", 1), ("b", 0), ("c", None))]
    assert shares(Router(MostRoom()), team, 5) == {"a": 3, "b": 2, "c": 0}


def test_parts_of_a_place_are_none():
    team = [{"rep_id": "a", "capacity": 2.9}]
    assert shares(Router(guards=[HasRoom()]), team, 5) == {"a": 2}


def test_unknown_is_not_unlimited():
    team = [{"rep_id": "a", "capacity": None}]
    with pytest.raises(CapacityError, match=r"'a' has no capacity.*HasRoom\(default=...\)"):
        shares(Router(guards=[HasRoom()]), team, 1)
    assert shares(Router(guards=[HasRoom(default=2)]), team, 5) == {"a": 2}
