"""Points set by hand that closed customers move."""

import attrs
import numpy as np
import polars as pl
import pytest

from custseg import datasets
from custseg.errors import ConfigError, MissingColumnError
from custseg.measures.calibrating import calibration
from custseg.measures.tally import Tally
from custseg.scoring import (
    ExpertPrior,
    Factor,
    Group,
    Levels,
    Odds,
    Ramp,
    Scorecard,
    WeightOfEvidence,
)

CLOSED = pl.DataFrame(datasets.leads(4000).closed).drop("tag", "message")  # they leak
SOURCES = {"referral": 30, "partner": 20, "fair": 15, "search": 12, "ad": 5}
HAND = Scorecard(
    (
        Factor("minutes", worth=20, curve=Ramp(0, 20)),
        Factor("source", curve=Levels(SOURCES)),
        Factor("role", curve=Levels({"owner": 20, "manager": 15, "staff": 8, "student": -10})),
        Factor("visits", worth=10, curve=Ramp(0, 10), missing="neutral"),
    )
)
LEARNER = ExpertPrior(HAND, outcome="outcome")


def tally(card, rows):
    table = card.apply(rows)
    return Tally.of(table["probability"].to_numpy(), (rows["outcome"] == "won").to_numpy())


@pytest.mark.parametrize("rows", [[], CLOSED[:0], CLOSED.filter(pl.col("outcome") == "lost")[:9]])
def test_without_won_or_without_lost_it_is_the_card(rows):
    card = LEARNER.fit(rows)
    assert attrs.evolve(card, learnt=None) == HAND
    assert card.learnt.rows == len(rows)
    assert card.learnt.weight == 80


def test_at_sixty_closed_customers_it_tells_more_than_the_card_and_than_what_is_learnt_alone():
    new = CLOSED[1000:]
    draws = [CLOSED[60 * i : 60 * (i + 1)] for i in range(4)]
    by = np.mean([tally(LEARNER.fit(old), new).auc for old in draws])
    alone = [tally(WeightOfEvidence(outcome="outcome").fit(old), new).auc for old in draws]
    hand = HAND.apply(new)["score"].to_numpy()
    assert by > np.mean(alone) + 0.02
    assert by > Tally.of(hand, (new["outcome"] == "won").to_numpy()).auc


def test_at_many_it_tells_as_much_and_its_chances_are_right():
    old, new = CLOSED[:2000], CLOSED[2000:]
    learnt = tally(LEARNER.fit(old), new)
    assert learnt.auc > tally(WeightOfEvidence(outcome="outcome").fit(old), new).auc - 0.005
    assert calibration(learnt).error < 0.05


def test_the_firmer_the_points_the_less_they_move():
    by = [
        sum(abs(move.points) for move in HAND.diff(learner.fit(CLOSED[:500])).moves)
        for learner in (attrs.evolve(LEARNER, strength=s) for s in (2, 20, 2000, 1e12))
    ]
    assert by == sorted(by, reverse=True)
    assert by[-1] == 0


def test_points_that_do_not_move_still_get_their_chances():
    card = attrs.evolve(LEARNER, strength=1e12).fit(CLOSED)
    assert card.factors == HAND.factors
    assert calibration(tally(card, CLOSED)).error < 0.05


def test_a_card_that_knows_its_odds_is_believed_at_first():
    few = CLOSED[:12]
    doubles = [
        ExpertPrior(attrs.evolve(HAND, odds=Odds(double=by)), outcome="outcome")
        .fit(few)
        .odds.double
        for by in (5, 20, 80)
    ]
    assert doubles[0] < doubles[1] < doubles[2]


def test_a_few_outcomes_hardly_change_the_chances_of_a_card_that_knows_its_odds():
    rare = Scorecard(
        (Factor("minutes", worth=20, curve=Ramp(0, 20)),), odds=Odds(at=10, odds=1 / 19, double=5)
    )
    two = [{"minutes": 8, "won": True}, {"minutes": 12, "won": False}]
    lead = {"minutes": 10}
    assert rare.one(lead)["probability"] == pytest.approx(0.05, abs=0.001)
    assert 0.05 < ExpertPrior(rare).fit(two, outcome="won").one(lead)["probability"] < 0.2
    same = [{"minutes": m, "won": won} for m in (8, 12) for won in (True, False)]
    many = ExpertPrior(rare).fit(same * 150, outcome="won")
    assert many.one(lead)["probability"] == pytest.approx(0.5, abs=0.05)


def test_points_that_say_little_are_not_taken_for_wrong_ones():
    little = Scorecard(HAND.factors[:1], odds=Odds(at=10, double=2000))
    rows = [{"minutes": m, "won": won} for m in (0, 20) for won in (True, False)]
    card = ExpertPrior(little).fit(rows * 5, outcome="won")
    assert not card.learnt.notes
    assert card.odds.double > 2000


