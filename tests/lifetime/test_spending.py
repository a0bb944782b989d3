import numpy as np
import pytest

from custseg.lifetime.newton import ascend
from custseg.lifetime.spending import Spending


def known(size, *, weighed=False):
    rng = np.random.default_rng(4)
    x = rng.negative_binomial(1, 0.3, size) + 1.0
    mean = rng.gamma(6.0 * x, 1.0 / (6.0 * x)) * 30.0 / rng.gamma(4.0, 0.25, size)
    return Spending.of(x, mean, rng.integers(1, 4, size) / 2.0 if weighed else None)


@pytest.mark.parametrize("weighed", [False, True])
@pytest.mark.parametrize("place", [(2.0, 3.0, 1.0), (6.0, 3.7, 0.4), (0.2, 40.0, 5.0)])
def test_the_curvature_is_that_of_the_likelihood(place, weighed):
    bend, at = known(400, weighed=weighed).curved(30.0), np.log(place)
    steps = np.eye(3) * 1e-4
    ends = [(bend(at + step), bend(at - step)) for step in steps]
    slopes = np.array([high[0] - low[0] for high, low in ends]) / 2e-4
    bends = np.array([high[1] - low[1] for high, low in ends]) / 2e-4
    _, gradient, hessian = bend(at)
    np.testing.assert_allclose(gradient, slopes, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(hessian, bends, rtol=1e-6, atol=1e-8)


def test_rows_have_no_order():
    rng = np.random.default_rng(6)
    x, mean = rng.integers(1, 5, 300).astype(float), np.round(rng.gamma(4.0, 8.0, 300), 1) + 1.0
    mixed = rng.permutation(300)
    one, other = Spending.of(x, mean), Spending.of(x[mixed], mean[mixed])
    weighed = Spending.of(x, mean, np.ones(300))
    for name in ("frequency", "mean", "weight"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
        np.testing.assert_array_equal(getattr(one, name), getattr(weighed, name))


def test_many_customers_start_where_a_sample_ends():
    rows = known(90_000)
    thin = rows.thinned(20_000)
    assert thin.customers == 20_000
    assert known(400).thinned(20_000) is None
    starts = ((2.0, 3.0, 1.0),)
    few = ascend(rows.curved(30.0), starts, thin.curved(30.0))
    np.testing.assert_allclose(few.at, ascend(rows.curved(30.0), starts).at, atol=1e-9)


def test_alike_customers_are_one_term_however_they_are_counted():
    x, mean = np.array([2.0, 1.0, 2.0, 2.0]), np.array([9.0, 9.0, 9.0, 4.0])
    one = Spending.of(x, mean)
    other = Spending.of(np.array([2.0, 2.0, 1.0]), np.array([4.0, 9.0, 9.0]), np.array([1.0, 2, 1]))
    for each in (one, other):
        assert each.frequency.tolist() == [1.0, 2.0, 2.0]
        assert each.mean.tolist() == [9.0, 4.0, 9.0]
        assert each.weight.tolist() == [1.0, 1.0, 2.0]
