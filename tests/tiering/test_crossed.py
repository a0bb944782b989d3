import duckdb
import polars as pl
import pytest

import custseg as cs
from custseg.errors import ConfigError, MissingColumnError
from custseg.tiering import Axis, Crossed, Cuts, Pareto, Quantiles, Thresholds

PEOPLE = [
    {"revenue": 90.0, "gap_cv": 0.5},
    {"revenue": 8.0, "gap_cv": 0.51},
    {"revenue": 8.0, "gap_cv": 1.0},
    {"revenue": 3.0, "gap_cv": 1.01},
    {"revenue": 2.0, "gap_cv": None},
    {"revenue": 0.0, "gap_cv": 0.0},
    {"revenue": None, "gap_cv": 0.1},
]
WORDS = ["AX", "BY", "BY", "CZ", "C?", "CX", None]


def test_abc_by_xyz_on_every_engine():
    model = Crossed().fit(PEOPLE)
    assert [row["abc_xyz"] for row in model.apply(PEOPLE)] == WORDS
    assert [model.one(row)["abc_xyz"] for row in PEOPLE] == WORDS
    assert model.apply(pl.LazyFrame(PEOPLE)).collect()["abc_xyz"].to_list() == WORDS
    held = duckdb.connect()
    held.execute("CREATE TABLE people (revenue DOUBLE, gap_cv DOUBLE)")
    held.executemany("INSERT INTO people VALUES (?, ?)", [tuple(row.values()) for row in PEOPLE])
    rows = held.execute(model.to_sql(table="people")).fetchall()
    assert [row[2] for row in rows] == WORDS


def test_the_words_are_in_order_the_worst_first():
    words = Crossed().fit(PEOPLE).gives["abc_xyz"]
    assert words == tuple(a + b for a in "CBA" for b in "?ZYX")


def test_an_unknown_variation_is_no_variation_class():
    model = Crossed().fit(PEOPLE)
    assert model.one({"revenue": 90, "gap_cv": None})["abc_xyz"] == "A?"
    assert model.one({"revenue": 90, "gap_cv": 9})["abc_xyz"] == "AZ"


def test_any_two_columns():
    spec = Crossed(
        Axis("margin", Quantiles((0.5,)), ("lo", "hi"), unknown="no"),
        Axis("orders", Thresholds((2.0,)), ("1", "2"), unknown="0"),
        into="both",
    )
    rows = [{"margin": m, "orders": o} for m in (None, 1.0, 2.0) for o in (None, 1.0, 2.0)]
    got = [row["both"] for row in spec.fit(rows).apply(rows)]
    assert got == [a + b for a in ("no", "lo", "hi") for b in ("0", "1", "2")]


def test_spec_and_model_survive_json():
    model = Crossed().fit(PEOPLE)
    assert cs.load(cs.dump(model)) == model
    assert cs.load(cs.dump(Crossed())) == Crossed()


def test_impossible_axes_are_refused():
    with pytest.raises(ConfigError, match="words"):
        Axis("revenue", Pareto(), ("C", "A"))
    with pytest.raises(ConfigError, match="that of a class"):
        Axis("revenue", Pareto(), ("C", "B", "A"), "C")
    with pytest.raises(ConfigError, match="different columns"):
        Crossed(Axis("gap_cv", Pareto(), ("C", "B", "A")))
    model = Crossed().fit(PEOPLE)
    with pytest.raises(ConfigError, match="2 words"):
        cs.load({**cs.dump(model), "cuts": [cs.dump(Cuts((1.0,))), cs.dump(Cuts((1.0,)))]})
    with pytest.raises(MissingColumnError):
        Crossed().fit([{"gap_cv": 1}])


def test_an_explanation_says_where_both_values_are_and_hides_them():
    model = Crossed().fit([{"revenue": 80, "gap_cv": 0.2}, {"revenue": 20, "gap_cv": 2.0}])
    row = {"revenue": 90.5, "gap_cv": 0.75}
    why = model.explain(row)
    assert why.decision == {"abc_xyz": "AY"}
    assert [reason.code for reason in why.reasons] == ["value_above", "value_between"]
    assert "90.5" not in str(why.as_dict())
    assert why.as_dict(values=True)["reasons"][0]["values"]["revenue"] == 90.5


def test_axes_that_cannot_be_told_apart_are_refused():
    halves = Quantiles((0.5,))
    with pytest.raises(ConfigError, match="AAX"):
        Crossed(Axis("a", halves, ("A", "AA")), Axis("b", halves, ("X", "AX")))
    with pytest.raises(ConfigError, match="needs a word for each class"):
        Axis("a", halves, ())
    with pytest.raises(ConfigError, match="has a method cuts"):
        Axis("a", "pareto", ("A", "B"))
