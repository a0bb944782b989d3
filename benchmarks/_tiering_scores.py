# ruff: noqa: PLC0415 - a peer is loaded only by the process that measures it
"""Scores of recency, frequency and money, by custseg and its peers."""

import sys
from functools import partial
from pathlib import Path

import numpy as np

from _beside import Row

NAMES = ("recency", "frequency", "money")
FIFTHS = (0.2, 0.4, 0.6, 0.8)
AS_OF = "2026-06-30"


def sizes(found):
    """How many customers have each score of money."""
    return np.bincount(np.asarray(found["money"]).astype(np.int64))[-5:].tolist()


def each(make):
    """A side that scores one column at a time."""

    def side(frame):
        asked = {name: make(frame, name) for name in NAMES}
        return lambda: {name: call() for name, call in asked.items()}, sizes

    return side


def custseg(frame, name):
    from custseg.tiering import Quantiles

    values, cutter = frame[name].to_numpy(), Quantiles(FIFTHS)
    return lambda: cutter.cuts(values).codes(values)


def by_numpy(frame, name):
    values = frame[name].to_numpy()
    return lambda: np.searchsorted(np.quantile(values, FIFTHS), values)


def qcut(frame, name):
    import pandas as pd

    return lambda: pd.qcut(frame[name], 5, labels=False, duplicates="drop")


def rank_qcut(frame, name):
    import pandas as pd

    return lambda: pd.qcut(frame[name].rank(method="first"), 5, labels=False)


def polars_qcut(frame, name):
    import polars as pl

    column = pl.Series(frame[name].to_numpy())
    ask = partial(column.qcut, 5, labels=list("12345"), allow_duplicates=True)
    return lambda: ask().cast(pl.String).cast(pl.Int64).to_numpy()


def polars_rank(frame, name):
    import polars as pl

    column = pl.Series(frame[name].to_numpy())

    def call():
        return (((column.rank("min") - 1) * 5) // len(column)).to_numpy()

    return call


def bins(frame, name):
    from sklearn.preprocessing import KBinsDiscretizer

    model = KBinsDiscretizer(5, encode="ordinal", strategy="quantile", subsample=None)
    values = frame[[name]].to_numpy()
    return lambda: model.fit_transform(values)[:, 0]


def ntile(frame):
    import duckdb

    engine = duckdb.connect()
    engine.register("given", frame)
    engine.execute("CREATE TABLE people AS SELECT * FROM given")
    asked = ", ".join(f"ntile(5) OVER (ORDER BY {name}) AS {name}" for name in NAMES)
    return lambda: engine.sql(f"SELECT {asked} FROM people").fetchnumpy(), sizes


def scores():
    """Scores of 1 to 5 by fifths of three columns; answers compared on money, which ties little."""
    sides = {"custseg": each(custseg), "numpy": each(by_numpy), "pd.qcut": each(qcut)}
    sides |= {"rank + qcut": each(rank_qcut), "polars qcut": each(polars_qcut)}
    sides |= {"polars rank": each(polars_rank), "KBinsDiscretizer": each(bins)}
    sides["DuckDB ntile"] = ntile
    promised = {"pd.qcut": 5, "rank + qcut": 20, "polars qcut": 8, "KBinsDiscretizer": 4}
    promised["DuckDB ntile"] = 15
    return Row("measures", sides, promised, calls=dict.fromkeys(sides, 7), rtol=0.01)


def from_transactions(frame):
    import custseg as cs
    from custseg.tiering import RFM, rfm_measures

    names = cs.Names(at="transaction_date", amount="unit_spend")

    def call():
        rows = rfm_measures(cs.TransactionLog.of(frame, names), as_of=AS_OF)
        return RFM().fit(rows).apply(rows)

    return call, lambda found: [len(found), float(found["revenue"].sum())]


def openretailscience(frame):
    from openretailscience.segmentation.rfm import RFMSegmentation

    def call():
        return RFMSegmentation(frame, AS_OF, 5, 5, 5).table.execute()

    return call, lambda found: [len(found), float(found["monetary"].sum())]


def rfm(frame):
    here = Path(__file__).resolve().parent  # where there is a script of that name, too
    sys.path[:] = [one for one in sys.path if Path(one).resolve() != here]
    from rfm import RFM

    columns = ["customer_id", "transaction_date", "unit_spend"]

    def call():
        return RFM(frame[columns].copy(), *columns).rfm_table  # it changes what it is given

    return call, lambda found: [len(found), float(found["monetary_value"].sum())]


def summary(data, peer):
    """From transactions to scores of recency, frequency and money."""
    side = {"openretailscience": openretailscience, "rfm": rfm}[peer]
    promised = {"openretailscience": 8, "rfm": 80}[peer]
    apart = {"rfm": "it takes the digits of 10.05 and the like away"} if peer == "rfm" else {}
    sides = {"custseg": from_transactions, peer: side}
    return Row(data, sides, {peer: promised}, calls={"rfm": 1}, apart=apart)
