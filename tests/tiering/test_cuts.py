import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import Cuts, Thresholds
from custseg.tiering.cuts import known

points = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=5).map(sorted)
values = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=30)


def test_a_value_on_a_point_is_in_the_class_above_it_when_left_closed():
    codes = Cuts((100.0, 1000.0)).codes(np.array([99.99, 100.0, 999.99, 1000.0]))
    assert codes.tolist() == [0, 1, 1, 2]


def test_a_value_on_a_point_is_in_the_class_below_it_when_right_closed():
    codes = Cuts((100.0, 1000.0), closed="right").codes(np.array([100.0, 100.01, 1000.0, 1000.01]))
    assert codes.tolist() == [0, 1, 1, 2]


@given(points, values, st.sampled_from(["left", "right"]))
def test_codes_agree_with_a_walk_over_the_points(points, values, closed):
    cuts = Cuts(points, closed)
    above = (lambda v, p: v >= p) if closed == "left" else (lambda v, p: v > p)
    expected = [-1 if np.isnan(v) else sum(above(v, p) for p in points) for v in values]
    assert cuts.codes(np.array(values)).tolist() == expected


def test_infinity_is_in_an_end_class():
    assert Cuts((0.0, 1.0)).codes(np.array([-np.inf, np.inf])).tolist() == [0, 2]


def test_equal_points_leave_a_class_that_no_value_reaches():
    cuts = Cuts((1.0, 1.0))
    assert cuts.classes == 3
    assert cuts.codes(np.array([0.0, 1.0, 2.0])).tolist() == [0, 2, 2]


def test_cuts_are_like_an_array_and_like_a_value():
    cuts = Cuts([1, 2])
    assert cuts == Cuts((1.0, 2.0))
    assert hash(cuts) == hash(Cuts((1.0, 2.0)))
    assert list(cuts) == [1.0, 2.0]
    assert len(cuts) == 2
    assert cuts[0] == 1.0
    np.testing.assert_array_equal(np.asarray(cuts), [1.0, 2.0])
    assert np.asarray(cuts, dtype=np.float32).dtype == np.float32
    assert Cuts(()).classes == 1


@pytest.mark.parametrize("bad", [(2.0, 1.0), (float("nan"),), (1.0, float("inf"))])
def test_impossible_points_are_refused(bad):
    with pytest.raises(ConfigError, match="points must"):
        Cuts(bad)


def test_an_unknown_side_is_refused():
    with pytest.raises(ConfigError, match="closed must be one of"):
        Cuts((1.0,), closed="both")
    with pytest.raises(ConfigError, match="closed must be one of"):
        Thresholds((1.0,), closed="both")


@pytest.mark.parametrize("bad", [(), (1.0, 1.0), (2.0, 1.0), (float("nan"),)])
def test_thresholds_must_ascend_and_be_there(bad):
    with pytest.raises(ConfigError, match="at "):
        Thresholds(bad)


def test_thresholds_need_no_data():
    assert Thresholds((100, 1000)).cuts(np.array([np.nan])) == Cuts((100.0, 1000.0))
    assert Thresholds((1.0,)).classes == 2


def test_values_to_learn_from_are_there_and_finite():
    assert known(np.array([2.0, np.nan])).tolist() == [2.0]
    with pytest.raises(NotEnoughDataError, match=r"2 rows, all missing.*Thresholds"):
        known(np.array([np.nan, np.nan]))
    with pytest.raises(NotEnoughDataError, match="0 rows"):
        known(np.array([]))
    with pytest.raises(DataError, match="1 of 2 values are infinite"):
        known(np.array([1.0, np.nan, -np.inf]))
