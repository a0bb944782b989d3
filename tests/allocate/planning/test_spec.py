"""Customers shared out: owners, reasons, and what is refused."""

from datetime import date
from typing import ClassVar

import attrs
import numpy as np
import pytest

import custseg as cs
from custseg.allocate import Allocation, First, Greedy, Limits, Match, Senior, Stay
from custseg.errors import CapacityError, ConfigError, DataError, MissingColumnError
from custseg.reasons import Reason
from everykind import KINDS, as_records, as_table

TEAM = [
    {"rep_id": "R1", "region": "north", "seniority": 2, "capacity": 2},
    {"rep_id": "R2", "region": "south", "seniority": 9, "capacity": 2},
]


def person(customer_id, region="north", **more):
    return {"customer_id": customer_id, "region": region, **more}


def owners(plan):
    return {row["customer_id"]: (row["owner"], row["owner_reason"]) for row in plan.table}


TERRITORY = Allocation(wishes=[Match("region", required=True)])


def test_the_rule_decides_and_is_the_reason():
    plan = TERRITORY.assign([person("a"), person("b", "south"), person("c", "west")], TEAM)
    assert owners(plan) == {
        "a": ("R1", "match"),
        "b": ("R2", "match"),
        "c": (None, "no_eligible_rep"),
    }


def test_when_places_are_short_the_valuable_come_first():
    people = [person(i, revenue=v) for i, v in enumerate([5.0, None, 90.0, 70.0])]
    plan = attrs.evolve(TERRITORY, priority="revenue").assign(people, TEAM)
    assert owners(plan) == {
        0: (None, "capacity_full"),
        1: (None, "capacity_full"),
        2: ("R1", "match"),
        3: ("R1", "match"),
    }


def test_value_goes_to_the_senior():
    people = [person(i, tier=t) for i, t in enumerate(["low", "high", "low", "high"])]
    plan = Allocation(wishes=[Senior()]).assign(people, TEAM)
    assert [row["owner"] for row in plan.table] == ["R1", "R2", "R1", "R2"]
    assert {row["owner_reason"] for row in plan.table} == {"senior"}


def test_without_wishes_room_decides_and_says_so():
    plan = Allocation().assign([person(i) for i in range(4)], TEAM)
    assert {why for _, why in owners(plan).values()} == {"by_room"}
    assert [load.given for load in plan.loads] == [2, 2]


def test_the_owner_stays_unless_away():
    people = [person("a", owner="R2"), person("b", owner="R2"), person("c", owner="gone")]
    spec = Allocation(wishes=[Stay(), Match("region")], weights=(2, 1))
    kept = spec.assign(people, TEAM)
    assert owners(kept) == {"a": ("R2", "stay"), "b": ("R2", "stay"), "c": ("R1", "match")}
    away = [{**rep, "on_leave_from": "2026-06-30" if i else None} for i, rep in enumerate(TEAM)]
    assert owners(spec.assign(people, away, as_of="2026-06-29")) == owners(kept)
    moved = spec.assign(people, away, as_of=date(2026, 6, 30))
    assert [row["owner"] for row in moved.table].count("R1") == 2
    assert (moved.totals["kept"], moved.totals["moved"]) == (0, 2)


def test_who_may_not_be_contacted_still_has_an_owner():
    plan = TERRITORY.assign([person("a", do_not_contact=True)], TEAM)
    assert owners(plan) == {"a": ("R1", "match")}


@pytest.mark.parametrize("said", [True, 1, 1.0, "Yes", "是", "perhaps", 2])
def test_who_may_not_be_assigned_has_none(said):
    found = owners(TERRITORY.assign([person("a", do_not_assign=said), person("c")], TEAM))
    assert found == {"a": (None, "do_not_assign"), "c": ("R1", "match")}


@pytest.mark.parametrize("said", [False, 0, 0.0, "no", "否", None, ""])
def test_a_flag_that_says_no_or_nothing_is_no_obstacle(said):
    assert owners(TERRITORY.assign([person("a", do_not_assign=said)], TEAM))["a"][0] == "R1"


def test_the_flag_may_have_another_name_but_must_be_there_then():
    spec = attrs.evolve(TERRITORY, do_not_assign="locked")
    with pytest.raises(MissingColumnError, match="locked"):
        spec.assign([person("a")], TEAM)
    assert spec.assign([person("a", locked=1)], TEAM).totals["unassigned"] == {"do_not_assign": 1}


