# ruff: noqa: PLC0415 - a peer is loaded only by the process that measures it
"""Shares of the sum, moves between tiers, reviews, and columns that stay in an engine."""

from functools import partial

import numpy as np

from _beside import Row
from _tiering_scores import AS_OF, FIFTHS

TIERS = ["low", "medium", "high"]


# ----------------------------------------------------------------------------- shares


def counted(codes):
    return np.bincount(codes, minlength=3).tolist()


def lettered(column):
    return [int((column == letter).sum()) for letter in "CBA"]


def pareto(frame):
    from custseg.tiering import Pareto

    values = frame["spent"].to_numpy()
    return lambda: Pareto().cuts(values).codes(values), counted


def abc_analysis(frame):
    from abc_analysis import abc_analysis as peer

    told = lambda found: [len(found[f"{letter}ind"]) for letter in "CBA"]  # noqa: E731
    return partial(peer, frame["spent"]), told


def inventorize(frame):
    from inventorize import ABC

    given = frame[["spent"]].reset_index()
    return partial(ABC, given), lambda found: lettered(found["Category"])


def abc_classification(frame):
    from abc_classification.abc_classifier import ABCClassifier

    model = ABCClassifier(frame[["spent"]].reset_index())
    return partial(model.classify, "index", "spent"), lambda found: lettered(found["class"])


def shares():
    """Who holds 80 % and 95 % of the sum: classes A, B, C."""
    sides = {"custseg": pareto, "abc-analysis": abc_analysis, "inventorize": inventorize}
    sides["abc-classification"] = abc_classification
    apart = {
        "abc-analysis": "it finds limits of its own",
        "abc-classification": "its limits are 70 % and 90 %",
    }
    return Row("spend", sides, {"abc-analysis": 5}, rtol=1e-3, apart=apart)


# ----------------------------------------------------------------------------- over time


def labelled(frame):
    import pandas as pd

    made = {n: pd.Categorical.from_codes(frame[n], TIERS, ordered=True) for n in frame}
    return pd.DataFrame(made)


def migration(frame):
    from custseg.tiering import migration as ask

    given = labelled(frame)
    return partial(ask, given), lambda found: found.within_tiers.ravel().tolist()


def crosstab(frame):
    import pandas as pd

    given = labelled(frame)
    call = partial(pd.crosstab, given["tier_previous"], given["tier"])
    return call, lambda found: found.to_numpy().ravel().tolist()


def transition_matrix(frame):
    import pandas as pd
    from transitionMatrix.estimators.cohort_estimator import CohortEstimator
    from transitionMatrix.statespaces.statespace import StateSpace

    states = frame[["tier_previous", "tier"]].to_numpy().ravel()
    who, when = np.repeat(np.arange(len(frame)), 2), np.tile([0, 1], len(frame))
    long = pd.DataFrame({"ID": who, "Time": when, "State": states})
    space = StateSpace([(str(i), tier) for i, tier in enumerate(TIERS)])

    def call():
        model = CohortEstimator(states=space, cohort_bounds=[0, 1])
        model.fit(long)
        return np.array(model.matrix_set[0])

    before = np.bincount(frame["tier_previous"], minlength=3)
    return call, lambda found: (found * before[:, None]).ravel().tolist()


def moves(data, peer, promised):
    """How many went from which tier to which."""
    side = {"pd.crosstab": crosstab, "transitionMatrix": transition_matrix}[peer]
    calls = {"custseg": 9, "transitionMatrix": 1}
    sides = {"custseg": migration, peer: side}
    return Row(data, sides, {peer: promised}, calls=calls, rtol=1e-3)


def retier(frame):
    from custseg.tiering import Cuts, Retier

    given = frame.assign(as_of=np.datetime64(AS_OF, "s"))
    model = Retier(Cuts((100.0, 1000.0)), value="spent").fit()
    return partial(model.apply, given), lambda found: [len(found)]


def review():
    """The tier of each customer at the next review, by rules that keep it from flapping."""
    return Row("reviews", {"custseg": retier}, calls={"custseg": 9})


# ----------------------------------------------------------------------------- engines


def duck_table(frame):
    import duckdb

    engine = duckdb.connect()
    engine.register("given", frame)
    engine.execute("CREATE TABLE people AS SELECT * FROM given")
    return engine.table("people")


def lazy_frame(frame):
    import polars as pl

    return pl.DataFrame({name: frame[name].to_numpy() for name in frame}).lazy()


def ours(make, kind, setting, frame):
    from custseg import tiering

    given, how = make(frame), getattr(tiering, kind)(setting)
    return partial(tiering.fitted, how, given, value="spent"), list


def quantile_cont(frame):
    given, ask = duck_table(frame), f"quantile_cont(spent, {list(FIFTHS)})"
    return lambda: given.aggregate(ask).fetchall()[0][0], list


def polars_quantile(frame):
    import polars as pl

    given = lazy_frame(frame)
    ask = [pl.col("spent").quantile(p, "linear").alias(str(p)) for p in FIFTHS]
    return lambda: given.select(ask).collect().row(0), list


def in_engine(kind, setting, *, peers=False):
    """Cut points of a table that stays in its engine, beside the same in memory."""
    made = {"custseg": duck_table, "custseg, Polars": lazy_frame, "custseg, memory": lambda t: t}
    sides = {who: partial(ours, make, kind, setting) for who, make in made.items()}
    if peers:
        sides |= {"DuckDB": quantile_cont, "Polars": polars_quantile}
    return Row("spend", sides, calls=dict.fromkeys(sides, 1))
