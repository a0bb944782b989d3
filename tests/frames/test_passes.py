"""Aggregates of one column are the same in memory and in every engine, and fetch no rows."""

from fractions import Fraction
from itertools import pairwise

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import everykind
from custseg.errors import DataError, MissingColumnError
from custseg.frames import Unit, crossings, table

NUMBERS = st.one_of(
    st.none(),
    st.floats(width=32),
    st.sampled_from([0.0, -0.0, 1.0, 1e-300, 1e300, -1e300, np.inf, np.nan]),
    st.integers(-5, 5).map(float),
)
EDGES = st.lists(st.floats(allow_nan=False, allow_infinity=False), unique=True, max_size=30).map(
    sorted
)
LAZY = everykind.LAZY


def of(kind, values):
    rows = [{"x": value} for value in values]
    return table(everykind.as_table(kind, rows, {"x": "number"})).passes("x")


def by_hand(values, edges):
    known = np.array([v for v in values if v is not None and np.isfinite(v)])
    ends = [-np.inf, *edges, np.inf]
    return [known[(known >= a) & (known < b)] for a, b in pairwise(ends)]


@pytest.mark.parametrize("kind", ["pandas", *LAZY])
@given(values=st.lists(NUMBERS, max_size=40), edges=EDGES)
def test_buckets_hold_what_lies_between_their_edges(kind, values, edges):
    found = of(kind, values).buckets(np.array(edges))
    held = by_hand(values, edges)
    assert found.count.tolist() == [len(part) for part in held]
    assert np.array_equal(found.low, [min(p, default=np.nan) for p in held], equal_nan=True)
    assert np.array_equal(found.high, [max(p, default=np.nan) for p in held], equal_nan=True)
    assert found.missing == sum(v is None or np.isnan(v) for v in values)
    assert found.infinite == sum(v is not None and np.isinf(v) for v in values)


@pytest.mark.parametrize("kind", ["pandas", *LAZY])
@pytest.mark.parametrize("centre", [0.0, 2.5, np.array([1.0, 2.0, 30.0, 40.0])])
def test_sums_are_taken_about_the_centre(kind, centre):
    values = [1.5, 2.0, 2.25, None, 31.0, np.inf, 29.0]
    found = of(kind, values).buckets(np.array([2.0, 10.0, 40.0]), centre=centre)
    about = np.broadcast_to(centre, 4)
    off = [p - c for p, c in zip(by_hand(values, [2.0, 10.0, 40.0]), about, strict=True)]
    assert found.total.tolist() == [part.sum() for part in off]
    assert found.squares.tolist() == [(part**2).sum() for part in off]


@pytest.mark.parametrize("kind", ["pandas", *LAZY])
@given(values=st.lists(NUMBERS, max_size=40), edges=EDGES)
def test_a_tally_counts_each_value_within_the_ranges(kind, values, edges):
    ranges = list(zip(edges[::2], edges[1::2], strict=False))
    found = of(kind, values).tally(ranges)
    inside = [v for v in values if v is not None and any(a <= v <= b for a, b in ranges)]
    wanted = {v: inside.count(v) for v in inside}
    got = zip(found.values.tolist(), found.counts.tolist(), strict=True)
    assert list(got) == sorted(wanted.items())


@pytest.mark.parametrize("kind", ["pandas", *LAZY])
def test_ranges_may_touch_and_reach_to_the_end(kind):
    largest = np.finfo(float).max
    values = [-largest, 1.0, np.nextafter(1.0, 2.0), 1.5, 3.0, largest]
    found = of(kind, values).tally([(0.0, 1.0), (np.nextafter(1.0, 2.0), 1.25), (2.0, largest)])
    assert found.values.tolist() == [*values[1:3], 3.0, largest]


SHAPES = {
    "whales": np.r_[np.linspace(0, 100, 3000), 1e9, 3e12],
    "far apart": np.r_[np.linspace(-1, 1, 1500), 1e9 + np.linspace(-1, 1, 1500)],
    "all near one": 1e6 + np.linspace(0, 1e-3, 3000),
    "negative": -np.geomspace(1e-6, 1e6, 3000),
}


