"""Money is whole 1/10000 units: exact, the same from every kind, and what is odd is counted."""

from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import everykind
from custseg.frames import UNITS, amounts, table
from custseg.frames.money import from_ints, parsed

cents = st.integers(-(10**13), 10**13)


def read(data):
    money = table(data).money("a")
    return money.units.tolist(), money.known.tolist(), money.unreadable.tolist(), money.rounded


def rows(values):
    return [{"a": value} for value in values]


@given(
    st.lists(st.none() | st.floats(allow_nan=True), max_size=6), st.sampled_from(everykind.KINDS)
)
def test_floats_are_the_same_money_in_every_kind(values, kind):
    assert read(everykind.as_table(kind, rows(values), {"a": "number"})) == read(rows(values))


@given(st.lists(cents, max_size=6))
def test_decimals_are_exact_and_their_order_does_not_matter(values):
    money = parsed([Decimal(v).scaleb(-2) for v in values])
    assert money.units.tolist() == [v * 100 for v in values]
    assert money.rounded == 0
    backwards = parsed([Decimal(v).scaleb(-2) for v in reversed(values)])
    assert int(money.units.sum()) == int(backwards.units.sum())


@given(cents)
def test_an_amount_of_cents_is_the_same_as_float_decimal_and_text(value):
    exact = Decimal(value).scaleb(-2)
    money = parsed([float(exact), exact, str(exact), f"¥{exact:,}"])
    assert money.units.tolist() == [value * 100] * 4
    assert money.rounded == 0


@pytest.mark.parametrize(
    "make",
    [
        lambda v: pd.DataFrame({"a": pd.Series(v, dtype=object)}),
        lambda v: pd.DataFrame({"a": pd.array(v, dtype=pd.ArrowDtype(pa.decimal128(20, 6)))}),
        lambda v: pl.DataFrame({"a": pl.Series(v, dtype=pl.Decimal(20, 6))}),
        lambda v: pa.table({"a": pa.array(v, pa.decimal128(20, 6))}),
        lambda v: pa.table({"a": pa.array(v, pa.decimal256(60, 6))}),
        rows,
    ],
    ids=["object", "pandas-arrow", "polars", "arrow", "arrow-256", "records"],
)
def test_decimals_finer_than_a_unit_are_rounded_and_counted_row_by_row(make):
    values = [Decimal("0.000010"), Decimal("0.000010"), None, Decimal("1.230000")]
    assert read(make(values)) == ([0, 0, 0, 12_300], [True, True, False, True], [False] * 4, 2)


def test_floats_finer_than_a_unit_are_rounded_and_counted():
    assert read(rows([0.00006, 0.1 + 0.2, 19.99])) == (
        [1, 3000, 199_900],
        [True] * 3,
        [False] * 3,
        1,
    )


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("1,234.50", 12_345_000),
        ("¥1,234.50", 12_345_000),
        ("￥12", 120_000),
        ("12元", 120_000),
        ("$ 5", 50_000),
        ("1 234 €", 12_340_000),
        ("１２．５", 125_000),
        ("-5", -50_000),
        ("+.5", 5_000),
        ("1e3", 10_000_000),
        ("12,34,567", 12_345_670_000),
    ],
)
def test_written_amounts(text, units):
    assert parsed([text]).units.tolist() == [units]


@pytest.mark.parametrize(
    "text",
    ["1,5", "1.234,50", "12,", "n/a", "1_000", "NaN", "Infinity", "(5.00)", "1.2.3", "-", "."],
)
def test_what_is_no_amount_is_counted_never_guessed(text):
    money = parsed([text])
    assert money.unreadable.tolist() == [True]
    assert money.known.tolist() == [False]


@pytest.mark.parametrize("dtype", ["int8", "int64", "uint64", "Int64"])
def test_whole_amounts(dtype):
    frame = pd.DataFrame({"a": pd.Series([1, 100], dtype=dtype)})
    assert read(frame) == ([UNITS, 100 * UNITS], [True, True], [False, False], 0)


def test_amounts_beyond_the_range_are_unreadable():
    for values in (np.array([-(2**63), 2**62]), np.array([2**63 + 5, 2**64 - 1], dtype=np.uint64)):
        money = from_ints(values)
        assert money.unreadable.tolist() == [True, True]
        assert money.units.tolist() == [0, 0]
    assert read(rows([1e300, float("inf"), 10**30]))[2] == [True, True, True]


def test_amounts_are_units_again():
    assert amounts(np.array([25_500, -1])).tolist() == [2.55, -0.0001]
