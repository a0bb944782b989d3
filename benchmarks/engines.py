# ruff: noqa: PLC0415 - an engine is loaded only by the process that measures it
"""The same question in every engine: custseg beside queries written by hand.

    python benchmarks/engines.py [summary|rules] [--rows 10000000] [--customers 1000000]
                                 [--rounds 2] [--only a;b] [--keep folder]

`summary`: transactions in Parquet to a purchase summary in Parquet, work by customer. `rules`: a
lifecycle, tiers and a score of profiles in Parquet, which the engines work out themselves.

Every figure is of a process of its own, with everything that it starts; the sides take turns. What
is loaded on first use (and Spark's session) is there before the clock runs. CPU is user and system
time of all processes and threads; memory is the highest sum of what they hold, libraries included.
Rows at the driver: how many left a lazy engine and stayed; those that pass by are not counted.
The answers of all sides are compared before anything is printed. `--keep` leaves the files in a
folder, for the next time: a hundred million rows take minutes to write.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import numpy as np

import _engines_rules
import _engines_sides
from _results import entry, keep, version_of
from _tree import Watch

FILE_ROWS = 5_000_000
ASKED = {"summary": _engines_sides, "rules": _engines_rules}


def write(asked, folder, rows, customers):
    """Parquet files, the customers spread over all of them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for at, start in enumerate(range(0, rows, FILE_ROWS)):
        made = ASKED[asked].data(min(FILE_ROWS, rows - start), at + 1, customers)
        columns = {name: pa.array(column, from_pandas=True) for name, column in made.items()}
        pq.write_table(pa.table(columns), folder / f"{at:03d}.parquet")


def worker(run, folder, small, out):
    """Warm up, say so, wait for the word, run, and say what crossed."""
    from custseg.frames import crossings

    run(small, f"{out}-warm")
    print("ready", flush=True)
    sys.stdin.readline()
    with crossings() as account:
        run(folder, out)
    print(json.dumps([[c.engine, c.rows] for c in account if not c.streamed]), flush=True)
    sys.stdin.readline()


def measured(asked, name, home, out):
    """One process: what it cost, what crossed, what it answered."""
    call = [sys.executable, __file__, asked, "--worker", name, "--home", str(home)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [*call, "--out", str(out)], stdin=pipe, stdout=pipe, stderr=pipe, text=True
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
    return {**cost, "crossed": json.loads(line), "answer": ASKED[asked].told(out)}


def made_in(home, options):
    """The folder of the files, made where they are not there."""
    place = Path(options.keep) if options.keep else home
    for folder, size in (("data", options.rows), ("small", 10_000)):
        if not (place / folder).is_dir():
            (place / folder).mkdir(parents=True)
            write(options.asked, place / folder, size, min(options.customers, size))
    return place


def compare(options):
    """Best of all rounds, side by side."""
    sides = ASKED[options.asked].SIDES
    names = [n for n in sides if not options.only or n in options.only.split(";")]
    names = [n for n in names if n not in options.without.split(";")]
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        made = made_in(home, options)
        found = {name: [] for name in names}
        for turn, name in product(range(options.rounds), names):
            out = home / f"answer-{names.index(name)}-{turn}"
            found[name].append(measured(options.asked, name, made, out))
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


def best(name, runs):
    """The best of all rounds; the memory is that of all processes, libraries included."""
    cost = {key: min(run[key] for run in runs) for key in ("cpu", "peak")}
    return {**cost, "version": version_of(name.removeprefix("custseg on "))}


def questions(asked, found):
    """Rules are asked of each engine beside itself; a summary of all on one machine together."""
    sides = {name: best(name, runs) for name, runs in found.items()}
    if asked == "summary":
        spread = {name: side for name, side in sides.items() if "Spark" in name or "Dask" in name}
        alone = {name: side for name, side in sides.items() if name not in spread}
        asks = {"summary, files in and out": alone, "summary on Spark and Dask": spread}
        yield from ((what, measured) for what, measured in asks.items() if measured)
        return
    for ours in (name for name in sides if name.startswith("custseg on ")):
        engine = ours.removeprefix("custseg on ")
        hand = f"{engine} by hand"
        yield f"rules on {engine}", {name: sides[name] for name in (ours, hand) if name in sides}


def main():
    parser = argparse.ArgumentParser(description="The same question in every engine.")
    parser.add_argument("asked", nargs="?", default="summary", choices=ASKED)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", default="", help="sides to run, with semicolons")
    parser.add_argument("--without", default="", help="sides to leave out, with semicolons")
    parser.add_argument("--keep", default="", help="a folder whose files are used again")
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    for hidden in ("--worker", "--home", "--out"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        home, run = Path(options.home), ASKED[options.asked].SIDES[options.worker]
        worker(run, home / "data", home / "small", options.out)
        return
    found = compare(options)
    agree(found)
    print(f"{options.asked}: {options.rows:,} rows, {options.customers:,} customers")
    print("\n".join(printed(found, options.rows)))
    if options.write:
        keep([entry(what, options.rows, sides) for what, sides in questions(options.asked, found)])


if __name__ == "__main__":
    main()
