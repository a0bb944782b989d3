"""What a plan says of itself."""

import json

import pytest

from custseg.allocate import Allocation, Match, RepLoad, Stay
from custseg.errors import DataError

TEAM = [
    {"rep_id": "R1", "region": "n", "capacity": 2, "load": 1, "on_leave_from": None},
    {"rep_id": "<b>", "region": "s", "capacity": 2, "load": None, "on_leave_from": "2026-01-01"},
]
PEOPLE = [
    {"customer_id": 3, "region": "n", "owner": "R1", "revenue": 1.0},
    {"customer_id": 1, "region": "n", "owner": "<b>", "revenue": 9.0},
    {"customer_id": 2, "region": "w", "owner": None, "revenue": 5.0},
]
SPEC = Allocation(wishes=[Match("region", required=True)], priority=["revenue"])
PLAN = SPEC.assign(PEOPLE, TEAM, as_of="2026-06-30")


def test_everybody_is_accounted_for_in_order_of_priority():
    left = [(u.customer_id, u.reason.code) for u in PLAN.unassigned]
    assert left == [(2, "no_eligible_rep"), (3, "capacity_full")]
    assert PLAN.totals == {
        "customers": 3,
        "assigned": 1,
        "unassigned": {"no_eligible_rep": 1, "capacity_full": 1},
        "kept": 0,
        "moved": 1,
        "orphans": 0,
        "points": 1.0,
        "points_bound": 1.0,
        "bound": PLAN.bound,
        "gap": PLAN.gap,
        "violations": 0,
    }


def test_loads_before_and_after():
    assert PLAN.loads == (
        RepLoad("<b>", 2, 1, 0, 0, on_leave=True),
        RepLoad("R1", 2, 2, 2, 1, on_leave=False),
    )


def test_present_owners_may_be_unknown():
    people = [{k: v for k, v in row.items() if k != "owner"} for row in PEOPLE]
    plan = SPEC.assign(people, TEAM, as_of="2026-06-30")
    assert (plan.totals["kept"], plan.totals["moved"]) == (None, None)
    assert [load.before for load in plan.loads] == [0, 1]


def test_the_column_of_the_last_period_counts_as_before():
    people = [{"customer_id": 1, "owner_previous": "R1"}]
    plan = Allocation(wishes=[Stay("owner_previous")]).assign(people, [{**TEAM[0], "load": 0}])
    assert [load.before for load in plan.loads] == [1]
    assert plan.totals["kept"] == 1


def test_plain_data_is_json():
    assert json.loads(json.dumps(PLAN.as_dict()))["unassigned"][0] == {
        "customer_id": 2,
        "reason": "no_eligible_rep",
    }


def test_text_in_both_languages_and_html_is_escaped():
    assert PLAN.text().splitlines() == [
        "1 of 3 customers has an owner",
        "  - no eligible representative: 1",
        "  - everybody eligible is full: 1",
        "  - <b>: 1 -> 0 of 2 (on leave)",
        "  - R1: 2 -> 2 of 2",
    ]
    assert PLAN.text("zh").splitlines()[0] == "3 位客户中 1 位有负责人"
    assert "<b>" not in PLAN._repr_html_()
    assert repr(PLAN) == "<AllocationPlan: 1 of 3 customers has an owner>"


def test_no_limit_is_said_as_such():
    assert RepLoad("R1", None, 1, 2, 1, on_leave=False).text() == "R1: 1 -> 2, no limit"


@pytest.mark.parametrize("asked", ["1", 99, None])
def test_only_customers_can_be_explained(asked):
    with pytest.raises(DataError, match="no customer"):
        PLAN.explain(asked)
