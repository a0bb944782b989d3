"""What is said becomes points: exactly as far apart as it was said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.scoring import Learnt, Odds
from custseg.scoring.effects.dealing import Effect, dealt
from custseg.scoring.effects.field import Field

LEARNT = Learnt("naive-bayes", "won", 100, 40)
VISITS, SOURCE = Field("visits", (1.0, 5.0)), Field("source", words=("fair", "talk"))
ADDS = st.lists(st.integers(-300, 300).map(lambda x: x / 100), min_size=7, max_size=7)
ROWS = [
    {"visits": v, "source": s} for v in (0, 3, 9, None) for s in ("fair", "talk", None, "other")
]


def said(adds):
    return [Effect(VISITS, np.array(adds[:4])), Effect(SOURCE, np.array(adds[4:]))]


def log_odds(adds, prior, row):
    visits = {0: 0, 3: 1, 9: 2, None: 3}[row["visits"]]
    source = {"fair": 4, "talk": 5, None: 6}.get(row["source"])
    return prior + adds[visits] + (0.0 if source is None else adds[source])


@given(ADDS, st.floats(-3, 3))
def test_points_stand_for_the_log_odds_that_were_said(adds, prior):
    card = dealt(said(adds), prior, learnt=LEARNT)
    for row in ROWS:
        expected = 1 / (1 + np.exp(-log_odds(adds, prior, row)))
        assert card.one(row)["probability"] == pytest.approx(expected, abs=5e-3)


@given(ADDS)
def test_scores_run_from_0_to_100(adds):
    card = dealt(said(adds), 0.0, learnt=LEARNT)
    scores = [card.one(row)["score"] for row in ROWS]
    if any(adds):
        assert min(scores) == pytest.approx(0, abs=0.03)
        assert max(scores) == pytest.approx(100, abs=0.03)


@given(ADDS, st.floats(-2, 2))
def test_a_given_scale_is_kept(adds, prior):
    scale = Odds(at=600, double=20)
    card = dealt(said(adds), prior, scale=scale, learnt=LEARNT)
    for row in ROWS:
        expected = 600 + 20 / np.log(2) * log_odds(adds, prior, row)
        assert card.one(row)["score"] == pytest.approx(expected, abs=0.03)


def test_nothing_said_is_the_usual_chance_and_no_confidence():
    card = dealt(said([0.0] * 7), -1.0, learnt=LEARNT)
    told = card.one(ROWS[0])
    assert told["probability"] == pytest.approx(1 / (1 + np.e), abs=1e-3)
    assert told["score_confidence"] == 0


def test_usual_points_are_those_of_the_customers_it_was_learnt_from():
    effect = Effect(SOURCE, np.array([-1.0, 1.0, 0.0]), np.array([30.0, 10.0, 0.0]))
    factor = dealt([effect], 0.0, learnt=LEARNT).factors[0]
    assert factor.usual == 25.0
