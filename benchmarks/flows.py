"""State flows and cohorts: custseg beside pandas group-bys, in turns, with equal answers.

    python benchmarks/flows.py [--customers 200000] [--rounds 5]

CPU time of the process, the best of all rounds. Five transactions a customer over two years; states
at 24 month ends. The answers are compared to the last digit before anything is printed.
"""

import argparse
import time

import numpy as np
import pandas as pd

import custseg as cs
from _results import entry, keep
from custseg.classify import FixedDays, Lifecycle

AS_OF = "2025-12-31"


def orders(customers):
    rng = np.random.default_rng(1)
    size = 5 * customers
    who = np.concatenate((np.arange(customers), rng.integers(0, customers, size - customers)))
    day = np.datetime64("2024-01-01") + rng.integers(0, 730, size).astype("timedelta64[D]")
    amount = rng.integers(100, 9999, size) / 100
    return pd.DataFrame({"customer_id": who, "at": day.astype("datetime64[s]"), "amount": amount})


def pandas_moves(grid):
    """The moves of all steps; whoever is not known yet is -1."""
    states, size = pd.DataFrame(grid.states.T), len(grid.words)
    total = np.zeros((size + 1, size + 1), dtype=np.int64)
    for step in range(len(grid.dates) - 1):
        moves = pd.DataFrame({"a": states[step], "b": states[step + 1]}).value_counts()
        for (was, now), count in moves.items():
            total[was, now] += count
    return total[:-1, :-1]


def pandas_cohorts(frame):
    born = frame.groupby("customer_id")["at"].transform("min").dt.to_period("M")
    age = frame["at"].dt.to_period("M").astype("int64") - born.astype("int64")
    return frame.groupby([born.rename("cohort"), age.rename("age")])


def pandas_revenue(frame):
    cents = frame.assign(cents=(frame["amount"] * 100).round().astype("int64"))
    return pandas_cohorts(cents)["cents"].sum().unstack().to_numpy() / 100


def best(rounds, *sides):
    """The least CPU time of each side, in turns, and its answer."""
    took, answers = [[] for _ in sides], [None for _ in sides]
    for _ in range(rounds):
        for place, side in enumerate(sides):
            start = time.process_time()
            answers[place] = side()
            took[place].append(time.process_time() - start)
    return [min(times) for times in took], answers


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    options = parser.parse_args()
    frame = orders(options.customers)
    log = cs.TransactionLog.of(frame)
    days = cs.classify.month_ends("2024-01-01", AS_OF)
    grid = cs.classify.states_asof(log, days, Lifecycle(FixedDays(90)))
    rows = {
        "moves between states": (
            lambda: cs.classify.transition_matrix(grid).counts,
            lambda: pandas_moves(grid),
        ),
        "cohorts, customers": (
            lambda: cs.classify.cohorts(log, as_of=AS_OF).values,
            lambda: pandas_cohorts(frame)["customer_id"].nunique().unstack().to_numpy(),
        ),
        "cohorts, revenue": (
            lambda: cs.classify.cohorts(log, as_of=AS_OF, measure="revenue").values,
            lambda: pandas_revenue(frame),
        ),
        "growth, customers": (lambda: cs.classify.growth_accounting(grid).end,),
        "revenue of a year": (lambda: cs.classify.revenue_asof(log, grid),),
    }
    print("| | custseg CPU ms | pandas CPU ms | ratio |\n|---|---|---|---|")
    for name, sides in rows.items():
        took, answers = best(options.rounds, *sides)
        if options.write:
            kept = {
                who: {"cpu": cpu} for who, cpu in zip(("custseg", "pandas"), took, strict=False)
            }
            keep([entry(name, options.customers, kept)])
        ours = f"| {name} | {took[0] * 1000:,.1f} |"
        if len(sides) == 1:
            print(f"{ours} - | - |")
            continue
        assert np.array_equal(*answers, equal_nan=True), name
        print(f"{ours} {took[1] * 1000:,.1f} | {took[1] / took[0]:,.1f}x |")


if __name__ == "__main__":
    main()
