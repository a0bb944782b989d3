# ruff: noqa: PLC0415 - an engine is loaded only by the process that measures it; no input
"""The purchase summary with the median gap: custseg inside each engine, and each engine by hand.

A side is given the folder of Parquet files and writes its answer as Parquet. Amounts are above 0,
so that the queries by hand need not look for the first purchase among refunds. One gap alone has
no median: whoever bought on fewer than three days has none.
"""

from pathlib import Path

import numpy as np

AS_OF = "2026-06-30"
COLUMNS = ("frequency", "recency", "T", "monetary_value", "gap_median")


def data(rows, seed, customers):
    """Transactions in no order."""
    from custseg.datasets import transactions

    log = transactions(rows, customers, seed=seed)
    paid_at = log["paid_at"].astype("datetime64[us]")
    return {**log, "paid_at": paid_at, "amount": np.abs(log["amount"])}


def summary(table):
    """The same two lines for every engine."""
    import custseg as cs

    names = cs.Names(customer="customer_id", at="paid_at", amount="amount")
    return cs.PartitionedLog.of(table, names).summary(as_of=AS_OF, also=("gap_median",))


def files(folder):
    return f"{folder}/*.parquet"


def custseg_duckdb(folder, out):
    import duckdb

    connection = duckdb.connect()
    summary(connection.sql(f"FROM read_parquet('{files(folder)}')")).write_parquet(f"{out}.parquet")


def custseg_polars(folder, out):
    import polars as pl

    summary(pl.scan_parquet(files(folder))).sink_parquet(f"{out}.parquet")


def custseg_dataset(folder, out):
    import pyarrow as pa
    import pyarrow.dataset as ds
    import pyarrow.parquet as pq

    answer = pa.RecordBatchReader.from_stream(summary(ds.dataset(folder, format="parquet")))
    with pq.ParquetWriter(f"{out}.parquet", answer.schema) as writer:
        for batch in answer:
            writer.write_batch(batch)


def custseg_spark(folder, out):
    summary(spark().read.parquet(str(folder))).write.parquet(f"{out}.spark")


def custseg_dask(folder, out):
    import dask.dataframe as dd

    summary(dd.read_parquet(folder)).to_parquet(f"{out}.dask")


def in_memory(folder, out):
    """A log in memory: all transactions are read first."""
    import pyarrow.parquet as pq

    import custseg as cs

    names = cs.Names(customer="customer_id", at="paid_at", amount="amount")
    log = cs.TransactionLog.of(pq.read_table(folder), names)
    pq.write_table(log.summary(as_of=AS_OF, also=("gap_median",)), f"{out}.parquet")


DAYS = """
    SELECT customer_id, CAST(paid_at AS DATE) AS day, sum(amount) AS amount
    FROM tx GROUP BY customer_id, CAST(paid_at AS DATE)
"""

DUCKDB = f"""
    WITH days AS ({DAYS}), gaps AS (
        SELECT *, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM days
    )
    SELECT customer_id, count(*) - 1 AS frequency,
           CAST(max(day) - min(day) AS DOUBLE) AS recency,
           CAST(DATE '{AS_OF}' - min(day) AS DOUBLE) AS T,
           CASE WHEN count(*) > 1
                THEN (sum(amount) - arg_min(amount, day)) / (count(*) - 1) ELSE 0.0 END
               AS monetary_value,
           CASE WHEN count(gap) > 1 THEN median(gap) END AS gap_median
    FROM gaps GROUP BY customer_id
"""

SPARK = f"""
    WITH days AS ({DAYS}), gaps AS (
        SELECT *, datediff(day, lag(day) OVER (PARTITION BY customer_id ORDER BY day)) AS gap
        FROM days
    )
    SELECT customer_id, count(*) - 1 AS frequency,
           CAST(datediff(max(day), min(day)) AS DOUBLE) AS recency,
           CAST(datediff(DATE '{AS_OF}', min(day)) AS DOUBLE) AS T,
           CASE WHEN count(*) > 1
                THEN (sum(amount) - min_by(amount, day)) / (count(*) - 1) ELSE 0.0 END
               AS monetary_value,
           CASE WHEN count(gap) > 1 THEN percentile(gap, 0.5) END AS gap_median
    FROM gaps GROUP BY customer_id
"""


