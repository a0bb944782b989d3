# ruff: noqa: PLC0415 - a peer is loaded only by the process that measures it
"""Lifecycle: custseg beside lifetimes and pymc-marketing, row by row.

    python benchmarks/lifecycle.py [--quick] [--rounds 2] [--only "BG fit"] [--pymc-python PATH]

A row is a function below: what is asked, of which data, of whom, and what ratio is promised;
``_beside.py`` says how it is measured. A fit of custseg or of lifetimes includes standard errors.

pymc-marketing needs an environment of its own: give its Python by ``--pymc-python``. What is not
installed is said and left out.
"""

import numpy as np

from _beside import Row, run
from _exact import largest_errors
from _results import entry, keep

SUMMARY = ("frequency", "recency", "T", "monetary_value")
PARAMS = {"r": 0.6, "alpha": 60.0, "a": 0.8, "b": 2.5}
HORIZON = 365
AS_OF = "2026-06-30"
MONTHS = [str((np.datetime64("2024-08", "M") + i).astype("datetime64[D]") - 1) for i in range(24)]


# ----------------------------------------------------------------------------- rows


def purchase_summary():
    """Frequency, recency, age and money of each customer of a log of transactions."""

    def custseg(frame):
        import custseg as cs

        names = cs.Names(customer="customer_id", at="paid_at", amount="amount")
        return lambda: cs.TransactionLog.of(frame, names).summary(as_of=AS_OF), by_customer

    def lifetimes(frame):
        from lifetimes.utils import summary_data_from_transaction_data as summary

        columns = ("customer_id", "paid_at", "amount")
        return lambda: summary(frame, *columns, observation_period_end=AS_OF), by_customer

    def pymc(frame):
        from pymc_marketing.clv import rfm_summary as summary

        columns = ("customer_id", "paid_at", "amount")
        return lambda: summary(frame, *columns, observation_period_end=AS_OF), by_customer

    sides = {"custseg": custseg, "lifetimes": lifetimes, "pymc-marketing": pymc}
    calls = {"lifetimes": 1, "pymc-marketing": 1}
    return Row("transactions", sides, {"lifetimes": 30, "pymc-marketing": 30}, calls=calls)


def fit(ours, theirs, data, promised, **more):
    """The parameters of a model of buying, learned from a summary."""

    def custseg(frame):
        from custseg import lifetime as home

        return lambda: getattr(home, ours)().fit(frame), lambda m: list(m.params.values())

    def lifetimes(frame):
        import lifetimes as peer

        columns = [frame[name] for name in SUMMARY[:3]]
        if theirs == "GammaGammaFitter":
            columns = [frame["frequency"], frame["monetary_value"]]
        return lambda: getattr(peer, theirs)().fit(*columns), lambda m: m.params_.tolist()

    sides = {"custseg": custseg, "lifetimes": lifetimes}
    calls = {"custseg": 9, "lifetimes": 3}
    return Row(data, sides, {"lifetimes": promised}, calls=calls, **more)


def bg_fit():
    """As before, of many customers; pymc-marketing by maximum a posteriori."""

    def pymc(frame):
        from pymc_marketing import clv

        known = frame[list(SUMMARY[:3])].assign(customer_id=np.arange(len(frame)))

        def call():
            model = clv.BetaGeoModel()
            model.fit(known, method="map", progressbar=False)
            return model.fit_summary()

        return call, lambda found: [float(found[name]) for name in ("r", "alpha", "a", "b")]

    row = fit("BGNBD", "BetaGeoFitter", "customers", 70, rtol=1e-2)
    row.sides["pymc-marketing"] = pymc
    row.promised["pymc-marketing"] = 35
    row.calls = {"custseg": 3, "lifetimes": 1, "pymc-marketing": 1}
    return row


def prediction(ask, theirs=None, promised=None):
    """An answer for each customer by a fitted BG/NBD."""

    def custseg(frame):
        from custseg import lifetime as home

        model = home.BGNBDModel(fitting=home.Fitting(0.0, 1.0), **PARAMS)
        return lambda: ask(model, frame), totals

    def lifetimes(frame):
        import lifetimes as peer
        import pandas as pd

        model = peer.BetaGeoFitter()
        model.params_ = pd.Series(PARAMS)
        columns = [frame[name] for name in SUMMARY[:3]]
        return lambda: theirs(model, columns), totals

    sides = {"custseg": custseg} | ({"lifetimes": lifetimes} if theirs else {})
    return Row("customers", sides, {"lifetimes": promised}, calls={"custseg": 9})


