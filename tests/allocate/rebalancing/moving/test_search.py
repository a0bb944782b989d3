import numpy as np

from custseg.allocate import Greedy
from custseg.allocate.rebalancing.moving.search import Owned, Search
from custseg.allocate.solving.solution import Solution


def search(points, present, hi, weight=None, least=0.0):
    lo = np.zeros(len(hi), dtype=np.int64)
    present = np.array(present)

    def solve(asked, _warm):
        return Solution.bare(Greedy().solve(asked, lo, np.array(hi)), len(hi))

    weight = np.ones(len(present)) if weight is None else np.array(weight, dtype=float)
    return Search(solve, np.array(points, dtype=float), Owned(present, weight), least=least)


def anything(_):
    return True


TWO = [[0.0, 1.0], [0.0, 0.5], [0.0, 0.1]]


def test_the_largest_gain_moves_first():
    found = search(TWO, [0, 0, 0], [3, 3]).within(1.0, anything)
    assert found.at.tolist() == [1, 0, 0]
    assert found.moved == 1.0
    assert found.within


def test_a_budget_for_all_is_the_free_plan():
    found = search(TWO, [0, 0, 0], [3, 3]).within(np.inf, anything)
    assert found.at.tolist() == [1, 1, 1]


def test_a_least_gain_holds_small_moves_back():
    found = search(TWO, [0, 0, 0], [3, 3], least=0.2).within(np.inf, anything)
    assert found.at.tolist() == [1, 1, 0]


def test_what_the_limits_force_moves_in_spite_of_the_budget():
    found = search(TWO, [0, 0, 0], [2, 3]).within(0.0, anything)
    assert found.moved == 1.0
    assert not found.within
    assert found.at.tolist() == [1, 0, 0]


def test_alike_moves_fill_the_budget_between_two_prices():
    points = [[0.0, 0.5]] * 6
    found = search(points, [0] * 6, [6, 6]).within(4.0, anything)
    assert found.moved == 4.0
    assert found.filled > 0
    assert found.points == 2.0


def test_what_does_not_fit_is_not_filled_in():
    points = [[0.0, 0.5]] * 6
    found = search(points, [0] * 6, [6, 6]).within(4.0, lambda at: (at == 1).sum() <= 2)
    assert found.moved == 2.0


def test_weights_make_a_move_dear():
    found = search(TWO, [0, 0, 0], [3, 3], weight=[9, 1, 1]).within(2.0, anything)
    assert found.at.tolist() == [0, 1, 1]


def test_who_may_not_stay_does_not_count_as_held():
    points = [[np.nan, 0.5], [0.0, 0.5]]
    asked = search(points, [0, 0], [2, 2])
    assert asked.held.tolist() == [False, True]
    found = asked.within(1.0, anything)
    assert found.at.tolist() == [1, 0]
    assert asked.points[1].tolist() == [0.0, 0.5]  # the bonus is taken out again


def test_each_price_is_solved_once():
    asked = search(TWO, [0, 0, 0], [3, 3])
    asked.within(1.0, anything)
    known = len(asked.known)
    asked.within(1.0, anything)
    assert len(asked.known) == known


def test_without_a_proof_there_is_no_bound():
    assert search(TWO, [0, 0, 0], [3, 3]).within(1.0, anything).bound is None
