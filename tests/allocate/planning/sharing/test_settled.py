"""Locks, and families that follow them."""

import numpy as np
import pytest

from custseg.allocate import Allocation, Limits, Match
from custseg.allocate.planning.sharing.settled import counted
from custseg.errors import MissingColumnError
from custseg.rules import F

TEAM = [{"rep_id": r, "region": "n", "capacity": 1} for r in ("R1", "R2")]
SPEC = Allocation(locked=F("signed") == 1, together="family")


def person(customer_id, owner=None, signed=0, **more):
    return {"customer_id": customer_id, "owner": owner, "signed": signed, "family": None, **more}


def owners(plan):
    return {r["customer_id"]: (r["owner"], r["owner_reason"]) for r in plan.table}


def test_a_lock_wins_over_a_full_representative_and_that_is_said():
    plan = SPEC.assign([person("a", "R1", 1), person("b", "R1", 1), person("c", "R1")], TEAM)
    assert owners(plan) == {
        "a": ("R1", "owner_locked"),
        "b": ("R1", "owner_locked"),
        "c": ("R2", "by_room"),
    }
    (broken,) = plan.violations
    assert (broken.reason.code, broken.reps, broken.customers) == (
        "locked_over",
        ("R1",),
        ("a", "b"),
    )
    assert broken.text() == "R1: 2 stay by lock or with their family, with room for 1"
    assert broken.text("zh").startswith("R1: 因锁定")
    assert "! R1: 2 stay" in plan.text()


def test_a_lock_on_somebody_who_left_holds_nobody():
    plan = SPEC.assign([person("a", "gone", 1), person("b", None, 1)], TEAM)
    assert {why for _, why in owners(plan).values()} == {"by_room"}
    assert plan.totals["orphans"] == 1
    assert plan.violations == ()


def test_a_lock_wins_over_gates_and_over_the_bar_and_that_is_said():
    spec = Allocation(locked=F("signed") == 1, gates=[Match("region", required=True)])
    people = [
        person("a", "R1", 1, region="s"),
        person("b", "R2", 1, region="n", do_not_assign=1),
    ]
    plan = spec.assign(people, TEAM)
    assert owners(plan) == {"a": ("R1", "owner_locked"), "b": ("R2", "owner_locked")}
    assert [v.reason.code for v in plan.violations] == ["locked_barred", "locked_not_eligible"]
    assert [v.customers for v in plan.violations] == [("b",), ("a",)]


def test_a_family_follows_its_lock_wherever_that_is():
    people = [person("a", "R2", 1, family="F"), person("b", "R1", family="F"), person("c")]
    plan = SPEC.assign(people, TEAM)
    assert owners(plan) == {
        "a": ("R2", "owner_locked"),
        "b": ("R2", "with_family"),
        "c": ("R1", "by_room"),
    }
    assert [v.reason.code for v in plan.violations] == ["locked_over"]


def test_locks_that_tear_a_family_hold_each_and_the_others_follow_most():
    people = [
        person("a", "R1", 1, family="F"),
        person("b", "R2", 1, family="F"),
        person("c", "R2", 1, family="F"),
        person("d", None, family="F"),
        person("e", None, family="F", do_not_assign=1),
    ]
    plan = SPEC.assign(people, TEAM)
    assert {c: o for c, (o, _) in owners(plan).items()} == {
        "a": "R1",
        "b": "R2",
        "c": "R2",
        "d": "R2",
        "e": None,
    }
    torn = next(v for v in plan.violations if v.reason.code == "family_torn")
    assert torn.customers == ("a", "b", "c")


def test_a_lock_reads_the_owner_so_it_must_be_there():
    with pytest.raises(MissingColumnError, match="owner"):
        Allocation(locked=F("signed") == 1).assign([{"customer_id": "a", "signed": 1}], TEAM)


def test_minimums_count_who_is_locked():
    team = [{**rep, "capacity": 3, "least": 2} for rep in TEAM]
    spec = Allocation(locked=F("signed") == 1, limits=Limits(minimum="least"))
    people = [person("a", "R1", 1), person("b", "R1", 1), person("c"), person("d")]
    plan = spec.assign(people, team)
    assert [load.given for load in plan.loads] == [2, 2]


def test_counting():
    assert counted(np.array([], dtype=np.intp), 2).tolist() == [0, 0]
    assert counted(np.array([1, -1, 1]), 3).tolist() == [0, 2, 0]
    assert counted(np.array([1, -1, 1]), 3, np.array([4, 9, 5])).tolist() == [0, 9, 0]
