"""Who is tied, in groups of the same choices, and moves that keep to these."""

import numpy as np
import pytest

from custseg.allocate.solving.grid import Grid
from custseg.allocate.solving.seats import ties as room
from custseg.allocate.solving.seats.ties import Best, Groups, Ties

OPEN = np.ones(3)


def test_best_of_each_row_and_who_has_others_as_good():
    points = np.array([[2, 5, 5], [4, 1, 1], [3, 4, 3]])
    best = Best.of(Grid.of(points, OPEN), np.array([0.0, 1.0, 2.0]))
    assert best.at.tolist() == [1, 0, 0]
    assert best.steps == 4 + 4 + 3
    assert best.ties.rows.tolist() == [2]
    assert Ties.joined([]).rows.size == 0


@pytest.mark.parametrize("reps", [3, 70])
def test_groups_count_where_their_rows_are_and_move_the_last_of_them(reps):
    equal = np.zeros((5, reps), dtype=bool)
    equal[:, [0, reps - 1]] = True
    equal[4, 1] = True
    at = np.array([0, 0, 0, reps - 1, 1])
    groups = Groups.of(Ties.of(np.arange(5), equal), at, reps)
    assert groups.allowed.sum() == 5
    pair = int(groups.group[0])
    assert groups.amounts[pair, [0, reps - 1]].tolist() == [3, 1]
    amounts = groups.amounts.copy()
    amounts[pair, [0, reps - 1]] = 1, 3
    groups.carry_out(at, amounts)
    assert at.tolist() == [0, reps - 1, reps - 1, reps - 1, 1]


def test_of_too_many_groups_the_most_common_are_taken(monkeypatch):
    monkeypatch.setattr(room, "_GROUPS", 1)
    equal = np.array([[1, 1, 0], [0, 1, 1], [0, 1, 1]], dtype=bool)
    groups = Groups.of(Ties.of(np.arange(3), equal), np.array([0, 1, 2]), 3)
    assert groups.rows.tolist() == [1, 2]
    assert groups.amounts.tolist() == [[0, 1, 1]]
