"""A greedy solver: limits and who is left out are exact, the total is nearly the best."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from custseg.allocate import Greedy, InfeasibleError
from custseg.allocate.solving.seats.serving import cover
from custseg.allocate.solving.solver import check_answer
from custseg.errors import CapacityError, ConfigError

NAN = np.nan
ORDERS = ("regret", "priority")


def ints(*values):
    return np.array(values, dtype=np.int64)


def solved(points, lo, hi, order="regret"):
    return Greedy(order).solve(np.array(points, dtype=float), ints(*lo), ints(*hi)).tolist()


@st.composite
def problems(draw, minimums=True):
    n, m = draw(st.integers(0, 9)), draw(st.integers(1, 4))
    cell = st.one_of(st.just(NAN), st.integers(0, 5).map(lambda x: x / 5))
    rows = draw(st.lists(st.lists(cell, min_size=m, max_size=m), min_size=n, max_size=n))
    hi = draw(st.lists(st.integers(0, 4), min_size=m, max_size=m))
    lo = [draw(st.integers(0, h)) if minimums and draw(st.booleans()) else 0 for h in hi]
    return np.array(rows, dtype=float).reshape(n, m), ints(*lo), ints(*hi)


def most(points, rows, hi):
    """How many of these rows can be served at once: a matching, by scipy."""
    slots = np.repeat(np.arange(hi.size), hi)
    open_ = ~np.isnan(points[rows][:, slots])
    if not open_.size:
        return 0
    return int((maximum_bipartite_matching(csr_array(open_), perm_type="column") >= 0).sum())


def first_rows(points, hi):
    """The rows that are served when each in turn is let in as long as all fit."""
    rows = []
    for row in range(len(points)):
        if most(points, [*rows, row], hi) > len(rows):
            rows.append(row)
    return rows


def attempt(order, points, lo, hi):
    try:
        return Greedy(order).solve(points, lo, hi), None
    except InfeasibleError as error:
        return None, error


@pytest.mark.parametrize("order", ORDERS)
@given(problem=problems())
def test_limits_hold_or_the_minimums_truly_contradict(order, problem):
    points, lo, hi = problem
    at, error = attempt(order, points, lo, hi)
    if error is None:
        check_answer(at, points, lo, hi)
        return
    who = list(error.reps)
    eligible = (~np.isnan(points[:, who]) & (hi[who] > 0)).any(axis=1).sum()
    assert lo[who].sum() == error.needed > error.eligible == eligible


@pytest.mark.parametrize("order", ORDERS)
@given(problem=problems(minimums=False))
def test_only_those_wait_for_whom_no_exchange_makes_room(order, problem):
    points, lo, hi = problem
    at = Greedy(order).solve(points, lo, hi)
    assert np.flatnonzero(at >= 0).tolist() == first_rows(points, hi)


@given(problem=problems(minimums=False))
def test_cover_agrees_with_matchings(problem):
    points, _, hi = problem
    assert cover(points, np.arange(len(points)), hi).tolist() == first_rows(points, hi)


@given(problem=problems(), scale=st.sampled_from([0.25, 2.0, 1024.0]))
def test_the_scale_of_the_points_does_not_matter(problem, scale):
    points, lo, hi = problem
    at, error = attempt("regret", points, lo, hi)
    again, same_error = attempt("regret", points * scale, lo, hi)
    assert np.array_equal(at, again) if error is None else same_error.reps == error.reps


@given(problem=problems())
def test_the_points_are_not_changed(problem):
    points, lo, hi = problem
    before = points.copy()
    points.flags.writeable = lo.flags.writeable = hi.flags.writeable = False
    attempt("regret", points, lo, hi)
    assert np.array_equal(points, before, equal_nan=True)


def best_total(points, hi):
    slots = np.repeat(np.arange(hi.size), hi)
    rows, taken = linear_sum_assignment(-points[:, slots])
    return points[rows, slots[taken]].sum()


def share(order, seed, n, m):
    rng = np.random.default_rng(seed)
    points = rng.random((n, m))
    hi = np.full(m, n // m + 1, dtype=np.int64)
    at = Greedy(order).solve(points, np.zeros(m, dtype=np.int64), hi)
    return points[np.arange(n), at].sum() / best_total(points, hi)


@pytest.mark.parametrize(("n", "m", "mean", "worst"), [(8, 3, 0.98, 0.85), (120, 8, 0.99, 0.96)])
def test_regret_comes_near_the_best_total(n, m, mean, worst):
    shares = [share("regret", seed, n, m) for seed in range(60)]
    assert np.mean(shares) > mean
    assert min(shares) > worst
    assert np.mean(shares) > np.mean([share("priority", seed, n, m) for seed in range(60)])


def test_regret_looks_at_what_the_second_choice_costs():
    assert solved([[0.9, 0.8], [0.9, 0.1]], (0, 0), (1, 1)) == [1, 0]


def test_priority_lets_rows_choose_in_turn():
    assert solved([[0.9, 0.8], [0.9, 0.1]], (0, 0), (1, 1), "priority") == [0, 1]


def test_a_chain_of_moves_makes_room():
    # Row 2 can only have 0, which row 0 took; row 0 goes to 1, and row 1 from there to 2.
    points = [[0.9, 0.8, NAN], [NAN, 0.9, 0.1], [0.9, NAN, NAN]]
    assert solved(points, (0, 0, 0), (1, 1, 1), "priority") == [1, 2, 0]


def test_ties_are_shared_evenly_by_part_of_the_places():
    at = solved([[0.5, 0.5, 0.1]] * 9, (0, 0, 0), (10, 5, 5))
    assert np.bincount(at).tolist() == [6, 3]


def test_a_minimum_takes_the_customer_that_loses_least():
    points = [[0.9, 0.1], [0.9, 0.8], [0.9, 0.2]]
    assert solved(points, (0, 1), (3, 3)) == [0, 1, 0]


def test_a_minimum_is_reached_through_a_third():
    # Nobody of 0 may go to 2; 1 has one who may, and takes one from 0 instead.
    points = [[0.9, 0.5, NAN], [0.9, 0.6, NAN], [NAN, 0.9, 0.1]]
    assert solved(points, (0, 1, 1), (3, 3, 3)) == [0, 1, 2]


def test_minimums_that_contradict_are_named_together():
    points = np.array([[0.5, 0.5, NAN], [NAN, NAN, 0.5]])
    with pytest.raises(InfeasibleError) as caught:
        Greedy().solve(points, ints(1, 1, 1), ints(2, 2, 2))
    assert set(caught.value.reps) == {0, 1}
    assert (caught.value.needed, caught.value.eligible) == (2, 1)


@pytest.mark.parametrize(
    ("points", "lo", "hi", "error"),
    [
        (np.ones((1, 2)), ints(0), ints(1), ConfigError),
        (np.ones(2), ints(0, 0), ints(1, 1), ConfigError),
        (np.ones((1, 1)), ints(2), ints(1), CapacityError),
        (np.ones((1, 1)), ints(0), ints(-1), CapacityError),
    ],
)
def test_a_problem_that_is_none_is_refused(points, lo, hi, error):
    with pytest.raises(error):
        Greedy().solve(points, lo, hi)


def test_an_order_must_be_known():
    with pytest.raises(ValueError, match="regret"):
        Greedy("fastest")


@pytest.mark.parametrize("order", ORDERS)
def test_empty_and_one(order):
    solve = partial(solved, order=order)
    assert solve(np.empty((0, 2)), (0, 0), (1, 1)) == []
    assert solve(np.empty((2, 0)), (), ()) == [-1, -1]
    assert solve([[0.0]], (0,), (1,)) == [0]
    assert solve([[NAN]], (0,), (1,)) == [-1]
    assert solve([[1.0], [1.0]], (0,), (0,)) == [-1, -1]
