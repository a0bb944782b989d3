"""Merge: golden records, provenance, crosswalk."""

import json
from datetime import UTC, datetime

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import custseg as cs
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.match import Longest, Lost, MaxValue, Merge, MostFrequent, MostRecent, Sum
from everykind import KINDS, as_records, as_table

CARDS = [
    {"customer_id": "b", "entity_id": "a", "name": "Li", "city": "Ulm", "points": 5.0},
    {"customer_id": "x", "entity_id": "x", "name": None, "city": None, "points": None},
    {"customer_id": "a", "entity_id": "a", "name": "Li Lei", "city": None, "points": 7.0},
    {"customer_id": "c", "entity_id": "a", "name": "Li Lei", "city": "Bonn", "points": None},
]
KIND_OF = {
    "customer_id": "text",
    "entity_id": "text",
    "name": "text",
    "city": "text",
    "points": "number",
}
MERGE = Merge({"name": Longest(), "points": Sum()})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_becomes_golden_records(kind):
    golden = MERGE.golden(as_table(kind, CARDS, KIND_OF))
    assert as_records(golden.table) == [
        {"customer_id": "a", "entity_id": "a", "name": "Li Lei", "city": "Ulm", "points": 12.0},
        {"customer_id": "x", "entity_id": "x", "name": None, "city": None, "points": None},
    ]
    past = as_records(golden.provenance.table(values=True))
    lost = [(r["record_id"], r["field"], r["value"]) for r in past if not r["survived"]]
    assert lost == [
        ("b", "name", "Li"),
        ("c", "city", "Bonn"),
        ("b", "points", "5.0"),
        ("a", "points", "7.0"),
    ]
    orders = [{"customer_id": c} for c in ("c", "x", "new", None)]
    moved = golden.crosswalk.rekey(as_table(kind, orders, {"customer_id": "text"}))
    assert [row["customer_id"] for row in as_records(moved)] == ["a", "x", "new", None]


def test_the_kind_and_the_types_of_columns_stay():
    when = datetime(2026, 6, 1, tzinfo=UTC)
    table = pd.DataFrame(
        {
            "id": pd.array([2, 1, 3], dtype="Int64"),
            "entity_id": pd.array([1, 1, 3], dtype="Int64"),
            "tier": pd.Categorical(["low", "high", "low"], ["low", "high"], ordered=True),
            "points": pd.array([3, None, 4], dtype="int32[pyarrow]"),
            "at": pd.to_datetime([when, when, None], utc=True),
            "flag": pd.array([True, None, False], dtype="boolean"),
            "small": pd.array([1, 2, 3], dtype="int8"),
        },
        index=list("pqr"),
    )
    golden = Merge({"points": Sum(), "small": Sum()}).golden(table).table
    assert golden.dtypes.tolist() == table.dtypes.tolist()
    assert golden["small"].tolist() == [3, 3]


def test_a_sum_that_outgrows_its_type_is_still_right():
    table = pd.DataFrame({"id": [1, 2], "entity_id": [1, 1], "x": pd.array([120, 120], "int8")})
    assert Merge({"x": Sum()}).golden(table).table["x"].tolist() == [240]


def test_polars_and_arrow_types_stay():
    frame = pl.DataFrame(
        {"id": [1, 2], "entity_id": [1, 1], "d": [None, 1], "e": ["b", "a"]},
        schema_overrides={
            "d": pl.UInt8,
            "e": pl.Enum(["a", "b"]),
            "id": pl.UInt32,
            "entity_id": pl.UInt32,
        },
    )
    assert Merge({"d": Sum()}).golden(frame).table.schema == frame.schema
    table = pa.table({"id": [1, 2], "entity_id": [1, 1]}).append_column(
        "d", pa.array([None, 2], pa.int16())
    )
    assert Merge({"d": Sum()}).golden(table).table.schema == table.schema


def test_the_input_is_not_changed():
    cards = [dict(card) for card in CARDS]
    golden = MERGE.golden(cards)
    golden.table[0]["name"] = "changed"
    assert cards == CARDS


def test_golden_records_merge_to_themselves():
    golden = MERGE.golden(CARDS)
    assert MERGE.golden(golden.table).table == golden.table


def test_provenance_tells_origin_rule_and_losers():
    name, city, points = MERGE.golden(CARDS).provenance.of("a")
    assert (name.value, name.record, name.rule, name.agreed) == ("Li Lei", "a", "longest", ("c",))
    assert name.lost == (Lost("b", "Li"),)
    assert (city.value, city.record, city.rule) == ("Ulm", "b", "first_filled")
    assert city.lost == (Lost("c", "Bonn"),)
    assert (points.value, points.record) == (12.0, None)
    assert points.lost == (Lost("a", 7.0), Lost("b", 5.0))


