"""Every kind of table counts and joins alike."""

import math

import numpy as np
import polars as pl
import pytest

import everykind
from custseg.errors import DataError, MissingColumnError
from custseg.frames import crossings, table

SOLD = [
    {"id": "a", "shop": 1.0, "paid": 3.0},
    {"id": "b", "shop": None, "paid": 4.0},
    {"id": "a", "shop": 1.0, "paid": 5.0},
    {"id": None, "shop": None, "paid": 6.0},
    {"id": "c", "shop": -0.0, "paid": 7.0},
    {"id": "c", "shop": 0.0, "paid": 8.0},
]
SOLD_AS = {"id": "text", "shop": "number", "paid": "number"}
SHOPS = [{"who": "a", "city": "Ulm", "km": 2.0}, {"who": "c", "city": None, "km": 3.0}]
SHOPS_AS = {"who": "text", "city": "text", "km": "number"}


def known(value):
    return None if value is None or value != value else value  # noqa: PLR0124 - NaN test


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_rows_are_counted_where_they_are(kind):
    with crossings() as account:
        found = table(everykind.as_table(kind, SOLD, SOLD_AS)).counted(("id", "shop"))
    assert all(one.sums and one.rows == 4 for one in account)
    assert len(account) == (kind in everykind.LAZY)
    rows = everykind.as_records(found.native)
    counts = {(known(r["id"]), known(r["shop"])): r["n"] for r in rows}
    assert counts == {("a", 1.0): 2, ("b", None): 1, (None, None): 1, ("c", 0.0): 2}


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_all_rows_are_alike_in_no_column(kind):
    found = table(everykind.as_table(kind, SOLD, SOLD_AS)).counted(())
    assert everykind.as_records(found.native) == [{"n": 6}]


@pytest.mark.parametrize("kind", everykind.KINDS)
@pytest.mark.parametrize("other", ["records", "pandas", "arrow"])
def test_what_a_small_table_says_is_joined(kind, other):
    held = table(everykind.as_table(other, SHOPS, SHOPS_AS))
    data = everykind.as_table(kind, SOLD, SOLD_AS)
    with crossings() as account:
        out = table(data).joined(held, "id", ("city", "km"), theirs="who")
    assert account == []
    assert type(out) is type(data)
    rows = everykind.as_records(out)
    if kind != "duckdb":
        assert [row["paid"] for row in rows] == [row["paid"] for row in SOLD]
    rows = sorted(rows, key=lambda row: row["paid"])
    assert [known(row["city"]) for row in rows] == ["Ulm", None, "Ulm", None, None, None]
    assert [known(row["km"]) for row in rows] == [2.0, None, 2.0, None, 3.0, 3.0]
    assert list(rows[0]) == ["id", "shop", "paid", "city", "km"]


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_tables_of_one_engine_are_joined_there(kind):
    first = table(everykind.as_table(kind, SOLD, SOLD_AS))
    other = table(first.build({"id": ["a", "b"], "shop": [1.0, 2.0], "paid": [30.0, 40.0]}))
    with crossings() as account:
        out = first.joined(other, ["id", "shop"], "paid")
    assert account == []
    paid = [row["paid"] for row in everykind.as_records(out)]
    assert sorted(paid, key=lambda x: (x is None, x)) == [30.0, 30.0, None, None, None, None]


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_a_key_that_stands_twice_is_refused(kind):
    twice = table([*SHOPS, {"who": "a", "city": "Bonn", "km": 1.0}])
    with pytest.raises(DataError, match="column 'who': stands in several rows"):
        table(everykind.as_table(kind, SOLD, SOLD_AS)).joined(twice, "id", "city", theirs="who")


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_a_text_is_no_number_to_an_engine(kind):
    numbers = table([{"id": 17, "city": "Ulm"}])
    with pytest.raises(DataError, match="17 is not '17'"):
        table(everykind.as_table(kind, SOLD, SOLD_AS)).joined(numbers, "id", "city")


def test_tables_of_two_engines_are_not_joined():
    one, two = (table(everykind.as_table(kind, SOLD, SOLD_AS)) for kind in everykind.LAZY)
    with pytest.raises(DataError, match="bring both into one engine first"):
        one.joined(two, "id", "shop")


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_columns_that_are_not_there_are_refused(kind):
    data = table(everykind.as_table(kind, SOLD, SOLD_AS))
    for asked in ({"on": "who", "columns": "city"}, {"on": "id", "columns": "town"}):
        with pytest.raises(MissingColumnError):
            data.joined(table(SHOPS), **asked, theirs="who")
    with pytest.raises(MissingColumnError):
        data.counted("who")


def test_a_label_is_a_key_like_its_text():
    labels = pl.LazyFrame({"id": ["a", "b"]}, schema={"id": pl.Enum(["b", "a"])})
    out = table(labels).joined(table([{"id": "a", "x": 1}]), "id", "x").collect()
    assert sorted(out["x"].to_list(), key=str) == [1, None]


def test_many_keys_of_many_values_are_told_apart():
    rows = np.random.default_rng(5).integers(0, 2**40, (300, 4)).tolist()
    data = [dict(zip("abcd", row, strict=True)) | {"at": i} for i, row in enumerate(rows)]
    held = table(data)
    assert held.counted(list("abcd")).read({"n": "number"})["n"].tolist() == [1.0] * 300
    out = table(data[::-1]).joined(held, list("abcd"), "at")
    assert [row["at"] for row in out] == list(range(300))[::-1]


def test_nothing_is_found_in_nothing():
    out = table([{"id": "a"}]).joined(
        table(pl.DataFrame({"id": ["b"][:0], "x": [1][:0]})), "id", "x"
    )
    assert out == [{"id": "a", "x": None}]
    assert math.isnan(table([{"x": math.nan}]).counted("x").native[0]["x"])
