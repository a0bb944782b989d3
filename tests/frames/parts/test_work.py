"""Work by customer, by row and as sums is the same on every kind of table and in any partition."""

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import everykind
from custseg.errors import DataError, MissingColumnError
from custseg.frames import Share, by_customer, by_row, crossings, table, totals
from engineworks import counted, doubled, owned, refusing, spent
from inparts import in_parts

PEOPLE = [{"id": name, "region": "n"} for name in "abcde"]
ORDERS = [
    {"id": name, "paid": float(paid), "note": "x"}
    for name, paid in [("a", 1), ("b", 2), ("a", 4), (None, 8), ("z", 16), ("c", 32), (None, 64)]
]
KINDS = {"id": "text", "region": "text", "paid": "number", "note": "text"}


def shares(kind, rows=ORDERS):
    people = everykind.as_table(kind, PEOPLE, {"id": "text", "region": "text"})
    orders = everykind.as_table(kind, rows, {"id": "text", "paid": "number", "note": "text"})
    return {
        "people": Share(table(people), "id", ()),
        "orders": Share(table(orders), "id", ("paid",)),
    }


EXPECTED = {"a": 5.0, "b": 2.0, "c": 32.0, "d": 0.0, "e": 0.0}


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_every_kind_answers_in_its_own_kind(kind):
    given = shares(kind)
    out = by_customer(given, spent, like="people")
    assert type(out) is type(given["people"].table.native)
    rows = everykind.as_records(out)
    assert {row["id"]: row["spent"] for row in rows} == EXPECTED
    assert {row["id"]: row["level"] for row in rows}["c"] == "high"


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_sums_of_partitions_add_up(kind):
    found = totals(shares(kind), counted)
    assert not found.lazy
    assert found.read({"rows": "number"})["rows"].sum() == len(ORDERS)
    assert found.read({"unknown": "number"})["unknown"].sum() == 2


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_work_by_row_adds_and_replaces(kind):
    orders = shares(kind)["orders"].table
    out = by_row(orders, doubled, needs=("paid",), replaces=("note",))
    assert type(out) is type(orders.native)
    rows = everykind.as_records(out)
    assert set(rows[0]) == {"id", "paid", "more"}
    assert sorted((row["paid"], row["more"]) for row in rows) == sorted(
        (2 * row["paid"], row["paid"] + 1) for row in ORDERS
    )


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_partitions_change_nothing(parts):
    found = in_parts(shares("arrow"), spent, parts=parts, seed=parts).to_pylist()
    assert {row["id"]: row["spent"] for row in found} == EXPECTED


def test_tables_without_rows_give_the_columns_and_no_row():
    given = {name: Share(s.table.empty(), s.key, s.columns) for name, s in shares("arrow").items()}
    assert in_parts(given, spent).column_names == ["id", "spent", "level"]
    assert in_parts(given, spent).num_rows == 0


def test_a_small_table_in_memory_joins_the_engine():
    given = shares("duckdb") | {"people": shares("pandas")["people"]}
    rows = everykind.as_records(by_customer(given, spent, like="orders"))
    assert {row["id"]: row["spent"] for row in rows} == EXPECTED


def test_tables_of_two_engines_are_refused():
    given = shares("duckdb") | {"people": shares("polars-lazy")["people"]}
    with pytest.raises(DataError, match="polars, but the work is done in duckdb"):
        by_customer(given, spent, like="orders")


def test_a_lazy_table_beside_one_in_memory_is_refused():
    given = shares("pandas") | {"orders": shares("duckdb")["orders"]}
    with pytest.raises(DataError, match="done in memory"):
        by_customer(given, spent, like="people")


def test_a_column_that_is_not_there_is_refused_at_once():
    with pytest.raises(MissingColumnError, match="payed"):
        Share(table(ORDERS), "id", ("payed",))


def test_only_the_columns_named_travel():
    with crossings() as account:
        totals(shares("duckdb"), counted)
    assert "note" not in {name for crossing in account for name in crossing.columns}


def test_an_error_of_a_worker_names_its_partition_and_no_row():
    with pytest.raises(DataError, match=r"column 'paid': .* \(partition 0\)$") as caught:
        in_parts(shares("arrow"), refusing, parts=1)
    assert caught.value.row is None


def untyped(given):
    return given["orders"].build({"n": [None] * given["orders"].size})


def test_a_column_without_a_type_is_refused():
    with pytest.raises(DataError, match="no type where there are no rows"):
        in_parts(shares("arrow"), untyped)


def fickle(given):
    orders = given["orders"]
    name = "some" if orders.size else "none"
    return orders.build({name: np.zeros(orders.size)})


def test_other_columns_than_promised_are_refused():
    with pytest.raises(DataError, match=r"gives the columns \['some'\], without rows \['none'\]"):
        in_parts(shares("arrow"), fickle)


def test_types_are_those_that_every_engine_has():
    columns = {
        "id": pa.array([1], pa.uint8()),
        "word": pa.array(["a"]).dictionary_encode(),
        "at": pa.array([0], pa.timestamp("ns", "Asia/Shanghai")),
        "on": pa.array([0], pa.date64()),
    }
    given = {"rows": Share(table(pa.table(columns)), "id", tuple(columns))}
    local = pa.timestamp("us", "Asia/Shanghai")
    assert in_parts(given, owned).schema.types == [pa.int64(), pa.string(), local, pa.date32()]


def test_pandas_keeps_its_own_index_by_row():
    frame = pd.DataFrame({"paid": [1.0, 2.0]}, index=["p", "q"])
    assert by_row(table(frame), doubled, needs=("paid",)).index.tolist() == ["p", "q"]


def test_a_relation_stays_on_its_connection():
    own = duckdb.connect()
    relation = own.sql("select 1.0::double as paid")
    out = by_row(table(relation), doubled, needs=("paid",))
    assert out.query("t", "select more from t").fetchall() == [(2.0,)]
