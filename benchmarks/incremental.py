# ruff: noqa: PLC0415 - the measured process loads what it needs
"""A kept past and today's transactions, beside reading all of them again.

    python benchmarks/incremental.py [--rows 10000000] [--customers 1000000] [--new 30000]

Yesterday's state and today's file against one Parquet file of all transactions: CPU seconds of the
process and its peak memory, each side in a process of its own, the answers compared first. Asked
are a summary of all customers and, for whoever has bought, the columns of a profile that are made
of purchases.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _results import entry, keep

NAMES = {"customer": "customer_id", "at": "paid_at", "amount": "amount"}
AS_OF = "2026-06-30"
WANTED = ("revenue", "gap_median", "gap_cv")


def prepared(options, ids, folder):
    import pyarrow as pa
    import pyarrow.parquet as pq

    from custseg.cli.statefiles import StateFiles
    from custseg.datasets import transactions
    from custseg.features import Names, TransactionState

    log = transactions(options.rows + options.new, options.customers, ids=ids)
    log["paid_at"] = log["paid_at"].astype("datetime64[us]")
    whole = pa.table({name: pa.array(column) for name, column in log.items()})
    parts = {"all": whole, "old": whole.slice(0, options.rows), "today": whole.slice(options.rows)}
    for name, table in parts.items():
        pq.write_table(table, folder / f"{name}.parquet")
    start = time.process_time()
    state = TransactionState.of(parts["old"], Names(**NAMES), batch="old")
    StateFiles(folder / "state").replaced(state)
    kept = sum(file.stat().st_size for file in (folder / "state").iterdir())
    return time.process_time() - start, kept, (folder / "all.parquet").stat().st_size


def log_of(side, folder):
    from custseg.features import Conventions, Names, TransactionLog
    from custseg.io import read_table

    names = Names(**NAMES)
    if side == "all read again":
        return TransactionLog.of(read_table(folder / "all.parquet"), names)
    from custseg.cli.statefiles import StateFiles

    shutil.copytree(folder / "state", folder / "state of today")
    before = StateFiles.read(folder / "state of today", names, Conventions())
    grown = before.state.append(read_table(folder / "today.parquet"))
    return before.replaced(grown).state


def asked(side, question, folder):
    """One side in this process: what it says, CPU seconds and peak memory."""
    import pandas as pd  # noqa: TC002 - loading is not what is measured

    import custseg as cs
    import custseg.cli.statefiles  # a process that runs every night pays for it once

    cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 1}])
    start = time.process_time()
    log = log_of(side, folder)
    if question == "summary":
        table = log.summary(as_of=AS_OF, also=WANTED)
    else:
        table = cs.profile(transactions=log, as_of=AS_OF)
    spent = time.process_time() - start
    frame: pd.DataFrame = table.to_pandas().sort_values("customer_id")
    weight = range(1, len(frame) + 1)
    sums = {name: float((frame[name].fillna(0) * weight).sum()) for name in frame if name in SUMS}
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return {"seconds": spent, "peak": peak, "sums": sums, "rows": len(frame)}


SUMS = {"frequency", "recency", "T", "monetary_value", "revenue", "gap_median", "gap_cv"}
SUMS |= {"orders", "recency_days", "gap_median_days", "average_order"}


def measured(side, question, folder):
    words = [sys.executable, __file__, "--side", side, "--question", question]
    out = subprocess.run([*words, "--folder", str(folder)], check=True, capture_output=True)
    return json.loads(out.stdout)


def compared(options, ids, folder):
    """The rows of the report for one type of ids."""
    begun, kept, size = prepared(options, ids, folder)
    for question in options.ask:
        again = measured("all read again", question, folder)
        mine = measured("kept past", question, folder)
        shutil.rmtree(folder / "state of today")
        if mine["sums"] != again["sums"]:
            sys.exit(f"the answers differ: {mine} {again}")
        figures = [f"{each[name]:,.2f}" for each in (mine, again) for name in ("seconds", "peak")]
        if options.write:
            told = {"custseg, kept past": mine, "custseg, all read again": again}
            sides = {n: {"cpu": one["seconds"], "peak": one["peak"]} for n, one in told.items()}
            keep([entry(f"kept past: {question}, {ids} ids", options.rows, sides)])
        ratio = again["seconds"] / mine["seconds"]
        yield f"| {ids} | {question} | {' | '.join(figures)} | {ratio:.1f}x |"
    sizes = f"state {kept / 1e6:.0f} MB beside {size / 1e6:.0f} MB of transactions"
    yield f"{ids}: {sizes}; the first state took {begun:.1f} CPU s"


def main():
    parser = argparse.ArgumentParser(description="A kept past and today's transactions.")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--new", type=int, default=30_000)
    parser.add_argument("--ids", nargs="*", default=["int", "text"])
    parser.add_argument("--side")
    parser.add_argument("--question", default="summary")
    parser.add_argument("--ask", nargs="*", default=["summary", "profile"])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    options = parser.parse_args()
    if options.side:
        print(json.dumps(asked(options.side, options.question, options.folder)))
        return
    print("| ids | question | kept past, CPU s | MB | all again, CPU s | MB | ratio |")
    print("|---|---|---|---|---|---|---|")
    for ids in options.ids:
        with tempfile.TemporaryDirectory() as name:
            for line in compared(options, ids, Path(name)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
