"""Ways to make room: against brute force over all plans."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate import Allocation, Greedy
from custseg.allocate.planning.asking.pairs import Pairs
from custseg.allocate.planning.telling.rivals import detours

NONE = np.array([False, False])


def test_a_full_team_trades_customers():
    pairs = Pairs(np.array([[1.0, 0.4], [0.9, 0.8]]))
    far = detours(pairs, np.array([0, 1]), (NONE, NONE), np.array([True, True]))
    assert far.round(9).tolist() == [[0.0, 0.6], [-0.1, 0.0]]


def test_a_free_place_costs_nothing_and_a_minimum_holds():
    pairs = Pairs(np.array([[1.0, 0.4], [0.9, 0.8]]))
    free = (np.array([False, True]), np.array([True, False]))
    far = detours(pairs, np.array([0, 1]), free, np.array([False, False]))
    assert far.tolist() == [[0.0, np.inf], [0.0, 0.0]]


def test_classes_are_as_customers():
    points = np.array([[1.0, 0.4], [0.9, 0.8]])
    at = np.array([0, 0, 1, 1])
    owner = np.array([0, 1, 1, -1])
    every = np.ones(4, dtype=bool)
    one = detours(Pairs(points, at), owner, (NONE, NONE), every)
    assert np.array_equal(one, detours(Pairs(points[at]), owner, (NONE, NONE), every))


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=4, max_size=4))
@pytest.mark.parametrize("hi", [(2, 1, 1), (2, 2, 2), (4, 1, 0)])
def test_a_flip_is_the_loss_of_the_best_plan_with_the_other_owner(hi, rows):
    points = np.array(rows, dtype=float)
    plans = _plans(4, hi)
    best = max(plans, key=lambda plan: _worth(points, plan))
    given = np.bincount(best, minlength=3)
    free = (given < np.array(hi), given > 0)
    far = detours(Pairs(points), np.array(best), free, np.ones(4, dtype=bool))
    for row, own in enumerate(best):
        for rep in range(3):
            others = [_worth(points, plan) for plan in plans if plan[row] == rep]
            if rep != own and others:
                short = points[row, own] - points[row, rep] + far[rep, own]
                assert short == _worth(points, best) - max(others)


def _plans(size, hi):
    slots = [rep for rep, many in enumerate(hi) for _ in range(min(many, size))]
    return sorted(set(permutations(slots, size)))


def _worth(points, plan):
    return float(points[np.arange(len(plan)), list(plan)].sum())


def test_a_plan_of_a_solver_without_proof_has_no_ways():
    plan = Allocation(solver=Greedy()).assign([{"customer_id": 1}], [{"rep_id": 1, "capacity": 1}])
    assert plan.outcome.detours is None
