"""A rule says the same of one record, of arrays, in a lazy engine and in SQL."""

import json
import math
import sqlite3
from contextlib import closing

import attrs
import duckdb
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anyrule
import everykind
from custseg.config.document import written
from custseg.errors import ConfigError
from custseg.frames.query import statement
from custseg.model import RowModel
from custseg.rules import Bands, F, Ladder, Rule, from_dict, to_dict


@attrs.frozen
class Says(RowModel):
    rule: Rule

    def rules(self):
        return {"said": self.rule}


def arrow(rows):
    columns = [[row[name] for row in rows] for name in anyrule.SCHEMA.names]
    return pa.Table.from_arrays(
        [pa.array(c, f.type) for c, f in zip(columns, anyrule.SCHEMA, strict=True)],
        schema=anyrule.SCHEMA,
    )


def by_one(rule, rows):
    return [Says(rule).one(row)["said"] for row in rows]


def in_sql(rule, rows):
    with duckdb.connect() as engine:
        engine.register("people", arrow(rows))
        return engine.sql(statement({"said": rule}, table="people", floating="xyc")).fetchall()


@given(anyrule.rules, anyrule.tables)
def test_arrays_say_what_one_record_says(rule, rows):
    assert everykind.column(Says(rule).apply(rows), "said") == by_one(rule, rows)


@given(anyrule.rules, anyrule.tables)
def test_polars_lazily_says_what_one_record_says(rule, rows):
    said = Says(rule).apply(pl.from_arrow(arrow(rows)).lazy())
    assert isinstance(said, pl.LazyFrame)
    assert everykind.column(said, "said") == by_one(rule, rows)


@given(anyrule.rules, anyrule.tables)
def test_duckdb_says_what_one_record_says(rule, rows):
    with duckdb.connect() as engine:
        said = Says(rule).apply(engine.from_arrow(arrow(rows)))
        assert everykind.column(said, "said") == by_one(rule, rows)


@given(anyrule.rules, anyrule.tables)
def test_sql_says_what_one_record_says(rule, rows):
    assert [row[-1] for row in in_sql(rule, rows)] == by_one(rule, rows)


def in_sqlite(rule, rows):
    """SQLite holds a day as its text, and stores NaN as nothing."""
    with closing(sqlite3.connect(":memory:")) as engine:
        engine.execute("CREATE TABLE people (x REAL, y REAL, k BIGINT, t TEXT, c REAL, d TEXT)")
        held = [[*map(row.get, "xyktc"), row["d"] and row["d"].isoformat()] for row in rows]
        engine.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)", held)
        text = statement({"said": rule}, table="people", dialect="sqlite", floating="xyc")
        return engine.execute(text).fetchall()


@given(anyrule.rules, anyrule.tables)
def test_sqlite_says_what_one_record_says(rule, rows):
    assert [row[-1] for row in in_sqlite(rule, rows)] == by_one(rule, rows)


@given(anyrule.conditions, anyrule.tables)
def test_of_what_is_unknown_neither_a_condition_nor_its_negation_holds(condition, rows):
    yes, no = (Ladder(((c, 1),), 0) for c in (condition, ~condition))
    for a, b in zip(by_one(yes, rows), by_one(no, rows), strict=True):
        assert a + b <= 1


@given(anyrule.conditions, anyrule.tables)
def test_of_what_is_known_one_of_the_two_holds(condition, rows):
    known = [r for r in rows if not any(v in {None, ""} or v != v for v in r.values())]  # noqa: PLR0124
    yes, no = (Ladder(((c, 1),), 0) for c in (condition, ~condition))
    for row, a, b in zip(known, by_one(yes, known), by_one(no, known), strict=True):
        infinite = any(isinstance(v, float) and math.isinf(v) for v in row.values())
        assert a + b == 1 or infinite  # infinity times zero is no number


@given(anyrule.conditions)
def test_negating_twice_is_the_condition(condition):
    assert ~~condition == condition


@given(anyrule.rules)
def test_a_tree_comes_back_from_its_document(rule):
    assert from_dict(json.loads(json.dumps(to_dict(rule)))) == rule
    assert from_dict(json.loads(json.dumps(written(rule)))) == rule


@given(anyrule.conditions)
def test_a_condition_comes_back_from_its_document(condition):
    assert from_dict(json.loads(json.dumps(to_dict(condition)))) == condition


@given(anyrule.rules, anyrule.tables, st.randoms())
def test_the_order_of_rows_changes_nothing(rule, rows, chance):
    shuffled = list(range(len(rows)))
    chance.shuffle(shuffled)
    said = everykind.column(Says(rule).apply(rows), "said")
    again = everykind.column(Says(rule).apply([rows[i] for i in shuffled]), "said")
    assert again == [said[i] for i in shuffled]


@given(st.sampled_from([None, math.nan]), st.sampled_from(["left", "right"]))
def test_what_is_missing_is_never_on_top(lost, closed):
    rule = Bands("x", (0.0, 10.0), ("low", "middle", "high"), closed)
    rows = [{"x": lost, "y": 1.0, "k": 1, "t": "a", "c": 1.0, "d": None}]
    assert by_one(rule, rows) == [None]
    assert everykind.column(Says(rule).apply(rows), "said") == [None]
    assert everykind.column(Says(rule).apply(pl.from_arrow(arrow(rows)).lazy()), "said") == [None]
    assert in_sql(rule, rows)[0][-1] is None


@pytest.mark.parametrize("field", ["t", "c"])
def test_sql_without_a_hint_tells_the_text_nan_from_no_number(field):
    rule = Ladder(((F(field).is_present(), "there"),), "gone")
    rows = [
        {"x": 1.0, "y": 1.0, "k": 1, "t": "nan", "c": math.nan, "d": None},
        {"x": 1.0, "y": 1.0, "k": 1, "t": "", "c": 1.0, "d": None},
    ]
    with duckdb.connect() as engine:
        engine.register("people", arrow(rows))
        said = [row[-1] for row in engine.sql(Says(rule).to_sql(table="people")).fetchall()]
    assert said == by_one(rule, rows)


def test_a_field_read_in_two_ways_is_refused_before_anything_runs():
    rule = Ladder(((F("x") > 3, "a"), (F("x") == "three", "b")))
    with pytest.raises(ConfigError, match="'x' is read as number in one place and as text"):
        Says(rule).apply(pl.LazyFrame({"x": [1.0]}))
