"""Loads read from tables."""

import numpy as np
import pytest

from custseg.allocate import Extra, Load, Match
from custseg.allocate.limiting.compiling import compiled
from custseg.allocate.limiting.keeping import kept
from custseg.allocate.solving.solution import Solution
from custseg.allocate.wishing.sides import read_side
from custseg.errors import CapacityError, DataError
from custseg.frames import table
from custseg.rules import F

PEOPLE = [
    {"id": 1, "revenue": 10.0, "tier": "high", "region": "n"},
    {"id": 2, "revenue": 20.0, "tier": "low", "region": "s"},
    {"id": 3, "revenue": 70.0, "tier": "high", "region": "s"},
]
TEAM = [
    {"rep": "B", "team": "x", "most": 5.0, "least": 1.0, "size": 1.0, "home": "s"},
    {"rep": "A", "team": "y", "most": 9.0, "least": None, "size": 3.0, "home": "n"},
    {"rep": "C", "team": "x", "most": 5.0, "least": 1.0, "size": 0.0, "home": None},
]


def made(load, people=PEOPLE, team=TEAM, **options):
    customers = read_side(table(people), "id", load.needs)
    reps = read_side(table(team), "rep", load.rep_needs)
    return compiled([load], customers, reps, **options)


def limits(found):
    return found.lo[0].tolist(), found.hi[0].tolist()


def test_each_is_bound_alone_in_the_order_of_ids():
    found = made(Load("revenue", low_column="least", high_column="most"))
    assert found.groups == (("A", "B", "C"),)
    assert limits(found) == ([0.0, 1.0, 1.0], [9.0, 5.0, 5.0])
    assert found.weight.tolist() == [[10.0, 20.0, 70.0]]


def test_a_team_is_bound_together():
    found = made(Load(where=F("tier") == "high", by="team", high_column="most", name="VIP"))
    assert (found.names, found.groups) == (("VIP",), (("x", "y"),))
    assert found.group.tolist() == [[1, 0, 0]]
    assert found.weight.tolist() == [[1.0, 0.0, 1.0]]
    assert limits(found)[1] == [5.0, 9.0]


def test_who_has_no_team_is_not_bound():
    team = [*TEAM, {**TEAM[0], "rep": "D", "team": None}]
    assert made(Load(by="team", high=1.0), team=team).group.tolist() == [[1, 0, 0, -1]]


def test_a_band_is_around_the_fair_share_by_column():
    found = made(Load("revenue", band=0.1, share="size"))
    assert np.allclose(limits(found)[0], [67.5, 22.5, 0.0])
    assert np.allclose(limits(found)[1], [82.5, 27.5, 0.0])


def test_fair_shares_are_of_those_to_be_shared_out_among_those_at_work():
    found = made(
        Load("revenue", band=0.0),
        counted=np.array([True, True, False]),
        away=np.array([False, False, True]),
    )
    assert limits(found) == ([15.0, 15.0, 0.0], [15.0, 15.0, 0.0])


def test_whoever_is_away_has_no_minimum():
    found = made(Load("revenue", low=5.0, by="team"), away=np.array([True, False, True]))
    assert limits(found)[0] == [5.0, 0.0]


def test_missing_is_refused_or_counted():
    people = [{**PEOPLE[0], "revenue": None}, *PEOPLE[1:]]
    with pytest.raises(DataError, match="missing is not 0") as error:
        made(Load("revenue", high=9.0), people)
    assert (error.value.column, error.value.row) == ("revenue", 0)
    found = made(Load("revenue", high=9.0, missing=4.0), people)
    assert found.weight.tolist() == [[4.0, 20.0, 70.0]]
    assert found.assumed == (1,)
    spared = made(Load("revenue", high=9.0, where=F("tier") == "low"), people)
    assert spared.weight.tolist() == [[0.0, 20.0, 0.0]]


@pytest.mark.parametrize("wrong", [-1.0, float("inf")])
def test_weights_below_zero_or_without_end_are_refused(wrong):
    with pytest.raises(DataError, match="0 or more"):
        made(Load("revenue", high=9.0), [{**PEOPLE[0], "revenue": wrong}])


@pytest.mark.parametrize(
    ("load", "change", "said"),
    [
        (Load("revenue", high_column="most"), {"most": None}, "'B' has no most"),
        (Load("revenue", low_column="least"), {"least": -2.0}, "'B' has least -2"),
        (Load("revenue", high_column="most", by="team"), {"most": 6.0}, "'x' has different"),
        (Load("revenue", band=0.1, share="size"), {"size": None}, "'B' has no size"),
        (Load("revenue", low=7.0, high_column="most"), {}, "'B' has a minimum of 7 above"),
    ],
)
def test_limits_that_cannot_be_read_name_who(load, change, said):
    with pytest.raises(CapacityError, match=said):
        made(load, team=[{**TEAM[0], **change}, *TEAM[1:]])


def test_effort_is_a_factor_of_each_pair():
    found = made(Load("revenue", high=9.0, effort=Extra(Match("region", "home"), 0.5)))
    assert found.effort[0].tolist() == [[1.0, 1.5, 1.5], [1.5, 1.0, 1.5], [1.5, 1.0, 1.5]]


def test_a_measure_below_zero_weighs_nothing_where_that_is_said_and_is_counted():
    people = [
        {**row, "revenue": money} for row, money in zip(PEOPLE, (-5.0, 20.0, None), strict=True)
    ]
    load = Load("revenue", high=9.0, missing=4.0, below_zero="zero")
    found = made(load, people)
    assert found.weight.tolist() == [[0.0, 20.0, 4.0]]
    assert found.assumed == (2,)
    assert kept(found, Solution.bare(np.array([0, 1, 2]), 3))[0].as_dict()["assumed"] == 2
    with pytest.raises(DataError, match=r"2 customers.*below_zero"):
        made(Load("revenue", high=9.0), [{**row, "revenue": -5.0} for row in PEOPLE[:2]])
    with pytest.raises(DataError, match="infinite"):
        made(load, [{**PEOPLE[0], "revenue": -np.inf}])
