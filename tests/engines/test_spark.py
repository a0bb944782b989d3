"""Spark: the same work, rules and days as in memory; what is lazy stays lazy."""

import datetime as dt
from decimal import Decimal

import attrs
import pyarrow as pa
import pytest

import everykind
from custseg.errors import DataError, MissingColumnError
from custseg.frames import Share, by_customer, by_row, crossings, spark_frame, table, totals
from custseg.model import RowModel
from custseg.rules import Bands, F, Ladder
from engineworks import (
    DiesOnce,
    Marked,
    counted,
    doubled,
    met,
    owned,
    refusing,
    refusing_rows,
    spent,
)

PEOPLE = [{"id": name} for name in "abcde"]
ORDERS = [
    {"id": name, "paid": float(paid), "note": "x"}
    for name, paid in [("a", 1), ("b", 2), ("a", 4), (None, 8), ("z", 16), ("c", 32), (None, 64)]
]
SPENT = {"a": 5.0, "b": 2.0, "c": 32.0, "d": 0.0, "e": 0.0}
LATE = dt.datetime(2026, 1, 1, 17, 30)  # noqa: DTZ001 - a day and an hour on nobody's clock
ROWS = 9
DIRTY = pa.table(
    {
        "cust.id`x": pa.array([1, 2, None, 1, 3, 2**60 + 1, 4, 5, 6], pa.int64()),
        "paid at": pa.array([LATE, None] * 4 + [LATE], pa.timestamp("us")),
        "seen": pa.array([LATE, None] * 4 + [LATE], pa.timestamp("us", "Asia/Shanghai")),
        "{money}": pa.array([Decimal("1.10")] * 8 + [None], pa.decimal128(12, 2)),
        "on": pa.array([dt.date(2026, 1, 1)] * 8 + [None]),
        "text": pa.array(["a", None, "", "x y", "é", "客户", "q'u\"o", "b", "c"]),
        "flag": pa.array([True, None] * 4 + [False]),
        "number": pa.array([1.5, None, float("nan"), 0.0, -0.0, 1e300, float("inf"), 2.0, 3.0]),
        "small": pa.array([1] * ROWS, pa.int8()),
    }
)
WORDS = tuple(f"w{i}" for i in range(100))
MERGED = "spark.sql.optimizer.canChangeCachedPlanOutputPartitioning"


@attrs.frozen
class Says(RowModel):
    """A model of a few rules."""

    given: dict[str, Ladder | Bands]

    def rules(self):
        return self.given


def frame(spark, held):
    return spark_frame(held, session=spark)


def shares(spark):
    orders = {"id": "text", "paid": "number", "note": "text"}
    people = frame(spark, everykind.arrow(PEOPLE, {"id": "text"}))
    bought = frame(spark, everykind.arrow(ORDERS, orders)).repartition(3)
    return {
        "people": Share(table(people), "id", ()),
        "orders": Share(table(bought), "id", ("paid",)),
    }


def rows(held):
    """Rows in an order of their own; NaN is told apart from null by its text."""
    return sorted(map(str, held.to_pylist()))


def test_every_type_and_name_survives_the_shuffle_and_the_fetch(spark):
    opened = table(frame(spark, DIRTY).repartition(3))
    names = tuple(DIRTY.column_names)
    assert opened.columns == names
    assert opened.size == ROWS
    assert opened.empty().native.schema == DIRTY.schema
    assert rows(opened.select(names).native) == rows(DIRTY)
    held = by_customer({"rows": Share(opened, "cust.id`x", names)}, owned, like="rows")
    assert rows(table(held).select(names).native) == rows(DIRTY)
    assert held.schema == opened.native.schema


def test_days_are_those_of_the_same_table_in_memory(spark):
    opened, whole = table(frame(spark, DIRTY)), table(DIRTY)
    fetched = opened.select(("paid at", "seen", "on"))
    for name in ("paid at", "seen", "on"):
        assert opened.latest(name) == whole.latest(name)
        days = whole.read({name: "day"})[name].tolist()
        assert str(fetched.read({name: "day"})[name].tolist()) == str(days)
    for name in ("paid at", "seen"):
        for tz in ("Asia/Shanghai", "America/Lima"):
            assert fetched.moments(name, tz).day.tolist() == whole.moments(name, tz).day.tolist()


