import numpy as np
import pytest

from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import NaturalBreaks


def test_the_largest_value_of_a_class_is_its_point():
    cuts = NaturalBreaks(3).cuts(np.array([10.0, 1, 3, 2, 11, 50]))
    assert cuts.points == (3.0, 11.0)
    assert cuts.codes(np.array([3.0, 3.1, 11.0, 51.0])).tolist() == [0, 1, 1, 2]


def test_of_equally_good_cuts_the_one_with_the_smallest_top_class():
    assert NaturalBreaks(2).cuts(np.array([1.0, 2.0, 3.0])).points == (2.0,)
    assert NaturalBreaks(3).cuts(np.arange(100.0)).points == (33.0, 66.0)


def test_weights_stand_for_rows():
    values = np.array([1.0, 2.0, 5.0, 9.0, 9.5])
    weights = np.array([3.0, 0.0, 2.0, 1.0, 4.0])
    rows = np.repeat(values, weights.astype(int))
    weighed = NaturalBreaks(3).breaks(values, weights)
    assert weighed.cuts == NaturalBreaks(3).cuts(rows)
    assert weighed.n == 4
    assert weighed.sizes == (3.0, 2.0, 5.0)


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_fewer_values_than_classes_keep_the_number_of_classes(k):
    found = NaturalBreaks(k).breaks(np.array([7.0, 7.0, 3.0, np.nan]))
    assert found.k == k
    if k > 1:
        assert found.cuts.points == (3.0, *[7.0] * (k - 2))
        assert found.gvf == 1
        assert found.sizes == (1.0, 2.0, *[0.0] * (k - 2))


def test_one_value_is_one_class_that_explains_all():
    found = NaturalBreaks(3).breaks(np.full(4, 2.5))
    assert (found.cuts.points, found.sse, found.gvf) == ((2.5, 2.5), 0, 1)
    assert found.certified


def test_zero_is_zero_whatever_its_sign():
    for values in ([0.0, -0.0, 5.0], [-0.0, 0.0, 5.0]):
        (point,) = NaturalBreaks(2).cuts(np.array(values)).points
        assert str(point) == "0.0"


@pytest.mark.parametrize("values", [[], [np.nan], [np.nan, np.nan]])
def test_no_value_is_an_error(values):
    with pytest.raises(NotEnoughDataError, match="no value"):
        NaturalBreaks().cuts(np.array(values))


def test_infinity_is_an_error():
    with pytest.raises(DataError, match="1 of 2 values are infinite"):
        NaturalBreaks().cuts(np.array([1.0, np.inf]))


def test_weights_that_are_none_are_errors():
    with pytest.raises(DataError, match="below 0"):
        NaturalBreaks().cuts(np.array([1.0, 2.0]), np.array([1.0, -1.0]))
    with pytest.raises(NotEnoughDataError, match="weight above 0"):
        NaturalBreaks().cuts(np.array([1.0, 2.0]), np.array([0.0, 0.0]))


def test_classes_are_one_or_more():
    with pytest.raises(ConfigError, match="got 0"):
        NaturalBreaks(0)
