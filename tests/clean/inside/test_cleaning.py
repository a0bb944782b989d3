"""Cleaning inside an engine gives what cleaning in memory gives, and fetches no row."""

import polars as pl
import pytest

from anymatches import cleaned_alike, dirty
from custseg.clean import Cleaner, CleanModel, quality
from custseg.frames import crossings

ROWS = dirty(60)


@pytest.mark.parametrize("kind", ["polars-lazy", "duckdb"])
def test_table_log_and_quality_are_the_same(kind):
    cleaned_alike(kind, ROWS)


def test_types_are_those_of_the_values():
    lazy = pl.DataFrame(
        {"phone": [13800138000, None], "n": [1.5, float("inf")], "note": ["N/A", None]}
    ).lazy()
    model = CleanModel({"phone": "phone", "n": "text", "note": "text"}, invalid="missing")
    out = model.apply(lazy).collect()
    assert out.to_dict(as_series=False) == {
        "phone": ["+8613800138000", None],
        "n": [1.5, None],
        "note": [None, None],
    }
    assert out.schema == {"phone": pl.String, "n": pl.Float64, "note": pl.String}


def test_nothing_to_clean_gives_the_table_back():
    lazy = pl.DataFrame({"n": [1]}).lazy()
    done = CleanModel({}).run(lazy)
    assert done.table is lazy
    assert len(done.changes) == 0


def test_single_changes_can_be_looked_at():
    lazy = pl.DataFrame({"id": [7], "phone": ["138-0013-8000"]}).lazy()
    (change,) = Cleaner.preset("zh").fit(lazy).run(lazy).changes
    assert (change.row, change.customer, change.rule, change.new) == (
        -1,
        7,
        "phone_form",
        "+8613800138000",
    )


def test_other_columns_are_looked_at_in_the_engine():
    lazy = pl.DataFrame({"a": ["x", None], "b": [1, 2], "c": [None, None], "d": [[1], [2]]}).lazy()
    with crossings() as account:
        texts = Cleaner(others="text").fit(lazy)
        every = Cleaner(others="all").fit(lazy)
    assert not [one for one in account if not one.sums and not one.streamed]
    assert list(texts.fields) == ["a"]
    assert list(every.fields) == ["a", "b", "c"]


def test_what_single_rows_are_worth_fetches_what_is_cleaned():
    lazy = pl.DataFrame({"id": [7], "phone": ["138"], "other": ["x"]}).lazy()
    done = CleanModel({"phone": "phone"}, id="id").run(lazy)
    with crossings() as account:
        assert done.quality.completeness.tolist() == [0.0]
    assert [one.columns for one in account if not one.sums] == [("phone",)]
    assert quality(lazy).field("phone").invalid == 1
