"""Counting customers: exact, in no order, each as often as its weight says."""

import numpy as np
import pytest

from custseg import frames
from custseg.errors import DataError, NotEnoughDataError
from custseg.scoring.binning.cases import Cases, cases_of
from custseg.scoring.outcome import read_outcome

ROWS = [{"w": w, "won": won} for w, won in ((0.1, 1), (0.2, 0), (0.3, 1), (2, 0), (None, None))]


def weighed(rows):
    table = frames.table(rows)
    return cases_of(table, read_outcome(table, "won"), "w")


def test_weights_are_summed_exactly_in_any_order():
    at = np.array([0, 0, 0, 1])
    rows, cases = weighed(ROWS).counts(at, 2)
    assert rows.tolist() == [0.6, 2.0]
    assert cases.tolist() == [0.4, 0.0]
    back = weighed(ROWS[3::-1]).counts(at[::-1], 2)
    assert [part.tolist() for part in back] == [rows.tolist(), cases.tolist()]


def test_a_row_without_an_outcome_needs_no_weight():
    assert weighed(ROWS).size == 4


@pytest.mark.parametrize("weight", [None, -1.0, float("inf")])
def test_an_impossible_weight_is_refused_with_its_row(weight):
    with pytest.raises(DataError, match="weight") as caught:
        weighed([*ROWS[:2], {"w": weight, "won": 1}])
    assert (caught.value.column, caught.value.row) == ("w", 2)


@pytest.mark.parametrize("weight", [9e9, 1e300])
def test_weights_that_cannot_be_added_exactly_are_refused(weight):
    with pytest.raises(DataError, match="divide them all") as caught:
        weighed([{"w": weight, "won": 1}, {"w": weight, "won": 0}])
    assert caught.value.column == "w"


def test_weights_of_nothing_leave_nothing_to_learn_from():
    with pytest.raises(NotEnoughDataError, match="weight"):
        weighed([{"w": 0, "won": 1}, {"w": 5, "won": 0}])


def test_all_customers_together():
    base = Cases(np.array([True, False, False])).base(10.0)
    assert (base.cases, base.others, base.rate) == (1.0, 2.0, 1 / 3)
