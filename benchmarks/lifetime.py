# ruff: noqa: PLC0415 - a peer is loaded only by the process that measures it
"""Models of buying: custseg beside lifetimes, on CDNOW and on simulated customers.

    python benchmarks/lifetime.py [--customers 1000000] [--skip-large-fits]

Every figure is of a process of its own. CPU time is user and system time of all threads, in the
default settings of threads: the best of several calls, but of one call where the peer is slow. Peak
memory is what a first call adds to a process that holds the input. Parameters and predictions of
both are compared before anything is printed. A fit of custseg includes standard errors, as that of
lifetimes does.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np

COLUMNS = ("frequency", "recency", "T", "monetary_value")


def simulated(size, seed=0):
    """Customers of BG/NBD who came over three years, in whole days."""
    rng = np.random.default_rng(seed)
    age = rng.integers(1, 1096, size).astype(float)
    rate, leave = rng.gamma(0.6, 1 / 60.0, size), rng.beta(0.8, 2.5, size)
    x, last, when = np.zeros(size), np.zeros(size), np.zeros(size)
    going = np.arange(size)
    while len(going):
        when[going] += rng.exponential(1.0, len(going)) / rate[going]
        going = going[when[going] < age[going] - 1]
        day = np.ceil(when[going])
        new = day > last[going]
        x[going[new]] += 1
        last[going] = day
        going = going[rng.random(len(going)) >= leave[going]]
    money = np.round(rng.gamma(6.0, 5.0, size) / rng.gamma(4.0, 0.25, size), 2) + 0.01
    return {"frequency": x, "recency": last, "T": age, "monetary_value": np.where(x > 0, money, 0)}


def cdnow():
    import custseg as cs

    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    rows = log.summary(as_of="1997-09-30", unit="week")
    return {name: np.array([row[name] for row in rows], dtype=float) for name in COLUMNS}


def ours(task, frame):
    from custseg import lifetime as home

    specs = {"bg": home.BGNBD(), "mbg": home.MBGNBD(), "pareto": home.ParetoNBD()}
    specs["gamma"] = home.GammaGamma()
    if task in specs:
        return lambda: specs[task].fit(frame), lambda model: list(model.params.values())
    model = home.BGNBDModel(fitting=home.Fitting(0.0, 1.0), r=0.6, alpha=60.0, a=0.8, b=2.5)
    if task == "alive":
        return lambda: model.p_alive(frame), totals
    return lambda: model.expected_purchases(frame, horizon=365), totals


def theirs(task, frame):
    import lifetimes

    x, last, age = (frame[name] for name in COLUMNS[:3])
    fitters = {"bg": lifetimes.BetaGeoFitter, "mbg": lifetimes.ModifiedBetaGeoFitter}
    fitters["pareto"] = lifetimes.ParetoNBDFitter
    if task in fitters:
        return lambda: fitters[task]().fit(x, last, age), lambda m: m.params_.tolist()
    if task == "gamma":
        again = frame[frame["frequency"] > 0]
        fitter = lifetimes.GammaGammaFitter
        return (
            lambda: fitter().fit(again["frequency"], again["monetary_value"]),
            lambda m: m.params_.tolist(),
        )
    model = lifetimes.BetaGeoFitter()
    import pandas as pd

    model.params_ = pd.Series({"r": 0.6, "alpha": 60.0, "a": 0.8, "b": 2.5})
    if task == "alive":
        return lambda: model.conditional_probability_alive(x, last, age), totals
    ask = model.conditional_expected_number_of_purchases_up_to_time
    return lambda: ask(365, x, last, age), totals


def totals(values):
    values = np.asarray(values)
    return [float(values.sum()), float(values.std())]


def measure(who, task, folder, calls):
    import pandas as pd

    warnings.simplefilter("ignore")
    frame = pd.DataFrame({name: np.load(Path(folder) / f"{name}.npy") for name in COLUMNS})
    run, told = {"custseg": ours, "lifetimes": theirs}[who](task, frame)
    if calls > 1:  # load what is loaded on first use
        ours_small = frame.head(3000)
        {"custseg": ours, "lifetimes": theirs}[who](task, ours_small)[0]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for call in range(calls):
        start = time.process_time()
        found = run()
        times.append(time.process_time() - start)
        if not call:
            peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"cpu": min(times), "peak": peak, "answer": told(found)}))


def worker(who, task, folder, calls):
    call = [sys.executable, __file__, "--worker", who, "--task", task, "--folder", str(folder)]
    done = subprocess.run(
        [*call, "--calls", str(calls)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def compare(data, tasks):
    with tempfile.TemporaryDirectory() as folder:
        for name, column in data.items():
            np.save(Path(folder) / f"{name}.npy", column)
        for task, (calls, peer_calls, rtol) in tasks.items():
            us = worker("custseg", task, folder, calls)
            them = worker("lifetimes", task, folder, peer_calls) if peer_calls else None
            if them:
                assert np.allclose(us["answer"], them["answer"], rtol=rtol), (task, us, them)
            yield task, us, them


def lines(size, found):
    for task, us, them in found:
        row = f"| {task} | {size:,} | {us['cpu'] * 1000:,.1f} | {us['peak']:,.0f} |"
        if them:
            ratio = them["cpu"] / us["cpu"]
            row += f" {them['cpu'] * 1000:,.1f} | {them['peak']:,.0f} | {ratio:,.0f}x |"
        else:
            row += " - | - | - |"
        print(row, flush=True)


def main():
    parser = argparse.ArgumentParser(description="Models of buying beside lifetimes.")
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--skip-large-fits", action="store_true", help="of lifetimes")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--task", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    parser.add_argument("--calls", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        measure(options.worker, options.task, options.folder, options.calls)
        return
    print("| task | customers | custseg CPU ms | extra MB | lifetimes CPU ms | extra MB | ratio |")
    print("|---|---|---|---|---|---|---|")
    small = cdnow()
    tasks = {"bg": (9, 5, 1e-3), "mbg": (9, 5, 1e-2), "gamma": (9, 5, 1e-3)}
    tasks |= {"pareto": (2, 1, 2e-2), "alive": (9, 5, 1e-9), "expected": (9, 5, 1e-9)}
    lines(len(small["T"]), compare(small, tasks))
    large = simulated(options.customers)
    once = 0 if options.skip_large_fits else 1
    tasks = {"bg": (3, once, 1e-3), "gamma": (3, once, 1e-2), "mbg": (3, 0, 1e-2)}
    tasks |= {"alive": (5, 3, 1e-9), "expected": (5, 3, 1e-9)}
    lines(options.customers, compare(large, tasks))


if __name__ == "__main__":
    main()
