"""A card by hand: custseg beside the same card written by hand in numpy and in Polars.

    python benchmarks/_scoring_hand.py [--rows 1000000] [--rounds 5]

Ten factors: nine numbers with 5 % missing (straight lines, diminishing gains, half-lives) and one
text. Each gives score, grade and confidence. The hand-written twins do what this one card needs
and no more: no explanation, no other engine, no document. All run in one process in turns, on
tables in memory; CPU time is user and system time of all threads, the best of the rounds. The
scores of all are compared before anything is printed.
"""

import argparse
import time

import numpy as np
import pandas as pd
import polars as pl

from _results import entry, keep
from custseg.scoring import Categories, Decay, Factor, Log, Ramp, Scorecard

RAMPS = ("f0", "f1", "f2", "f3")
LOGS = ("f4", "f5", "f6")
DECAYS = ("f7", "f8")
SOURCES = {"referral": 1.0, "fair": 0.5, "ad": 0.3}
CAP, HALF, WORTH = 50.0, 30.0, 10.0

CARD = Scorecard(
    [
        *(Factor(name, worth=WORTH, curve=Ramp(0, 60)) for name in RAMPS),
        *(Factor(name, worth=WORTH, curve=Log(CAP)) for name in LOGS),
        *(Factor(name, worth=WORTH, curve=Decay(HALF)) for name in DECAYS),
        Factor("source", worth=WORTH, curve=Categories(SOURCES)),
    ]
)


def people(rows):
    chance = np.random.default_rng(7)
    names = (*RAMPS, *LOGS, *DECAYS)
    table = {
        name: np.where(chance.random(rows) < 0.05, np.nan, chance.exponential(30, rows))
        for name in names
    }
    words = np.array([*SOURCES, "web", "shop"])
    return pd.DataFrame({**table, "source": words[chance.integers(0, len(words), rows)]})


def by_hand(frame):
    """The card in plain numpy: bends computed, not cut into steps."""
    score = np.zeros(len(frame))
    known = np.zeros(len(frame))
    for name in (*RAMPS, *LOGS, *DECAYS):
        x = frame[name].to_numpy()
        if name in RAMPS:
            share = np.clip(x / 60, 0, 1)
        elif name in LOGS:
            share = np.minimum(np.log1p(x) / np.log1p(CAP), 1)
        else:
            share = np.exp2(-x / HALF)
        there = ~np.isnan(x)
        score += np.where(there, np.round(share * WORTH, 2), 0)
        known += there
    score += frame["source"].map(SOURCES).fillna(0).to_numpy() * WORTH
    known += frame["source"].notna().to_numpy()
    score = np.clip(np.round(score, 2), 0, 100)
    codes = np.searchsorted((40, 60, 80), score, side="right")
    grade = pd.Categorical.from_codes(codes, list("DCBA"), ordered=True)
    return frame.assign(score=score, grade=grade, score_confidence=known / 10)


def in_polars(frame):
    """The card as Polars expressions: bends computed, not cut into steps."""
    col = pl.col

    def points(share):
        return (share * WORTH).round(2).fill_nan(0).fill_null(0)

    shares = [(col(name) / 60).clip(0, 1) for name in RAMPS]
    shares += [(col(name).log1p() / np.log1p(CAP)).clip(0, 1) for name in LOGS]
    shares += [(col(name) * (-np.log(2) / HALF)).exp() for name in DECAYS]
    source = col("source").replace_strict(SOURCES, default=0.0, return_dtype=pl.Float64)
    known = [col(name).is_not_nan().cast(pl.Float64) for name in (*RAMPS, *LOGS, *DECAYS)]
    known.append(col("source").is_not_null().cast(pl.Float64))
    scored = frame.with_columns(
        score=pl.sum_horizontal([points(s) for s in shares] + [source * WORTH]).round(2),
        score_confidence=pl.sum_horizontal(known) / 10,
    )
    grade = pl.when(col("score") >= 80).then(pl.lit("A"))
    for edge, name in ((60, "B"), (40, "C")):
        grade = grade.when(col("score") >= edge).then(pl.lit(name))
    return scored.with_columns(grade=grade.otherwise(pl.lit("D")).cast(pl.Enum(list("DCBA"))))


def best(run, rounds):
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        spent.append(time.process_time() - start)
    return min(spent)


def one_record(rounds=200, calls=50):
    record = dict.fromkeys(CARD.needs, 20.0) | {"source": "fair", "f8": None}
    return [
        1e6 * best(lambda run=run: [run(record) for _ in range(calls)], rounds) / calls
        for run in (CARD.one, CARD.explain)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    options = parser.parse_args()
    pandas_frame = people(options.rows)
    polars_frame = pl.DataFrame(pandas_frame)
    runs = {
        "numpy by hand, pandas in and out": lambda: by_hand(pandas_frame),
        "custseg, pandas in and out": lambda: CARD.apply(pandas_frame),
        "Polars by hand": lambda: in_polars(polars_frame),
        "custseg, Polars in and out": lambda: CARD.apply(polars_frame),
    }
    scores = {name: np.asarray(run()["score"]) for name, run in runs.items()}
    exact = scores["numpy by hand, pandas in and out"]
    # Five bends of 10 points, each at most half a percent off, and roundings.
    off = {name: float(np.abs(score - exact).max()) for name, score in scores.items()}
    assert max(off.values()) <= 5 * 0.05 + 0.1, off
    spent = dict.fromkeys(runs, np.inf)
    for _ in range(options.rounds):
        spent = {name: min(spent[name], best(run, 1)) for name, run in runs.items()}
    hand = spent["numpy by hand, pandas in and out"]
    print(f"{options.rows:,} customers, {len(CARD.factors)} factors: score, grade, confidence\n")
    print("| | CPU s | against numpy by hand | largest difference in points |")
    print("|---|---|---|---|")
    for name, seconds in spent.items():
        print(f"| {name} | {seconds:.3f} | {seconds / hand:.1f}x | {off[name]:.2f} |")
    if options.write:
        sides = {n: {"cpu": cpu, "figures": {"points off": off[n]}} for n, cpu in spent.items()}
        keep([entry("card by hand", options.rows, sides)], "scoring")
    one, explain = one_record()
    print(f"\nOne record: {one:.1f} us; with its reasons: {explain:.1f} us")


if __name__ == "__main__":
    main()
