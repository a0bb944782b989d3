"""How many customers each representative may have."""

import numpy as np
import pytest

from custseg._typing import Days
from custseg.allocate import Limits
from custseg.errors import CapacityError, ConfigError

NAN = np.nan


def places(limits=None, *, most=100, as_of=None, **columns):
    found = {
        name: Days(np.array(values, dtype=float)) if "leave" in name else np.array(values, float)
        for name, values in columns.items()
    }
    size = max(len(values) for values in columns.values())
    names = ["Wang", "Li", "Zhao"][:size]
    return (limits or Limits()).places(found, names, most=most, as_of=as_of)


def test_load_uses_up_capacity_and_too_much_load_leaves_nothing():
    found = places(capacity=[10, 3, 2.9], load=[4, 5, NAN])
    assert found.hi.tolist() == [6, 0, 2]
    assert found.load.tolist() == [4, 5, 0]


def test_no_limit_is_as_many_as_there_are():
    found = places(Limits(None), most=7, load=[1, 9])
    assert found.hi.tolist() == [7, 7]
    assert np.isinf(found.capacity).all()
    assert places(most=7, capacity=[np.inf]).hi.tolist() == [7]


def test_a_default_stands_in_for_an_empty_cell():
    assert places(Limits(default=4), capacity=[NAN, 1]).hi.tolist() == [4, 1]
    assert places(Limits(None, default=4), load=[1]).hi.tolist() == [3]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"capacity": [5, -1]}, "'Li' has capacity -1"),
        ({"capacity": [NAN, 1]}, "'Wang' has no capacity"),
        ({"capacity": [5], "load": [-2]}, "'Wang' has load -2"),
        ({"capacity": [5], "load": [np.inf]}, "infinite load"),
        ({"capacity": [-np.inf]}, "-inf"),
        ({"capacity": [5, 2], "least": [0, 3]}, "'Li' has a minimum of 3, but room for 2"),
    ],
)
def test_impossible_numbers_name_who(columns, said):
    with pytest.raises(CapacityError, match=said):
        places(Limits(minimum="least"), **columns)


def test_a_minimum_counts_the_load():
    found = places(Limits(minimum="least"), capacity=[9, 9], least=[5, 1], load=[2, 2])
    assert found.lo.tolist() == [3, 0]


def test_a_minimum_above_the_customers_is_left_to_the_solver():
    found = places(Limits(minimum="least"), most=2, capacity=[9], least=[5])
    assert (found.lo.tolist(), found.hi.tolist()) == ([5], [5])


@pytest.mark.parametrize(
    ("start", "end", "away"),
    [
        (100, 110, True),
        (105, 105, True),
        (106, 110, False),
        (90, 104, False),
        (NAN, 105, True),
        (105, NAN, True),
        (106, NAN, False),
        (NAN, 104, False),
        (NAN, NAN, False),
    ],
)
def test_leave_counts_both_its_days(start, end, away):
    found = places(
        Limits(minimum="least"),
        as_of=105.0,
        capacity=[4],
        least=[1],
        on_leave_from=[start],
        on_leave_until=[end],
    )
    assert found.away.tolist() == [away]
    assert found.hi.tolist() == [0 if away else 4]
    assert found.lo.tolist() == [0 if away else 1]


def test_leave_needs_a_day():
    with pytest.raises(ConfigError, match="as_of"):
        places(capacity=[4], on_leave_until=[100])
    assert places(capacity=[4], on_leave_until=[NAN]).hi.tolist() == [4]


def test_only_columns_under_default_names_may_be_absent():
    assert Limits().needs(["load", "on_leave_from"]) == {
        "capacity": "number",
        "load": "number",
        "on_leave_from": "day",
    }
    named = Limits(None, minimum="least", load="book", leave_until="back")
    assert named.needs([]) == {"least": "number", "book": "number", "back": "day"}


def test_a_negative_default_is_refused():
    with pytest.raises(ConfigError, match="default"):
        Limits(default=-1)
