"""Loads kept, and who found no room."""

import pytest

from custseg.allocate import Allocation, Load, Match
from custseg.errors import CapacityError

PEOPLE = [{"customer_id": k, "region": "n", "revenue": 10.0} for k in range(3)]
TEAM = [{"rep_id": "R1", "region": "n", "capacity": 9}]


def plan(*loads, **more):
    return Allocation(wishes=[Match("region")], loads=loads, **more).assign(PEOPLE, TEAM)


def test_who_would_be_too_much_says_so():
    found = plan(Load("revenue", high=25.0))
    assert found.totals["unassigned"] == {"load_full": 1}
    assert found.unassigned[0].customer_id == 2


def test_a_load_out_of_reach_is_refused_or_reported_in_both_languages():
    with pytest.raises(CapacityError, match="at least 50"):
        plan(Load("revenue", low=50.0))
    found = plan(Load("revenue", low=50.0), shortfall="report")
    codes = [broken.reason.code for broken in found.violations]
    assert codes == ["limits_conflict", "load_below"]
    first = found.violations[0]
    assert "revenue of R1 at least 50" in first.text()
    assert "R1 的" in first.text("zh")
    assert "at least" not in first.text("zh")
