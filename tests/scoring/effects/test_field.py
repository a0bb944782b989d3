"""Columns as cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg import frames
from custseg.scoring import Bins
from custseg.scoring.effects.field import Field, banded, common, joined, quantile_edges

NUMBERS = st.lists(st.sampled_from([0.0, 1.0, 2.5, 7.0, float("nan")]), min_size=1, max_size=30)


@given(NUMBERS, st.integers(1, 9))
def test_equal_numbers_are_in_one_band_and_no_band_is_empty(numbers, bands):
    values = np.array(numbers)
    edges = quantile_edges(values, bands)
    assert len(edges) < bands
    assert quantile_edges(values[::-1], bands) == edges
    known = banded(values[~np.isnan(values)], edges)
    assert not len(known) or set(known.tolist()) == set(range(len(edges) + 1))


def test_where_no_numbers_tie_bands_are_as_large_as_can_be():
    at = banded(np.arange(100.0), quantile_edges(np.arange(100.0), 10))
    assert np.bincount(at).tolist() == [10] * 10


def test_missing_and_unlisted_words_have_cells_of_their_own():
    field = Field("x", words=("a", "b"))
    table = frames.table([{"x": word} for word in ("b", None, "c", "", "a")])
    assert field.at(table).tolist() == [1, 2, 3, 2, 0]
    assert (field.size, field.cells, field.names) == (2, 4, ("a", "b", ""))


def test_words_as_frequent_as_one_left_out_are_left_out():
    field = Field("x", words=("a", "b", "c", "d"))
    at = np.array([0, 0, 0, 1, 1, 2, 2, 3])
    assert common(field, at, 2)[0].words == ("a",)
    assert common(field, at, 3)[0].words == ("a", "b", "c")
    assert common(field, at, 4)[0] is field


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_cells_of_fewer_words_are_those_that_reading_them_gives(most):
    field = Field("x", words=("a", "b", "c", "d"))
    table = frames.table([{"x": word} for word in (*"daabbbcc", None, "e")])
    fewer, at = common(field, field.at(table), most)
    assert at.tolist() == fewer.at(table).tolist()


@given(st.lists(st.sampled_from([1.0, 2.0]), min_size=1, max_size=8), st.floats(-2, 9))
def test_joined_bands_earn_the_same(points, value):
    bins = Bins(tuple(map(float, range(len(points) - 1))), points)
    row = [float(np.searchsorted(b.edges, value, side="right")) for b in (bins, joined(bins))]
    assert bins.points[int(row[0])] == joined(bins).points[int(row[1])]


@pytest.mark.parametrize("edges", [(), (1.0,), (1.0, 5.0)])
def test_bands_are_closed_on_the_left(edges):
    at = Field("x", edges).at(frames.table([{"x": edge} for edge in edges] or [{"x": 0}]))
    assert at.tolist() == list(range(1, len(edges) + 1)) or [0]
