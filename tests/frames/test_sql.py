import sys
from datetime import date

import duckdb
import pytest

from custseg.errors import MissingDependencyError
from custseg.frames.query import statement
from custseg.frames.sql import literal, name
from custseg.rules import Bands, F, Ladder, Line, Scaled, Slopes, Sum

TIER = {"tier": Bands("x", (1.0, 10.0), ("low", "it's", "high"), missing="low")}


@pytest.mark.parametrize(
    "identifier", ["revenue", '买家"昵称', "order by", "a'b", "x; DROP TABLE y"]
)
def test_any_name_can_be_a_column_and_a_table(identifier):
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE {name(identifier)} AS SELECT 5.0 AS {name(identifier)}")
        rules = {identifier + "2": Bands(identifier, (1.0,), ("low", "high"))}
        assert engine.sql(statement(rules, table=identifier)).fetchall() == [(5.0, "high")]


@pytest.mark.parametrize(
    "x", [0.1, -0.0, 5e-324, 1.7976931348623157e308, 1 / 3, float("inf"), 2.0**60]
)
def test_a_number_is_the_same_double_in_the_engine(x):
    assert duckdb.sql(f"SELECT {literal(x)}").fetchall() == [(x,)]
    assert duckdb.sql(f"SELECT typeof({literal(x)})").fetchall() == [("DOUBLE",)]


@pytest.mark.parametrize("text", ["", "O'Hara", '"', "\\", "华东", "'; --", "%\n"])
def test_a_text_is_the_same_text_in_the_engine(text):
    assert duckdb.sql(f"SELECT {literal(text)}").fetchall() == [(text,)]


@pytest.mark.parametrize("dialect", ["spark", "postgres", "snowflake", "bigquery"])
def test_other_dialects_are_written_by_sqlglot(dialect):
    rule = Ladder(((F("y").is_present() & (F("day") > date(2026, 1, 1)), "a"),), "b")
    said = statement({**TIER, "seen": rule}, table="customers", dialect=dialect)
    assert "CASE" in said
    assert "customers" in said


def test_another_dialect_without_sqlglot_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    with pytest.raises(MissingDependencyError, match=r"custseg\[sql\]"):
        statement(TIER, table="customers", dialect="spark")


def test_lines_over_a_long_rule_name_it_once():
    score = Sum((Line("x", tuple((float(i), i) for i in range(50))),))
    chance = Scaled(Slopes(score, tuple((float(i), 2 * i) for i in range(50))), 1e6)
    said = statement({"chance": chance}, table="customers")
    assert said.count('"x"') == statement({"score": score}, table="customers").count('"x"')
