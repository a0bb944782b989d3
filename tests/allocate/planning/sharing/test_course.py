"""One problem shared out: what is odd about tables and settings, and solving what was read."""

from typing import ClassVar

import attrs
import numpy as np
import pytest

from custseg.allocate import Allocation, Exact, Greedy, Limits, Load, Match, Stay
from custseg.allocate.solving.solver import InfeasibleError
from custseg.errors import CapacityError, ConfigError
from custseg.frames import table
from custseg.reasons import Reason

TEAM = [{"rep_id": f"R{j}", "region": "ns"[j % 2], "capacity": 2} for j in range(3)]
PEOPLE = [{"customer_id": i, "region": "ns"[i % 2], "owner": f"R{i % 4}"} for i in range(6)]
SPEC = Allocation(wishes=[Match("region"), Stay()], weights=(3, 1))
SOLVERS = (Exact(), Greedy())


def read(spec, people=PEOPLE, team=TEAM):
    return spec.problem(table(people), table(team), None)


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize(
    ("people", "team", "reasons"),
    [
        ([], TEAM, {}),
        (PEOPLE, [], {"no_eligible_rep": 6}),
        (PEOPLE, [{**rep, "capacity": 0} for rep in TEAM], {"capacity_full": 6}),
        (PEOPLE, [{**rep, "capacity": 1} for rep in TEAM], {"capacity_full": 3}),
        (PEOPLE, TEAM[:1], {"capacity_full": 4}),
    ],
)
def test_nobody_nothing_and_too_few_places_are_told_not_raised(solver, people, team, reasons):
    plan = attrs.evolve(SPEC, solver=solver, wishes=[Match("region")], weights=()).assign(
        people, team
    )
    assert plan.totals["unassigned"] == reasons
    assert plan.totals["assigned"] == len(people) - sum(reasons.values())


@pytest.mark.parametrize("solver", SOLVERS)
def test_minimums_above_all_customers_are_refused_by_name_or_reported(solver):
    spec = attrs.evolve(SPEC, solver=solver, limits=Limits(minimum="least"))
    team = [{**rep, "least": 9, "capacity": 9} for rep in TEAM]
    with pytest.raises(InfeasibleError) as caught:
        spec.assign(PEOPLE, team)
    assert caught.value.reps == ("R0", "R1", "R2")
    plan = attrs.evolve(spec, shortfall="report").assign(PEOPLE, team)
    assert [load.given for load in plan.loads] == [2, 2, 2]
    assert plan.violations[0].reason.settings == {"needed": 27, "eligible": 6}


@attrs.frozen
class Odd:
    """A wish that gives what no wish may give."""

    value: float

    needs: ClassVar = {}
    rep_needs: ClassVar = {}
    reason: ClassVar = Reason("by_room")

    def points(self, customers, reps):
        return np.full((1, 3), self.value)


@pytest.mark.parametrize("value", [np.inf, -np.inf, -0.1, 1.1])
def test_points_that_are_none_are_refused(value):
    with pytest.raises(ConfigError, match="0 to 1"):
        Allocation(wishes=[Odd(value)]).assign(PEOPLE, TEAM)


def test_points_that_are_missing_make_nobody_eligible():
    plan = Allocation(wishes=[Odd(np.nan)]).assign(PEOPLE, TEAM)
    assert plan.totals["unassigned"] == {"no_eligible_rep": 6}


def test_an_owner_who_is_not_of_the_team_is_an_orphan_and_counted():
    plan = SPEC.assign(PEOPLE, TEAM)
    assert plan.totals["orphans"] == 1
    assert plan.totals["kept"] + plan.totals["moved"] == 5


def test_weights_of_nothing_leave_room_to_decide():
    plan = attrs.evolve(SPEC, weights=(0, 0)).assign(PEOPLE, TEAM)
    assert [load.given for load in plan.loads] == [2, 2, 2]
    assert plan.gap == 0


def test_other_points_are_solved_and_the_totals_tell_those_of_the_wishes():
    problem = read(SPEC)
    bonus = problem.points()
    bonus[np.arange(6)[problem.present >= 0], problem.present[problem.present >= 0]] += 100
    before = bonus.copy()
    found = SPEC.solution(problem, points=bonus)
    np.testing.assert_array_equal(bonus, before)
    assert found.total >= 500
    plan = SPEC.plan(table(PEOPLE), problem, solution=found)
    assert plan.totals["moved"] == 0
    assert plan.totals["points"] < 6
    assert plan.gap == 0
    again = SPEC.plan(table(PEOPLE), problem, points=bonus, warm=found.prices)
    assert again.table == plan.table


def test_points_that_were_read_stay_as_they_were_where_families_and_locks_are():
    people = [{**row, "family": "F" if row["customer_id"] < 3 else None} for row in PEOPLE]
    spec = attrs.evolve(SPEC, together="family")
    problem = read(spec, people)
    points = problem.points()
    before = points.copy()
    spec.solution(problem, points=points)
    np.testing.assert_array_equal(points, before)


def test_a_solver_without_loads_says_so():
    spec = attrs.evolve(SPEC, solver=Greedy(), loads=[Load("revenue", high=5.0)])
    with pytest.raises(ConfigError, match="Greedy keeps no loads"):
        spec.assign([{**row, "revenue": 1.0} for row in PEOPLE], TEAM)


def test_loads_that_contradict_are_refused_or_reported():
    people = [{**row, "revenue": 1.0} for row in PEOPLE]
    spec = attrs.evolve(SPEC, loads=[Load("revenue", low=3.0)])
    with pytest.raises(CapacityError, match="revenue of R0 at least 3"):
        spec.assign(people, TEAM)
    plan = attrs.evolve(spec, shortfall="report").assign(people, TEAM)
    codes = [broken.reason.code for broken in plan.violations]
    assert codes[0] == "limits_conflict"
    assert set(codes[1:]) == {"load_below"}


@pytest.mark.parametrize(
    ("unit", "en", "zh"),
    [
        ("customer", "6 of 6 customers have", "6 位客户中"),
        ("lead", "6 of 6 leads have", "6 条线索中"),
        ("opportunity", "6 of 6 opportunities have", "6 个商机中"),
    ],
)
def test_texts_speak_of_what_is_shared_out(unit, en, zh):
    plan = attrs.evolve(SPEC, unit=unit).assign(PEOPLE, TEAM)
    assert plan.text().startswith(en)
    assert plan.text("zh").startswith(zh)
