"""Families kept whole."""

from collections import defaultdict

import attrs
import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from custseg.allocate import Allocation, Exact, Greedy, Limits, Load, Match
from custseg.errors import CapacityError

SPEC = Allocation(wishes=[Match("region")], together="parent")


def family(name, *regions):
    return [
        {"customer_id": f"{name}{i}", "parent": name, "region": region, "revenue": 1.0}
        for i, region in enumerate(regions)
    ]


def rep(rep_id, region, capacity, **more):
    return {"rep_id": rep_id, "region": region, "capacity": capacity, **more}


def where(plan):
    found = defaultdict(set)
    for row in plan.table:
        found[row["parent"]].add((row["owner"], row["owner_reason"]))
    return dict(found)


@pytest.mark.parametrize("solver", [Exact(), Greedy()])
def test_the_family_goes_where_its_members_together_gain_most(solver):
    spec = attrs.evolve(SPEC, solver=solver)
    plan = spec.assign(family("A", "n", "n", "s"), [rep("R1", "n", 9), rep("R2", "s", 9)])
    assert {owner for owner, _ in where(plan)["A"]} == {"R1"}
    assert plan.totals["points"] == 2


def test_a_family_larger_than_any_room_waits_as_a_whole_and_says_so():
    people = [*family("A", "n", "n", "n"), *family("B", "n", "n")]
    plan = SPEC.assign(people, [rep("R1", "n", 2), rep("R2", "n", 2)])
    assert where(plan)["A"] == {(None, "family_too_large")}
    assert {owner is None for owner, _ in where(plan)["B"]} == {False}
    assert len(where(plan)["B"]) == 1


def test_who_is_eligible_for_some_members_only_cannot_have_the_family():
    spec = attrs.evolve(SPEC, gates=[Match("region", required=True)])
    people = [*family("A", "n", "s"), *family("B", "s", "s")]
    plan = spec.assign(people, [rep("R1", "n", 5), rep("R2", "s", 5)])
    assert where(plan) == {"A": {(None, "family_no_rep")}, "B": {("R2", "match")}}


def test_a_member_who_may_not_be_assigned_stays_out_and_holds_nobody_back():
    people = family("A", "n", "n")
    people[0]["do_not_assign"] = True
    plan = SPEC.assign(people, [rep("R1", "n", 1)])
    assert where(plan)["A"] == {(None, "do_not_assign"), ("R1", "match")}


def test_who_names_no_family_is_alone():
    people = [{**row, "parent": None} for row in family("A", "n", "n")]
    plan = SPEC.assign(people, [rep("R1", "n", 1), rep("R2", "n", 1)])
    assert plan.totals["assigned"] == 2


def test_the_family_of_the_most_valuable_is_served_first_with_all_its_members():
    rows = [*family("A", "n", "n"), *family("B", "n", "n")]
    for row, revenue in zip(rows, (9.0, 0.0, 5.0, 4.0), strict=True):
        row["revenue"] = revenue
    plan = attrs.evolve(SPEC, priority=["revenue"]).assign(rows, [rep("R1", "n", 2)])
    assert where(plan) == {"A": {("R1", "match")}, "B": {(None, "capacity_full")}}


def test_minimums_are_met_with_families_by_the_others():
    people = [*family("A", "n", "n", "n"), *family("B", "n"), *family("C", "n")]
    team = [rep("R1", "n", 9, least=0), rep("R2", "s", 9, least=2)]
    plan = attrs.evolve(SPEC, limits=Limits(minimum="least")).assign(people, team)
    assert [load.given for load in plan.loads] == [3, 2]
    assert plan.totals["points"] == 3


def test_minimums_out_of_reach_are_refused_with_families_too():
    spec = attrs.evolve(SPEC, limits=Limits(minimum="least"))
    with pytest.raises(CapacityError, match="must get 5"):
        spec.assign(family("A", "n", "n"), [rep("R1", "n", 9, least=5)])


