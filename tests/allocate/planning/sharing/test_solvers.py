"""Solvers asked by what they can do."""

import attrs
import numpy as np
import pytest

from custseg.allocate import Allocation, Greedy, Hash, Limits, Load, Match
from custseg.errors import CapacityError, ConfigError

PEOPLE = [{"customer_id": k, "region": "ns"[k % 2], "revenue": 1.0} for k in range(6)]
TEAM = [{"rep_id": f"R{j}", "region": "ns"[j], "capacity": 4, "least": 4} for j in range(2)]
SPEC = Allocation(wishes=[Match("region")])


@attrs.frozen
class Broken:
    """Gives everybody to the first."""

    def solve(self, points, lo, hi):
        return np.zeros(len(points), dtype=np.intp)


def test_an_answer_that_breaks_a_limit_is_refused():
    with pytest.raises(CapacityError):
        attrs.evolve(SPEC, solver=Broken()).assign(PEOPLE, TEAM)


@pytest.mark.parametrize("solver", [Greedy(), Hash()])
def test_who_keeps_no_loads_is_not_asked_to(solver):
    spec = attrs.evolve(SPEC, solver=solver, loads=[Load("revenue", high=2.0)])
    with pytest.raises(ConfigError, match="keeps no loads"):
        spec.assign(PEOPLE, TEAM)


def test_minimums_out_of_reach_are_lowered_as_little_as_it_takes():
    spec = attrs.evolve(SPEC, limits=Limits(minimum="least"))
    with pytest.raises(CapacityError, match="R0"):
        spec.assign(PEOPLE, TEAM)
    plan = attrs.evolve(spec, shortfall="report").assign(PEOPLE, TEAM)
    assert [load.given for load in plan.loads] == [3, 3]
    (said,) = plan.violations
    assert said.reps == ("R0", "R1")
    assert said.reason.settings == {"needed": 8, "eligible": 6}
