# ruff: noqa: PLC0415 - a peer is loaded only by the process that measures it
"""Purchase summaries: custseg beside Polars, DuckDB, pandas and lifetimes.

    python benchmarks/rfm.py [--rows 10000000] [--ids int|text] [--ordered] [--rounds 3]

Every figure is of a process of its own, and the processes take turns, so that a busy machine is
busy for all. Input is in memory, in the kind of table that each works on. CPU time is user and
system time of all threads, the best of three calls; peak memory is what a first call adds to a
process that holds the input. The answers of all are compared before anything is printed.

Amounts are all above 0 here: with refunds, the queries of the peers would have to find the first
purchase day first, and be slower.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from _results import entry, keep, version_of

AS_OF = "2026-06-30"
END = np.datetime64(AS_OF)
COLUMNS = ["frequency", "recency", "T", "monetary_value"]


def pandas_frame(data):
    import pandas as pd

    return pd.DataFrame(data)


def arrow_table(data):
    import pyarrow as pa

    return pa.table({name: pa.array(column) for name, column in data.items()})


def polars_frame(data):
    import polars as pl

    return pl.from_arrow(arrow_table(data))


def custseg(table):
    import custseg as cs

    names = cs.Names(customer="customer_id", at="paid_at", amount="amount")
    return cs.TransactionLog.of(table, names).summary(as_of=AS_OF)


def polars(frame):
    import polars as pl

    end = pl.lit(END.astype(object)).cast(pl.Date)
    n = pl.col("n").cast(pl.Int64) - 1
    return (
        frame.lazy()
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
        )
        .select(
            "customer_id",
            frequency=n,
            recency=(pl.col("last") - pl.col("first")).dt.total_days(),
            T=(end - pl.col("first")).dt.total_days(),
            monetary_value=pl.when(n > 0)
            .then((pl.col("total") - pl.col("opening")) / n)
            .otherwise(0.0),
        )
        .collect()
    )


def duckdb(table):
    import duckdb as engine

    connection = engine.connect()
    connection.register("tx", table)
    query = f"""
        WITH days AS (
            SELECT customer_id, CAST(paid_at AS DATE) AS day, sum(amount) AS amount
            FROM tx GROUP BY 1, 2
        ), people AS (
            SELECT customer_id, min(day) AS first, max(day) AS last, count(*) AS n,
                   sum(amount) AS total, arg_min(amount, day) AS opening
            FROM days GROUP BY 1
        )
        SELECT customer_id, n - 1 AS frequency, last - first AS recency,
               DATE '{AS_OF}' - first AS T,
               CASE WHEN n > 1 THEN (total - opening) / (n - 1) ELSE 0.0 END AS monetary_value
        FROM people
    """
    return connection.sql(query).to_arrow_table()


def pandas(frame):
    day = frame["paid_at"].to_numpy().astype("datetime64[D]").astype(np.int64)
    days = (
        frame[["customer_id", "amount"]]
        .assign(day=day)
        .groupby(["customer_id", "day"], sort=True)["amount"]
        .sum()
        .reset_index()
    )
    people = days.groupby("customer_id", sort=True).agg(
        first=("day", "first"),
        last=("day", "last"),
        n=("day", "size"),
        total=("amount", "sum"),
        opening=("amount", "first"),
    )
    n = people["n"] - 1
    return people.assign(
        frequency=n,
        recency=people["last"] - people["first"],
        T=END.astype(np.int64) - people["first"],
        monetary_value=np.where(n > 0, (people["total"] - people["opening"]) / n.clip(1), 0.0),
    )[COLUMNS].reset_index()


def lifetimes(frame):
    from lifetimes.utils import summary_data_from_transaction_data

    return summary_data_from_transaction_data(
        frame,
        "customer_id",
        "paid_at",
        monetary_value_col="amount",
        observation_period_end=AS_OF,
        freq="D",
    ).reset_index()


RUNS = {
    "custseg, pandas in and out": (custseg, pandas_frame),
    "custseg, Arrow in and out": (custseg, arrow_table),
    "custseg, Polars in and out": (custseg, polars_frame),
    "Polars": (polars, polars_frame),
    "DuckDB": (duckdb, arrow_table),
    "pandas": (pandas, pandas_frame),
    "lifetimes": (lifetimes, pandas_frame),
}


def resident():
    """Memory of this process now and at its highest since the mark was reset, in MB."""
    held = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return tuple(int(held[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))


def answer(result):
    """Each customer's figures summed up with weights that tell the customers apart."""
    import narwhals as nw

    frame = nw.from_native(result, eager_only=True)
    ids = frame["customer_id"].to_list()
    weight = np.array([int(str(i).lstrip("C")) % 997 + 1 for i in ids], dtype=np.float64)
    columns = [np.asarray(frame[name].to_numpy(), dtype=np.float64) for name in COLUMNS]
    return [len(ids), *(float(np.round((c * weight).sum(), 1)) for c in columns)]


