"""How well do signals tell who will not come back: CDNOW and Online Retail, rolling origins.

    python benchmarks/churn.py [--data ../shared/data] [--horizons 30 60 90 180] [--markdown]

The figures of docs/en/explanation/churn.md. On the last day of each month every signal is made of
what was known then, models and strategies fitted anew; the outcome is no purchase within the
horizon. The whole CDNOW set and Online Retail are read from a folder if it is there; the sample of
CDNOW is that which custseg brings. Figures are of all customers who had bought, and of those who
had bought on two days or more.
"""

import argparse
import platform
import time
from pathlib import Path

import numpy as np
import pandas as pd

import custseg as cs
from _results import entry, keep
from custseg.classify import (
    Lifecycle,
    NoPurchase,
    Origins,
    OwnCadence,
    PopulationQuantile,
    backtest,
    risk_signals,
)
from custseg.errors import CustsegError
from custseg.lifetime import MBGCNBD

NAMES = {
    "recency": "days since the last order",
    "own_gap": "silence / own mean gap",
    "overdue": "silence / shrunk own gap",
    "gone_bg": "1 - P(alive), BG/NBD",
    "gone_mbg": "1 - P(alive), MBG/NBD",
    "no_purchase": "P(no purchase), MBG/NBD",
    "no_purchase_k2": "P(no purchase), MBG/CNBD-2",
    "lifecycle": "default lifecycle",
    "cadence": "OwnCadence()",
    "quantile": "PopulationQuantile()",
}
WITHIN = 0.02


def signals():
    """Those of every backtest, and some more."""
    return {
        **risk_signals(),
        "no_purchase_k2": NoPurchase(MBGCNBD(2)),
        "cadence": Lifecycle(OwnCadence()),
        "quantile": Lifecycle(PopulationQuantile()),
    }


def sample(_folder):
    return cs.TransactionLog.of(pd.DataFrame(cs.datasets.cdnow()))


def cdnow(folder):
    file = folder / "tx_cdnow_master.parquet"
    if not file.exists():
        return None
    return cs.TransactionLog.of(pd.read_parquet(file), cs.Names(amount="dollar_value"))


def retail(folder):
    file = folder / "tx_online_retail_uci.parquet"
    if not file.exists():
        return None
    frame = pd.read_parquet(file).dropna(subset="CustomerID")
    frame["amount"] = frame["Quantity"] * frame["UnitPrice"]
    names = cs.Names(customer="CustomerID", at="InvoiceDate", order="InvoiceNo")
    return cs.TransactionLog.of(frame, names)


SETS = {"CDNOW, sample": sample, "CDNOW": cdnow, "Online Retail": retail}


def ranged(area):
    return "-" if np.isnan(area.value) else f"{area.value:.3f} ({area.low:.3f}-{area.high:.3f})"


def signed(area):
    return "-" if np.isnan(area.value) else f"{area.value:+.3f}"


def said(chances):
    return ("-", "-") if chances is None else (f"{chances.brier:.4f}", f"{chances.error:.3f}")


def rows_of(found, again):
    """One row a signal: areas of all and of repeat buyers, and what probabilities are worth."""
    for name, one in found.together.items():
        days = sum(part.signal == name for part in found.daily)
        repeat = "-" if again is None else ranged(again.together[name].auc)
        yield (
            NAMES[name],
            f"{days}",
            ranged(one.auc),
            "" if name == "recency" else signed(one.gain),
            repeat,
            *said(one.calibrated),
            *said(one.as_is),
        )
    yield ("everybody alike", "", "", "", "", *said(found.alike), "", "")


HEADS = (
    "signal",
    "days",
    "AUC, all",
    "gain",
    "AUC, repeat buyers",
    "Brier, cal.",
    "error, cal.",
    "Brier",
    "error",
)


def shown(rows, markdown):
    if markdown:
        print("| " + " | ".join(HEADS) + " |")
        print("|" + "---|" * len(HEADS))
        for row in rows:
            print("| " + " | ".join(row) + " |")
        return
    rows = [HEADS, *rows]
    wide = [max(len(row[i]) for row in rows) for i in range(len(HEADS))]
    for row in rows:
        print("  ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip())


def judged(found):
    """How far the default states are behind the best signal, on the same days."""
    daily = {}
    for part in found.daily:
        daily.setdefault(part.at, {})[part.signal] = part
    tried = {name for name in found.together if name not in {"cadence", "quantile"}}
    behind = {}
    for name in tried:
        both = [day for day in daily.values() if name in day]
        pairs = np.array([day[name].lost * (day[name].customers - day[name].lost) for day in both])
        apart = np.array([day[name].auc.value - day["lifecycle"].auc.value for day in both])
        if pairs.sum():
            behind[name] = float((pairs * apart).sum() / pairs.sum())
    best = max(behind, key=behind.get)
    verdict = "met" if behind[best] <= WITHIN else "NOT met"
    return (
        f"best signal: {NAMES[best]}; default states behind it by {behind[best]:+.3f} ({verdict})"
    )


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=Path("../shared/data"))
    asked.add_argument("--horizons", type=int, nargs="+", default=[30, 60, 90, 180])
    asked.add_argument("--markdown", action="store_true")
    asked.add_argument("--write", action="store_true", help="keep the figures in results/")
    given = asked.parse_args()
    print(f"custseg {cs.__version__}, numpy {np.__version__}, Python {platform.python_version()}")
    for name, load in SETS.items():
        log = load(given.data)
        if log is None:
            print(f"\n{name}: not there")
            continue
        areas = {}
        for horizon in given.horizons:
            start = time.process_time()
            try:
                found = backtest(log, signals(), horizon=horizon)
                again = backtest(log, signals(), horizon=horizon, origins=Origins(least=2))
            except CustsegError as error:
                print(f"\n{name}, {horizon} days: {error}")
                continue
            spent = time.process_time() - start
            print(f"\n## {name}, {horizon} days ({spent:.1f} CPU s)\n\n{found.head.text()}\n")
            shown([*rows_of(found, again)], given.markdown)
            for signal, one in found.together.items():
                areas.setdefault(f"custseg, {NAMES[signal]}", {})[f"AUC, {horizon}"] = one.auc.value
            print(f"\n{judged(found)}")
            for note in found.notes:
                print(f"- {note.text()}")
        if given.write:
            sides = {signal: {"figures": held} for signal, held in areas.items()}
            keep([entry(f"who does not come back: {name}", len(log), sides)])


if __name__ == "__main__":
    main()
