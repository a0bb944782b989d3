import duckdb
import polars as pl
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import Cuts, GroupCuts, Pareto, Quantiles, Thresholds, fitted

TRADES = GroupCuts("trade", {"retail": Cuts((500.0, 900.0))}, Cuts((100.0, 200.0)))
ROWS = [
    {"trade": trade, "spent": spent}
    for trade in ("retail", "other", None, "")
    for spent in (None, 150.0, 500.0, 900.0)
]
BANDS = [None, "low", "medium", "high"] + [None, "medium", "high", "high"] * 3


def test_each_group_has_points_of_its_own_and_the_others_those_of_all():
    bands = TRADES.on("spent")
    assert [row["band"] for row in bands.apply(ROWS)] == BANDS
    assert [bands.one(row)["band"] for row in ROWS] == BANDS
    assert bands.apply(pl.LazyFrame(ROWS)).collect()["band"].to_list() == BANDS
    reasons = [bands.one(row)["band_reason"] for row in ROWS[:4]]
    assert reasons == ["no_value", "value_below", "value_between", "value_above"]


def test_the_sql_runs_and_agrees():
    held = duckdb.connect()
    held.execute("CREATE TABLE people (trade VARCHAR, spent DOUBLE)")
    held.executemany("INSERT INTO people VALUES (?, ?)", [tuple(row.values()) for row in ROWS])
    sql = TRADES.on("spent").to_sql(table="people")
    assert [row[2] for row in held.execute(sql).fetchall()] == BANDS


def test_the_reason_shows_the_points_of_the_group():
    bands = TRADES.on("spent")
    assert "500 and 900" in bands.explain({"trade": "retail", "spent": 600}).text()
    assert "100 and 200" in bands.explain({"trade": None, "spent": 150}).text()


def test_groups_survive_json():
    assert cs.load(cs.dump(TRADES)) == TRADES
    bands = TRADES.on("spent")
    assert cs.load(cs.dump(bands)) == bands


def test_groups_have_the_same_classes():
    with pytest.raises(ConfigError, match="all groups need 2 classes"):
        GroupCuts("trade", {"retail": Cuts((1.0, 2.0))}, Cuts((1.0,)))


def test_one_look_shows_each_group():
    assert "retail" in TRADES.text()
    assert "其余" in TRADES.text("zh")
    assert "<td>500; 900</td>" in TRADES._repr_html_()


def people(sizes):
    return [
        {"trade": trade, "spent": float(i)} for trade, n in sizes.items() for i in range(1, n + 1)
    ]


def test_small_groups_use_the_points_of_all():
    rows = people({"big": 40, "small": 29, None: 50})
    made = fitted(Quantiles((0.5,)), rows, value="spent", by="trade")
    assert set(made.cuts) == {"big"}
    assert made.cuts["big"].points == (20.5,)
    assert made.otherwise.points == fitted(Quantiles((0.5,)), rows, value="spent").points
    assert set(fitted(Quantiles((0.5,)), rows, value="spent", by="trade", least=29).cuts) == {
        "big",
        "small",
    }
    assert "119" in made.text()


def test_a_group_without_values_is_no_group():
    rows = [*people({"big": 3}), {"trade": "void", "spent": None}]
    assert set(fitted(Pareto(), rows, value="spent", by="trade", least=0).cuts) == {"big"}


def test_a_group_that_implies_no_points_uses_those_of_all():
    rows = [*people({"big": 40}), *({"trade": "free", "spent": 0.0} for _ in range(40))]
    made = fitted(Pareto(), rows, value="spent", by="trade")
    assert set(made.cuts) == {"big"}
    assert made.on("spent").one({"trade": "free", "spent": 0.0})["band"] == "low"


def test_the_order_of_rows_and_groups_decides_nothing():
    rows = people({"b": 40, "a": 31, None: 3, "c": 30})
    made = fitted(Quantiles((0.5, 0.8)), rows, value="spent", by="trade")
    turned = fitted(Quantiles((0.5, 0.8)), rows[::-1], value="spent", by="trade")
    assert turned == made
    assert list(turned.cuts) == list(made.cuts) == ["a", "b", "c"]


def test_what_learns_nothing_has_no_groups():
    assert fitted(Thresholds((1.0,)), [], value="spent", by="trade") == Cuts((1.0,))


def test_no_groups_are_the_points_of_all():
    none = GroupCuts("trade", {}, Cuts((1.0,)))
    assert none.on("spent").one({"trade": "x", "spent": 1})["band"] == "high"