def measure(name, folder):
    """One process: load, call three times, say what it cost."""
    run, make = RUNS[name]
    data = {p.stem: np.load(p, allow_pickle=True) for p in sorted(Path(folder).glob("*.npy"))}
    table = make(data)
    small = make({key: column[:1000] for key, column in data.items()})
    del data
    run(small)  # libraries are loaded before memory and time are looked at
    Path("/proc/self/clear_refs").write_text("5")
    before, _ = resident()
    cpu, wall, peak, result = [], [], 0.0, None
    for call in range(3):
        result = None
        start, clock = time.process_time(), time.perf_counter()
        result = run(table)
        cpu.append(time.process_time() - start)
        wall.append(time.perf_counter() - clock)
        if not call:
            peak = resident()[1] - before
    cost = {"cpu": min(cpu), "wall": min(wall), "peak": peak, "version": version_of(name)}
    print(json.dumps({**cost, "answer": answer(result)}))


def worker(name, folder):
    call = [sys.executable, __file__, "--worker", name, "--folder", folder]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: left out: {done.stderr.strip().splitlines()[-1]}")
        return None
    return json.loads(done.stdout)


def compare(options):
    from custseg.datasets import transactions

    log = transactions(options.rows, options.customers, ids=options.ids)
    log["amount"] = np.abs(log["amount"])
    if options.ordered:
        order = np.argsort(log["paid_at"], kind="stable")
        log = {name: column[order] for name, column in log.items()}
    log["paid_at"] = log["paid_at"].astype("datetime64[us]")
    names = [n for n in RUNS if n not in options.without.split(";")]
    with tempfile.TemporaryDirectory() as folder:
        for name, column in log.items():
            np.save(Path(folder) / f"{name}.npy", column)
        del log
        rounds = [{n: worker(n, folder) for n in names} for _ in range(options.rounds)]
    return {n: [r[n] for r in rounds if r[n]] for n in names if rounds[0][n]}


def best(runs):
    """The best of all rounds."""
    return {key: min(run[key] for run in runs) for key in ("cpu", "wall", "peak")}


def table(found):
    """The best of all rounds of each, beside the fastest of ours."""
    rows = {
        name: [best(runs)[key] for key in ("cpu", "wall", "peak")] for name, runs in found.items()
    }
    ours = min(row[0] for name, row in rows.items() if name.startswith("custseg"))
    yield "| | CPU s | wall s | extra MB at peak | CPU against ours |"
    yield "|---|---|---|---|---|"
    for name, (cpu, wall, peak) in rows.items():
        yield f"| {name} | {cpu:.3f} | {wall:.3f} | {peak:,.0f} | {cpu / ours:.1f}x |"


def agree(found):
    answers = {name: runs[0]["answer"] for name, runs in found.items()}
    first = next(iter(answers.values()))
    for name, each in answers.items():
        assert np.allclose(each, first, rtol=1e-9), (name, each, first)


def main():
    parser = argparse.ArgumentParser(description="Purchase summaries beside their peers.")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--ids", choices=("int", "text"), default="int")
    parser.add_argument("--ordered", action="store_true", help="rows in order of time")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", default="", help="names to leave out, with semicolons")
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        measure(options.worker, options.folder)
        return
    found = compare(options)
    agree(found)
    order = "in order of time" if options.ordered else "in no order"
    size = f"{options.rows:,} transactions of {options.customers:,} customers"
    print(f"{size}, {order}, {options.ids} ids")
    print("\n".join(table(found)))
    if options.write:
        sides = {name: {**runs[0], **best(runs)} for name, runs in found.items()}
        keep([entry(f"summary, {options.ids} ids", options.rows, sides)])


if __name__ == "__main__":
    main()
