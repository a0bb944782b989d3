"""The whole job on Spark: clean, profile, classify, score, tier and allocate generated customers.

    spark-submit --master local[2] examples/spark_pipeline.py 10000000 [OUT]

The first argument is the number of transactions; there are a tenth as many customers. Spark makes
the tables itself, so that nothing is uploaded. What is printed: the plan, what was decided, and
every row that reached the driver: sums, and no row of a table.
"""

import sys
from collections.abc import Iterable

from pyspark.sql import DataFrame, SparkSession

import custseg as cs
from custseg.frames import Crossing, crossings

AS_OF = "2026-06-30"
SHOWN = 4
TEAM = [
    {"rep_id": f"R{i}", "region": region, "capacity": 400_000}
    for i, region in enumerate(("north", "south", "east", "west", "centre", "north"), start=1)
]
JOB = cs.Pipeline(
    names={"transactions": cs.Names(at="paid_at")},
    conventions=cs.Conventions(tz="Asia/Shanghai", currency="CNY"),
)


def generated(spark: SparkSession, transactions: int) -> tuple[DataFrame, DataFrame]:
    """Customers, and transactions of most of them: the same on every run, made where they are."""
    many = max(transactions // 10, 1)
    customers = spark.range(many).selectExpr(
        "concat('C', lpad(id, 8, '0')) AS customer_id",
        "element_at(array('north', 'south', 'east', 'west', 'centre'), int(id % 5) + 1) AS region",
        "CASE WHEN id % 7 > 0 THEN 'yes' WHEN id % 2 = 0 THEN 'no' END AS consent",
    )
    drawn = "pow(pmod(hash(id), 1000003) / 1000003, 1.7)"
    orders = spark.range(transactions).selectExpr(
        f"concat('C', lpad(bigint({drawn} * {many}) * 7919 % {many}, 8, '0')) AS customer_id",
        "date_add(DATE '2023-07-01', int(pmod(hash(id, 2), 1100))) AS paid_at",
        "round(20 + pmod(hash(id, 3), 30000) / 100, 2) AS amount",
    )
    return customers, orders


def told(account: Iterable[Crossing]) -> list[str]:
    """What reached the driver, line by line: one a kind, with how many rows."""
    rows: dict[tuple[str, str], int] = {}
    for one in account:
        kind = "sums" if one.sums else "streamed" if one.streamed else "ROWS OF A TABLE"
        key = (kind, ", ".join(one.columns[:SHOWN]) + ", ..." * (len(one.columns) > SHOWN))
        rows[key] = rows.get(key, 0) + one.rows
    return [f"{kind}: {count:,} of {columns}" for (kind, columns), count in rows.items()]


def main(arguments: list[str]) -> None:
    """Make, decide, write; say what came to the driver."""
    transactions = int(arguments[0]) if arguments else 1_000_000
    out = arguments[1] if len(arguments) > 1 else "spark-pipeline-out"
    spark = SparkSession.builder.appName("custseg-pipeline").getOrCreate()
    customers, orders = generated(spark, transactions)
    with crossings() as account:
        run = JOB.run(customers=customers, transactions=orders, reps=TEAM, as_of=AS_OF)
        run = run.kept()  # written, counted, and asked what is due
        run.customers.write.mode("overwrite").parquet(out)
        print(run.text())
    run.customers.explain()
    print("what reached the driver:")
    print("\n".join(f"  {line}" for line in told(account)))


if __name__ == "__main__":
    main(sys.argv[1:])
