"""Wishes added up."""

from typing import ClassVar

import attrs
import numpy as np
import pytest

from custseg.allocate import Match
from custseg.allocate.wishing.points import Score, parts, rounded
from custseg.allocate.wishing.sides import read_side
from custseg.errors import ConfigError
from custseg.frames import table
from custseg.reasons import Reason


@attrs.frozen
class Fixed:
    found: tuple
    needs: ClassVar = {}
    rep_needs: ClassVar = {}
    reason: ClassVar = Reason("fixed")

    def points(self, customers, reps):
        return np.array(self.found, dtype=float)


def score(wishes, weights=()):
    people = read_side(table([{"id": 1, "a": "x"}]), "id", {"a": "text"})
    team = read_side(table([{"id": 1, "a": "x"}, {"id": 2, "a": "y"}]), "id", {"a": "text"})
    return Score(wishes, parts(weights, len(wishes)), people, team)


def test_points_are_the_weighted_sum_and_nan_wins():
    found = score([Match("a"), Fixed([[0.5, np.nan]])], (3, 1)).points()
    assert found[0, 0] == 0.875
    assert np.isnan(found[0, 1])


def test_a_wish_of_no_weight_may_still_refuse():
    assert np.isnan(score([Fixed([[0.5, np.nan]])], (0,)).points()[0, 1])


def test_equal_sums_are_equal_numbers():
    assert rounded(np.array([0.1 + 0.2]))[0] == 0.3


def test_the_leading_wish_weighs_most_and_the_first_wins_ties():
    both = score([Fixed([[0.4, 0]]), Fixed([[0.4, 0]]), Fixed([[0.1, 0]])])
    assert both.leading(np.array([0])).tolist() == [0]
    assert both.leading(np.array([1])).tolist() == [-1]
    assert both.leading(np.array([-1])).tolist() == [-1]


@pytest.mark.parametrize("found", [[[0.5]], [[2.0, 0.0]], [[-0.1, 0.0]], [[np.inf, 0.0]]])
def test_a_wish_must_keep_to_its_shape_and_range(found):
    with pytest.raises(ConfigError, match=r"Fixed\.points"):
        score([Fixed(found)]).points()
