"""Classes: shares of alike customers, and how they are dealt."""

import numpy as np
import pytest

from custseg.allocate import Classes, InfeasibleError
from custseg.allocate.solving.grouping import dealt


def test_a_class_is_split_where_places_end():
    amounts, prices = Classes().share(
        np.array([[0.9, 0.5], [0.8, np.nan]]), np.array([60, 50]), np.zeros(2), np.array([70, 90])
    )
    assert amounts.tolist() == [[20, 40], [50, 0]]
    assert prices.tolist() == [0.4, 0.0]


def test_as_many_as_possible_are_served_and_the_best_of_them():
    amounts, _ = Classes().share(
        np.array([[0.9], [0.1], [np.nan]]), np.array([3, 3, 3]), np.zeros(1), np.array([4])
    )
    assert amounts.tolist() == [[3], [1], [0]]


def test_equal_classes_share_by_places():
    points, sizes = np.zeros((2, 3)), np.array([700, 200])
    amounts, _ = Classes().share(points, sizes, np.zeros(3), np.array([800, 400, 240]))
    assert amounts.sum(axis=0).tolist() == [500, 250, 150]


def test_minimums_that_contradict_are_named():
    with pytest.raises(InfeasibleError) as caught:
        Classes().share(
            np.array([[0.5, np.nan]]), np.array([9]), np.array([0, 2]), np.array([9, 9])
        )
    assert caught.value.reps == (1,)
    with pytest.raises(InfeasibleError):
        Classes().share(np.ones((1, 1)), np.array([0]), np.array([1]), np.array([9]))


def test_each_gets_as_many_of_the_first_as_of_the_last():
    at = dealt(np.zeros(1000, dtype=np.int16), np.array([[500, 250, 250]]))
    for part in np.split(at, 10):
        assert np.abs(np.bincount(part) - [50, 25, 25]).max() <= 1


def test_who_has_no_share_has_nobody():
    at = dealt(np.array([0, 1, 0, 1]), np.array([[1, 0], [0, 0]]))
    assert at.tolist() == [0, -1, -1, -1]
