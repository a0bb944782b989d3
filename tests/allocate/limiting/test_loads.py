"""What customers weigh together."""

import attrs
import numpy as np
import pytest

import custseg as cs
from custseg.allocate import Extra, Load, Match
from custseg.allocate.limiting.loads import Loads, joined_loads
from custseg.errors import ConfigError
from custseg.rules import F


def loads(weight=(1.0, 2.0, 3.0), hi=(9.0, 9.0)):
    return Loads.of_one("value", np.array(weight), np.zeros(len(hi)), np.array(hi))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "has no limit"),
        ({"low": -1.0}, "low must be 0 or more"),
        ({"band": float("nan")}, "band must be 0 or more"),
        ({"high": 3.0, "high_column": "most"}, "either high or high_column"),
    ],
)
def test_a_load_without_sense_is_refused(settings, said):
    with pytest.raises(ConfigError, match=said):
        Load("revenue", **settings)


def test_a_load_says_what_it_reads_and_survives_a_file():
    load = Load(
        "revenue",
        band=0.1,
        where=F("tier") == "high",
        by="team",
        share="capacity",
        low_column="least",
        effort=Extra(Match("region", "home"), 0.5),
    )
    assert load.needs == {"revenue": "number", "tier": "text", "region": "text"}
    assert set(load.rep_needs) == {"least", "capacity", "team", "home"}
    spec = cs.allocate.Allocation(loads=[load])
    assert cs.load(cs.dump(spec)) == spec


def test_sums_are_exact_in_any_order():
    weight = np.full(30, 0.1)
    held = loads(weight).held(np.arange(30) % 2)[0]
    assert held.tolist() == [1.5, 1.5]


def test_whoever_is_not_bound_is_not_counted():
    free = attrs.evolve(loads(), group=np.array([[0, -1]]))
    assert free.held(np.array([0, 1, -1]))[0].tolist() == [1.0, 0.0]


def test_effort_weighs_by_pair():
    hard = attrs.evolve(loads(), effort=(np.array([[1.0, 2.0]] * 3),))
    assert hard.held(np.array([0, 1, 1]))[0].tolist() == [1.0, 10.0]


def test_families_are_added_up_and_their_effort_is_averaged():
    hard = attrs.evolve(loads((1.0, 3.0, 5.0)), effort=(np.array([[1.0, 1], [2, 1], [1, 1]]),))
    joint = hard.joined(np.array([0, 0, 1]), 2)
    assert joint.weight.tolist() == [[4.0, 5.0]]
    assert joint.effort[0].tolist() == [[1.75, 1.0], [1.0, 1.0]]
    assert joint.weighed(0, np.array([0]), np.array([0])).tolist() == [7.0]


def test_only_who_moves_alone_may_be_cut():
    cut = attrs.evolve(loads(), cut=np.array([True, True, True]), pieces=(50, 50))
    assert cut.joined(np.array([0, 0, 1]), 2).cut.tolist() == [False, True]


def test_a_part_and_a_join_keep_the_limits():
    part = loads().part(np.array([2]))
    assert part.weight.tolist() == [[3.0]]
    assert part.hi[0].tolist() == [9.0, 9.0]
    both = joined_loads(loads(), loads(hi=(1.0, 2.0)))
    assert both.names == ("value", "value")
    assert [top.tolist() for top in both.hi] == [[9.0, 9.0], [1.0, 2.0]]
    counted = loads().with_counts(np.array([2, 1, 1]), np.array([0, 0]), np.array([3, 3]))
    assert counted.held(np.array([0, 0, 1]))[1].tolist() == [3.0, 1.0]


def test_limits_on_what_is_counted_are_whole_numbers():
    vip = Loads.of_one("VIP", np.array([1.0, 0.0, 1.0]), np.array([0.4]), np.array([1.9]))
    assert [vip.sharpened().lo[0].tolist(), vip.sharpened().hi[0].tolist()] == [[1.0], [1.0]]
    money = Loads.of_one("value", np.array([1.5]), np.array([0.4]), np.array([1.9]))
    assert money.sharpened().hi[0].tolist() == [1.9]


@pytest.mark.parametrize(
    "wrong", [{"band": np.inf}, {"missing": np.inf}, {"low": np.inf}, {"below_zero": "drop"}]
)
def test_settings_without_sense_are_refused(wrong):
    with pytest.raises(ConfigError, match="load"):
        Load("revenue", high=1.0, **wrong)
