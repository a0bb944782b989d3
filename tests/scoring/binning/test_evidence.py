"""Counts of won and lost: small bins say little, empty ones nothing, and none says infinity."""

import numpy as np
import pytest

from custseg.scoring.binning.evidence import Base, divergence

MANY = np.array([0.0, 1.0, 10.0, 1000.0])


@pytest.mark.parametrize("shrink", [0.0, 0.5, 10.0])
@pytest.mark.parametrize("cases", [0.0, 1.0])
def test_bins_of_one_kind_stay_finite(shrink, cases):
    base = Base(30.0, 70.0, shrink)
    for told in (base.woe, base.information, base.likelihood):
        assert np.isfinite(told(MANY, cases * MANY)).all()
    assert base.woe(MANY, cases * MANY)[0] == 0


def test_the_usual_rate_says_nothing_however_many_they_are():
    base = Base(30.0, 70.0)
    assert base.woe(MANY, 0.3 * MANY) == pytest.approx(0, abs=1e-12)
    assert base.information(MANY, 0.3 * MANY) == pytest.approx(0, abs=1e-12)


def test_shrinking_takes_from_small_bins_and_leaves_large_ones():
    plain, shrunk = Base(300.0, 700.0, 0.0), Base(300.0, 700.0, 10.0)
    small, large = (np.array([n]) for n in (2.0, 100_000.0))
    assert shrunk.woe(small, small)[0] < 0.6 < plain.woe(small, small)[0]
    assert shrunk.woe(large, 0.6 * large)[0] == pytest.approx(
        plain.woe(large, 0.6 * large)[0], abs=1e-3
    )


def test_divergence_is_nothing_for_the_same_and_most_for_the_parted():
    assert divergence(MANY, 0.3 * MANY) == pytest.approx(0)
    assert divergence(np.array([5.0, 7.0]), np.array([5.0, 0.0])) == pytest.approx(np.log(2))