@pytest.mark.parametrize("kind", LAZY)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_thousand_edges_anywhere_part_the_values_as_in_memory(kind, shape):
    values = SHAPES[shape]
    edges = np.unique(np.sort(values)[::3])
    found, wanted = (of(k, values.tolist()).buckets(edges) for k in (kind, "pandas"))
    assert found.count.tolist() == wanted.count.tolist()
    assert np.array_equal(found.low, wanted.low, equal_nan=True)
    assert np.allclose(found.squares, wanted.squares, rtol=1e-12)


@pytest.mark.parametrize("kind", LAZY)
def test_no_rows_cross(kind):
    with crossings() as account:
        passes = of(kind, [1.0, 2.0, 2.0, None])
        passes.buckets(np.array([1.5]))
        passes.tally([(0.0, 2.0)])
    assert [(one.rows, one.columns, one.sums) for one in account] == [
        (3, ("x",), True),
        (2, ("x",), True),
    ]


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_what_is_no_number_is_refused_as_everywhere(kind):
    opened = table(everykind.as_table(kind, [{"t": "a"}], {"t": "text"}))
    with pytest.raises(DataError, match="column 't'"):
        opened.passes("t")
    with pytest.raises(MissingColumnError):
        opened.passes("x")


@pytest.mark.parametrize("kind", ["pandas", *LAZY])
@pytest.mark.parametrize("edges", [[2.0, 1.0], [1.0, 1.0], [np.inf], [np.nan]])
def test_edges_that_do_not_ascend_are_refused(kind, edges):
    with pytest.raises(DataError, match="must be finite and ascend"):
        of(kind, [1.0]).buckets(np.array(edges))


def test_a_column_of_any_numeric_type_and_any_name():
    relation = duckdb.connect().sql('SELECT 12.34::DECIMAL(9, 2) AS "it\'s ""x"""')
    assert table(relation).passes('it\'s "x"').buckets(np.empty(0)).low.tolist() == [12.34]
    frame = pl.LazyFrame({"n": [2**53 + 1, 3], "b": [True, False]})
    assert table(frame).passes("n").buckets(np.empty(0)).high.tolist() == [float(2**53 + 1)]
    assert table(frame).passes("b").buckets(np.empty(0)).count.tolist() == [2]


def test_a_table_that_was_fetched_already_is_not_asked_again():
    opened = table(pl.LazyFrame({"x": [1.0, 2.0]}))
    opened.read({"x": "number"})
    with crossings() as account:
        assert opened.passes("x").buckets(np.empty(0)).count.tolist() == [2]
    assert account == []


def exactly(values, unit):
    one = Fraction(1, 10_000) if unit.power is None else Fraction(2) ** unit.power
    return sum((Fraction(v) for v in values), Fraction(0)) / one


@pytest.mark.parametrize("kind", ["pandas", *LAZY])
@given(values=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=40))
def test_money_adds_up_to_the_last_cent(kind, values):
    amounts = [value / 10_000 for value in values]
    found = of(kind, [*amounts, None, np.nan, np.inf]).sums(np.array([0.5, 100.0]), Unit())
    parts = by_hand(amounts, [0.5, 100.0])
    assert found.whole == tuple(round(sum(part * 10_000)) for part in parts)
    assert found.count.tolist() == [len(part) for part in parts]
    assert not found.finer.any()


@pytest.mark.parametrize("kind", ["pandas", *LAZY])
def test_what_is_finer_than_money_is_counted(kind):
    found = of(kind, [0.1 + 0.2, 1 / 3, 2.5, 1e300, -1e300, None]).sums(np.array([1.0]), Unit())
    assert (found.finer.tolist(), found.whole) == ([3, 1], (0, 25_000))


@pytest.mark.parametrize("kind", ["pandas", *LAZY])
@given(values=st.lists(st.floats(1e-30, 1e30) | st.floats(-1e30, -1e-30), min_size=1))
def test_floats_add_up_to_the_last_bit(kind, values):
    unit = Unit.of(min(map(abs, values)), max(map(abs, values)))
    found = of(kind, values).sums(np.array([1.0]), unit)
    assert found.whole == tuple(exactly(part, unit) for part in by_hand(values, [1.0]))
    assert not found.finer.any()