def alive():
    return prediction(
        lambda model, frame: model.p_alive(frame),
        lambda model, columns: model.conditional_probability_alive(*columns),
        promised=5,
    )


def expected_purchases():
    return prediction(
        lambda model, frame: model.expected_purchases(frame, horizon=HORIZON),
        lambda m, c: m.conditional_expected_number_of_purchases_up_to_time(HORIZON, *c),
        promised=40,
    )


def silence():
    return prediction(lambda model, frame: model.p_no_purchase(frame, horizon=HORIZON))


def next_purchase():
    return prediction(lambda model, frame: model.next_purchase(frame))


def classified():
    """Seven states of a profile, with their reasons."""

    def custseg(frame):
        model = lifecycle()
        return lambda: model.apply(frame), lambda t: t["lifecycle_state"].value_counts().tolist()

    return Row("profiles", {"custseg": custseg}, within=100)


def backfill():
    """The states at the end of 24 months, with the moves between them, of whoever bought.

    Each side starts from what it keeps: custseg from a log, the others from a table. The others
    are asked for days since the last purchase alone, no states and no moves.
    """

    def custseg(frame):
        import custseg as cs

        names = cs.Names(customer="customer_id", at="paid_at", amount="amount")
        log, model = cs.TransactionLog.of(frame, names), lifecycle()

        def states():
            grid = cs.classify.states_asof(log, MONTHS, model)
            return grid, cs.classify.transition_matrix(grid)

        return states, lambda made: [int((row >= 0).sum()) for row in made[0].states]

    def pandas(frame):
        import pandas as pd

        def silences():
            last = []
            for month in MONTHS:
                day = pd.Timestamp(month)
                known = frame[frame["paid_at"] < day + pd.Timedelta(days=1)]
                bought = known.groupby("customer_id")["paid_at"].max()
                last.append((day - bought.dt.normalize()).dt.days)
            return last

        return silences, lambda made: [len(silence) for silence in made]

    def duckdb(frame):
        import duckdb as engine
        import pyarrow as pa

        connection = engine.connect()
        connection.register("tx", pa.Table.from_pandas(frame))
        days = np.array(MONTHS, dtype="datetime64[D]")
        connection.register("months", pa.table({"day": days, "until": days.astype("M8[us]") + DAY}))
        return lambda: connection.sql(ASOF).to_arrow_table(), by_month

    sides = {"custseg": custseg, "DuckDB": duckdb, "pandas": pandas}
    return Row("two years", sides, {"DuckDB": 10, "pandas": 8})


ASOF = """
    SELECT day, date_diff('day', CAST(paid_at AS DATE), day) AS silence
    FROM (SELECT * FROM (SELECT DISTINCT customer_id FROM tx), months) AS asked
    ASOF JOIN tx ON asked.customer_id = tx.customer_id AND asked.until > tx.paid_at
"""
DAY = np.timedelta64(1, "D")


def by_month(table):
    return np.unique(table["day"].to_numpy(), return_counts=True)[1].tolist()


def lifecycle():
    from custseg.classify import FixedDays, Lifecycle

    rule = FixedDays(180, at_risk_after=90, churned_after=365, new_for=30, reactivated_for=30)
    return Lifecycle(rule).fit([])


ROWS = {
    "classify": classified,
    "backfill": backfill,
    "purchase summary": purchase_summary,
    "BG fit, few": lambda: fit("BGNBD", "BetaGeoFitter", "cdnow", 20, rtol=1e-3),
    "MBG fit, few": lambda: fit("MBGNBD", "ModifiedBetaGeoFitter", "cdnow", 20, rtol=1e-2),
    "Gamma-Gamma fit, few": lambda: fit(
        "GammaGamma", "GammaGammaFitter", "cdnow repeaters", None, rtol=1e-3
    ),
    "Pareto fit, few": lambda: fit("ParetoNBD", "ParetoNBDFitter", "cdnow", None, rtol=2e-2),
    "BG fit": bg_fit,
    "Gamma-Gamma fit": lambda: fit("GammaGamma", "GammaGammaFitter", "repeaters", 12, rtol=1e-2),
    "P(alive)": alive,
    "expected purchases": expected_purchases,
    "P(no purchase)": silence,
    "next purchase": next_purchase,
}


