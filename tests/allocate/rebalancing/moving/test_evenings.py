import numpy as np
import pytest

from custseg.allocate import Allocation, Limits, Load, Match, Phases, Rebalancing, rebalance
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.rebalancing.moving.evenings import Carried, in_turn

DAY = "2026-06-30"


def carried(weight, before, after, high):
    loads = Loads(
        ("value",),
        np.array([weight], dtype=float),
        np.arange(len(high))[None, :],
        (np.zeros(len(high)),),
        (np.array(high, dtype=float),),
    )
    return Carried(loads, np.array(before), np.array(after))


def test_who_would_carry_too_much_waits_until_there_is_room():
    asked = carried([4, 4, 4], [0, 1, -1], [1, 2, 0], [4, 4, 4])
    groups = [np.array([2]), np.array([0]), np.array([1])]
    assert in_turn(groups, asked) == [2, 1, 0]
    assert not asked.over()


def test_what_never_fits_comes_last_as_it_was():
    asked = carried([4, 4, 1], [0, 1, -1], [1, 0, 2], [4, 4, 4])
    assert in_turn([np.array([0]), np.array([1]), np.array([2])], asked) == [2, 0, 1]


def test_what_was_too_much_before_may_go_down_in_steps():
    asked = carried([3, 3, 3], [0, 0, 0], [1, 1, 0], [4, 9])
    assert in_turn([np.array([0]), np.array([1])], asked) == [0, 1]
    assert not asked.over()


@pytest.mark.parametrize("daily", [1, 2])
def test_no_evening_is_above_a_load_where_an_order_keeps_it(daily):
    book = [
        {"customer_id": "a", "region": "n", "owner": "R2", "revenue": 4.0, "need": 3},
        {"customer_id": "b", "region": "s", "owner": "R1", "revenue": 4.0, "need": 1},
        {"customer_id": "c", "region": "w", "owner": "R1", "revenue": 1.0, "need": 1},
    ]
    crew = [{"rep_id": f"R{k}", "region": region, "capacity": 9} for k, region in enumerate("xnsw")]
    crew[2] |= {"region": "s;x"}
    spec = Allocation(
        wishes=[Match("region", separator=";")],
        loads=(Load("revenue", high=5.0),),
        limits=Limits(None),
    )
    how = Rebalancing(moves=None, phases=Phases(count=daily))
    done = rebalance(book, crew, DAY, allocation=spec, settings=how)
    assert done.totals["moved"] == 3
    assert done.totals["days_over_load"] == []
    for day in done.totals["days"]:
        held = dict.fromkeys(("R0", "R1", "R2", "R3"), 0.0)
        for row in done.on(day):
            held[row["owner"]] += row["revenue"]
        assert max(held.values()) <= 5.0