def test_rules_decide_as_in_memory(spark):
    day = dt.date(2026, 1, 2)
    rules = {
        "tier": Bands("number", (1.0,), ("low", "high"), missing="low"),
        "large": Ladder(((F("cust.id`x") > 3, "yes"),), "no"),
        "word": Ladder(((F("text") == "客户", "cn"), (F("text").is_missing(), "none")), "other"),
        "seen": Ladder(((F("seen") >= day, "late"), (F("seen").is_missing(), "none")), "early"),
        "paid at": Ladder(((F("paid at") >= day, "late"),), "early"),
    }
    expected = everykind.as_records(table(DIRTY).push(rules))
    with crossings() as account:
        found = table(frame(spark, DIRTY)).push(rules)
    assert account == []
    names = list(rules)
    assert sorted(str([r[n] for n in names]) for r in everykind.as_records(found)) == sorted(
        str([r[n] for n in names]) for r in expected
    )


def test_work_by_customer_and_by_row_stays_in_spark(spark):
    given = shares(spark)
    with crossings() as account:
        out = by_customer(given, spent, like="people")
        more = by_row(given["orders"].table, doubled, needs=("paid",), replaces=("note",))
    assert account == []
    found = everykind.as_records(out)
    assert {row["id"]: row["spent"] for row in found} == SPENT
    assert {row["level"] for row in found} == {"low", "high"}
    assert more.columns == ["id", "paid", "more"]
    assert sorted((row["paid"], row["more"]) for row in everykind.as_records(more)) == sorted(
        (2 * row["paid"], row["paid"] + 1) for row in ORDERS
    )


def test_several_tables_move_in_one_shuffle(spark, capsys):
    by_customer(shares(spark), spent, like="people").explain()
    assert capsys.readouterr().out.count("Exchange hashpartitioning") == 1


def test_only_sums_come_to_the_driver(spark):
    with crossings() as account:
        found = totals(shares(spark), counted)
    assert found.read({"rows": "number"})["rows"].sum() == len(ORDERS)
    assert found.read({"unknown": "number"})["unknown"].sum() == 2
    assert [(one.engine, one.sums) for one in account] == [("spark", True)]
    assert account[0].rows <= 4


def test_rows_stream_by_partition_and_are_told_apart(spark):
    opened = table(frame(spark, DIRTY).repartition(3))
    with crossings() as account:
        held = pa.concat_tables(
            batch.native for batch in opened.batches(("seen", "number"), rows=2)
        )
    assert rows(held) == rows(DIRTY.select(["seen", "number"]))
    assert len(account) > 1
    assert all(one.streamed for one in account)


@pytest.mark.parametrize(
    ("left", "right", "common"),
    [
        (pa.array([1, 2, 3, None], pa.int32()), pa.array([1, 2, 9, None], pa.int64()), 2),
        (pa.array([1, 2, None], pa.int64()), pa.array([1.0, 2.0, float("nan"), None]), 2),
        (pa.array([0.0, -0.0]), pa.array([0, 5], pa.int16()), 1),
    ],
)
def test_ids_of_several_types_meet(spark, left, right, common):
    given = {
        "left": Share(table(frame(spark, pa.table({"a": left}))), "a", ()),
        "right": Share(table(frame(spark, pa.table({"b": right}))), "b", ()),
    }
    found = totals(given, met).native.to_pydict()
    assert sum(found["common"]) == common
    assert (sum(found["left"]), sum(found["right"])) == (len(left), len(right))
    known = {name: Share(one.table, one.key, (), known_only=True) for name, one in given.items()}
    assert sum(totals(known, met).native.to_pydict()["left"]) == len(left.drop_null())


def test_texts_and_numbers_as_ids_are_refused_at_once(spark):
    given = {
        "left": Share(table(frame(spark, pa.table({"a": ["1"]}))), "a", ()),
        "right": Share(table(frame(spark, pa.table({"b": [1]}))), "b", ()),
    }
    with pytest.raises(DataError, match="one type in all tables to meet: left has string"):
        by_customer(given, met, like="left")


