"""Published counts: mapclassify's tests of HeadTailBreaks (BSD-3)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import Cuts, HeadTail

some = st.lists(st.floats(-1e6, 1e6) | st.sampled_from([0.0, 1.0, 9.0]), min_size=1, max_size=40)
SQUARES = np.arange(1.0, 1000.0) ** -2


def counted(cutter, values):
    return np.bincount(cutter.cuts(values).codes(values)).tolist()


def test_published_counts():
    assert counted(HeadTail(), SQUARES) == [975, 21, 2, 1]
    assert counted(HeadTail(head=1.0), np.append(SQUARES, SQUARES.max())) == [980, 17, 1, 2]
    assert counted(HeadTail(), np.array([1 + 2**-52, 1.0, 1.0])) == [2, 1]


def test_a_head_that_is_no_minority_is_not_cut():
    assert counted(HeadTail(), np.append(SQUARES, SQUARES.max())) == [980, 17, 3]


def test_no_more_classes_than_asked_for():
    assert counted(HeadTail(most=3), SQUARES) == [975, 21, 3]
    assert counted(HeadTail(most=2), SQUARES) == [975, 24]


@given(some)
def test_classes_are_those_of_a_walk_over_the_heads(values):
    given_, points = np.array(values), HeadTail(head=1.0).cuts(np.array(values)).points
    head = given_
    for point in points:
        np.testing.assert_allclose(point, head.mean(), rtol=1e-9, atol=1e-9)
        head = head[head > point]
        assert len(head)
    assert len(set(head.tolist())) == 1


@given(some, st.randoms())
def test_rows_have_no_order_and_missing_moves_nothing(values, rng):
    shuffled = [*values, float("nan")]
    rng.shuffle(shuffled)
    assert HeadTail().cuts(np.array(shuffled)) == HeadTail().cuts(np.array(values))


@given(some, st.data())
def test_a_whole_weight_is_a_repetition(values, data):
    size = len(values)
    weights = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size).filter(any))
    weighed = HeadTail().cuts(np.array(values), np.array(weights, dtype=float))
    assert weighed == HeadTail().cuts(np.repeat(values, weights))


def test_extremes():
    assert HeadTail().cuts(np.array([7.0, 7.0])) == Cuts((), "right")
    assert counted(HeadTail(1.0), np.array([-1.7e308, 1.7e308])) == [1, 1]
    with pytest.raises(NotEnoughDataError):
        HeadTail().cuts(np.array([np.nan]))
    with pytest.raises(DataError, match="infinite"):
        HeadTail().cuts(np.array([1.0, np.inf]))


@pytest.mark.parametrize(("head", "most"), [(0.0, None), (1.1, None), (0.4, 1)])
def test_impossible_settings_are_refused(head, most):
    with pytest.raises(ConfigError):
        HeadTail(head, most)