@pytest.mark.parametrize("seed", range(5))
def test_the_proof_of_families_is_near_what_is_reached(seed):
    rng = np.random.default_rng(seed)
    people = [
        {"customer_id": i, "parent": f"F{rng.integers(60)}", "region": "nswe"[rng.integers(4)]}
        for i in range(200)
    ]
    team = [rep(f"R{j}", "nswe"[j % 4], 28) for j in range(8)]
    plan = SPEC.assign(people, team)
    assert plan.totals["assigned"] == 200
    assert all(len({owner for owner, _ in seen}) == 1 for seen in where(plan).values())
    assert plan.bound >= plan.totals["points"]
    assert plan.gap < 0.1


def test_families_and_loads_together():
    people = [*family("A", "n", "n"), *family("B", "n", "n"), *family("C", "s")]
    for row in people:
        row["revenue"] = 5.0
    spec = attrs.evolve(SPEC, loads=[Load("revenue", high=12.0)])
    plan = spec.assign(people, [rep("R1", "n", 9), rep("R2", "s", 9)])
    assert all(len({owner for owner, _ in seen}) == 1 for seen in where(plan).values())
    held = plan.outcome.problem.loads.held(plan.outcome.at)[0]
    assert held.max() <= 12
    assert plan.totals["assigned"] == 4
    assert set(plan.totals["unassigned"]) == {"load_full"}


def test_who_fits_nowhere_takes_no_place_and_spoils_no_proof():
    people = [*family("A", "n", "n", "n"), *family("B", "n", "n"), *family("C", "n")]
    plan = SPEC.assign(people, [rep("R1", "n", 2), rep("R2", "n", 1)])
    assert where(plan)["A"] == {(None, "family_too_large")}
    assert plan.totals["assigned"] == 3
    assert plan.gap == 0


def test_a_family_for_which_too_few_places_are_left_says_so():
    people = [*family("A", "n", "n"), *family("B", "n", "n")]
    team = [rep("R1", "n", 3), rep("R2", "n", 0)]
    plan = SPEC.assign(people, team)
    assert where(plan) == {"A": {("R1", "match")}, "B": {(None, "family_full")}}
    why = plan.explain("B0")
    assert "places left for the whole family" in why.text()
    assert "整个家族" in why.text("zh")


def crowd(rng, size):
    """Customers in families of one to five, of four columns with four words each."""
    names = np.repeat(np.arange(size), rng.integers(1, 6, size))[:size]
    words = rng.integers(4, size=(size, 4))
    return [
        {"customer_id": i, "parent": f"F{names[i]}", **{f"w{k}": f"{w}" for k, w in enumerate(row)}}
        for i, row in enumerate(words.tolist())
    ]


@pytest.mark.parametrize(("size", "reps", "slack"), [(20, 5, 1.2), (60, 4, 1.0), (60, 4, 1.1)])
def test_families_have_the_most_points_that_integer_programming_finds(size, reps, slack):
    rng = np.random.default_rng(size + reps)
    places = rng.multinomial(int(size * slack), np.full(reps, 1 / reps))
    team = [
        {"rep_id": f"R{j}", "capacity": int(places[j]), **{f"w{k}": f"{j % 4}" for k in range(4)}}
        for j in range(reps)
    ]
    wishes = [Match(f"w{k}") for k in range(4)]
    spec = Allocation(wishes=wishes, weights=[4, 2.7, 1.9, 1.1], together="parent")
    plan = spec.assign(crowd(rng, size), team)
    problem = plan.outcome.problem
    sizes = np.bincount(problem.families)
    points = np.zeros((sizes.size, reps))
    np.add.at(points, problem.families, problem.points())
    heads = np.unique(problem.families, return_index=True)[1]
    served = (plan.outcome.at[heads] >= 0).astype(float)
    once = LinearConstraint(np.kron(np.eye(sizes.size), np.ones(reps)), served, served)
    room = LinearConstraint(np.kron(sizes, np.eye(reps)), ub=problem.places.hi)
    best = milp(-points.ravel(), constraints=[once, room], integrality=1, bounds=Bounds(0, 1))
    assert plan.totals["points"] == pytest.approx(-best.fun, abs=1e-6)
    assert plan.bound >= -best.fun - 1e-6
    assert (
        len(
            {
                (f, a)
                for f, a in zip(problem.families.tolist(), plan.outcome.at.tolist(), strict=True)
            }
        )
        == sizes.size
    )
