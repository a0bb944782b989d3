import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anycard
from custseg.errors import DataError, MissingColumnError
from custseg.frames import table
from custseg.scoring import Factor, Group, Odds, Ramp, Scorecard
from custseg.scoring.auditing.subject import Subject


@given(anycard.scorecards(), st.lists(anycard.records, min_size=1, max_size=12))
def test_totals_are_the_scores_before_the_limits_of_the_card(card, rows):
    subject = Subject.of(card, table(rows))
    expected = [one["score"] for one in card.apply(rows)]
    assert subject.score.tolist() == expected
    low = -np.inf if card.low is None else card.low
    high = np.inf if card.high is None else card.high
    assert np.clip(subject.total, low, high).round(9).tolist() == pytest.approx(expected)


def test_what_a_score_would_be_without_a_factor():
    card = Scorecard(
        (
            Factor("a", worth=30, curve=Ramp(0, 10), group="g"),
            Factor("b", worth=30, curve=Ramp(0, 10), group="g"),
            Factor("c", worth=40, curve=Ramp(0, 10)),
        ),
        groups=(Group("g", high=40),),
    )
    rows = [{"a": 0, "b": 10, "c": 10}, {"a": 10, "b": 10, "c": 0}]
    subject = Subject.of(card, table(rows))
    assert subject.score.tolist() == [70.0, 40.0]
    assert subject.without("a").tolist() == [80.0, 40.0]  # 15 + 30 is held at 40
    assert subject.without("c").tolist() == [50.0, 60.0]
    assert subject.without("a", "c").tolist() == [60.0, 60.0]


def test_probabilities_of_a_card_and_of_a_column():
    card = Scorecard((Factor("a", worth=100, curve=Ramp(0, 10)),), odds=Odds(at=50, double=10))
    rows = [{"a": 0, "p": 0.2, "s": 3}, {"a": 5, "p": 1, "s": 0.5}, {"a": 10, "p": None, "s": 0}]
    assert Subject.of(card, table(rows)).chance[1] == pytest.approx(0.5, abs=2e-6)
    column = Subject.of("p", table(rows))
    assert column.chance is not None
    assert column.scored.tolist() == [True, True, False]
    assert Subject.of("s", table(rows)).chance is None
    assert Subject.of("s", table(rows)).without("a").tolist() == [3.0, 0.5, 0.0]


def test_columns_to_look_at_stand_beside_the_factors():
    card = Scorecard((Factor("a", worth=100, curve=Ramp(0, 10)),))
    subject = Subject.of(card, table([{"a": 1, "b": "x"}]), ["b", "a"])
    assert [(one.name, one.points is None) for one in subject.factors] == [
        ("a", False),
        ("b", True),
    ]


def test_what_is_no_score_is_refused():
    with pytest.raises(DataError, match="endless"):
        Subject.of("s", table([{"s": float("inf")}]))
    with pytest.raises(MissingColumnError):
        Subject.of("q", table([{"s": 1}]))
