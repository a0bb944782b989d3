import numpy as np
import pytest

import custseg as cs
from custseg.lifetime import maximum
from custseg.lifetime.beta_geometric import Likelihood
from custseg.lifetime.curvature import curved, highest
from custseg.lifetime.history import Sample
from custseg.lifetime.maximum import climb
from custseg.lifetime.newton import ascend
from custseg.lifetime.patterns import Patterns

PLACES = ((0.3, 0.05, 0.7, 2.6), (1.0, 0.1, 1.0, 1.0), (5.0, 2.0, 0.01, 30.0))


def histories(*, whole):
    """Customers of all kinds, with weights that are no whole numbers."""
    rng = np.random.default_rng(11)
    x = rng.poisson(1.5, 700).astype(float)
    age = rng.integers(100, 300, 700) / 7
    last = np.where(x > 0, np.ceil(age * rng.random(700) * 7) / 7, 0.0)
    if not whole:
        age, last = age + rng.random(700), np.where(x > 0, last + 0.001, 0.0)
    seen = Patterns.of(x, np.minimum(last, age), age, rng.random(700))
    return seen.scaled(1.0 / float(seen.age.max()))


def two_valleys(theta):
    (t,) = theta
    value = (t * t - 1.0) ** 2 - 0.3 * t
    return value, np.array([4.0 * t * (t * t - 1.0) - 0.3]), np.array([[12.0 * t * t - 4.0]])


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("place", PLACES)
def test_the_curvature_is_that_of_the_likelihood(place, first, whole):
    terms = Likelihood.of(histories(whole=whole), 1, first)
    at, bend = np.log(place), curved(terms)
    value, gradient, hessian = bend(at)
    plain, slope = terms.objective(at)
    assert value == pytest.approx(plain, rel=1e-13)
    np.testing.assert_allclose(gradient, slope, rtol=1e-9, atol=1e-13)
    steps = np.eye(4) * 1e-4
    differences = np.array([bend(at + step)[1] - bend(at - step)[1] for step in steps]) / 2e-4
    np.testing.assert_allclose(hessian, differences, rtol=1e-6, atol=1e-8)


def test_days_and_their_logarithms_are_looked_up_without_loss():
    """The same histories on a grid of days and, a hair's breadth beside it, as plain floats."""
    grid = histories(whole=True)
    beside = Patterns(grid.frequency, grid.recency, grid.age, grid.weight)
    at = np.log(PLACES[0])
    for one, other in zip(
        curved(Likelihood.of(grid))(at), curved(Likelihood.of(beside))(at), strict=True
    ):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("first", [0, 1])
def test_the_slower_way_leads_to_the_same_maximum(first):
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    known = Sample.of(log.summary(as_of="1997-09-30", unit="week")).history
    seen = Patterns.of(known.frequency, known.recency, known.age)
    seen = seen.scaled(1.0 / float(seen.age.max()))
    fast = highest(seen, 1, first)
    slow = climb(Likelihood.of(seen, 1, first).objective, (1.0, 0.1, 1.0, 1.0 + first))
    assert fast.height == pytest.approx(slow.height, rel=1e-13)
    np.testing.assert_allclose(fast.at, slow.at, atol=1e-8)
    np.testing.assert_allclose(fast.hessian, slow.hessian, rtol=1e-4, atol=1e-7)


def test_the_higher_of_two_peaks_counts():
    starts = ((np.exp(-1.2),), (np.exp(1.2),))
    assert ascend(two_valleys, starts).at[0] < 0
    found = ascend(two_valleys, starts, doubtful=lambda at: at[0] < 0)
    assert found.at[0] > 1
    assert found.height == pytest.approx(-two_valleys(found.at)[0], rel=1e-12)


def test_where_nothing_bends_the_slower_way_is_asked():
    """Ever less steep: Newton's steps grow without end, so the limit is told."""

    def falling(theta):
        value = np.exp(-theta[0])
        return float(value), np.array([-value]), np.array([[value]])

    found = ascend(falling, ((1.0,),))
    assert found.at[0] > maximum.LIMIT - 1
    assert found.fitting(("size",), 10.0).at_limit == ("size",)
