"""One table of several questions, each asked of custseg and its peers: what benchmarks share.

Every side is given the same table (pandas) and reads it itself. Every figure is of a process of its
own; the sides take turns, so that a busy machine is busy for all. CPU time is user and system time
of all threads in the default settings of threads, the best call of all rounds; what is loaded or
compiled on first use is so before. Peak memory is what a first call adds to a process that holds
the input. The answers of the sides are compared before anything is printed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import numpy as np

from _results import entry, keep, version_of


@dataclass
class Row:
    """One row of the table.

    Attributes:
        data: Which data.
        sides: A function of each side: a table in, what to call and how to tell its answer out.
        promised: The least ratio of a peer's CPU time to ours.
        within: The CPU time of ours that is promised, in milliseconds.
        calls: How often each side is called in a round (3 where nothing is said).
        rtol: How far the answers may lie apart, relatively.
        apart: Who answers otherwise, and why: reported below the table.
        says: How an answer is written in the table; where nothing is said, it is only compared.
        figures: What an answer is made of, by name, to be kept beside the cost.
        warm: How many rows a side is called with before it is measured.
        cold: Whether memory counts from before that call: what it leaves behind would hide some.
    """

    data: str
    sides: dict
    promised: dict = field(default_factory=dict)
    within: float | None = None
    calls: dict = field(default_factory=dict)
    rtol: float = 1e-9
    apart: dict = field(default_factory=dict)
    says: Callable | None = None
    figures: Callable | None = None
    warm: int = 3000
    cold: bool = False


def resident():
    """Memory of this process now and at its highest since the mark was reset, in MB."""
    held = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return tuple(int(held[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))


def hold(data, folder):
    """Write the data for the processes that measure: columns of numbers, or a table as it is."""
    if isinstance(data, dict):
        for key, column in data.items():
            np.save(folder / f"{key}.npy", column)
    else:
        data.to_parquet(folder / "table.parquet")


def held(folder, pd):
    """The data as a table."""
    if (folder / "table.parquet").exists():
        return pd.read_parquet(folder / "table.parquet")
    return pd.DataFrame({p.stem: np.load(p) for p in sorted(folder.glob("*.npy"))})


def measure(row, who, folder):
    """One process: load, call, say what it cost."""
    import pandas as pd  # noqa: PLC0415 - only who measures holds a table

    warnings.simplefilter("ignore")
    frame = held(Path(folder), pd)
    warming, _ = row.sides[who](frame.head(row.warm))
    cold, _ = resident()
    warming()  # what is loaded or compiled on first use
    call, told = row.sides[who](frame)
    Path("/proc/self/clear_refs").write_text("5")
    before = cold if row.cold else resident()[0]
    times, peak, found = [], 0.0, None
    for number in range(row.calls.get(who, 3)):
        found = None
        start = time.process_time()
        found = call()
        times.append(time.process_time() - start)
        if not number:
            peak = resident()[1] - before
    cost = {"cpu": min(times), "peak": peak, "version": version_of(who)}
    print(json.dumps({**cost, "answer": told(found)}))


def asked(options, name, who, folder):
    """What another process measured, or why it did not."""
    home = options.homes.get(who)
    python = vars(options)[f"{home}_python".replace("-", "_")] if home else sys.executable
    if python is None:
        return {"missing": f"it needs an environment of its own: give --{home}-python"}
    call = [python, sys.argv[0], "--worker", who, "--row", name, "--folder", folder]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"missing": (done.stderr.strip().splitlines() or ["no reason given"])[-1]}
    return json.loads(done.stdout.splitlines()[-1])


def best(options, name, row, data):
    """The best of all rounds of each side; the sides take turns."""
    found = {who: [] for who in row.sides}
    with tempfile.TemporaryDirectory() as folder:
        hold(data, Path(folder))
        for _, (who, told) in product(range(options.rounds), found.items()):
            if not told or "missing" not in told[0]:
                told.append(asked(options, name, who, folder))
    return {
        who: told[0] | {key: min(t[key] for t in told) for key in ("cpu", "peak") if key in told[0]}
        for who, told in found.items()
    }


def check(name, row, found):
    ours = found["custseg"]["answer"]
    for who, told in found.items():
        if "missing" not in told and who not in row.apart:
            assert np.allclose(told["answer"], ours, rtol=row.rtol), (name, who, told, ours)


def apart(name, row, found):
    """Who answers otherwise: what, and why; where answers are in the table, they are told."""
    for who, why in row.apart.items():
        if "missing" not in found[who] and not row.says:
            theirs, ours = (found[one]["answer"] for one in (who, "custseg"))
            yield f"{name}: {who} answers {theirs}, custseg {ours}: {why}"


def lines(name, row, size, found):
    ours, answers = found["custseg"]["cpu"], row.says is not None
    for who, told in found.items():
        if "missing" in told:
            continue
        ratio, promised = f"{told['cpu'] / ours:,.1f}x", row.promised.get(who)
        if who == "custseg":
            ratio, promised = "", row.within and f"{row.within:g} ms"
        elif promised:
            promised = f"{promised:g}x"
        cells = (f"{told['cpu'] * 1000:,.1f}", f"{told['peak']:,.0f}", ratio, promised or "")
        if answers:
            cells = (*cells, row.says(told["answer"]))
        yield "| " + " | ".join((name, f"{size:,}", who, *cells)) + " |"


def kept(row, found):
    """What is kept of each side."""
    for who, told in found.items():
        if "cpu" in told:
            shown = {"figures": row.figures(told["answer"])} if row.figures else {}
            yield who, told | shown


def table(options, rows, data):
    head = ("what", "rows", "side", "CPU ms", "extra MB", "ratio", "promised")
    if any(rows[name]().says for name in options.only or rows):
        head = (*head, "answer")
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    missing, others = {}, []
    for name in options.only or rows:
        row = rows[name]()
        given = data[row.data](options.quick)
        found = best(options, name, row, given)
        missing |= {who: told["missing"] for who, told in found.items() if "missing" in told}
        if "custseg" in missing:
            sys.exit(f"{name}: {missing['custseg']}")
        check(name, row, found)
        size = len(next(iter(given.values()))) if isinstance(given, dict) else len(given)
        print("\n".join(lines(name, row, size, found)), flush=True)
        if options.write:
            keep([entry(name, size, dict(kept(row, found)))])
        others += apart(name, row, found)
    for who, why in missing.items():
        print(f"\n{who} is left out: {why}")
    for line in others:
        print(f"\n{line}")


def run(about, rows, data, homes=None):
    """Print the table, or be one of the processes that measure.

    ``homes`` says who needs an environment of its own: its Python is given as ``--<home>-python``.
    """
    homes = homes or {"pymc-marketing": "pymc"}
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="a tenth of the customers")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    parser.add_argument("--only", action="append", choices=list(rows), help="may be given again")
    for home in dict.fromkeys(homes.values()):
        peers = ", ".join(who for who, lives in homes.items() if lives == home)
        parser.add_argument(f"--{home}-python", help=f"the Python where there is {peers}")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--row", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    options = parser.parse_args(namespace=argparse.Namespace(homes=homes))
    if options.worker:
        measure(rows[options.row](), options.worker, options.folder)
    else:
        table(options, rows, data)
    return options
