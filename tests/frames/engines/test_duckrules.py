"""Rules written as SQL say of DuckDB's columns what they say of the same columns in memory."""

from datetime import date

import pytest

from custseg.checks.kinds import as_kind
from custseg.frames import table
from custseg.rules import Bands, Choice, F, Ladder, Line, Scaled, Slopes, Sum

duckdb = pytest.importorskip("duckdb")

NAN = float("nan")
ROWS = [
    {"id": 1, "x": 1.5, "n": 3, "t": "a", "day": "2026-06-30", 'odd"名': 0.0, "b": True},
    {"id": 2, "x": NAN, "n": None, "t": "", "day": "", 'odd"名': -0.0, "b": None},
    {"id": 3, "x": None, "n": 0, "t": None, "day": None, 'odd"名': 7.0, "b": False},
    {"id": 4, "x": 100.0, "n": 9, "t": "o'n", "day": "2026-07-01 09:00", 'odd"名': None, "b": True},
]
PART = Bands("x", (1.0, 50.0), (1, 2, 5))  # of what is missing nothing is known
SUM = Sum((PART, Line("n", ((0.0, 0), (6.0, 10)))))
RULES = {
    "words": Ladder(((F("x") > 3, "it's"), (F("t") == "o'n", "no")), None),
    "none": Ladder(((F("x") > 1e9, 1),), None),
    "late": Ladder(((F("day") > date(2026, 6, 30), 2),), 0),
    "there": Ladder(((F("b").is_present(), 1), (F("t").is_missing(), 2)), 0),
    "times": Ladder(((F("n") > F('odd"名') * 2, 1),), 0),
    "chosen": Choice("t", (("a", "first"), ("o'n", "second")), otherwise="other", missing=None),
    "right": Bands('odd"名', (0.0, 7.0), (1, 2, 3), closed="right", missing=-1),
    "held": Sum((SUM,), low=2, high=9),
    "least": Sum((PART,), low=2),
    "grade": Scaled(SUM, 3.0, (1.0, 3.0), ("low", "mid", "high")),
    "third": Scaled(SUM, 3.0),
    "drawn": Slopes(SUM, ((0.0, 0), (5.0, 100), (20.0, 130))),
}


def said(opened):
    return {name: opened.values(name) for name in RULES}


@pytest.mark.parametrize("kind", ["duckdb", "polars-lazy"])
def test_rules_in_an_engine_say_what_they_say_in_memory(kind):
    whole = table(table(as_kind("arrow", ROWS)).push(RULES))
    made = table(table(as_kind(kind, ROWS)).push(RULES))
    assert made.columns == whole.columns
    order = made.read({"id": "number"})["id"].argsort()
    for name in RULES:
        there, here = made.values(name), whole.values(name)
        assert [there.words[i] if i >= 0 else None for i in there.at[order]] == [
            here.words[i] if i >= 0 else None for i in here.at
        ], name


def test_a_column_is_replaced_where_it_stands_and_words_are_labels():
    relation = duckdb.connect().sql("SELECT 'a' AS id, 5 AS tier, 2.5 AS spent")
    tier = Bands("spent", (1.0,), ("low", "o'high"))
    made = table(relation).push(
        {"tier": tier, "new": Scaled(Sum((Line("spent", ((0.0, 3),)),)), 2)}
    )
    assert made.columns == ["id", "tier", "spent", "new"]
    assert str(made.types[1]) == "ENUM('low', 'o''high')"
    assert made.fetchall()[0][1:2] == ("o'high",)
    assert made.fetchall()[0][3] == 1.5
