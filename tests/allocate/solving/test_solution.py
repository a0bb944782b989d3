"""What a solver can say beyond who has whom."""

import numpy as np
import pytest

from custseg.allocate.solving.solution import Solution, scale_of, total


def test_a_bare_answer_proves_nothing():
    bare = Solution.bare(np.array([1, -1]), 2)
    assert bare.bound is None
    assert bare.prices.tolist() == [0.0, 0.0]
    assert (bare.load_prices, bare.splits) == ((), ())


def test_a_total_does_not_depend_on_the_order_of_rows():
    rng = np.random.default_rng(1)
    points = np.round(rng.random((20_000, 3)), 9)
    at = rng.integers(-1, 3, 20_000)
    turn = rng.permutation(20_000)
    assert total(points, at) == total(points[turn], at[turn])


def test_a_total_of_whole_numbers_is_whole():
    points = np.array([[7, 2], [1, 9]], dtype=np.int32)
    assert total(points, np.array([0, 1])) == 16.0
    assert total(points, np.array([-1, -1])) == 0.0


@pytest.mark.parametrize("most", [0.0, 1.0, 1e3, 1e6, 1e12, 1e300])
def test_sums_stay_exact_however_large_the_points(most):
    scale = scale_of(np.array([[most, np.nan]]))
    assert scale <= 1e9
    assert most * scale <= 2.0**43
