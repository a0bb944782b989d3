"""Decimals as units from their bytes are what they are read one by one."""

from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.frames import table
from custseg.frames.decimals import money_of_decimals
from custseg.frames.money import parsed

DIGITS = st.lists(st.none() | st.integers(-(10**18) + 1, 10**18 - 1), max_size=8)


@given(digits=DIGITS, scale=st.integers(0, 4), split=st.integers(0, 8))
def test_the_same_as_one_by_one(digits, scale, split):
    values = [None if d is None else Decimal(d).scaleb(-scale) for d in digits]
    kind = pa.decimal128(30, scale)
    cut = min(split, len(values))
    array = pa.chunked_array([pa.array(values[:cut], kind), pa.array(values[cut:], kind)], kind)
    exact, found = parsed(values), money_of_decimals(array)
    fits = all(v is None or abs(v) * 10_000 < 10**18 for v in values)
    assert (found is not None) == fits
    if found is not None:
        assert found.units.tolist() == exact.units.tolist()
        assert found.known.tolist() == exact.known.tolist()
        assert found.rounded == 0


def test_a_slice_is_read_at_its_place():
    array = pa.array([Decimal("1.25"), None, Decimal("-3.50"), Decimal(4)], pa.decimal128(9, 2))
    assert money_of_decimals(array.slice(1, 2)).units.tolist() == [0, -35_000]
    assert money_of_decimals(array.slice(4)).units.tolist() == []


@pytest.mark.parametrize(
    "array",
    [
        pa.array([Decimal("0.00001")], pa.decimal128(9, 5)),
        pa.array([Decimal(2**70)], pa.decimal128(30, 0)),
        pa.array([Decimal(10**15)], pa.decimal128(30, 0)),
        pa.array([Decimal(1)], pa.decimal256(60, 2)),
        pa.array([1.5]),
    ],
    ids=["fine", "large", "larger than money", "wide", "float"],
)
def test_what_does_not_fit_is_left_to_others(array):
    assert money_of_decimals(array) is None


@pytest.mark.parametrize(
    "make",
    [
        lambda v: pl.DataFrame({"a": pl.Series(v, dtype=pl.Decimal(20, 2))}),
        lambda v: pa.table({"a": pa.array(v, pa.decimal128(20, 2))}),
        lambda v: pd.DataFrame({"a": pd.array(v, dtype=pd.ArrowDtype(pa.decimal128(20, 2)))}),
    ],
    ids=["polars", "arrow", "pandas"],
)
def test_columns_of_every_library_are_read_so(make):
    values = [Decimal("19.99"), None, Decimal("-0.01")]
    money = table(make(values)).money("a")
    assert money.units.tolist() == [199_900, 0, -100]
    assert money.known.tolist() == [True, False, True]
    assert not np.any(money.unreadable)