def test_columns_may_have_other_names():
    spec = Allocation(
        wishes=[Match("地区", "负责区域")],
        limits=Limits("名额"),
        customer_id="客户",
        rep_id="工号",
        owner="负责人",
    )
    people = [{"客户": "甲", "地区": "华东"}]
    plan = spec.assign(people, [{"工号": "S1", "负责区域": "华东", "名额": 1}])
    assert plan.table == [
        {"客户": "甲", "地区": "华东", "负责人": "S1", "负责人_reason": "match"},
    ]


@pytest.mark.parametrize("ids", [[7, 8], ["007", "8"]])
def test_ids_of_representatives_come_back_as_they_were(ids):
    team = [{**rep, "rep_id": rep_id} for rep, rep_id in zip(TEAM, ids, strict=True)]
    plan = TERRITORY.assign([person("a"), person("b", "south"), person("c", "west")], team)
    assert [row["owner"] for row in plan.table] == [*ids, None]


def test_an_owner_given_as_a_number_is_found():
    team = [{**rep, "rep_id": i} for i, rep in enumerate(TEAM)]
    plan = Allocation(wishes=[Stay()]).assign([person("a", owner=1.0)], team)
    assert owners(plan) == {"a": (1, "stay")}


def test_nobody_to_give_to_and_nobody_to_give():
    empty = TERRITORY.assign([person("a"), person("b")], [])
    assert empty.totals["unassigned"] == {"no_eligible_rep": 2}
    nothing = TERRITORY.assign([], TEAM)
    assert nothing.table == []
    assert nothing.totals["customers"] == 0
    assert TERRITORY.assign([], []).loads == ()
    assert owners(TERRITORY.assign([person("a")], TEAM[:1])) == {"a": ("R1", "match")}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [0, 1, 5])
def test_every_kind_comes_back_as_it_was(kind, size):
    records = [person(f"c{i}", ["north", None, "south"][i % 3]) for i in range(size)]
    columns = {"customer_id": "text", "region": "text"}
    people = as_table(kind, records, columns)
    kinds = {"rep_id": "text", "region": "text", "seniority": "number", "capacity": "number"}
    plan = TERRITORY.assign(people, as_table(kind, TEAM, kinds))
    expected = TERRITORY.assign(records, TEAM).table
    assert type(plan.table) is type(people)
    assert as_records(plan.table) == expected


def test_bad_input_names_the_column_and_the_row():
    with pytest.raises(DataError, match=r"customer_id.*row 1"):
        TERRITORY.assign([person("a"), person("a")], TEAM)
    with pytest.raises(DataError, match=r"rep_id.*row 2"):
        TERRITORY.assign([person("a")], [*TEAM, TEAM[0]])
    with pytest.raises(DataError, match=r"customer_id.*row 0.*empty"):
        TERRITORY.assign([person(None)], TEAM)
    with pytest.raises(MissingColumnError, match="Did you mean 'region'"):
        Allocation(wishes=[Match("regoin")]).assign([person("a")], TEAM)
    with pytest.raises(MissingColumnError, match="capacity"):
        TERRITORY.assign([person("a")], [{"rep_id": 1, "region": "north"}])
    with pytest.raises(DataError, match="capacity"):
        TERRITORY.assign([person("a")], [{**TEAM[0], "capacity": "three"}])
    with pytest.raises(CapacityError, match="'R1' has capacity -3"):
        TERRITORY.assign([person("a")], [{**TEAM[0], "capacity": -3}])
    with pytest.raises(ConfigError, match="as_of"):
        TERRITORY.assign([person("a")], [{**TEAM[0], "on_leave_from": "2026-01-01"}])
    with pytest.raises(DataError, match="YYYY-MM-DD"):
        TERRITORY.assign([person("a")], TEAM, as_of="soon")


def test_minimums_that_cannot_be_reached_name_the_people():
    team = [{**rep, "least": 2} for rep in TEAM]
    spec = attrs.evolve(TERRITORY, limits=Limits(minimum="least"))
    with pytest.raises(CapacityError, match="'R2' must get 2 customers or more") as caught:
        spec.assign([person(i) for i in range(9)], team)
    assert caught.value.reps == ("R2",)