def test_a_table_in_memory_joins_and_one_without_rows_gives_the_columns(spark):
    given = shares(spark) | {"people": Share(table(PEOPLE), "id", ())}
    found = everykind.as_records(by_customer(given, spent, like="orders"))
    assert {row["id"]: row["spent"] for row in found} == SPENT
    none = {"orders": Share(table(given["orders"].table.native.limit(0)), "id", ())}
    assert totals(none, counted).native.num_rows == 0


def test_names_that_spark_does_not_tell_apart_are_refused(spark):
    with pytest.raises(DataError, match="more than once"):
        table(spark.range(1).selectExpr("id AS a", "id AS A"))


def test_the_error_of_a_worker_is_typed_wherever_we_ask(spark):
    given = shares(spark)
    with pytest.raises(DataError, match=r"column 'paid': .* \(partition \d\)$") as caught:
        totals(given, refusing)
    assert caught.value.column == "paid"
    with pytest.raises(DataError, match=r"\(partition \d\)$"):
        table(by_customer(given, refusing, like="orders")).select(("rows",))
    with pytest.raises(MissingColumnError, match="payed"):
        table(by_row(given["orders"].table, refusing_rows, needs=("paid",))).select(("more",))


def test_the_error_of_a_worker_says_its_type_column_and_partition_in_sparks_own(spark):
    out = by_customer(shares(spark), refusing, like="orders")
    with pytest.raises(Exception, match=r"DataError: column 'paid': .* \(partition \d\)"):
        out.collect()


def test_a_task_that_dies_and_is_tried_again_gives_the_same(spark, tmp_path):
    work = DiesOnce(str(tmp_path / "died"))
    found = everykind.as_records(by_customer(shares(spark), work, like="people"))
    assert (tmp_path / "died").exists()
    assert {row["id"]: row["spent"] for row in found} == SPENT


def test_what_is_kept_is_worked_out_once(spark, tmp_path):
    made = table(by_customer(shares(spark), Marked(str(tmp_path)), like="people"))
    held = made.kept()
    assert [held.native.count() for _ in range(2)] == [len(PEOPLE)] * 2
    once = len(list(tmp_path.iterdir()))
    assert 1 <= once <= 4
    held.native.unpersist()
    assert made.native.count() == len(PEOPLE)
    assert len(list(tmp_path.iterdir())) == 2 * once


def test_what_is_kept_is_in_no_more_partitions_than_it_fills(spark):
    merging = "spark.sql.adaptive.coalescePartitions.enabled"
    before = spark.conf.get(merging)
    spark.conf.set(merging, "true")
    try:
        held = table(by_customer(shares(spark), spent, like="people")).kept().native
        assert held.count() == len(PEOPLE)
        assert held.selectExpr("spark_partition_id() AS p").distinct().count() == 1
    finally:
        spark.conf.set(merging, before)
    assert spark.conf.get(MERGED) == "false"


def test_what_is_kept_is_not_planned_again(spark, capsys):
    source = by_customer(shares(spark), spent, like="people")
    held = table(source).kept()
    held.native.explain(mode="extended")
    assert capsys.readouterr().out.startswith("== Parsed Logical Plan ==\nInMemoryRelation ")
    back = table(held.joined(table(source), "id", ("spent",)))
    twice = table(held.joined(held, "id", ("level",)))
    assert {row["id"]: row["spent"] for row in everykind.as_records(back.native)} == SPENT
    assert twice.size == len(PEOPLE)
    assert {row["id"]: row["spent"] for row in everykind.as_records(held.native)} == SPENT


def test_a_scorecard_is_worked_out_by_the_workers_and_a_ladder_by_spark(spark, capsys):
    people = frame(spark, DIRTY)
    few = {"tier": Bands("number", (1.0,), ("low", "high"))}
    many = {f"tier{i}": Bands("number", tuple(map(float, range(99))), WORDS) for i in range(5)}
    for rules, workers in ((few, 0), (many, 1)):
        found = Says(rules).apply(people)
        found.explain()
        assert capsys.readouterr().out.count("ArrowEvalPython") == workers
        told = Says(rules).apply(DIRTY.select(["number"])).select(list(rules))
        assert rows(found.select(*rules).toArrow()) == rows(told)
