import numpy as np
import pytest

from custseg.errors import ConfigError, NotEnoughDataError
from custseg.tiering import NaturalBreaks, gvf_curve

THREE = np.concatenate([np.arange(10) + at for at in (0.0, 100.0, 300.0)])


def test_each_point_is_what_the_spec_gives():
    curve = gvf_curve(THREE, [4, 2, 3, 3])
    assert curve.ks == (2, 3, 4)
    assert curve.breaks == tuple(NaturalBreaks(k).breaks(THREE) for k in (2, 3, 4))
    assert curve.sse == tuple(one.sse for one in curve.breaks)


def test_the_fewest_classes_that_fit_well_enough():
    curve = gvf_curve(THREE)
    assert curve.ks == tuple(range(2, 11))
    assert curve.choose().k == 2
    assert curve.choose(gvf=0.99).k == 3


def test_the_elbow_is_where_the_groups_are():
    assert gvf_curve(THREE).elbow().k == 3
    assert gvf_curve(np.full(9, 2.0), [1, 2, 3]).elbow().k == 1


def test_a_class_may_be_asked_to_be_large_enough():
    values = np.append(THREE, 5000.0)
    assert min(gvf_curve(values).choose().sizes) == 1
    with pytest.raises(NotEnoughDataError, match="smallest classes"):
        gvf_curve(values).choose(at_least=5)
    kept = gvf_curve(values, at_least=5)
    assert min(kept.choose(gvf=0.01).sizes) >= 5
    assert kept.impossible == (7, 8, 9, 10)


def test_limits_that_are_none_and_too_few_points_are_errors():
    with pytest.raises(ConfigError, match="share from 0 to 1"):
        gvf_curve(THREE).choose(gvf=2)
    with pytest.raises(ConfigError, match="ks holds no"):
        gvf_curve(THREE, [])
    with pytest.raises(ConfigError, match="got 0"):
        gvf_curve(THREE, [0])
    with pytest.raises(NotEnoughDataError, match="three numbers"):
        gvf_curve(THREE, [2, 3]).elbow()
