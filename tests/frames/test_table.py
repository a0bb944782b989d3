"""Columns out of any table and back onto it: the caller's kind, order and other columns stay."""

from copy import deepcopy
from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import everykind
from custseg._typing import Codes, Days
from custseg.errors import DataError, MissingColumnError
from custseg.frames import build, table

ROWS = [
    {"id": "00017", "x": 2.5, "note": None},
    {"id": "1e5", "x": None, "note": "it's 华东"},
    {"id": "00017", "x": -0.0, "note": ""},
]
NEEDS = {"id": "text", "x": "number", "note": "text"}
NEW = {
    "tier": Codes(np.array([1, -1, 0]), ("low", "it's high")),
    "reason": Codes(np.array([1, -1, 0]), ("a", "b"), plain=True),
    "day": Days(np.array([0.0, np.nan, -1.0])),
    "score": np.array([1.5, np.nan, 2.0]),
    "orders": np.array([1, 2, 2**60 + 1]),
    "vip": np.array([True, False, True]),
    "owner": ["x", None, "y"],
    "rep": [7, None, 2**60 + 1],
}
EXPECTED = {
    "tier": ["it's high", None, "low"],
    "reason": ["b", None, "a"],
    "day": [date(1970, 1, 1), None, date(1969, 12, 31)],
    "score": [1.5, None, 2.0],
    "orders": [1, 2, 2**60 + 1],
    "vip": [True, False, True],
    "owner": ["x", None, "y"],
    "rep": [7, None, 2**60 + 1],
}
FLOATING = [kind for kind in everykind.KINDS if "pandas" in kind]


def made(kind):
    return everykind.as_table(kind, ROWS, NEEDS)


def plain(rows):
    """Midnights as days: pandas has no column of dates."""
    return [{k: v.date() if hasattr(v, "date") else v for k, v in row.items()} for row in rows]


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_attach_gives_the_same_kind_with_new_columns_last(kind):
    data = made(kind)
    out = table(data).attach(NEW)
    assert type(out) is type(data)
    rows = plain(everykind.as_records(out))
    assert list(rows[0]) == [*NEEDS, *NEW]
    for name, expected in EXPECTED.items():
        assert [row[name] for row in rows] == expected
    assert [{name: row[name] for name in NEEDS} for row in rows] == everykind.as_records(data)


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_the_input_is_never_changed(kind):
    data = made(kind)
    before = deepcopy(everykind.as_records(data))
    opened = table(data)
    opened.attach({**NEW, "id": ["a", "b", "c"]})
    opened.take(np.array([2, 0]))
    opened.read({"id": "text", "x": "number", "note": "any"})
    assert everykind.as_records(data) == before


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_a_column_that_is_there_is_replaced_in_its_place(kind):
    out = everykind.as_records(table(made(kind)).attach({"x": ["a", "b", "c"]}))
    assert [list(row.values())[1] for row in out] == ["a", "b", "c"]
    assert list(out[0]) == list(NEEDS)


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_take_gives_rows_in_the_order_asked(kind):
    data = made(kind)
    out = table(data).take(np.array([2, 0, 0]))
    rows = everykind.as_records(data)
    assert type(out) is type(data)
    assert everykind.as_records(out) == [rows[2], rows[0], rows[0]]


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_build_gives_a_new_table_of_the_kind(kind):
    data = made(kind)
    out = build(table(data), NEW)
    assert type(out) is type(data)
    rows = plain(everykind.as_records(out))
    assert {name: [row[name] for row in rows] for name in NEW} == EXPECTED


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_no_rows_are_attached_and_built(kind):
    none = np.array([], dtype=np.int64)
    new = {
        "tier": Codes(none, ("low", "high")),
        "reason": Codes(none, (), plain=True),
        "day": Days(np.array([])),
        "score": np.array([]),
        "owner": [],
    }
    opened = table(everykind.as_table(kind, [], NEEDS))
    assert everykind.as_records(opened.attach(new)) == []
    assert everykind.as_records(opened.build(new)) == []


def labels(kind, out):
    if kind in {"polars", "polars-lazy"}:
        dtype = out.collect_schema()["tier"]
        return dtype.categories.to_list() if isinstance(dtype, pl.Enum) else None
    if kind == "arrow":
        dtype = out.schema.field("tier").type
        return out["tier"].chunk(0).dictionary.to_pylist() if dtype.ordered else None
    if kind == "duckdb":
        return dict(out.types[out.columns.index("tier")].children)["values"]
    return out["tier"].cat.categories.tolist() if out["tier"].cat.ordered else None


@pytest.mark.parametrize("kind", [k for k in everykind.KINDS if k != "records"])
@pytest.mark.parametrize("way", ["attach", "build"])
def test_labels_are_ordered_categories(kind, way):
    out = getattr(table(made(kind)), way)({"tier": NEW["tier"]})
    assert labels(kind, out) == ["low", "it's high"]


@pytest.mark.parametrize("kind", everykind.KINDS)
@pytest.mark.parametrize("way", ["attach", "build"])
def test_columns_of_another_length_are_refused(kind, way):
    opened = table(made(kind))
    with pytest.raises(DataError, match=r"column 'b': has 1 values for 3 rows"):
        getattr(opened, way)({"a": [1, 2, 3], "b": np.array([1.0])})


@pytest.mark.parametrize("kind", everykind.KINDS)
@pytest.mark.parametrize("way", ["keys", "values", "money"])
def test_a_missing_column_is_named_with_the_nearest(kind, way):
    with pytest.raises(MissingColumnError, match=r"no column 'notes' .* Did you mean 'note'\?"):
        getattr(table(made(kind)), way)("notes")


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_a_text_in_a_column_of_numbers_is_named_by_column_and_row(kind):
    with pytest.raises(DataError, match=r"column 'note', row 1: holds text where a number") as told:
        table(made(kind)).read({"note": "number"})
    assert "华东" not in str(told.value)


def test_no_records_have_every_column():
    assert table([]).read({"x": "number"})["x"].tolist() == []


def test_values_of_several_types_have_no_arrow_column():
    with pytest.raises(DataError, match="several types"):
        table(pa.table({"a": [1, 2]})).attach({"b": [1, "x"]})


def test_values_of_several_types_stay_what_they_are_elsewhere():
    for frame in (pd.DataFrame({"a": [1, 2]}), pl.DataFrame({"a": [1, 2]})):
        assert everykind.column(table(frame).attach({"b": [1, "x"]}), "b") == [1, "x"]
    assert table(pl.DataFrame({"a": [1, 2]})).attach({"b": [1, 2.5]})["b"].to_list() == [1.0, 2.5]
