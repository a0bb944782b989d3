"""Which limits contradict one another."""

import pickle

import attrs
import numpy as np
import pytest

from custseg.allocate import ConflictError, ConflictingLimit
from custseg.allocate.limiting.conflict import conflict
from custseg.allocate.limiting.loads import Loads

FREE = np.array([0, 0, 0]), np.array([9, 9, 9])


def value(lo, hi=(1e6, 1e6, 1e6), weight=(5.0, 3.0, 2.0)):
    made = Loads.of_one("value", np.array(weight), np.array(lo), np.array(hi))
    return attrs.evolve(made, groups=(("A", "B", "C"),))


def said(points, lo, hi, loads):
    return {bound.text() for bound in conflict(points, lo, hi, loads, ("A", "B", "C"))}


def test_limits_that_can_be_kept_are_no_conflict():
    assert conflict(np.ones((3, 3)), *FREE, value((3.0, 3.0, 2.0))) == ()
    assert conflict(np.ones((0, 3)), *FREE, value((1.0, 1.0, 1.0), weight=())) == ()


def test_minimums_that_ask_too_much_together_are_named_and_no_others():
    assert said(np.ones((3, 3)), *FREE, value((6.0, 5.0, 0.0))) == {
        "value of A at least 6",
        "value of B at least 5",
    }


def test_who_is_eligible_counts():
    points = np.array([[1.0, 1, np.nan], [np.nan, 1, 1], [np.nan, 1, 1]])
    assert said(points, *FREE, value((6.0, 0.0, 0.0))) == {"value of A at least 6"}


def test_a_count_and_a_value_contradict():
    few = np.array([1, 9, 9])
    assert said(np.ones((3, 3)), FREE[0], few, value((7.0, 0.0, 0.0))) == {
        "customers of A at most 1",
        "value of A at least 7",
    }
    many = np.array([3, 0, 0])
    tight = value((0.0, 0.0, 0.0), (8.0, 1e6, 1e6))
    assert said(np.ones((3, 3)), many, FREE[1], tight) == {
        "customers of A at least 3",
        "value of A at most 8",
    }


@pytest.mark.parametrize("seed", range(6))
def test_none_of_a_set_can_be_spared(seed):
    generator = np.random.default_rng(seed)
    points = np.where(generator.random((8, 3)) < 0.4, np.nan, 1.0)
    loads = value(generator.uniform(8, 16, 3), weight=generator.integers(1, 6, 8) * 1.0)
    names = conflict(points, *FREE, loads, ("A", "B", "C"))
    assert names
    for spared in names:
        rest = ["ABC".index(bound.group) for bound in names if bound is not spared]
        low = np.zeros(3)
        low[rest] = loads.lo[0][rest]
        assert conflict(points, *FREE, attrs.evolve(loads, lo=(low,))) == ()


def test_many_customers_are_looked_at_by_class():
    size = 20_000
    weight = 1 + (np.arange(size) * 7 % 13) / 13
    loads = value((21_000.0, 12_000.0, 0.0), weight=weight)
    hi = np.full(3, size)
    assert said(np.ones((size, 3)), np.zeros(3, int), hi, loads) == {
        "value of A at least 21,000",
        "value of B at least 12,000",
    }


def test_the_error_survives_a_worker():
    error = ConflictError((ConflictingLimit("customers", "R1", least=False, value=3.0),))
    assert pickle.loads(pickle.dumps(error)).bounds == error.bounds
    assert "customers of R1 at most 3" in str(error)
    assert error.bounds[0].text("zh") == "R1 的客户数至多 3"
    with pytest.raises(ConflictError):
        raise error


def test_limits_that_contradict_only_because_customers_are_whole_are_named_too():
    none, most = np.zeros(2, dtype=np.int64), np.full(2, 9)
    assert said(np.ones((2, 2)), none, most, whole((4.0, 4.0), (5.0, 3.0))) == {
        "value of A at least 4",
        "value of B at least 4",
    }
    assert conflict(np.ones((2, 2)), none, most, whole((3.0, 4.0), (5.0, 3.0))) == ()


def whole(lo, weight):
    made = Loads.of_one("value", np.array(weight), np.array(lo), np.full(2, 9.0))
    return attrs.evolve(made, groups=(("A", "B"),))
