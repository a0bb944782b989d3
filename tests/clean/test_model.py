"""The fitted cleaner, on every kind of table."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from custseg.clean import Cleaner, CleanModel
from custseg.errors import MissingColumnError
from custseg.frames import crossings, table

FIELDS = {"name": "person", "phone": "phone", "city": "text"}
MODEL = CleanModel(FIELDS, id="id")
ROWS = [
    {"id": "007", "name": "王 小明 先生", "phone": "138-0013-8000", "city": "Select", "n": 1},
    {"id": "008", "name": None, "phone": "无", "city": " 上海 ", "n": 2},
    {"id": "009", "name": "Smith, John", "phone": "128", "city": "", "n": 3},
]
CLEAN = [
    {"id": "007", "name": "王小明", "phone": "+8613800138000", "city": None, "n": 1},
    {"id": "008", "name": None, "phone": None, "city": "上海", "n": 2},
    {"id": "009", "name": "John Smith", "phone": "128", "city": None, "n": 3},
]


def categories(rows):
    return pd.DataFrame(rows).astype({"city": "category", "name": "category"})


KINDS = {
    "records": lambda rows: [dict(row) for row in rows],
    "pandas": pd.DataFrame,
    "pandas objects": lambda rows: pd.DataFrame(rows, dtype=object),
    "pandas arrow": lambda rows: pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow"),
    "pandas categories": categories,
    "polars": pl.DataFrame,
    "polars lazy": lambda rows: pl.DataFrame(rows).lazy(),
    "arrow": pa.Table.from_pylist,
    "duckdb": lambda rows: duckdb.from_arrow(pa.Table.from_pylist(rows)),
}


def records(data):
    opened = table(data)
    held = {name: opened.values(name) for name in opened.columns}
    words = {name: [*distinct.words, None] for name, distinct in held.items()}
    return [
        {name: words[name][int(held[name].at[row])] for name in opened.columns}
        for row in range(opened.size)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_cleaned_alike_and_comes_back(kind):
    given_ = KINDS[kind](ROWS)
    out = MODEL.apply(given_)
    assert type(out) is type(given_)
    assert records(out) == CLEAN
    assert records(given_) == [{**row, "city": row["city"] or None} for row in ROWS]


@pytest.mark.parametrize("kind", KINDS)
def test_cleaning_twice_is_cleaning_once(kind):
    once = MODEL.apply(KINDS[kind](ROWS))
    again = MODEL.run(once)
    assert len(again.changes) == 0
    assert records(again.table) == records(once)


@pytest.mark.parametrize("kind", KINDS)
def test_the_report_is_the_same_for_every_kind(kind):
    report = MODEL.run(KINDS[kind](ROWS)).report
    expected = MODEL.run(ROWS).report
    # A null and an empty text are told apart by some kinds only; both are missing.
    assert report.quality.as_dict()["fields"][:2] == expected.quality.as_dict()["fields"][:2]
    assert report.quality.completeness.tolist() == expected.quality.completeness.tolist()
    assert dict(report.changes.counts) == dict(expected.changes.counts)


def test_one_record_is_cleaned_like_a_table():
    assert [MODEL.one(row) for row in ROWS] == CLEAN


def test_a_record_may_be_an_object():
    @frozen
    class Person:
        name: str = "王总"
        phone: int = 13800138000
        city: str = "N/A"

    assert MODEL.one(Person()) == {"name": "王总", "phone": "+8613800138000", "city": None}


def test_an_iterator_gives_an_iterator():
    out = MODEL.apply(iter(ROWS))
    assert next(out) == CLEAN[0]
    assert list(out) == CLEAN[1:]


def test_nothing_changes_where_nothing_is_wrong():
    frame = pl.DataFrame({"name": ["王小明"], "phone": ["+8613800138000"], "city": ["上海"]})
    assert MODEL.apply(frame).equals(frame)
    assert MODEL.apply(frame).schema == frame.schema


def test_columns_that_are_not_named_keep_their_type():
    frame = pd.DataFrame(ROWS).assign(
        n=pd.array([1, None, 3], dtype="Int8"), at=pd.Timestamp("2024-01-01", tz="Asia/Shanghai")
    )
    out = MODEL.apply(frame)
    pd.testing.assert_frame_equal(out[["id", "n", "at"]], frame[["id", "n", "at"]])


def test_a_column_of_numbers_becomes_text_where_a_number_is_meant():
    frame = pl.DataFrame({"phone": [13800138000, 128, None]})
    out = CleanModel({"phone": "phone"}).apply(frame)
    assert out["phone"].to_list() == ["+8613800138000", "128", None]


def test_dates_in_a_column_of_dates_stay_and_texts_become_iso():
    model = CleanModel({"born": "date"})
    dates = pl.DataFrame({"born": ["2024-02-29"]}).with_columns(pl.col("born").str.to_date())
    assert model.apply(dates).equals(dates)
    assert model.apply([{"born": "2024年2月29日"}, {"born": "2023-02-29"}]) == [
        {"born": "2024-02-29"},
        {"born": "2023-02-29"},
    ]


def test_mixed_objects_keep_their_types():
    rows = [{"a": 1}, {"a": "N/A"}, {"a": " x "}, {"a": None}]
    assert CleanModel({"a": "text"}).apply(rows) == [{"a": 1}, {"a": None}, {"a": "x"}, {"a": None}]


@pytest.mark.parametrize(
    "data", [[], pd.DataFrame({"name": [], "phone": [], "city": []}, dtype=str)]
)
def test_no_rows(data):
    done = MODEL.run(data)
    assert len(done.table) == 0
    assert done.quality.mean is None
    assert len(done.changes) == 0


def test_a_column_must_be_there():
    with pytest.raises(MissingColumnError):
        MODEL.apply([{"name": "x", "phone": "y"}])
    with pytest.raises(MissingColumnError):
        MODEL.one({"name": "x", "phone": "y"})
    with pytest.raises(MissingColumnError):
        MODEL.quality(pl.DataFrame({"name": ["x"]}))


def test_looking_at_a_lazy_table_fetches_only_what_is_looked_at():
    lazy = pl.DataFrame(ROWS).lazy()
    with crossings() as crossed:
        MODEL.quality(lazy)
    assert [set(one.columns) for one in crossed] == [{*FIELDS, "id"}]
    with crossings() as crossed:
        MODEL.apply(lazy)
    assert crossed == []


def test_explain_says_why_and_shows_no_value():
    said = MODEL.explain(ROWS[0])
    assert said.decision == {
        "cleaned": "yes",
        "name": "valid",
        "phone": "valid",
        "city": "placeholder",
    }
    assert [reason.code for reason in said.reasons] == [
        "clean.person_form",
        "clean.phone_form",
        "clean.placeholder",
    ]
    for locale in ("en", "zh"):
        assert "138" not in said.text(locale)
    assert "+8613800138000" in said.text("zh", values=True)
    assert "占位内容" in said.text("zh")


def test_explain_of_a_clean_record():
    assert MODEL.explain(CLEAN[0]).decision["cleaned"] == "no"


def test_what_cannot_be_right_is_told_even_if_it_stays():
    codes = [reason.code for reason in MODEL.explain(ROWS[2]).reasons]
    assert "clean.invalid_length" in codes


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["无", "N/A", "", " ", "13800138000", "王总", "上海市万科有限公司", "a@b.cn"]),
)


@given(
    rows=st.lists(st.fixed_dictionaries({"name": CELLS, "phone": CELLS, "city": CELLS}), max_size=5)
)
def test_laws_on_any_table(rows):
    model = Cleaner(FIELDS).fit(rows)
    before = [dict(row) for row in rows]
    done = model.run(rows)
    assert rows == before
    assert len(done.table) == len(rows)
    assert [model.one(row) for row in rows] == done.table
    assert model.apply(done.table) == done.table
    for field in done.quality.fields:
        total = field.missing + field.placeholder + field.invalid + field.valid
        assert total == field.rows == len(rows)
    backwards = model.run(rows[::-1])
    assert backwards.table[::-1] == done.table
    assert backwards.quality.as_dict() == done.quality.as_dict()
    gone = {(c.row, c.column) for c in done.changes if c.new is None}
    for at, (old, new) in enumerate(zip(rows, done.table, strict=True)):
        for name in FIELDS:
            lost = old[name] is not None and new[name] is None
            assert lost == ((at, name) in gone)