@pytest.mark.parametrize("columns", [(), ("minutes",)])
def test_where_no_column_can_be_learnt_the_points_still_get_their_chances(columns):
    rows = [{"minutes": 4, "source": "ad", "won": won} for won in (True, False, False)]
    hand = Scorecard(HAND.factors[:2])
    card = ExpertPrior(hand, columns=columns).fit(rows, outcome="won")
    assert card.factors == hand.factors
    assert card.one(rows[0])["probability"] == pytest.approx(1.5 / 4, abs=0.06)
    assert card.learnt.notes[0].startswith("learnt_constant: minutes")


@pytest.mark.parametrize("one", [1, True])
def test_numbers_that_the_card_lists_as_words_are_words(one):
    rows = [{"s": one if i % 3 else type(one)(0), "won": i % 3 == 0} for i in range(90)]
    words = {"1": 5, "true": 5}
    card = ExpertPrior(Scorecard((Factor("s", curve=Levels(words)),))).fit(rows, outcome="won")
    assert [factor.name for factor in card.factors] == ["s"]
    assert card.factors[0].curve.points["true" if one is True else "1"] < 5


def test_infinite_numbers_are_in_the_outermost_bands():
    rows = [
        {"minutes": (np.inf, -np.inf, i % 11)[min(i % 5, 2)], "won": i % 5 == 0} for i in range(300)
    ]
    card = ExpertPrior(Scorecard(HAND.factors[:1])).fit(rows, outcome="won")
    assert np.isfinite(card.factors[0].curve.edges).all()
    assert card.one(rows[0])["probability"] > card.one(rows[1])["probability"]


def test_what_else_is_said_of_a_factor_stays():
    told = attrs.evolve(HAND.factors[0], actionable=False, usual=4.0, title="Time on the site")
    card = ExpertPrior(Scorecard((told,)), outcome="outcome", columns="minutes").fit(CLOSED)
    factor = card.factors[0]
    assert factor.curve != told.curve
    assert (factor.actionable, factor.title) == (False, told.title)
    mean = card.contributions(CLOSED).mean()["minutes"]
    before = Scorecard((told,)).contributions(CLOSED).mean()["minutes"]
    assert factor.usual == pytest.approx(4.0 + mean - before, abs=0.06)


def test_it_says_for_how_many_outcomes_the_points_count():
    learnt = attrs.evolve(LEARNER, strength=20).fit(CLOSED).learnt
    rate = learnt.cases / learnt.rows
    assert learnt.method == "expert-prior"
    assert learnt.weight == pytest.approx(20 / (rate * (1 - rate)))
    assert "points set by hand count as much as" in learnt.text()


def test_points_against_the_outcomes_are_told():
    inverse = Scorecard((Factor("minutes", worth=40, curve=Ramp(30, 0)),))
    card = ExpertPrior(inverse, outcome="outcome", columns=("minutes",)).fit(CLOSED)
    assert "learnt_prior_against" in card.learnt.notes
    assert tally(card, CLOSED).auc > 0.5


def test_groups_with_limits_stay_and_are_learnt_beside():
    grouped = attrs.evolve(
        HAND,
        factors=tuple(attrs.evolve(f, group="all") for f in HAND.factors),
        groups=(Group("all", high=50),),
    )
    card = ExpertPrior(grouped, outcome="outcome").fit(CLOSED)
    assert card.factors[:4] == grouped.factors
    assert {"minutes_learnt", "source_learnt"} <= {factor.name for factor in card.factors}
    assert tally(card, CLOSED).auc > 0.65


def test_columns_beside_the_card_are_learnt_too_unless_others_are_named():
    card = LEARNER.fit(CLOSED)
    assert {"employees", "downloads"} <= set(card.needs)
    own = attrs.evolve(LEARNER, columns=("minutes", "source")).fit(CLOSED)
    assert set(own.needs) == {"minutes", "source", "role", "visits"}
    barred = attrs.evolve(LEARNER, exclude="employees", protect="downloads").fit(CLOSED)
    assert not {"employees", "downloads"} & set(barred.needs)


def test_the_scale_of_the_hand_stays():
    card = LEARNER.fit(CLOSED)
    assert (card.low, card.high, card.grades, card.base) == (0, 100, HAND.grades, 0)
    moved = HAND.diff(card)
    assert not moved.removed
    assert moved.added
    points = card.apply(CLOSED)["score"].to_numpy()
    before = HAND.apply(CLOSED)["score"].to_numpy()
    assert np.corrcoef(points, before)[0, 1] > 0.4


@pytest.mark.parametrize(
    ("learner", "error", "message"),
    [
        (ExpertPrior(HAND), ConfigError, "outcome="),
        (ExpertPrior(HAND, outcome="nothing"), MissingColumnError, "nothing"),
        (
            ExpertPrior(Scorecard((Factor("unknown", curve=Levels({"a": 1})),)), outcome="outcome"),
            MissingColumnError,
            "unknown",
        ),
    ],
)
def test_what_cannot_be_learnt_is_said(learner, error, message):
    with pytest.raises(error, match=message):
        learner.fit(CLOSED)


@pytest.mark.parametrize("settings", [{"strength": 0}, {"strength": "firm"}, {"bands": 0}])
def test_impossible_settings_are_refused(settings):
    with pytest.raises(ConfigError, match="strength is 'auto' or above 0"):
        ExpertPrior(HAND, **settings)
