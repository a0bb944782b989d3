"""What a frame held before is there after: index, dtypes, values, order."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import numpy as np
import pandas as pd
import polars as pl
import polars.testing
import pyarrow as pa
import pytest

from custseg._typing import Codes
from custseg.frames import table
from custseg.rules import Line

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC).replace(tzinfo=None)
TIER = {"tier": Codes(np.array([1, -1, 0]), ("low", "high"))}


def pandas_columns():
    return {
        "int": [1, 2, 2**60 + 1],
        "Int64": pd.array([2**60 + 1, None, 3], dtype="Int64"),
        "uint": np.array([2**64 - 1, 0, 1], dtype=np.uint64),
        "f32": np.array([0.1, np.nan, 2], dtype=np.float32),
        "str": ["00017", None, ""],
        "object": pd.Series([UUID(int=1), None, Decimal("1.10")], dtype=object),
        "category": pd.Categorical(["b", None, "a"], categories=["b", "unused", "a"], ordered=True),
        "boolean": pd.array([True, None, False], dtype="boolean"),
        "s": pd.Series([NOON, None, NOON]).astype("datetime64[s]"),
        "ns": pd.Series([NOON, None, NOON]).dt.tz_localize("Asia/Shanghai").dt.as_unit("ns"),
        "arrow": pd.array(["x", None, "y"], dtype="string[pyarrow]"),
        "decimal": pd.array([Decimal("1.10")] * 3, dtype=pd.ArrowDtype(pa.decimal128(9, 2))),
        "list": pd.array([[1], None, []], dtype=pd.ArrowDtype(pa.list_(pa.int64()))),
        "period": pd.period_range("2026-01", periods=3, freq="M"),
    }


INDEXES = {
    "range": pd.RangeIndex(3),
    "repeated": pd.Index([7, 7, 9], name="row"),
    "texts": pd.Index(["b", "a", "b"]),
    "levels": pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)], names=["x", "y"]),
    "times": pd.DatetimeIndex([NOON, NOON, NOON]),
}


@pytest.mark.parametrize("index", INDEXES.values(), ids=INDEXES)
def test_pandas_keeps_index_dtypes_and_values(index):
    columns = {name: np.asarray(c) if name == "uint" else c for name, c in pandas_columns().items()}
    frame = pd.DataFrame(columns).set_axis(index)
    before = frame.copy(deep=True)
    out = table(frame).attach(TIER)
    pd.testing.assert_frame_equal(out.drop(columns="tier"), before)
    pd.testing.assert_frame_equal(frame, before)
    assert out["tier"].astype(object).where(out["tier"].notna(), None).tolist() == [
        "high",
        None,
        "low",
    ]
    taken = table(frame).take(np.array([2, 0]))
    pd.testing.assert_frame_equal(taken, before.iloc[[2, 0]])


def test_pandas_keeps_columns_named_by_numbers():
    frame = pd.DataFrame({0: [1], "a": [2]})
    assert table(frame).attach({"b": [3]}).columns.tolist() == [0, "a", "b"]


def test_polars_keeps_dtypes_and_values():
    frame = pl.DataFrame(
        {
            "int": pl.Series([2**60 + 1, None, 3]),
            "category": pl.Series(["b", None, "a"], dtype=pl.Categorical),
            "enum": pl.Series(["b", None, "a"], dtype=pl.Enum(["b", "unused", "a"])),
            "object": pl.Series([UUID(int=1), None, UUID(int=2)], dtype=pl.Object),
            "zoned": pl.Series([NOON] * 3).dt.replace_time_zone("Asia/Shanghai"),
            "decimal": pl.Series([Decimal("1.10"), None, None]),
            "list": [[1], None, []],
        }
    )
    before = frame.clone()
    out = table(frame).attach(TIER)
    assert out.drop("tier").schema == before.schema
    pl.testing.assert_frame_equal(out.drop("tier", "object"), before.drop("object"))
    assert out["object"].to_list() == before["object"].to_list()


def test_arrow_keeps_chunks_and_types():
    held = pa.table(
        {
            "chunked": pa.chunked_array([["00017"], ["2", None]]),
            "dictionary": pa.chunked_array([pa.array(["b", None, "a"]).dictionary_encode()]),
            "large": pa.array(["a", None, "b"], pa.large_string()),
            "uuid": pa.ExtensionArray.from_storage(
                pa.uuid(), pa.array([b"0" * 16] * 3, pa.binary(16))
            ),
            "zoned": pa.array([NOON.replace(tzinfo=UTC)] * 3, pa.timestamp("ns", "Asia/Shanghai")),
            "decimal": pa.array([Decimal("1.10"), None, None], pa.decimal128(20, 4)),
        }
    )
    out = table(held).attach(TIER)
    assert out.drop_columns(["tier"]).equals(held)
    assert out.schema.field("chunked").type == pa.string()


def test_missing_floats_are_null_where_the_library_has_null():
    score = {"score": np.array([1.5, np.nan])}
    assert table(pl.DataFrame({"a": [1, 2]})).attach(score)["score"].null_count() == 1
    assert table(pa.table({"a": [1, 2]})).attach(score)["score"].null_count == 1
    assert table(pd.DataFrame({"a": [1, 2]})).attach(score)["score"].isna().tolist() == [
        False,
        True,
    ]


def test_pandas_texts_have_one_dtype_whether_there_are_rows_or_not():
    words = Codes(np.array([0, -1]), ("a",), plain=True)
    none = Codes(np.array([-1, -1]), (), plain=True)
    frame = pd.DataFrame({"a": [1, 2]})
    dtypes = {
        table(frame).attach({"w": words})["w"].dtype,
        table(frame).attach({"w": none})["w"].dtype,
        table(frame[:0])
        .attach({"w": Codes(np.array([], dtype=int), ("a",), plain=True)})["w"]
        .dtype,
    }
    assert len(dtypes) == 1


def test_nothing_to_attach_gives_the_frame_and_nothing_to_build_gives_no_columns():
    frame = pd.DataFrame({"a": [1]})
    assert table(frame).attach({}) is frame
    assert table(frame).build({}).shape[1] == 0


def test_select_keeps_only_the_columns_named_once():
    assert table(pd.DataFrame({"a": [1], "b": [2]})).select(["b", "b"]).columns == ("b",)


def test_what_is_attached_is_nobody_elses():
    """What is given is copied; what rules make is new already, and of no other column."""
    frame, given = pd.DataFrame({"x": [1.0, 2.0]}), np.array([5.0, 6.0])
    opened = table(frame)
    attached = opened.attach({"y": given})
    line = Line("x", ((0.0, 0), (10.0, 10)))
    pushed = opened.push({"y": line, "z": line})
    attached.loc[0, "y"] = pushed.loc[0, "y"] = -1.0
    assert given.tolist() == [5.0, 6.0]
    assert frame["x"].tolist() == [1.0, 2.0]
    assert pushed["z"].tolist() == [1.0, 2.0]
    assert opened.push({"y": line})["y"].tolist() == [1.0, 2.0]


def test_a_pandas_result_shares_nothing_that_is_written_to():
    """The oldest pandas allowed does not copy on write by itself."""
    people = pd.DataFrame({"x": [0.5, 2.0], "y": [1.0, 2.0]}, index=[7, 7])
    given, opened, rules = people.copy(), table(people), {"s": Line("x", ((0.0, 0), (10.0, 10)))}
    for made in (opened.push(rules), opened.attach({"s": np.ones(2)})):
        made.loc[:, "x"] = -5.0
        made["y"] *= 2
        assert people.equals(given)
    made = opened.push(rules)
    people.loc[:, "x"] = 9.0
    assert made["x"].tolist() == [0.5, 2.0]


@pytest.mark.parametrize("kind", ["arrow", "pandas-arrow", "polars", "pandas-nullable", "records"])
def test_whole_numbers_that_no_float_holds_are_the_nearest(kind):
    column = pa.table({"n": pa.array([2**60 + 1, None, 3], pa.int64())})
    held = {
        "arrow": lambda: column,
        "pandas-arrow": lambda: column.to_pandas(types_mapper=pd.ArrowDtype),
        "pandas-nullable": lambda: pd.DataFrame({"n": pd.array([2**60 + 1, None, 3], "Int64")}),
        "polars": lambda: pl.from_arrow(column),
        "records": column.to_pylist,
    }[kind]()
    assert table(held).read({"n": "number"})["n"].tolist()[::2] == [float(2**60), 3.0]
