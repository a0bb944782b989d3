"""Classes of alike customers, added up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate.wishing.grouping import Grouped, in_groups, term, together


def grouped(at, points):
    return Grouped(np.array(at, dtype=np.intp), np.array(points, dtype=float))


def test_nan_of_one_class_refuses_every_combination_with_it():
    both = together(grouped([0, 1], [[np.nan], [0.5]]), grouped([0, 0], [[0.25]]), 2)
    assert np.isnan(both.points[both.at[0], 0])
    assert both.points[both.at[1], 0] == 0.75


def test_only_combinations_that_occur_are_kept():
    far = grouped([0, 99], np.zeros((100, 1)))
    assert together(far, far, 2).size == 2
    assert together(far, far, 1) is None


def test_nobody_and_no_representative():
    nobody = grouped([], np.zeros((0, 3)))
    assert together(nobody, nobody, 0).points.shape == (0, 3)
    alone = grouped([0, 0], np.zeros((1, 0)))
    assert together(alone, alone, 1).points.shape == (1, 0)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6), st.randoms())
def test_sums_of_terms_do_not_depend_on_their_order(pairs, chance):
    terms = [term(part, np.array([points]))[0] for part, points in pairs]
    expected = sum(terms)
    chance.shuffle(terms)
    assert sum(terms) == expected


@pytest.mark.parametrize("most", [1, 2, 4, 100])
def test_groups_add_up_to_the_same_whatever_they_may_hold(most):
    rows = np.arange(24)
    factors = [
        Grouped(rows % k, term(0.3, np.arange(2.0 * k).reshape(k, 2) / (2 * k))) for k in (2, 3, 4)
    ]
    found = in_groups(factors, most)
    total = sum(group.points[group.at] for group in found)
    assert np.array_equal(total, sum(factor.points[factor.at] for factor in factors))
    assert all(group.size <= max(most, 4) for group in found)
