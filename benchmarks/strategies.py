"""Lifecycle strategies: who of the dormant and of the awake buys within the next 90 days.

    python benchmarks/strategies.py [--data ../shared/data]

The figures of docs/en/howto/classify.md. Thresholds were chosen on the first two sets; the others
are read once. The whole CDNOW set and Online Retail are read from a folder if it is there;
otherwise CDNOW is the sample that custseg brings.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

import custseg as cs
from _results import entry, keep
from custseg.classify import (
    FixedDays,
    Lifecycle,
    ModelProbability,
    OneTime,
    OwnCadence,
    PopulationQuantile,
)
from custseg.classify.strategies.learned import summarised
from custseg.frames import table
from custseg.lifetime.history import NEEDS

HORIZON = 90
COLUMNS = ("dormant, %", "of them buy, %", "of awake buy, %")
STRATEGIES = {
    "FixedDays(180)": FixedDays(),
    "FixedDays(90)": FixedDays(90),
    "PopulationQuantile()": PopulationQuantile(),
    "OwnCadence()": OwnCadence(),
    "OneTime(otherwise=OwnCadence())": OneTime(otherwise=OwnCadence()),
    "ModelProbability()": ModelProbability(HORIZON),
}


def cdnow(folder):
    file = folder / "tx_cdnow_master.parquet"
    if not file.exists():
        return pd.DataFrame(cs.datasets.cdnow()).rename(columns={"date": "at"})
    frame = pd.read_parquet(file)
    return frame.rename(columns={"date": "at", "dollar_value": "amount"})


def retail(folder):
    file = folder / "tx_online_retail_uci.parquet"
    if not file.exists():
        return None
    frame = pd.read_parquet(file).dropna(subset="CustomerID")
    frame["amount"] = frame["Quantity"] * frame["UnitPrice"]
    return frame.rename(columns={"CustomerID": "customer_id", "InvoiceDate": "at"})


def crm(_folder):
    frame = pd.DataFrame(cs.datasets.crm(20_000, seed=7).transactions)
    return frame.rename(columns={"paid_at": "at"})


CASES = (
    ("CDNOW", cdnow, "1997-09-30"),
    ("generated CRM", crm, "2025-12-31"),
    ("CDNOW later", cdnow, "1998-03-31"),
    ("Online Retail", retail, "2011-09-09"),
    ("Online Retail, summer", retail, "2011-06-01"),
)


def auc(score, positive):
    """How often a positive has the higher score."""
    rank = pd.Series(score).rank().to_numpy()
    many = positive.sum()
    return (rank[positive].sum() - many * (many + 1) / 2) / (many * (len(score) - many))


def report(name, frame, as_of):
    frame = frame[["customer_id", "at", "amount"]]
    people = cs.profile(transactions=frame, names=cs.Names(at="at"), as_of=as_of)
    people = people[people["frequency"] >= 1].reset_index(drop=True)
    day, start = pd.to_datetime(frame["at"]).dt.normalize(), pd.Timestamp(as_of)
    ahead = (day > start) & (day <= start + pd.Timedelta(days=HORIZON)) & (frame["amount"] >= 0)
    buys = people["customer_id"].isin(frame.loc[ahead, "customer_id"].unique()).to_numpy()
    print(f"\n{name}, {as_of}: {len(people)} buyers, {buys.mean():.1%} buy in {HORIZON} days")
    sides = {}
    for title, strategy in STRATEGIES.items():
        model = Lifecycle(strategy).fit(people)
        asleep = (model.apply(people)["lifecycle"] == "dormant").to_numpy()
        shares = [buys[some].mean() if some.any() else np.nan for some in (asleep, ~asleep)]
        told = zip(COLUMNS, (asleep.mean(), *shares), strict=True)
        figures = {name: 100 * share for name, share in told}
        sides[f"custseg, {title}"] = {"figures": figures}
        dormant, awake = (f"{share:6.1%}" for share in shares)
        print(
            f"  {title:32} dormant {asleep.mean():6.1%}  buy: {dormant} of them, {awake} of awake"
        )
    summary = summarised(table(people), NEEDS)
    chance = model.ladder.signals[0].purchases.p_no_purchase(summary, horizon=HORIZON)
    near = (chance > 0.75) & (chance < 0.85)
    said, seen = chance[near].mean(), 1 - buys[near].mean()
    print(f"  no purchase around 80%: {near.sum()} customers, {said:.1%} said, {seen:.1%} observed")
    print(f"  all: {chance.mean():.1%} said, {1 - buys.mean():.1%} observed")
    silence = people["recency_days"].to_numpy()
    print(f"  AUC of no purchase: {auc(chance, ~buys):.3f}, of recency {auc(silence, ~buys):.3f}")
    return entry(f"who buys in {HORIZON} days: {name}", len(people), sides)


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=Path("../shared/data"))
    asked.add_argument("--write", action="store_true", help="keep the figures in results/")
    given = asked.parse_args()
    for name, read, as_of in CASES:
        frame = read(given.data)
        if frame is not None:
            found = report(name, frame, as_of)
            if given.write:
                keep([found])


if __name__ == "__main__":
    main()
