"""Two plans compared: who changes hands, who is gone, who is new."""

import json
from typing import Any

import polars as pl
import pytest

from custseg.allocate import Allocation, Match, compare_plans
from custseg.errors import DataError

TEAM = [
    {"rep_id": "R1", "region": "north", "capacity": 2},
    {"rep_id": "R2", "region": "south", "capacity": 2},
]
NORTH = [{"customer_id": k, "region": "south" if k == 2 else "north"} for k in range(3)]


def plan(people: list[dict[str, Any]], team: list[dict[str, Any]], **spec: Any) -> Any:
    return Allocation(wishes=[Match("region")], **spec).assign(people, team)


def test_a_plan_is_the_same_as_itself() -> None:
    made = plan(NORTH, TEAM)
    found = compare_plans(made, made)
    assert (found.changed, found.compared, found.gone, found.new) == ((), 3, 0, 0)


def test_who_leaves_gives_customers_away() -> None:
    found = compare_plans(plan(NORTH, TEAM), plan(NORTH, TEAM[1:]))
    assert found.flows == {("R1", "R2"): 2, ("R2", None): 1}
    assert {rep: (b, a) for rep, b, a in found.loads} == {"R1": (2, None), "R2": (1, 2)}
    assert found.assigned == (3, 2)
    assert {one.reason for one in found.changed} == {"by_room", "capacity_full"}


def test_customers_of_one_plan_alone_are_counted() -> None:
    found = compare_plans(plan(NORTH[:2], TEAM), plan(NORTH[1:], TEAM))
    assert (found.compared, found.gone, found.new) == (1, 1, 1)


def test_order_of_rows_does_not_matter() -> None:
    one = compare_plans(plan(NORTH, TEAM), plan(NORTH, TEAM[1:]))
    other = compare_plans(plan(NORTH[::-1], TEAM[::-1]), plan(NORTH[::-1], TEAM[1:]))
    assert one.as_dict() == other.as_dict()


def test_it_is_plain_data_and_escapes_names() -> None:
    team = [{"rep_id": "<b>", "region": "north", "capacity": 2}]
    found = compare_plans(plan(NORTH, TEAM), plan(NORTH, team))
    assert json.loads(json.dumps(found.as_dict()))["compared"] == 3
    assert "<b>" not in found._repr_html_()
    assert "无人" in found.text("zh")


def test_plans_by_classes_are_not_compared_by_customer() -> None:
    people = pl.DataFrame({"customer_id": [1, 2, 3]})
    plan = Allocation().assign(people.lazy(), [{"rep_id": "R1", "capacity": 2}])
    with pytest.raises(DataError, match="compare the columns"):
        compare_plans(plan, plan)
