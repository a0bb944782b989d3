"""Columns at other rows, their types kept."""

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from custseg import frames
from custseg.errors import MissingColumnError
from custseg.frames.gather import gathered, recoded, stacked

ROWS = np.array([2, 0, 0, -1], dtype=np.intp)
PANDAS = [
    pd.Series([1, 2, 3], dtype="Int64"),
    pd.Series([1, 2, 3], dtype="int32[pyarrow]"),
    pd.Series(["a", "b", "c"], dtype="string"),
    pd.Series(["a", "b", "c"], dtype=object),
    pd.Series(pd.Categorical(["a", "b", "c"], ["c", "b", "a"], ordered=True)),
    pd.Series(pd.to_datetime(["2026-01-01", "2026-01-02", None]).tz_localize("Asia/Shanghai")),
    pd.Series([1.5, None, 2.5]),
]


@pytest.mark.parametrize("series", PANDAS, ids=lambda s: str(s.dtype))
def test_pandas_types_stay(series):
    frame = pd.DataFrame({"x": series.to_numpy() if series.dtype == object else series})
    frame.index = ["p", "q", "r"]
    table, given = frames.table(frame), frame["x"].tolist()
    copied = table.build({"x": gathered(table, "x", ROWS)})["x"]
    made = table.build({"x": recoded(table, "x", ROWS, given)})["x"]
    assert copied.dtype == frame["x"].dtype
    assert made.dtype == frame["x"].dtype or isinstance(copied.dtype, pd.CategoricalDtype)
    for out in (copied, made):
        assert out.isna().tolist()[3]
        assert out.tolist()[1:3] == [given[0], given[0]]


def test_a_pandas_column_goes_onto_any_index():
    frame = pd.DataFrame({"x": [1, 2, 3]}, index=[30, 20, 10])
    table = frames.table(frame)
    out = table.attach({"y": gathered(table, "x", np.array([2, 1, 0]))})
    assert out["y"].tolist() == [3, 2, 1]
    assert out.index.tolist() == [30, 20, 10]
    assert out["y"].dtype == frame["x"].dtype


def test_whole_numbers_of_numpy_become_floats_only_to_be_missing():
    table = frames.table(pd.DataFrame({"x": [1, 2, 3]}))
    assert table.build({"x": gathered(table, "x", ROWS)})["x"].dtype == np.float64


def test_polars_types_stay():
    frame = pl.DataFrame(
        {"x": ["a", "b", "c"], "n": [1, 2, 3]},
        schema={"x": pl.Enum(["c", "b", "a"]), "n": pl.UInt8},
    )
    table = frames.table(frame)
    made = table.build({"x": gathered(table, "x", ROWS), "n": recoded(table, "n", ROWS, [7, 8, 9])})
    assert made.schema == frame.schema
    assert made.to_dict(as_series=False) == {"x": ["c", "a", "a", None], "n": [9, 7, 7, None]}


def test_values_that_do_not_fit_change_the_type_not_the_value():
    table = frames.table(pl.DataFrame({"n": [1]}, schema={"n": pl.UInt8}))
    assert table.build({"n": recoded(table, "n", np.array([0]), [300])})["n"].to_list() == [300]
    table = frames.table(pd.DataFrame({"n": pd.array([1], dtype="int8")}))
    assert table.build({"n": recoded(table, "n", np.array([0]), [300])})["n"].tolist() == [300]
    table = frames.table(pa.table({"n": pa.array([1], pa.int8())}))
    assert table.build({"n": recoded(table, "n", np.array([0]), [300])})["n"].to_pylist() == [300]


def test_arrow_types_stay():
    held = pa.table({"x": pa.chunked_array([[1], [2, 3]], pa.int16())})
    table = frames.table(held)
    made = table.build({"x": gathered(table, "x", ROWS)})
    assert made.schema == held.schema
    assert made["x"].to_pylist() == [3, 1, 1, None]


def test_lazy_tables_are_fetched_once():
    relation = duckdb.sql("SELECT unnest(['a', 'b', 'c']) AS x")
    for lazy in (pl.LazyFrame({"x": ["a", "b", "c"]}), relation):
        with frames.crossings() as account:
            table = frames.table(lazy)
            column = gathered(table, "x", np.array([0, 0, 1], dtype=np.intp))
            out = table.attach({"y": column})
        assert len(account) == 1
        got = out.collect()["y"].to_list() if isinstance(out, pl.LazyFrame) else out.fetchall()
        assert got in (["a", "a", "b"], [("a", "a"), ("b", "a"), ("c", "b")])


def test_no_rows_can_be_gathered():
    empty = np.zeros(0, dtype=np.intp)
    for data in (pd.DataFrame({"x": [1]}), pl.DataFrame({"x": [1]}), pa.table({"x": [1]})):
        table = frames.table(data)
        assert len(table.build({"x": gathered(table, "x", empty)})) == 0


def test_a_missing_column_is_named():
    with pytest.raises(MissingColumnError, match="name"):
        gathered(frames.table([{"x": 1}]), "name", ROWS)


@pytest.mark.parametrize("series", PANDAS[:4], ids=lambda s: str(s.dtype))
def test_stacked_pandas_columns_keep_their_type(series):
    table = frames.table(pd.DataFrame({"x": series}))
    made = table.build({"x": stacked([table, table], "x")})["x"]
    assert made.dtype == table.native["x"].dtype
    assert made.tolist() == series.tolist() * 2


@pytest.mark.parametrize("kind", [pl.DataFrame, pa.table])
def test_stacked_columns_of_other_libraries_keep_their_type(kind):
    one, other, both = (
        frames.table(kind({"x": ids})) for ids in (["b", "a"], ["c"], ["b", "a", "c"])
    )
    made = one.build({"x": stacked([one, other], "x")})
    assert type(made) is type(one.native)
    assert made.equals(both.native)


def test_tables_of_two_kinds_are_stacked_as_the_first_has_it():
    numbers = frames.table(pd.DataFrame({"x": np.array([9, 3], dtype="i4")}))
    records = frames.table([{"x": 7}])
    assert numbers.build({"x": stacked([numbers, records], "x")})["x"].tolist() == [9, 3, 7]
    assert stacked([records, numbers], "x") == [7, 9, 3]
    labels = frames.table(pd.DataFrame({"x": pd.Categorical(["u", "v"])}))
    others = frames.table(pd.DataFrame({"x": pd.Categorical(["w"])}))
    assert labels.build({"x": stacked([labels, others], "x")})["x"].tolist() == ["u", "v", "w"]