def by_hand_duckdb(folder, out):
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET memory_limit = '6GB'")
    connection.execute(f"CREATE VIEW tx AS FROM read_parquet('{files(folder)}')")
    connection.execute(f"COPY ({DUCKDB}) TO '{out}.parquet'")


def by_hand_polars(folder, out):
    from datetime import date

    import polars as pl

    end, n = pl.lit(date.fromisoformat(AS_OF)), pl.col("n").cast(pl.Int64) - 1
    (
        pl.scan_parquet(files(folder))
        .select("customer_id", pl.col("paid_at").dt.date().alias("day"), "amount")
        .group_by("customer_id", "day")
        .agg(pl.col("amount").sum())
        .group_by("customer_id")
        .agg(
            first=pl.col("day").min(),
            last=pl.col("day").max(),
            n=pl.len(),
            total=pl.col("amount").sum(),
            opening=pl.col("amount").get(pl.col("day").arg_min()),
            gap_median=pl.col("day").sort().diff().dt.total_days().median(),
        )
        .select(
            "customer_id",
            frequency=n,
            recency=(pl.col("last") - pl.col("first")).dt.total_days(),
            T=(end - pl.col("first")).dt.total_days(),
            monetary_value=pl.when(n > 0)
            .then((pl.col("total") - pl.col("opening")) / n)
            .otherwise(0.0),
            gap_median=pl.when(n > 1).then(pl.col("gap_median")),
        )
        .sink_parquet(f"{out}.parquet", engine="streaming")
    )


def by_hand_spark(folder, out):
    spark().read.parquet(str(folder)).createOrReplaceTempView("tx")
    spark().sql(SPARK).write.parquet(f"{out}.spark")


def by_hand_pandas(folder, out):
    import pandas as pd

    frame = pd.read_parquet(folder)
    frame["day"] = frame["paid_at"].to_numpy().astype("datetime64[D]").astype(np.int64)
    days = frame.groupby(["customer_id", "day"], sort=True)["amount"].sum().reset_index()
    days["gap"] = days.groupby("customer_id")["day"].diff()
    people = days.groupby("customer_id", sort=True).agg(
        first=("day", "first"),
        last=("day", "last"),
        n=("day", "size"),
        total=("amount", "sum"),
        opening=("amount", "first"),
        gap_median=("gap", "median"),
    )
    n = people["n"] - 1
    end = np.datetime64(AS_OF).astype(np.int64)
    people.assign(
        frequency=n,
        recency=people["last"] - people["first"],
        T=end - people["first"],
        monetary_value=np.where(n > 0, (people["total"] - people["opening"]) / n.clip(1), 0.0),
        gap_median=people["gap_median"].where(n > 1),
    )[list(COLUMNS)].reset_index().to_parquet(f"{out}.parquet")


def spark():
    """A session on this machine: two cores, a few GB, no page of its own."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "4g",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.session.timeZone": "UTC",
    }
    made = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        made = made.config(name, value)
    return made.getOrCreate()


SIDES = {
    "custseg, Arrow in memory": in_memory,
    "custseg, Parquet without an engine": custseg_dataset,
    "custseg on DuckDB": custseg_duckdb,
    "custseg on Polars": custseg_polars,
    "custseg on Dask": custseg_dask,
    "custseg on Spark": custseg_spark,
    "DuckDB by hand": by_hand_duckdb,
    "Polars by hand": by_hand_polars,
    "pandas by hand": by_hand_pandas,
    "Spark by hand": by_hand_spark,
}


def told(out):
    """The answer that a side wrote: columns summed up with weights that tell customers apart."""
    import pyarrow.parquet as pq

    path = next(
        Path(f"{out}{end}")
        for end in (".parquet", ".spark", ".dask")
        if Path(f"{out}{end}").exists()
    )
    answer = pq.read_table(path, columns=["customer_id", *COLUMNS])
    weight = answer["customer_id"].to_numpy() % 997 + 1.0
    sums = [len(answer)]
    for name in COLUMNS:
        held = answer[name].to_numpy(zero_copy_only=False).astype(float)
        sums.append(float((held * weight)[held == held].sum()))  # noqa: PLR0124 - NaN is no value
    return sums