@pytest.mark.parametrize("weights", [(1,), (1, -1), (1, float("nan")), (1, 2, 3)])
def test_weights_belong_to_wishes(weights):
    with pytest.raises(ConfigError, match="weights"):
        Allocation(wishes=[Match("a"), Match("b")], weights=weights)


def test_a_column_cannot_be_read_in_two_ways():
    spec = Allocation(wishes=[Senior()], priority=["tier"])
    with pytest.raises(ConfigError, match="tier"):
        spec.assign([person("a", tier="low")], TEAM)


# ---------------------------------------------------------------- a stranger's wish and solver


@cs.strategy("test-nearby")
@attrs.frozen
class Nearby:
    """The nearer, the better; beyond the reach nobody is eligible."""

    reach: float = 10.0

    needs: ClassVar = {"x": "number"}
    rep_needs: ClassVar = {"x": "number"}
    reason: ClassVar = Reason("test_nearby")

    def points(self, customers, reps):
        away = np.abs(customers["x"][:, None] - reps["x"])
        return np.where(away <= self.reach, 1 - away / self.reach, np.nan)


@cs.strategy("test-rows-in-turn")
@attrs.frozen
class InTurn:
    """Everybody gets the first who has room; careless if asked to be."""

    careless: bool = False

    def solve(self, points, lo, hi):
        assert not points.flags.writeable
        room, at = hi.copy(), np.full(len(points), -1)
        for row, mine in enumerate(points):
            free = np.flatnonzero((room > 0) & ~np.isnan(mine))
            if free.size:
                at[row] = free[0]
                room[free[0]] -= not self.careless
        return at


def test_a_wish_and_a_solver_of_ones_own():
    spec = Allocation(wishes=[Nearby(5)], solver=InTurn())
    team = [{"rep_id": "R1", "x": 0, "capacity": 1}, {"rep_id": "R2", "x": 8, "capacity": 9}]
    plan = spec.assign([{"customer_id": i, "x": x} for i, x in enumerate([1, 4, 20, 2])], team)
    assert owners(plan) == {
        0: ("R1", "test_nearby"),
        1: ("R2", "test_nearby"),
        2: (None, "no_eligible_rep"),
        3: (None, "capacity_full"),
    }
    assert cs.load(cs.dump(spec)) == spec


def test_a_solver_that_breaks_a_limit_is_caught():
    spec = Allocation(solver=InTurn(careless=True))
    with pytest.raises(CapacityError, match="limits are 0 to 2"):
        spec.assign([person(i) for i in range(5)], TEAM)


@attrs.frozen
class Lazy:
    def solve(self, points, lo, hi):
        return np.full(len(points), -1)


def test_a_solver_that_leaves_people_out_is_told_on():
    plan = Allocation(solver=Lazy()).assign([person("a")], TEAM)
    assert plan.totals["unassigned"] == {"left_out": 1}


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize(
    "spec",
    [
        Allocation(),
        Allocation(
            wishes=[Match("a", "b", required=True, separator=";"), Senior(levels=("j", "s"))],
            weights=(2, 1),
            limits=Limits(None, default=3, minimum="m"),
            priority=["x", First("t", words=("l", "h"), smallest=True)],
            solver=Greedy("priority"),
            owner="负责人",
        ),
    ],
)
def test_settings_and_model_are_plain_data(spec):
    assert cs.load(cs.dump(spec)) == spec
    model = spec.fit()
    assert cs.dump(model)["schema_version"] == 1
    assert cs.load(cs.dump(model)) == model


def test_the_fitted_assigner_does_the_same():
    people = [person("a"), person("b", "south")]
    assert TERRITORY.fit(people).assign(people, TEAM).table == TERRITORY.assign(people, TEAM).table


def test_a_bare_name_is_one_priority():
    assert Allocation(priority="revenue").priority == (First("revenue"),)


def test_documents_name_a_column_alone_too():
    spec = cs.load(
        {"kind": "allocation", "priority": ["revenue", {"kind": "first", "column": "x"}]}
    )
    assert spec.priority == (First("revenue"), First("x"))
    assert cs.load({"kind": "allocation", "priority": "revenue"}) == Allocation(priority="revenue")
    items = cs.schema("allocation")["properties"]["priority"]["items"]
    assert {"type": "string"} in items["anyOf"]
