"""A guide never hides a bucket: the cell of a value, or one beside it, lists where it belongs."""

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg.frames.engines.guide import Guide

ENGINE = duckdb.connect()
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
EDGES = st.lists(NUMBERS, min_size=1, max_size=20, unique=True).map(sorted)


def cells_of(guide, values):
    given = ENGINE.sql(f"SELECT unnest({[repr(v) for v in values]}::DOUBLE[]) AS x")
    return [row[0] for row in given.project(guide.sql("x")).fetchall()]


@settings(max_examples=50, deadline=None)
@given(edges=EDGES, values=st.lists(NUMBERS, min_size=1, max_size=10))
def test_each_value_finds_its_bucket_in_its_cell(edges, values):
    edges = np.unique(np.array(edges) + 0.0)
    guide = Guide.of(edges)
    cell, low, high, place = guide.table()
    for value, own in zip(values, cells_of(guide, values), strict=True):
        inside = (cell == own) & (low <= value) & (value < high)
        assert place[inside].tolist() == [np.searchsorted(edges, value, "right")]


def test_a_value_out_of_all_proportion_to_the_edges_is_in_an_end_cell():
    for edge, value in ((3.26e-165, -5.86e143), (1e-290, 1e308), (-1.7e308, 1.7e308)):
        guide = Guide.of(np.array([edge]))
        cell, _, _, place = guide.table()
        (own,) = cells_of(guide, [value])
        assert int(value >= edge) in place[cell == own]


@pytest.mark.parametrize(
    "edges",
    [
        np.geomspace(1e-6, 1e12, 2000),
        1e9 + np.linspace(0, 1, 2000),
        np.concatenate((np.linspace(0, 1, 1000), [1e15])),
        np.concatenate((-np.geomspace(1e-3, 1e9, 900)[::-1], np.geomspace(1e-3, 1e9, 900))),
    ],
)
def test_few_edges_share_a_cell_wherever_they_lie(edges):
    guide = Guide.of(edges)
    cell = guide.table()[0]
    assert np.bincount(cell).max() < 40


def test_no_edges_are_one_bucket_everywhere():
    guide = Guide.of(np.empty(0))
    _, low, high, place = guide.table()
    assert set(zip(low.tolist(), high.tolist(), place.tolist(), strict=True)) == {
        (-np.inf, np.inf, 0)
    }
