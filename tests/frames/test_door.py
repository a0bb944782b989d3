from collections import namedtuple
from dataclasses import dataclass

import attrs
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import everykind
from custseg.errors import DataError
from custseg.frames import table
from custseg.frames.eager import EagerTable
from custseg.frames.engines.lazy import LazyTable
from custseg.frames.records import RecordTable

ROWS = [{"customer_id": "00017", "revenue": 2.5}, {"customer_id": "18", "revenue": None}]
NEEDS = {"customer_id": "text", "revenue": "number"}
Buyer = namedtuple("Buyer", ["customer_id", "revenue"])  # noqa: PYI024 - the plain kind is meant


@attrs.frozen
class Person:
    customer_id: str
    revenue: float | None


@dataclass(frozen=True)
class Guest:
    customer_id: str
    revenue: float | None


@pytest.mark.parametrize("kind", everykind.EVERY)
def test_every_kind_is_opened(kind):
    opened = table(everykind.as_table(kind, ROWS, NEEDS))
    assert opened.columns == ("customer_id", "revenue")
    assert opened.size == 2
    assert opened.lazy is (kind in everykind.LAZY)
    read = opened.read({"customer_id": "text", "revenue": "number"})
    assert read["customer_id"].texts() == ["00017", "18"]
    assert read["revenue"][0] == 2.5
    assert np.isnan(read["revenue"][1])


@pytest.mark.parametrize("kind", everykind.EVERY)
def test_no_rows_and_one_row_have_an_answer(kind):
    for rows in ([], ROWS[:1]):
        opened = table(everykind.as_table(kind, rows, NEEDS))
        read = opened.read({"customer_id": "text", "revenue": "number"})
        assert opened.size == len(rows)
        assert read["customer_id"].texts() == [row["customer_id"] for row in rows]
        assert read["revenue"].tolist() == [row["revenue"] for row in rows]


def one_by_one(made):
    yield from made


@pytest.mark.parametrize("make", [Person, Guest, Buyer])
@pytest.mark.parametrize("hold", [list, tuple, iter, one_by_one])
def test_records_of_every_make_and_holder(make, hold):
    opened = table(hold([make(**row) for row in ROWS]))
    assert isinstance(opened, RecordTable)
    assert opened.native == ROWS


def test_a_key_that_some_records_lack_is_missing_there():
    opened = table([{"a": 1}, {"b": 2}, {"a": 3, "b": 4}])
    assert opened.columns == ("a", "b")
    assert opened.read({"b": "any"})["b"].tolist() == [False, True, True]
    assert opened.native == [{"a": 1}, {"b": 2}, {"a": 3, "b": 4}]


def test_an_opened_table_is_opened_already():
    opened = table(ROWS)
    assert table(opened) is opened


@pytest.mark.parametrize(
    "stream",
    [pa.table({"a": [1]}).to_reader(), pa.RecordBatch.from_pydict({"a": [1]})],
    ids=["reader", "batch"],
)
def test_arrow_streams_are_tables(stream):
    opened = table(stream)
    assert isinstance(opened, EagerTable)
    assert opened.columns == ("a",)


def test_a_relation_stays_in_its_engine():
    with duckdb.connect() as engine:
        assert isinstance(table(engine.sql("SELECT 1 AS a")), LazyTable)


@pytest.mark.parametrize(
    "make",
    [
        lambda: pd.DataFrame([[1, 2, 3]], columns=["a", "b", "a"]),
        lambda: pa.table([[1], [2], [3]], names=["a", "b", "a"]),
        lambda: duckdb.connect().sql("SELECT 1 AS a, 2 AS b, 3 AS a"),
    ],
    ids=["pandas", "arrow", "duckdb"],
)
def test_repeated_column_names_are_refused(make):
    with pytest.raises(DataError, match=r"unique; these occur more than once: \['a'\]"):
        table(make())


def test_column_names_of_several_levels_are_refused():
    frame = pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "x")]))
    with pytest.raises(DataError, match="several levels; flatten"):
        table(frame)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"a": [1]}, r"one record is not a table.*\.one\(record\)"),
        (Buyer("1", 2.0), "one record is not a table"),
        ("customers.csv", "a text or path is not a table: read the file first"),
        (b"x", "a text or path"),
        (None, "got NoneType"),
        (7, "got int"),
        ({1, 2}, "got set"),
        (np.zeros((2, 2)), "one column is not a table"),
        (pd.Series([1]), "one column is not a table"),
        (pl.Series([1]), "one column is not a table"),
        ([1], "a record is a dict, attrs or dataclass object, got int"),
        ([(1, 2)], "got tuple"),
        (iter(["x"]), "got str"),
    ],
    ids=range(13),
)
def test_what_is_no_table_is_refused_with_what_to_do(data, message):
    with pytest.raises(DataError, match=message):
        table(data)


@pytest.mark.parametrize(
    ("home", "name", "message"),
    [
        ("dask.array.core", "Array", "a table is a list of records"),
        ("pyspark.sql.classic.column", "Column", "is a DataFrame; got Column"),
        ("pyspark.pandas.frame", "DataFrame", r"pass that of Spark, df\.to_spark\(\)"),
    ],
)
def test_what_of_an_engine_is_no_dataframe_is_refused(home, name, message):
    with pytest.raises(DataError, match=message):
        table(type(name, (), {"__module__": home})())