def test_provenance_shows_no_value_unless_asked():
    golden = MERGE.golden(CARDS)
    shown = golden.text() + golden.text("zh") + json.dumps(golden.as_dict())
    shown += golden.provenance.text() + golden._repr_html_() + golden.provenance._repr_html_()
    shown += golden.crosswalk.text() + golden.crosswalk._repr_html_()
    assert "Ulm" not in shown + str(golden.provenance.table())
    asked = json.dumps(golden.as_dict(values=True))
    assert "Ulm" in asked
    assert "Bonn" in asked


def test_an_unknown_entity_has_no_provenance():
    with pytest.raises(DataError, match="no golden record"):
        MERGE.golden(CARDS).provenance.of("b")


def test_the_report_counts_conflicts():
    report = MERGE.golden(CARDS).report
    assert (report.records, report.entities) == (4, 2)
    assert report.conflicts == (
        ("name", "longest", 1),
        ("city", "first_filled", 1),
        ("points", "sum", 1),
    )
    assert "姓名" in report.text("zh") or "name" in report.text("zh")


def test_the_crosswalk_maps_old_ids_and_counts_strangers():
    walk = MERGE.golden(CARDS).crosswalk
    assert (walk.of("c"), walk.of("x"), walk.of("nobody")) == ("a", "x", None)
    assert walk.moved == {"b": "a", "c": "a"}
    orders = [{"customer_id": c} for c in ("c", "nobody", None)]
    assert walk.unknown(orders) == 2
    assert walk.as_dict() == {"records": 4, "moved": 2}
    assert len(walk.as_dict(values=True)["map"]) == len(walk) == 4


def test_the_crosswalk_refuses_ids_of_another_type():
    with pytest.raises(DataError, match="17 is not '17'"):
        MERGE.golden(CARDS).crosswalk.rekey([{"customer_id": 17}])


def test_the_crosswalk_keeps_the_type_of_the_column():
    cards = pd.DataFrame({"customer_id": [1, 2], "entity_id": [1, 1]})
    walk = Merge().golden(cards).crosswalk
    for kind in ("Int64", "int32[pyarrow]"):
        orders = pd.DataFrame({"customer_id": pd.array([2, None, 9], dtype=kind)})
        moved = walk.rekey(orders)["customer_id"]
        assert moved.dtype == orders["customer_id"].dtype
        assert moved.tolist()[::2] == [1, 9]
    labels = pd.DataFrame({"customer_id": pd.Categorical(["c", "b"])})
    assert MERGE.golden(CARDS).crosswalk.rekey(labels)["customer_id"].tolist() == ["a", "a"]


def test_the_mark_of_matching_is_left_behind():
    cards = [dict(card, match_rule="email") for card in CARDS]
    assert "match_rule" not in MERGE.golden(cards).table[0]


def test_records_without_a_customer_stay_as_they_are():
    cards = [{"id": 1, "entity_id": None, "x": "a"}, {"id": 2, "entity_id": "", "x": "b"}]
    golden = Merge().golden(cards)
    assert [row["x"] for row in golden.table] == ["a", "b"]
    assert golden.crosswalk.of(1) is None
    assert golden.crosswalk.rekey([{"id": 1}], "id") == [{"id": 1}]


def test_without_ids_ties_go_by_value():
    cards = [{"entity_id": 1, "x": "b"}, {"entity_id": 1, "x": "a"}]
    golden = Merge()
    assert (
        golden.golden(cards).table
        == golden.golden(cards[::-1]).table
        == [{"entity_id": 1, "x": "a"}]
    )


def test_repeated_ids_do_not_let_row_order_decide():
    cards = [{"id": 1, "entity_id": 1, "x": "b"}, {"id": 1, "entity_id": 1, "x": "a"}]
    assert Merge().golden(cards).table == Merge().golden(cards[::-1]).table


@pytest.mark.parametrize("make", [list, lambda: pd.DataFrame(columns=["id", "entity_id", "x"])])
def test_no_records_give_no_golden_records(make):
    golden = Merge().golden(make())
    assert len(golden.table) == 0
    assert golden.report.entities == 0


def test_columns_that_are_not_there_are_named():
    with pytest.raises(MissingColumnError, match="entity_id"):
        Merge().golden([{"id": 1}])
    with pytest.raises(MissingColumnError, match="Did you mean 'city'"):
        Merge({"citty": Longest()}).golden(CARDS)


def test_a_merge_is_plain_data():
    merge = Merge({"a": MostRecent("at"), "b": MaxValue()}, default=MostFrequent(), id="id")
    assert cs.load(json.dumps(cs.dump(merge))) == merge
    with pytest.raises(ConfigError, match="strictest"):
        cs.load({"kind": "merge", "survivorship": {"consent": {"kind": "longest"}}})
