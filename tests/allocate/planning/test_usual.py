"""The call that needs no settings."""

import pandas as pd
import pytest

from custseg.allocate import Limits, Stay, assign, suggest
from custseg.errors import MissingColumnError


def test_the_usual_wishes_are_those_whose_columns_are_there():
    people = [{"customer_id": 1, "owner": "R1", "territory": "n", "language": "zh", "tier": "low"}]
    team = [{"rep_id": "R1", "territory": "n", "languages": "zh;en"}]
    spec = suggest(people, team)
    assert [wish.reason.code for wish in spec.wishes] == ["stay", "same_territory", "same_language"]
    assert spec.weights == (100.0, 40.0, 10.0)
    assert spec.limits == Limits(None)
    assert spec.priority == ()


def test_no_columns_no_wishes():
    spec = suggest([], [])
    assert spec.wishes == ()
    assert suggest([{"revenue": 1}], [{"capacity": 1}]).limits == Limits()


def test_a_table_goes_in_and_comes_out():
    people = pd.DataFrame({"customer_id": [1, 2], "region": ["n", "s"]}, index=["x", "y"])
    team = pd.DataFrame({"rep_id": ["R1", "R2"], "region": ["s", "n"]})
    out = assign(people, team)
    assert out["owner"].tolist() == ["R2", "R1"]
    assert out.index.tolist() == ["x", "y"]


def test_iterators_are_read_once():
    out = assign(iter([{"customer_id": 1}]), ({"rep_id": r} for r in "ab"))
    assert out == [{"customer_id": 1, "owner": "a", "owner_reason": "by_room"}]


def test_a_second_run_moves_nobody():
    people = [{"customer_id": i, "region": "ns"[i % 2], "revenue": i % 3} for i in range(20)]
    team = [{"rep_id": r, "region": "n", "capacity": 6} for r in ("R1", "R2", "R3")]
    once = assign(people, team)
    again = assign(once, team)
    assert isinstance(suggest(once, team).wishes[0], Stay)
    assert [row["owner"] for row in again] == [row["owner"] for row in once]


def test_a_misspelt_capacity_is_not_taken_for_none():
    with pytest.raises(MissingColumnError, match="Did you mean 'capcity'"):
        suggest([{"customer_id": 1}], [{"rep_id": 1, "capcity": 3}])
