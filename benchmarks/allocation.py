"""Allocation: custseg beside an exact peer and beside what CRMs do, each in a process of its own.

    python benchmarks/allocation.py [--quick] [--rounds 1] [--only "1e5 x 100"]

The same points and limits for all (``_allocation_data.py``), made in each process before it is
measured. CPU time is user and system time of all threads; extra memory is the peak of the call
above what holds the points. Who is called exact must reach the same total, or the run stops.
``prices`` starts from the prices of a first solution. Below: rules, the router, and loads, from
the scripts beside this one.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import _allocation_data as data
import _allocation_peers as peers
from _results import entry, keep, version_of
from custseg.allocate import Classes, Exact, Greedy
from custseg.allocate.solving.grouping import dealt, shares_of
from custseg.allocate.solving.solution import total

SIZES = {
    "1e3 x 20": (1000, 20),
    "1e4 x 50": (10_000, 50),
    "1e5 x 100": (100_000, 100),
    "1e5 x 100 alike": (100_000, 100),
    "1e6 x 200": (1_000_000, 200),
    "1e7 x 1000 classes": (10_000_000, 1000),
}
QUICK = tuple(SIZES)[:3]
SIMPLE = {"best with room": peers.best_with_room, "round robin": peers.round_robin}
SIMPLE["Odoo-like"] = peers.odoo_like
EXACT = ("Exact", "Exact, from prices", "Classes", "OR-tools")
BESIDE = {"_allocation_rules": [], "_allocation_loads": ["--quick"]}  # and what makes them quick
BESIDE["_allocation_router"] = ["5000", "50"]


def sides(size):
    if size.endswith("classes"):
        return ("Classes",)
    if size.endswith("alike"):
        return ("Exact", "Classes", "OR-tools")
    large = SIZES[size][0] >= 1_000_000
    some = ("Exact", "Exact, from prices")
    return (*some, *(() if large else ("OR-tools", "Greedy")), *SIMPLE)


def resident(name):
    """Memory of this process in MB: now (VmRSS) or at its highest (VmHWM)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0


def measured(call):
    """The answer of a call, its CPU seconds and extra memory."""
    Path("/proc/self/clear_refs").write_text("5")
    before, start = resident("VmRSS"), time.process_time()
    found = call()
    return found, time.process_time() - start, max(0.0, resident("VmHWM") - before)


def worker(size, side):
    """One process: make the points, call, say what it cost."""
    customers, reps = SIZES[size]
    if size.endswith("classes"):
        return by_classes(customers, reps)
    points, lo, hi, territory = data.instance(customers, reps)
    if size.endswith("alike"):
        points = data.scores(*data.features(customers, reps))
    tiny = points[:200, :5], np.zeros(5, dtype=np.int64), np.full(5, 60)
    Exact().solve(*tiny), Classes().solve(*tiny)  # what is loaded on first use
    bound = gap = None
    if side in {"Exact", "Exact, from prices", "Classes"}:
        solver = Classes() if side == "Classes" else Exact()
        warm = Exact().solution(points, lo, hi).prices if side.endswith("prices") else None
        found, cpu, extra = measured(lambda: solver.solution(points, lo, hi, warm=warm))
        at, bound = found.at, found.bound
    else:
        call = SIMPLE.get(side, peers.flow)
        given = points
        if side == "Greedy":
            given, call = points.astype(np.float64), lambda p, a, b, _: Greedy().solve(p, a, b)
        at, cpu, extra = measured(lambda: call(given, lo, hi, territory))
    load = np.bincount(at, minlength=reps)
    value = total(points, at)
    gap = None if bound is None else bound - value
    kept = bool((load >= lo).all() and (load <= hi).all())
    held = points.nbytes / 2**20
    return {"cpu": cpu, "extra": extra, "held": held, "total": value, "gap": gap, "kept": kept}


def by_classes(customers, reps):
    """Ten million customers from the codes of their classes: share, and deal to each customer."""
    group, points, lo, hi = data.classes(customers, reps)
    sizes = np.bincount(group).astype(np.int64)
    Classes().solve(np.ones((9, 2)), np.zeros(2, dtype=np.int64), np.full(2, 9))

    def call():
        shared = shares_of(points, sizes, (lo, hi))
        return shared, dealt(group, shared.amounts)

    (shared, at), cpu, extra = measured(call)
    load = np.bincount(at, minlength=reps)
    value = int((shared.amounts * points).sum())
    kept = bool((load >= lo).all() and (load <= hi).all())
    held = (points.nbytes + group.nbytes) / 2**20
    gap = shared.bound - value
    return {"cpu": cpu, "extra": extra, "held": held, "total": value, "gap": gap, "kept": kept}


def asked(size, side):
    call = [sys.executable, sys.argv[0], "--worker", side, "--only", size]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{size}, {side}: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout.splitlines()[-1])


def rows(size, rounds):
    """The best of all rounds of each side; the sides take turns, and say so in the last."""
    found = {}
    for number in range(rounds):
        for side in sides(size):
            told = asked(size, side)
            best = found.setdefault(side, told)
            best |= {key: min(best[key], told[key]) for key in ("cpu", "extra")}
            if number == rounds - 1:
                show(size, side, best, found[sides(size)[0]])
    return found


def show(size, side, told, first):
    """One row of the table; who is called exact must have the same total and keep all limits."""
    if side in EXACT:
        assert told["total"] == first["total"], (size, side)
        assert told["kept"], (size, side)
        assert not told["gap"], (size, side)
    part = f"{told['total'] / first['total']:.2%}"
    gap = "" if told["gap"] is None else f"{told['gap']:g}"
    ratio = f"{told['cpu'] / first['cpu']:.1f}x"
    cells = (size, side, f"{told['cpu']:.3f}", f"{told['extra']:.0f}", f"{told['held']:.0f}")
    kept = "yes" if told["kept"] else "no"
    print("| " + " | ".join((*cells, ratio, part, gap, kept)) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description="Allocation beside its peers.")
    parser.add_argument("--quick", action="store_true", help="up to 1e5 customers only")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", action="append", choices=list(SIZES), help="may be given again")
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        told = worker(options.only[0], options.worker)
        print(json.dumps({**told, "version": version_of(options.worker)}))
        return
    head = ("size", "solver", "CPU s", "extra MB", "points MB")
    head = (*head, "beside Exact", "of the best", "gap", "limits kept")
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    for size in options.only or (QUICK if options.quick else SIZES):
        found = rows(size, options.rounds)
        if options.write:
            best = {side: told for side, told in found.items() if side in EXACT}
            sides = {side: {**told, "peak": told["extra"]} for side, told in best.items()}
            keep([entry(f"best plan, {size}", int(float(size.split()[0])), sides)])
    for name, quick in () if options.only else BESIDE.items():
        print(f"\n{name}:\n", flush=True)
        call = [sys.executable, "-u", Path(__file__).with_name(f"{name}.py")]
        asked = [*(quick if options.quick else []), *(["--write"] if options.write else [])]
        subprocess.run(call + asked, check=True)


if __name__ == "__main__":
    main()
