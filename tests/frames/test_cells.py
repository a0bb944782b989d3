"""Ids stay as they were given; what is missing is told from what is not."""

from decimal import Decimal
from uuid import UUID

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import everykind
from custseg.errors import DataError
from custseg.frames import table
from custseg.frames.cells import Keys, ListCells, dense

BIG = 2**60 + 1
ONE = UUID(int=1)


def records(values):
    return [{"a": value} for value in values]


def pandas(values, dtype):
    return pd.DataFrame({"a": pd.Series(values, dtype=dtype)})


def arrow(*args):
    return pa.table({"a": pa.array(*args)})


def chunked(*chunks, encode=False):
    arrays = [pa.array(chunk, pa.string()) for chunk in chunks]
    held = [a.dictionary_encode() for a in arrays] if encode else arrays
    return pa.table({"a": pa.chunked_array(held)})


def coded(codes, words):
    return pa.table({"a": pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words))})


IDS = {
    "records": (records(["00017", "17", None, "00017"]), ["00017", "17", None, "00017"]),
    "records of ints": (records([BIG, None, BIG + 1]), [BIG, None, BIG + 1]),
    "records of uuids": (records([ONE, None, ONE]), [ONE, None, ONE]),
    "records of all sorts": (
        records([1, "1", 1.0, True, np.int64(1), np.nan, pd.NA, pd.NaT]),
        [1, "1", 1.0, True, 1, None, None, None],
    ),
    "pandas str": (pandas(["00017", None, "17"], "str"), ["00017", None, "17"]),
    "pandas object": (pandas(["00017", None, "17"], object), ["00017", None, "17"]),
    "pandas objects of all sorts": (
        pandas([1, "1", 1.0, True, None, np.nan], object),
        [1, "1", 1.0, True, None, None],
    ),
    "pandas objects of uuids": (pandas([ONE, None, ONE], object), [ONE, None, ONE]),
    "pandas Int64": (pandas([BIG, None, BIG], "Int64"), [BIG, None, BIG]),
    "pandas int8": (pandas([-128, 127, -128], "int8"), [-128, 127, -128]),
    "pandas uint64": (pandas([2**64 - 1, 0], "uint64"), [2**64 - 1, 0]),
    "pandas float": (pandas([1.5, np.nan], "float64"), [1.5, None]),
    "pandas category": (
        pandas(["b", None, "a"], pd.CategoricalDtype(["z", "a", "b"])),
        ["b", None, "a"],
    ),
    "pandas arrow int": (pandas([BIG, None], "int64[pyarrow]"), [BIG, None]),
    "pandas arrow string": (pandas(["00017", None], "string[pyarrow]"), ["00017", None]),
    "polars": (pl.DataFrame({"a": ["00017", None, "17"]}), ["00017", None, "17"]),
    "polars int": (pl.DataFrame({"a": [BIG, None, BIG]}), [BIG, None, BIG]),
    "polars float": (pl.DataFrame({"a": [1.5, None, np.nan]}), [1.5, None, None]),
    "polars enum": (
        pl.DataFrame({"a": pl.Series(["b", None], dtype=pl.Enum(["z", "b"]))}),
        ["b", None],
    ),
    "polars object": (pl.DataFrame({"a": pl.Series([ONE, None], dtype=pl.Object)}), [ONE, None]),
    "polars null": (pl.DataFrame({"a": [None, None]}), [None, None]),
    "arrow": (arrow(["00017", None, "17"]), ["00017", None, "17"]),
    "arrow chunks": (chunked(["a", "b"], [], ["b", None]), ["a", "b", "b", None]),
    "arrow no chunks": (pa.table({"a": pa.chunked_array([], pa.string())}), []),
    "arrow large": (arrow(["00017", None], pa.large_string()), ["00017", None]),
    "arrow float": (arrow([1.5, None, np.nan], pa.float64()), [1.5, None, None]),
    "arrow decimal": (arrow([Decimal("1.10"), None]), [Decimal("1.10"), None]),
    "arrow uuid": (arrow([ONE.bytes, None], pa.uuid()), [ONE, None]),
    "arrow null": (pa.table({"a": pa.nulls(2)}), [None, None]),
    "arrow dictionaries": (chunked(["a", "b"], ["b", "c"], encode=True), ["a", "b", "b", "c"]),
    "arrow dictionary of repeats": (coded([0, None, 1, 2], ["x", "x", "y"]), ["x", None, "x", "y"]),
    "arrow dictionary of null": (coded([0, 1], ["x", None]), ["x", None]),
    "arrow dictionary of more": (coded([2, 2], ["x", "y", "z"]), ["z", "z"]),
    "duckdb uuid": (duckdb.sql(f"SELECT '{ONE}'::UUID a"), [ONE]),
    "duckdb int": (duckdb.sql(f"SELECT {BIG} a UNION ALL SELECT NULL"), [BIG, None]),
    "empty text": (records(["", None, ""]), ["", None, ""]),
}


@pytest.mark.parametrize(("data", "expected"), IDS.values(), ids=IDS)
def test_ids_come_back_as_they_were_given(data, expected):
    keys = table(data).keys("a")
    ids = [*keys.ids(), None]
    given = [ids[code] for code in keys.at.tolist()]
    assert given == expected
    assert [type(v) for v in given] == [type(v) for v in expected]
    known = [v for v in keys.ids() if v is not None]
    assert len(known) == len({(type(v), v) for v in expected if v is not None})


