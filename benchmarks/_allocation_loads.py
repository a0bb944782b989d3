"""Number and value of customers at once: prices beside the linear program by HiGHS.

    python benchmarks/_allocation_loads.py [--quick]

Everybody gets the fair number within 10 % and the fair value within 5 %; values have a heavy tail.
Each way runs in a process of its own; memory is what it needs beyond the points. HiGHS may cut
customers, so that its total is the bound that no plan can exceed; it is run at 1e4 x 50 alone.
"""

import json
import subprocess
import sys
from pathlib import Path
from time import process_time

import numpy as np
from scipy import optimize, sparse

import _allocation_data as data
from _results import entry, keep
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.loaded.sharing import priced
from custseg.allocate.solving.solution import total

SIZES = {"1e4 x 50": (10_000, 50), "1e5 x 100": (100_000, 100)}
PROMISED_GAP, PROMISED_BOUND, PROMISED_TIMES = 1e-3, 1e-5, 20


def problem(size):
    customers, reps = SIZES[size]
    points, _, hi, _ = data.instance(customers, reps)
    rng = np.random.default_rng(11)
    people, _ = data.features(customers, reps)
    value = np.round(np.exp(rng.normal(0, 1, customers)) * np.array([8, 3, 1])[people["tier"]], 2)
    share = hi / hi.sum()
    lo = np.ceil(0.9 * customers * share).astype(np.int64)
    hi = np.floor(1.1 * customers * share).astype(np.int64)
    fair = value.sum() * share
    return points / 1e5, lo, hi, Loads.of_one("value", value, 0.95 * fair, 1.05 * fair)


def peak():
    """The highest memory of this process in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def by_prices(points, lo, hi, loads, warm=None):
    found = priced(points, lo, hi, loads, warm=warm)
    given, held = np.bincount(found.at, minlength=hi.size), loads.held(found.at)[0]
    kept = (found.at >= 0).all() and (lo <= given).all() and (given <= hi).all()
    kept &= (loads.lo[0] <= held).all() and (held <= loads.hi[0]).all()
    return {"total": total(points, found.at), "bound": found.bound, "kept": bool(kept)}


def by_highs(points, lo, hi, loads):
    n, m = points.shape
    row, col, pair = np.repeat(np.arange(n), m), np.tile(np.arange(m), n), np.arange(n * m)
    who = sparse.csr_matrix((np.ones(n * m), (col, pair)))
    what = sparse.csr_matrix((loads.weight[0][row], (col, pair)))
    answer = optimize.linprog(
        -points.ravel(),
        A_ub=sparse.vstack([who, -who, what, -what]),
        b_ub=np.concatenate([hi, -lo, loads.hi[0], -loads.lo[0]]),
        A_eq=sparse.csr_matrix((np.ones(n * m), (row, pair))),
        b_eq=np.ones(n),
        method="highs-ipm",  # the simplex is ten times slower here
    )
    return {"total": None, "bound": -answer.fun, "kept": None}


def worker(size, way):
    points, lo, hi, loads = problem(size)
    warm = None
    if way != "HiGHS":
        priced(points[:200], lo * 0, hi, loads.part(np.arange(200)))  # imports are not counted
    if way == "prices, warm":
        first = priced(points, lo, hi, loads)
        warm = np.concatenate([first.prices, *first.load_prices])
    Path("/proc/self/clear_refs").write_text("5")  # the highest memory counts from here
    before, start = peak(), process_time()
    if way == "HiGHS":
        told = by_highs(points, lo, hi, loads)
    else:
        told = by_prices(points, lo, hi, loads, warm)
    print(json.dumps({**told, "cpu": process_time() - start, "extra": max(peak() - before, 0)}))


def asked(size, way):
    call = [sys.executable, __file__, "--worker", size, way]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def run(sizes=tuple(SIZES)):
    """One row a size and way."""
    rows = []
    for size in sizes:
        ways = ["prices", "prices, warm", *(["HiGHS"] if size == "1e4 x 50" else [])]
        rows += [{"size": size, "way": way, **asked(size, way)} for way in ways]
    return rows


def kept(size, rows):
    """What is kept of one size."""
    ours = {"prices": "custseg, prices", "prices, warm": "custseg, prices, warm"}
    sides = {
        ours.get(row["way"], row["way"]): {"cpu": row["cpu"], "peak": row["extra"]}
        for row in rows
        if row["size"] == size
    }
    return entry(f"loads, {size}", int(float(size.split()[0])), sides)


def main():
    if "--worker" in sys.argv:
        worker(*sys.argv[2:4])
        return
    rows = run(tuple(SIZES)[:1] if "--quick" in sys.argv else tuple(SIZES))
    print("| size | way | CPU s | extra MB | gap | every limit kept |\n|---|---|---|---|---|---|")
    for row in rows:
        gap = "" if row["total"] is None else f"{(row['bound'] - row['total']) / row['bound']:.4%}"
        kept = "customers are cut" if row["way"] == "HiGHS" else row["kept"]
        line = f"| {row['size']} | {row['way']} | {row['cpu']:.2f} | {row['extra']:.0f} "
        print(f"{line}| {gap} | {kept} |")
    if "--write" in sys.argv:
        keep(
            [kept(size, rows) for size in dict.fromkeys(row["size"] for row in rows)], "allocation"
        )
    by = {(row["size"], row["way"]): row for row in rows}
    own, highs = by["1e4 x 50", "prices"], by["1e4 x 50", "HiGHS"]
    over = own["bound"] / highs["bound"] - 1
    print(f"\nbound above that of HiGHS: {over:.5%} (promised {PROMISED_BOUND:.3%})")
    times = highs["cpu"] / own["cpu"]
    print(f"times as fast as HiGHS: {times:.0f} (promised {PROMISED_TIMES})")
    worst = max((r["bound"] - r["total"]) / r["bound"] for r in rows if r["total"] is not None)
    print(f"largest gap: {worst:.4%} (promised {PROMISED_GAP:.1%})")


if __name__ == "__main__":
    main()