# ----------------------------------------------------------------------------- data


def transactions(size):
    from custseg.datasets import transactions as made

    log = made(size, size // 5, ids="int")
    log["amount"] = np.abs(log["amount"])
    log["paid_at"] = log["paid_at"].astype("datetime64[us]")
    return log


def customers(size, seed=0):
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
        x[going[day > last[going]]] += 1
        last[going] = day
        going = going[rng.random(len(going)) >= leave[going]]
    money = np.round(rng.gamma(6.0, 5.0, size) / rng.gamma(4.0, 0.25, size), 2) + 0.01
    return {"frequency": x, "recency": last, "T": age, "monetary_value": np.where(x > 0, money, 0)}


def cdnow():
    import custseg as cs

    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    rows = log.summary(as_of="1997-09-30", unit="week")
    return {name: np.array([row[name] for row in rows], dtype=float) for name in SUMMARY}


def repeaters(data, size=None):
    again = np.flatnonzero(data["frequency"] > 0)[:size]
    return {name: column[again] for name, column in data.items()}


def two_years(size):
    """Orders of a fifth as many customers, evenly over 24 months."""
    rng = np.random.default_rng(1)
    seconds = rng.integers(0, 730 * 86_400, size) + np.datetime64("2024-07-01").astype(
        "datetime64[s]"
    ).astype(np.int64)
    return {
        "customer_id": rng.integers(0, size // 5, size) * 3 + 10,
        "paid_at": seconds.astype("datetime64[s]"),
        "amount": np.round(rng.gamma(2.0, 20.0, size), 2),
    }


def profiles(size):
    """The columns of a profile that the steps read."""
    rng = np.random.default_rng(2)
    frequency = rng.geometric(0.4, size).astype(float) - (rng.random(size) < 0.1)
    bought = np.maximum(frequency, 0) > 0
    recency = np.floor(rng.gamma(1.0, 150.0, size))
    gap = np.where(frequency > 1, np.floor(rng.gamma(1.5, 60.0, size)) + 1, np.nan)
    tenure = recency + np.where(frequency > 1, gap * (frequency - 1), 0)
    return {
        "frequency": frequency,
        "recency_days": np.where(bought, recency, np.nan),
        "tenure_days": np.where(bought, tenure, np.nan),
        "gap_last_days": gap,
    }


DATA = {
    "two years": lambda quick: two_years(100_000 if quick else 1_000_000),
    "profiles": lambda quick: profiles(100_000 if quick else 1_000_000),
    "transactions": lambda quick: transactions(1_000_000 if quick else 10_000_000),
    "cdnow": lambda _: cdnow(),
    "cdnow repeaters": lambda _: repeaters(cdnow()),
    "customers": lambda quick: customers(100_000 if quick else 1_000_000),
    "repeaters": lambda quick: repeaters(
        customers(100_000 if quick else 1_000_000), 42_400 if quick else 424_000
    ),
}


# ----------------------------------------------------------------------------- answers


def totals(values):
    values = np.asarray(values, dtype=float)
    return [float(values.sum()), float(values.std())]


def by_customer(result):
    """Each customer's figures summed up with weights that tell the customers apart."""
    frame = result if "customer_id" in result.columns else result.reset_index()
    weight = frame["customer_id"].to_numpy(dtype=float) % 997 + 1
    columns = [frame[name].to_numpy(dtype=float) for name in SUMMARY]
    return [len(frame), *(float((weight * column).sum()) for column in columns)]


if __name__ == "__main__":
    options = run("Lifecycle beside its peers.", ROWS, DATA)
    if not options.worker and not options.only:
        shown, sides = largest_errors()
        print(shown)
        if options.write:
            keep([entry("largest error of expected purchases", 200, sides)])
