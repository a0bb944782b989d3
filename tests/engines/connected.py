"""What Spark Connect must do as classic Spark does: run by test_connect in a process of its own."""

import json
import logging

from pyspark.sql import SparkSession

import everykind
from custseg.errors import DataError
from custseg.frames import Share, by_customer, by_row, spark_frame, table, totals
from custseg.rules import Bands
from engineworks import counted, doubled, refusing, spent

PEOPLE = [{"id": name} for name in "abcde"]
ORDERS = [
    {"id": name, "paid": float(paid), "note": "x"}
    for name, paid in [("a", 1), ("b", 2), ("a", 4), (None, 8), ("z", 16), ("c", 32), (None, 64)]
]


def shares(session):
    kinds = {"id": "text", "paid": "number", "note": "text"}
    people = spark_frame(everykind.arrow(PEOPLE, {"id": "text"}), session=session)
    orders = spark_frame(everykind.arrow(ORDERS, kinds), session=session)
    return {
        "people": Share(table(people), "id", ()),
        "orders": Share(table(orders), "id", ("paid",)),
    }


def answers(session):
    given = shares(session)
    orders = given["orders"].table
    more = by_row(orders, doubled, needs=("paid",), replaces=("note",))
    yield {
        r["id"]: r["spent"] for r in everykind.as_records(by_customer(given, spent, like="people"))
    }
    yield sum(totals(given, counted).native["rows"].to_pylist())
    yield sorted((r["paid"], r["more"]) for r in everykind.as_records(more))
    tier = orders.push({"tier": Bands("paid", (3.0,), ("low", "high"))})
    yield sorted(r["tier"] for r in everykind.as_records(tier))
    yield sum(batch.size for batch in orders.batches(("paid",)))
    yield orders.kept().size
    try:
        totals(given, refusing)
    except DataError as error:
        yield [error.column, "(partition " in error.message]


def main():
    logging.disable(logging.CRITICAL)
    quiet = SparkSession.builder.remote("local[2]").config("spark.ui.enabled", "false")
    session = quiet.getOrCreate()
    session.conf.set("spark.sql.shuffle.partitions", "2")
    print("ANSWERS", json.dumps([type(session).__module__, *answers(session)]))  # noqa: T201 - read by the test
    session.stop()


if __name__ == "__main__":
    main()
