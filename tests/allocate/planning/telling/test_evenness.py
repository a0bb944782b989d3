"""Fairness: known values, nobody, nothing, shares."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate import Fairness, fairness
from custseg.errors import ConfigError, DataError

LOADS = st.lists(st.floats(0, 1e9), min_size=1, max_size=20)


def test_equal_loads_are_fair() -> None:
    assert fairness([5, 5, 5]) == Fairness(3, 0.0, 1.0, 5.0, 5.0)


def test_one_who_carries_all() -> None:
    found = fairness([0, 0, 0, 8])
    assert (found.gini, found.jain) == (0.75, 0.25)


def test_gini_is_the_mean_difference() -> None:
    loads = [1.0, 2.0, 7.0, 20.0]
    differences = [abs(a - b) for a in loads for b in loads]
    mean = sum(loads) / 4
    assert fairness(loads).gini == pytest.approx(sum(differences) / 16 / (2 * mean), abs=1e-6)


@pytest.mark.parametrize("loads", [[], [0.0, 0.0]])
def test_where_nobody_carries_anything_there_is_no_measure(loads: list[float]) -> None:
    found = fairness(loads)
    assert (found.gini, found.jain, found.reps) == (None, None, len(loads))
    assert "-" in found.text("zh")


def test_loads_are_measured_against_what_each_is_meant_to_carry() -> None:
    assert fairness([10, 20, 0], shares=[1, 2, 0]) == Fairness(2, 0.0, 1.0, 10.0, 10.0)


def test_shares_that_do_not_belong_are_refused() -> None:
    with pytest.raises(ConfigError, match="2 shares for 1 loads"):
        fairness([1], shares=[1, 2])


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_loads_that_are_none_are_refused(wrong: float) -> None:
    with pytest.raises(DataError, match="number 1"):
        fairness([1.0, wrong])


@given(LOADS, st.randoms())
def test_order_does_not_matter_and_measures_stay_in_bounds(
    loads: list[float], turn: object
) -> None:
    turned = list(loads)
    turn.shuffle(turned)
    found = fairness(loads)
    assert found == fairness(turned)
    if found.gini is not None and found.jain is not None:
        assert 0 <= found.gini < 1
        assert 1 / found.reps - 1e-6 <= found.jain <= 1


def test_it_is_plain_data() -> None:
    found = fairness([1, 3])
    assert json.loads(json.dumps(found.as_dict()))["gini"] == 0.25
    assert "0.25" in found._repr_html_()


def test_huge_loads_do_not_overflow():
    assert fairness([1e308, 1e308]).gini == 0
