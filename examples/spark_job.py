"""Tonight's profile, lifecycle and tiers of all customers, worked out by Spark.

    spark-submit examples/spark_job.py CUSTOMERS TRANSACTIONS OUT 2026-06-30

Three Parquet paths (two read, one written) and the day. Without a cluster: ``--master local[2]``.
Workers need Python with custseg and pyarrow; the driver needs nothing more.
"""

import sys

from pyspark.sql import DataFrame, SparkSession

import custseg as cs
from custseg.frames import crossings

NAMES = cs.Names(at="paid_at")
CONVENTIONS = cs.Conventions(tz="Asia/Shanghai", currency="CNY")
LIFECYCLE = cs.classify.Lifecycle()
TIERS = cs.tiering.TierPlan(cs.tiering.Pareto((0.95, 0.80)), value="revenue")


def segmented(customers: DataFrame, transactions: DataFrame, *, as_of: str) -> DataFrame:
    """One row a customer: the profile, the state of its life with us, its tier and service."""
    people = cs.profile(
        customers,
        transactions=transactions,
        names={"transactions": NAMES},
        conventions=CONVENTIONS,
        as_of=as_of,
    )
    people.persist()  # asked three times: by two fits and by the write
    states = LIFECYCLE.fit(people).apply(people)
    return TIERS.fit(states).apply(states)


def main(arguments: list[str]) -> None:
    """Read, work out, write; say what came to the driver."""
    customers, transactions, out, as_of = arguments
    spark = SparkSession.builder.appName("custseg-nightly").getOrCreate()
    with crossings() as account:
        people = segmented(read(spark, customers), read(spark, transactions), as_of=as_of)
        people.write.mode("overwrite").parquet(out)
    for one in account:
        what = "sums" if one.sums else "rows"
        print(f"to the driver: {one.rows} {what} of {', '.join(one.columns)}")
    spark.read.parquet(out).groupBy("tier", "lifecycle").count().orderBy("tier", "lifecycle").show()


def read(spark: SparkSession, path: str) -> DataFrame:
    """A folder or a file of Parquet."""
    return spark.read.parquet(path)


if __name__ == "__main__":
    main(sys.argv[1:])
