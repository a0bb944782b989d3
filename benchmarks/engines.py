# ruff: noqa: PLC0415 - an engine is loaded only by the process that measures it
"""One summary in every engine: custseg beside queries written by hand, from Parquet to Parquet.

    python benchmarks/engines.py [--rows 10000000] [--customers 1000000] [--rounds 2] [--only a;b]

Every figure is of a process of its own, with everything that it starts; the sides take turns. What
is loaded on first use (and Spark's session) is there before the clock runs. CPU is user and system
time of all processes and threads; memory is the highest sum of what they hold, libraries included.
Rows to Python: how many rows left a lazy engine for good, and how many passed through.
The answers of all sides are compared before anything is printed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import numpy as np

from _engines_sides import SIDES, told
from _tree import Watch

FILE_ROWS = 5_000_000


def write(folder, rows, customers):
    """Transactions as Parquet files, the customers spread over all of them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from custseg.datasets import transactions

    for at, start in enumerate(range(0, rows, FILE_ROWS)):
        log = transactions(min(FILE_ROWS, rows - start), customers, seed=at + 1)
        log["amount"] = np.abs(log["amount"])
        log["paid_at"] = log["paid_at"].astype("datetime64[us]")
        pq.write_table(pa.table(log), folder / f"{at:03d}.parquet")


def worker(name, folder, small, out):
    """Warm up, say so, wait for the word, run, and say what crossed."""
    from custseg.frames import crossings

    run = SIDES[name]
    run(small, f"{out}-warm")
    print("ready", flush=True)
    sys.stdin.readline()
    with crossings() as account:
        run(folder, out)
    print(json.dumps([[c.engine, c.rows, c.sums] for c in account]), flush=True)
    sys.stdin.readline()


def measured(name, folder, small, out):
    """One process: what it cost, what crossed, what it answered."""
    call = [sys.executable, __file__, "--worker", name, "--folder", str(folder), "--out", str(out)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [*call, "--small", str(small)], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )
    if process.stdout.readline().strip() != "ready":
        print(f"{name}: left out: {process.communicate()[1].strip().splitlines()[-1]}")
        return None
    watch = Watch(process.pid)
    watch.start()
    process.stdin.write("go\n")
    process.stdin.flush()
    line = process.stdout.readline()
    cost = watch.stop()
    error = process.communicate("end\n")[1]
    if not line:
        print(f"{name}: failed: {error.strip().splitlines()[-1]}")
        return None
    return {**cost, "crossed": json.loads(line), "answer": told(out)}


def compare(options):
    """Best of all rounds, side by side."""
    names = [n for n in SIDES if not options.only or n in options.only.split(";")]
    names = [n for n in names if n not in options.without.split(";")]
    with tempfile.TemporaryDirectory() as home:
        folder, small = Path(home) / "tx", Path(home) / "small"
        folder.mkdir()
        small.mkdir()
        write(folder, options.rows, options.customers)
        write(small, 10_000, 1_000)
        found = {name: [] for name in names}
        for turn, name in product(range(options.rounds), names):
            out = Path(home) / f"answer-{names.index(name)}-{turn}"
            found[name].append(measured(name, folder, small, out))
    return {name: [run for run in runs if run] for name, runs in found.items() if any(runs)}


def agree(found):
    """Refuse to print figures of sides that answer otherwise."""
    first = next(iter(found.values()))[0]["answer"]
    for name, runs in found.items():
        for run in runs:
            assert np.allclose(run["answer"], first, rtol=1e-9), (name, run["answer"], first)


def printed(found, rows):
    """The table, a line a side."""
    yield "| | CPU s | wall s | peak MB | million rows a CPU s | rows at the driver |"
    yield "|---|---|---|---|---|---|"
    for name, runs in found.items():
        cpu, wall, peak = (min(run[key] for run in runs) for key in ("cpu", "wall", "peak"))
        kept = sum(each[1] for each in runs[0]["crossed"])
        speed = rows / cpu / 1e6
        yield f"| {name} | {cpu:.2f} | {wall:.2f} | {peak:,.0f} | {speed:.1f} | {kept:,} |"


def main():
    parser = argparse.ArgumentParser(description="One summary in every engine.")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", default="", help="sides to run, with semicolons")
    parser.add_argument("--without", default="", help="sides to leave out, with semicolons")
    for hidden in ("--worker", "--folder", "--small", "--out"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        worker(options.worker, Path(options.folder), Path(options.small), options.out)
        return
    found = compare(options)
    agree(found)
    print(f"{options.rows:,} transactions of {options.customers:,} customers, Parquet to Parquet")
    print("\n".join(printed(found, options.rows)))


if __name__ == "__main__":
    main()
