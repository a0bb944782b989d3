# ruff: noqa: PLC0415 - an engine is loaded only by the process that measures it; no input
"""A lifecycle, tiers and a score as rules inside each engine, beside the same rules by hand.

A side is given the folder of Parquet files of profiles and writes, as JSON, how many customers and
how much score there is by state and tier: so that each engine works out every row, and writes none.
"""

import json
from pathlib import Path

import numpy as np

from _engines_sides import files, spark


def data(rows, seed, _customers):
    """Profiles: days and money in the ranges of a shop, one in twenty unknown."""
    draw = np.random.default_rng(seed)
    columns = {
        "frequency": draw.poisson(3, rows).astype(float),
        "recency_days": draw.exponential(200, rows).round(),
        "tenure_days": draw.exponential(400, rows).round(),
        "revenue": draw.lognormal(5, 1.5, rows).round(2),
    }
    for column in columns.values():
        column[draw.random(rows) < 0.05] = np.nan
    return {"customer_id": np.arange(rows), **columns}


def decided(table):
    """The three models, one after the other."""
    import custseg as cs
    from custseg.scoring import Factor, Ramp, Scorecard, Steps

    limits = cs.classify.FixedDays(dormant_after=180, churned_after=365, new_for=30)
    card = Scorecard(
        (
            Factor("recency_days", worth=40, curve=Steps((30, 90, 365), (1, 0.7, 0.3, 0))),
            Factor("frequency", worth=30, curve=Ramp(0, 10)),
            Factor("revenue", worth=30, curve=Ramp(0, 1000)),
        )
    )
    plan = cs.tiering.TierPlan(cs.tiering.Thresholds((100.0, 1000.0)), value="revenue")
    for model in (cs.classify.Lifecycle(limits).fit([]), card, plan.fit([])):
        table = model.apply(table)
    return table


COUNTS = (
    "SELECT lifecycle_state, tier, count(*) AS n, sum(score) AS score FROM decided GROUP BY ALL"
)

BY_HAND = """
    SELECT *,
        CASE WHEN frequency < 1 THEN 'potential'
             WHEN recency_days < 180 AND tenure_days < 30 THEN 'new'
             WHEN recency_days < 180 THEN 'active'
             WHEN recency_days >= 365 THEN 'churned'
             WHEN recency_days >= 180 OR frequency >= 1 THEN 'dormant'
             ELSE 'potential' END AS lifecycle_state,
        CASE WHEN revenue >= 1000 THEN 'high' WHEN revenue >= 100 THEN 'medium' ELSE 'low' END
            AS tier,
        (coalesce(CASE WHEN recency_days < 30 THEN 4000 WHEN recency_days < 90 THEN 2800
                       WHEN recency_days < 365 THEN 1200 END, 0)
         + coalesce(floor(least(greatest(frequency, 0), 10) * 300 + 0.5), 0)
         + coalesce(floor(least(greatest(revenue, 0), 1000) * 3 + 0.5), 0)) / 100 AS score
    FROM people
"""


def by_sql(rows, out):
    """Write the counts, whatever the order of the groups."""
    found = {f"{state} {tier}": [n, round(float(score), 2)] for state, tier, n, score in rows}
    Path(f"{out}.json").write_text(json.dumps(dict(sorted(found.items()))))


def custseg_duckdb(folder, out):
    import duckdb

    connection = duckdb.connect()
    made = decided(connection.sql(f"FROM read_parquet('{files(folder)}')"))
    by_sql(made.query("decided", COUNTS).fetchall(), out)


def custseg_polars(folder, out):
    import polars as pl

    polars_counts(decided(pl.scan_parquet(files(folder))), out)


def custseg_spark(folder, out):
    decided(spark().read.parquet(str(folder))).createOrReplaceTempView("decided")
    by_sql(map(tuple, spark().sql(COUNTS).collect()), out)


def by_hand_duckdb(folder, out):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW people AS FROM read_parquet('{files(folder)}')")
    connection.execute(f"CREATE VIEW decided AS {BY_HAND}")
    by_sql(connection.sql(COUNTS).fetchall(), out)


def by_hand_polars(folder, out):
    import polars as pl

    days, orders, money, age = map(pl.col, ("recency_days", "frequency", "revenue", "tenure_days"))
    state = (
        pl.when(orders < 1)
        .then(pl.lit("potential"))
        .when((days < 180) & (age < 30))
        .then(pl.lit("new"))
        .when(days < 180)
        .then(pl.lit("active"))
        .when(days >= 365)
        .then(pl.lit("churned"))
        .when((days >= 180) | (orders >= 1))
        .then(pl.lit("dormant"))
        .otherwise(pl.lit("potential"))
    )
    tier = pl.when(money >= 1000).then(pl.lit("high"))
    tier = tier.when(money >= 100).then(pl.lit("medium")).otherwise(pl.lit("low"))
    recent = pl.when(days < 30).then(4000.0).when(days < 90).then(2800.0)
    recent = recent.when(days < 365).then(1200.0).otherwise(0.0)
    often = (orders.clip(0, 10) * 300 + 0.5).floor().fill_null(0)
    much = (money.clip(0, 1000) * 3 + 0.5).floor().fill_null(0)
    score = (recent + often + much) / 100
    people = pl.scan_parquet(files(folder))
    polars_counts(people.with_columns(lifecycle_state=state, tier=tier, score=score), out)


def by_hand_spark(folder, out):
    spark().read.parquet(str(folder)).createOrReplaceTempView("people")
    spark().sql(BY_HAND).createOrReplaceTempView("decided")
    by_sql(map(tuple, spark().sql(COUNTS).collect()), out)


def polars_counts(frame, out):
    import polars as pl

    grouped = frame.group_by(pl.col("lifecycle_state", "tier").cast(pl.String))
    found = grouped.agg(pl.len(), pl.col("score").sum()).collect(engine="streaming")
    by_sql(found.rows(), out)


SIDES = {
    "custseg on DuckDB": custseg_duckdb,
    "DuckDB by hand": by_hand_duckdb,
    "custseg on Polars": custseg_polars,
    "Polars by hand": by_hand_polars,
    "custseg on Spark": custseg_spark,
    "Spark by hand": by_hand_spark,
}


def told(out):
    """The counts and sums that a side wrote, in the order of their groups."""
    found = json.loads(Path(f"{out}.json").read_text())
    return [number for pair in found.values() for number in pair]
