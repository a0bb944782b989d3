import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import DataError, NotEnoughDataError
from custseg.tiering.tallies import Tally, ranked

whole = st.integers(-50, 50).map(float)
money = st.integers(-5000, 5000).map(lambda c: c / 100)
wild = st.floats(-1e300, 1e300)
columns = st.lists(whole, min_size=1, max_size=60) | st.lists(money, min_size=1, max_size=60)
some = columns | st.lists(wild | st.just(-0.0), min_size=1, max_size=20)


@given(some)
def test_it_counts_as_numpy_does(values):
    sizes, counts = np.unique(values, return_counts=True)
    tally = Tally.of(np.array(values))
    np.testing.assert_array_equal(tally.sizes, sizes)
    np.testing.assert_array_equal(tally.counts, counts)


@given(some, st.data())
def test_ranks_are_places_in_the_sorted_column(values, data):
    ranks = data.draw(st.lists(st.integers(0, len(values) - 1), min_size=1, max_size=6))
    np.testing.assert_array_equal(ranked(np.array(values), ranks), np.sort(values)[ranks])


def test_ranks_of_long_columns_are_found_by_stretches():
    for values in (np.arange(5000.0) % 4999, np.arange(300_000.0) / 100, np.full(9, 2.0**51)):
        ranks = [0, 1, len(values) // 2, len(values) - 1]
        np.testing.assert_array_equal(ranked(values, ranks), np.sort(values)[ranks])


@given(columns, st.data())
def test_a_whole_weight_is_a_repetition(values, data):
    size = len(values)
    weights = data.draw(st.lists(st.integers(0, 4), min_size=size, max_size=size).filter(any))
    tally = Tally.of(np.array(values), np.array(weights, dtype=float))
    again = Tally.of(np.repeat(values, weights))
    np.testing.assert_array_equal(tally.sizes, again.sizes)
    np.testing.assert_array_equal(tally.counts, again.counts)
    assert tally.counts.dtype == np.int64


@given(columns, st.data(), st.randoms())
def test_weights_add_up_in_any_order(values, data, rng):
    size = len(values)
    weights = data.draw(st.lists(st.floats(0.001, 9), min_size=size, max_size=size))
    rows = list(range(size))
    rng.shuffle(rows)
    tally = Tally.of(np.array(values), np.array(weights))
    turned = Tally.of(np.array(values)[rows], np.array(weights)[rows])
    np.testing.assert_array_equal(tally.counts, turned.counts)


def test_impossible_weights_are_refused():
    values = np.array([1.0, 2.0])
    for bad in ([1.0, -1.0], [1.0, np.inf], [1.0, np.nan]):
        with pytest.raises(DataError, match="weights must be finite"):
            Tally.of(values, np.array(bad))
    with pytest.raises(DataError, match="1 weights for 2 values"):
        Tally.of(values, np.array([1.0]))
    with pytest.raises(NotEnoughDataError, match="no value has a weight above 0"):
        Tally.of(values, np.zeros(2))
    with pytest.raises(NotEnoughDataError, match="0 rows"):
        Tally.of(np.array([]), np.array([]))
    with pytest.raises(DataError, match="infinite"):
        Tally.of(np.array([np.inf, 1.0]), np.array([1.0, 1.0]))
    assert Tally.of(np.array([np.inf, 1.0]), np.array([0.0, 1.0])).sizes.tolist() == [1.0]
