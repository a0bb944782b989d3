"""Naive Bayes as a learner of cards."""

import numpy as np
import polars as pl
import pytest

from custseg import datasets
from custseg.errors import ConfigError, MissingColumnError, NotEnoughDataError
from custseg.measures.calibrating import calibration
from custseg.measures.tally import Tally
from custseg.scoring import NaiveBayes, Odds

CLOSED = pl.DataFrame(datasets.leads(3000).closed)
LEARNER = NaiveBayes(outcome="outcome")


def tally(card, rows):
    table = card.apply(rows)
    return Tally.of(table["probability"].to_numpy(), (rows["outcome"] == "won").to_numpy())


def test_it_tells_won_from_lost_and_says_how_likely():
    old, new = CLOSED[:1500], CLOSED[1500:]
    learnt = tally(LEARNER.fit(old), new)
    assert learnt.auc > 0.65
    assert calibration(learnt).error < 0.06


def test_columns_that_say_the_same_are_not_believed_twice():
    """The same column ten times: counts add up its evidence ten times, belief puts it right."""
    copies = CLOSED.with_columns([CLOSED["source"].alias(f"source {i}") for i in range(10)])
    old, new = copies[:1500], copies[1500:]
    plain = NaiveBayes(outcome="outcome", calibrated=False).fit(old)
    assert (
        calibration(tally(plain, new)).error > 2 * calibration(tally(LEARNER.fit(old), new)).error
    )


def test_settings_and_arguments_are_the_same():
    flags = CLOSED.with_columns((pl.col("outcome") == "won").cast(int).alias("won")).drop("outcome")
    one = NaiveBayes(outcome="won", positive=1).fit(flags)
    assert NaiveBayes().fit(flags, outcome="won", positive=1) == one
    assert NaiveBayes(columns=("source",)).fit(flags, outcome="won").needs == {"source": "text"}


def test_who_is_protected_or_excluded_is_not_read():
    card = NaiveBayes(outcome="outcome", exclude="source", protect="role").fit(CLOSED)
    assert not {"source", "role", "outcome"} & set(card.needs)


def test_open_customers_are_not_learnt_from():
    opened = CLOSED.with_columns(pl.lit(None, pl.String).alias("outcome"))
    assert LEARNER.fit(pl.concat([CLOSED, opened])) == LEARNER.fit(CLOSED)


def test_counts_of_a_table_go_on_live():
    learner = NaiveBayes(outcome="outcome", calibrated=False)
    first, rest = CLOSED[:2000], CLOSED[2000:]
    counts = learner.count(first)
    won = rest["outcome"] == "won"
    live = counts.update(won=rest.filter(won), lost=rest.filter(~won))
    assert live.won + live.lost == len(CLOSED)
    assert live.to_scorecard().learnt.rows == len(CLOSED)
    assert counts.to_scorecard().factors == learner.fit(first).factors


def test_a_given_scale_is_kept():
    scale = Odds(at=600, double=20)
    card = NaiveBayes(outcome="outcome", scale=scale).fit(CLOSED)
    assert card.odds == scale
    assert (card.low, card.high) == (None, None)


def test_without_a_scale_scores_go_from_0_to_100():
    card = LEARNER.fit(CLOSED)
    scores = card.apply(CLOSED)["score"].to_numpy()
    assert scores.min() >= 0
    assert scores.max() <= 100
    assert np.ptp(scores) > 20


@pytest.mark.parametrize(
    ("learner", "error", "message"),
    [
        (NaiveBayes(), ConfigError, "outcome="),
        (NaiveBayes(outcome="nothing"), MissingColumnError, "nothing"),
        (NaiveBayes(outcome="outcome", columns=("nothing",)), MissingColumnError, "nothing"),
        (
            NaiveBayes(outcome="outcome", exclude=tuple(CLOSED.columns)),
            NotEnoughDataError,
            "column",
        ),
    ],
)
def test_what_cannot_be_learnt_is_said(learner, error, message):
    with pytest.raises(error, match=message):
        learner.fit(CLOSED)


@pytest.mark.parametrize("settings", [{"shrink": 0}, {"bands": 0}, {"shrink": float("nan")}])
def test_impossible_settings_are_refused(settings):
    with pytest.raises(ConfigError, match="shrink is above 0"):
        NaiveBayes(**settings)
