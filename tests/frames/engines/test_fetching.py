"""What all tables have in common whose rows are elsewhere."""

import dask.dataframe as dd
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from custseg.errors import MissingColumnError
from custseg.frames import crossings, table

ROWS = {"id": ["a", "b", "c"], "x": [1.0, None, 3.0]}
KINDS = {
    "polars": lambda: pl.LazyFrame(ROWS),
    "duckdb": lambda: duckdb.from_arrow(pa.table(ROWS)),
    "dask": lambda: dd.from_pandas(pd.DataFrame(ROWS), npartitions=2),
    "dataset": lambda: ds.dataset(pa.table(ROWS)),
}


@pytest.fixture(params=KINDS)
def opened(request):
    return table(KINDS[request.param]())


def test_all_rows_are_fetched_once_and_then_at_hand(opened):
    with crossings() as account:
        assert opened.select(["x", "x"]).columns == ("x",)
        assert opened.read({"id": "text"})["id"].texts() == ["a", "b", "c"]
        assert opened.select(["x"]).size == 3
        taken = table(opened.take(opened.read({"x": "number"})["x"].argsort()[:2]))
    assert [one.columns for one in account] == [("x",), ("id", "x")]
    assert taken.lazy
    assert taken.read({"id": "text"})["id"].texts() == ["a", "c"]


def test_an_unknown_column_is_refused_before_any_row_moves(opened):
    with crossings() as account:
        for asked in (opened.select, opened.empty, opened.batches):
            with pytest.raises(MissingColumnError):
                asked(["id", "z"])
        with pytest.raises(MissingColumnError):
            opened.joined(table([{"id": "a"}]), "id", "z")
        with pytest.raises(MissingColumnError):
            opened.joined(table([{"z": "a"}]), "z", "z")
    assert account == []


def test_a_column_that_is_named_twice_comes_once(opened):
    assert opened.empty(["x", "x"]).columns == ("x",)
    assert next(part.columns for part in opened.batches(["x", "x"])) == ("x",)