@pytest.mark.parametrize(("data", "expected"), IDS.values(), ids=IDS)
def test_first_is_the_first_row_of_each_id(data, expected):
    keys = table(data).keys("a")
    told = [(type(v), v) for v in expected]
    for value, row in zip(keys.ids(), keys.first.tolist(), strict=True):
        assert row == (-1 if value is None else told.index((type(value), value)))


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-5, 5)))
def test_dense_codes_give_the_numbers_back(values):
    keys = dense(np.array(values, dtype=np.int64))
    assert np.asarray(keys.uniques)[keys.at].tolist() == values
    assert keys.ids() == sorted(set(values))


@pytest.mark.parametrize("dtype", ["int8", "int16", "int32", "int64"])
def test_dense_codes_do_not_wrap_at_the_ends_of_a_type(dtype):
    ends = np.iinfo(dtype)
    values = np.array([ends.min, ends.max, 0, ends.min], dtype=dtype)
    keys = dense(values)
    assert np.asarray(keys.uniques)[keys.at].tolist() == values.tolist()


def test_a_column_of_lists_has_no_ids():
    for data in (records([[1]]), pa.table({"a": [[1]]}), pl.DataFrame({"a": [[1]]})):
        with pytest.raises(DataError, match=r"column 'a': holds lists, dicts or the like"):
            table(data).keys("a")


MISSING = {"empty": "", "none": None, "nan": float("nan"), "nat": pd.NaT, "na": pd.NA}


@pytest.mark.parametrize("lost", MISSING.values(), ids=MISSING)
def test_what_is_missing_is_missing_in_every_reading(lost):
    cells = ListCells([lost, 0])
    assert cells.present().tolist() == [False, True]
    assert np.isnan(cells.number()).tolist() == [True, False]
    assert cells.text().texts() == [None, "0"]
    assert cells.distinct().words == (0,)
    assert cells.money().known.tolist() == [False, True]
    assert ListCells([lost]).moments("UTC").known.tolist() == [False]
    assert np.isnan(ListCells([lost]).day()).all()


def test_empty_text_is_an_id_but_no_value():
    cells = ListCells(["", "a"])
    assert cells.keys().ids() == ["", "a"]
    assert cells.distinct().at.tolist() == [-1, 0]


def test_a_signaling_nan_is_missing():
    assert np.isnan(ListCells([Decimal("sNaN")]).number()).all()
    assert ListCells([Decimal("sNaN")]).keys().at.tolist() == [-1]


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_a_column_without_values_is_readable_as_anything(kind):
    for as_what in ("number", "text"):
        data = everykind.as_table(kind, records([None, None]), {"a": as_what})
        opened = table(data)
        for need in ("number", "day", "text", "any"):
            column = opened.read({"a": need})["a"]
            lost = getattr(column, "at", column)
            assert {str(v) for v in lost.tolist()} <= {"nan", "-1", "False"}
        assert not opened.money("a").known.any()
        assert not opened.moments("a", "UTC").known.any()
        assert opened.keys("a").at.tolist() == [-1, -1]


def test_numbers_of_every_make_are_floats():
    values = [1, 2.5, True, Decimal("1.5"), np.float32(0.5), np.int8(3), None, ""]
    read = ListCells(values).number()
    np.testing.assert_array_equal(read, [1, 2.5, 1, 1.5, 0.5, 3, np.nan, np.nan])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("7", "holds text where a number"),
        ([1], "holds list where a number"),
        (1j, "holds complex where a number"),
        (10**400, "holds a number beyond the range of floats"),
    ],
    ids=["text", "list", "complex", "huge"],
)
def test_what_is_no_number_is_named_by_its_row(value, message):
    with pytest.raises(DataError, match=f"row 2: {message}"):
        table(records([1, None, value])).read({"a": "number"})


def test_texts_of_numbers_have_no_point_and_no_numpy():
    values = [17, 17.0, np.float32(17), np.True_, True, 1.5, np.int64(2)]
    assert ListCells(values).text().texts() == ["17", "17", "17", "true", "true", "1.5", "2"]


def test_texts_that_read_alike_share_a_code():
    codes = ListCells(["17", 17, 17.0]).text()
    assert codes.words == ("17",)
    assert codes.at.tolist() == [0, 0, 0]


def test_keys_of_ids_that_occur_nowhere():
    assert Keys(np.array([1, -1]), ["a", "b"]).first.tolist() == [-1, 0]


@pytest.mark.parametrize("kind", ["arrow", "pandas arrow", "polars", "duckdb"])
def test_a_decimal_is_the_float_that_prints_it(kind):
    wanted = [639.3, None, -0.05, 123456789012.34]
    held = arrow([v if v is None else Decimal(str(v)) for v in wanted], pa.decimal128(20, 2))
    made = {
        "arrow": lambda: held,
        "pandas arrow": lambda: held.to_pandas(types_mapper=pd.ArrowDtype),
        "polars": lambda: pl.from_arrow(held),
        "duckdb": lambda: duckdb.connect().from_arrow(held),
    }
    found = table(made[kind]()).read({"a": "number"})["a"]
    assert [None if np.isnan(v) else v for v in found.tolist()] == wanted
