"""Classes of alike customers shared out whole."""

import attrs
import numpy as np
import pytest

from custseg.allocate import Allocation, Exact, Match, Senior
from custseg.allocate.planning.sharing.classed import limit, shares_classes
from custseg.allocate.solving.solver import InfeasibleError
from custseg.errors import CapacityError
from custseg.rules import F


@attrs.frozen
class Judge:
    """Shares classes by the exact solver on a row a customer; careless if asked to be."""

    careless: bool = False

    def solve(self, points, lo, hi):  # pragma: no cover - classes are asked for
        raise NotImplementedError

    def share(self, points, sizes, lo, hi):
        kinds = np.repeat(np.arange(len(sizes)), sizes)
        found = Exact().solution(points[kinds], lo, hi)
        amounts = np.zeros(points.shape, dtype=np.int64)
        served = found.at >= 0
        np.add.at(amounts, (kinds[served], found.at[served]), 1)
        return amounts + self.careless, found.prices


def people(n):
    tiers, regions = ("low", "medium", "high"), ("n", "s", "w")
    return [
        {
            "customer_id": f"C{i:03}",
            "tier": tiers[i % 3],
            "region": regions[i % 7 % 3],
            "revenue": float(i * 13 % 29),
            "signed": i % 11 == 0,
            "owner": f"R{i % 4}",
        }
        for i in range(n)
    ]


TEAM = [
    {"rep_id": "R0", "region": "n", "seniority": 1, "capacity": 20},
    {"rep_id": "R1", "region": "s", "seniority": 5, "capacity": 20},
    {"rep_id": "R2", "region": "n", "seniority": 9, "capacity": 20},
]
SPEC = Allocation(
    wishes=[Match("region"), Senior()], weights=(2, 1), priority=["revenue"], solver=Judge()
)


@pytest.mark.parametrize("n", [27, 60, 100])
@pytest.mark.parametrize("required", [False, True])
def test_classes_reach_what_single_customers_reach(n, required):
    spec = attrs.evolve(SPEC, gates=[Match("region", required=True)] if required else [])
    by_class = spec.assign(people(n), TEAM)
    singly = attrs.evolve(spec, solver=Exact()).assign(people(n), TEAM)
    assert by_class.totals["points"] == singly.totals["points"]
    assert by_class.totals["unassigned"] == singly.totals["unassigned"]
    left = {one.customer_id for one in by_class.unassigned}
    assert left == {one.customer_id for one in singly.unassigned}
    assert by_class.gap == 0
    assert by_class.bound == singly.bound


def test_locks_come_first_with_classes_too():
    spec = attrs.evolve(SPEC, locked=F("signed") == True)  # noqa: E712 - a condition
    plan = spec.assign(people(60), TEAM)
    for row in plan.table:
        if row["signed"] and row["owner_reason"] == "owner_locked":
            assert row["owner"] == f"R{int(row['customer_id'][1:]) % 4}"
    assert sum(r["owner_reason"] == "owner_locked" for r in plan.table) == 4


def test_minimums_of_classes_are_refused_by_name_or_reported():
    team = [{**rep, "least": 15, "capacity": 20} for rep in TEAM]
    spec = attrs.evolve(SPEC, limits=attrs.evolve(SPEC.limits, minimum="least"))
    with pytest.raises(InfeasibleError, match="'R0', 'R1', 'R2' must get 45"):
        spec.assign(people(27), team)
    plan = attrs.evolve(spec, shortfall="report").assign(people(27), team)
    assert plan.totals["assigned"] == 27
    assert plan.violations[0].reason.settings == {"needed": 45, "eligible": 27}


def test_a_solver_that_breaks_a_limit_of_classes_is_caught():
    with pytest.raises(CapacityError, match="breaks the limits of classes"):
        attrs.evolve(SPEC, solver=Judge(careless=True)).assign(people(60), TEAM)


def test_any_prices_give_a_limit_and_good_ones_a_tight_one():
    points = np.array([[1.0, 0.25], [0.5, np.nan]])
    sizes, limits = np.array([2, 1]), (np.array([0, 0]), np.array([2, 2]))
    assert limit(points, sizes, np.zeros(2), limits) == 2.5
    assert limit(points, sizes, np.array([0.75, 0.0]), limits) == 1.75


def test_only_who_says_so_shares_classes():
    assert shares_classes(Judge())
    assert not shares_classes(object())


def test_who_has_no_place_does_not_raise_the_limit():
    points = np.array([[1.0, 0.25]])
    lo, hi = np.array([0, 0]), np.array([0, 2])
    assert limit(points, np.array([2]), np.zeros(2), (lo, hi)) == 0.5


def test_nobody_has_a_place_and_nobody_is_served():
    none = np.array([0])
    assert limit(np.zeros((1, 1)), none, np.zeros(1), (none, none)) == 0.0
