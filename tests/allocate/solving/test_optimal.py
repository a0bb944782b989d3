"""The best answer: small cases by hand, and who contradicts whom."""

import numpy as np
import pytest

from custseg.allocate import Exact, InfeasibleError
from custseg.allocate.solving.solution import total
from custseg.errors import CapacityError, ConfigError

NAN = np.nan


def ints(*values):
    return np.array(values, dtype=np.int64)


def solved(points, lo, hi, **more):
    return Exact().solution(np.array(points, dtype=float), ints(*lo), ints(*hi), **more)


def test_the_total_counts_and_not_the_single_customer():
    found = solved([[0.9, 0.8], [0.9, 0.1]], (0, 0), (1, 1))
    assert found.at.tolist() == [1, 0]
    assert found.bound == 1.7
    assert found.prices.tolist() == [0.1, 0.0]


def test_a_minimum_that_costs_has_a_price_below_zero():
    found = solved([[0.9, 0.1], [0.9, 0.8], [0.9, 0.2]], (0, 1), (3, 3))
    assert found.at.tolist() == [0, 1, 0]
    assert found.prices.tolist() == [0.0, -0.7]  # one more would have to be the third
    assert found.bound == total(np.array([[0.9, 0.8]] * 3), np.array([0, 1, 0]))


def test_earlier_rows_are_served_when_places_are_short():
    found = solved([[0.1], [0.9], [0.5]], (0,), (2,))
    assert found.at.tolist() == [0, 0, -1]
    only = solved([[1.0, NAN], [0.5, NAN], [0.2, 0.1]], (0, 0), (1, 1))
    assert only.at.tolist() == [0, -1, 1]


def test_equals_share_their_customers_by_their_places():
    found = solved([[0.5, 0.5, 0.1]] * 9, (0, 0, 0), (10, 5, 5))
    assert np.bincount(found.at).tolist() == [6, 3]
    load = np.bincount(solved([[0.0] * 3] * 12, (0, 0, 7), (12, 12, 12)).at).tolist()
    assert sorted(load) == [2, 3, 7]


def test_equals_share_also_where_customers_must_pass_through_a_third():
    # 0 and 2 share nobody, but 1 is full and may change its customers with both.
    points = [[0.5, 0.5, NAN]] * 4 + [[NAN, 0.5, 0.5]] * 2
    found = solved(points, (0, 2, 0), (9, 2, 9))
    assert np.bincount(found.at).tolist() == [2, 2, 2]


def test_minimums_that_contradict_are_named_together():
    with pytest.raises(InfeasibleError) as caught:
        solved([[0.5, 0.5, NAN], [NAN, NAN, 0.5]], (1, 1, 1), (2, 2, 2))
    assert set(caught.value.reps) == {0, 1}
    assert (caught.value.needed, caught.value.eligible) == (2, 1)
    with pytest.raises(InfeasibleError, match="3 customers or more"):
        solved([[0.5, 0.5], [0.5, 0.5]], (2, 1), (2, 2))


@pytest.mark.parametrize(
    ("points", "hi", "at", "bound"),
    [
        (np.empty((0, 2)), (1, 1), [], 0.0),
        (np.empty((2, 0)), (), [-1, -1], 0.0),
        ([[0.25]], (1,), [0], 0.25),
        ([[NAN]], (1,), [-1], 0.0),
        ([[1.0], [1.0]], (0,), [-1, -1], 0.0),
    ],
)
def test_empty_and_one(points, hi, at, bound):
    found = solved(points, (0,) * len(hi), hi)
    assert found.at.tolist() == at
    assert found.bound == bound
    with pytest.raises(InfeasibleError):
        solved(np.full((1, 1), NAN), (1,), (1,))


def test_the_points_are_left_as_they_are():
    points = np.array([[0.9, NAN], [0.9, 0.1]])
    points.flags.writeable = False
    Exact().solve(points, ints(0, 0), ints(1, 1))


def test_a_problem_that_is_none_is_refused():
    with pytest.raises(ConfigError):
        solved([[1.0, 1.0]], (0,), (1,))
    with pytest.raises(CapacityError):
        solved([[1.0]], (2,), (1,))
    with pytest.raises(ConfigError, match="finite"):
        solved([[np.inf]], (0,), (1,))


@pytest.mark.parametrize("kind", [np.int16, np.int32, np.int64, np.float32, np.float64])
def test_any_kind_of_numbers(kind):
    rng = np.random.default_rng(4)
    points = rng.integers(0, 99, (300, 6)).astype(kind)
    lo, hi = np.full(6, 20), np.full(6, 60)
    found = Exact().solution(points, lo, hi)
    assert found.bound == Exact().solution(points.astype(float), lo, hi).bound
    assert found.bound == total(points, found.at)


def test_several_samples_lead_to_the_same_as_none():
    rng = np.random.default_rng(5)
    points = np.round(rng.random((9000, 12)), 9)
    hi = np.full(12, 800)
    hi[0] = 3000
    found = Exact().solution(points, np.full(12, 100), hi)
    again = Exact().solution(points, np.full(12, 100), hi, warm=np.zeros(12))
    assert found.bound == again.bound == total(points, found.at)
    assert found.prices.tolist() == again.prices.tolist()


def test_many_alike_are_solved_by_classes_with_the_same_bound():
    rng = np.random.default_rng(6)
    kinds = np.round(rng.random((40, 8)), 2)
    points = kinds[rng.integers(0, 40, 6000)]
    hi = np.full(8, 900)
    found = Exact().solution(points, np.zeros(8, dtype=int), hi)
    alone = Exact().solution(points + np.arange(6000)[:, None] * 2.0, np.zeros(8, dtype=int), hi)
    assert found.bound == total(points, found.at) == total(points, alone.at)
