"""Values by code, in order on demand."""

from datetime import date
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from custseg import frames
from custseg.frames.held import held


def read(data):
    found = held(frames.table(data), "x")
    return [found.values[at] if at >= 0 else None for at in found.at.tolist()]


@pytest.mark.parametrize(
    "data",
    [
        [{"x": "b"}, {"x": " "}, {"x": None}, {}, {"x": "a"}, {"x": float("nan")}],
        pd.DataFrame({"x": ["b", " ", None, None, "a", None]}),
        pl.DataFrame({"x": ["b", "", None, "\u3000", "a", None]}),
        pa.table({"x": ["b", "", None, "\t", "a", None]}),
    ],
    ids=["records", "pandas", "polars", "arrow"],
)
def test_blank_is_missing(data):
    assert read(data) == ["b", None, None, None, "a", None]


@pytest.mark.parametrize(
    "data",
    [
        pl.DataFrame({"x": [2.5, float("nan"), None]}),
        pa.table({"x": [2.5, float("nan"), None]}),
        pd.DataFrame({"x": pd.array([2.5, None, None], dtype="double[pyarrow]")}),
        pd.DataFrame({"x": pd.array([2.5, None, None], dtype="Float64")}),
    ],
    ids=["polars", "arrow", "pandas arrow", "pandas nullable"],
)
def test_nan_is_missing(data):
    assert read(data) == [2.5, None, None]


@pytest.mark.parametrize(
    "values",
    [
        [3, 1, 2],
        [3.5, 1.5, 2.5],
        ["c", "a", "b"],
        [True, False],
        [date(2026, 3, 1), date(2024, 1, 1), date(2025, 2, 1)],
        [Decimal("2.5"), Decimal(-1), Decimal(0)],
    ],
    ids=["ints", "floats", "texts", "flags", "dates", "decimals"],
)
@pytest.mark.parametrize(
    "make",
    [list, pl.DataFrame, pd.DataFrame, pa.Table.from_pylist],
    ids=["records", "polars", "pandas", "arrow"],
)
def test_values_have_an_order(values, make):
    found = held(frames.table(make([{"x": value} for value in values])), "x")
    assert [found.places[at] for at in found.at] == [sorted(values).index(v) for v in values]
    assert found.ascending is not None


def test_mixed_values_have_a_place_but_no_order():
    found = held(frames.table([{"x": "a"}, {"x": 3}]), "x")
    assert found.ascending is None
    assert found.places.tolist() == [1, 0]
