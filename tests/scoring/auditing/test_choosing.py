import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError
from custseg.frames import table
from custseg.scoring import Factor, Ramp, Scorecard
from custseg.scoring.auditing.choosing import chosen, top
from custseg.scoring.auditing.subject import Subject


@given(st.lists(st.integers(0, 9), min_size=1), st.floats(0.01, 0.99))
def test_at_least_the_share_is_chosen_and_no_tie_is_split(scores, share):
    score = np.array(scores, dtype=float)
    found = top(score, share)
    assert found.sum() >= share * len(score) - 1e-6
    assert set(score[found]).isdisjoint(score[~found])
    least = score[found].min()
    assert (score > least).sum() < share * len(score) + 1e-6


def test_who_has_no_score_is_not_chosen():
    assert top(np.array([np.nan, 2.0, 1.0, np.nan]), 0.5).tolist() == [False, True, False, False]
    assert not top(np.array([np.nan]), 0.5).any()


def test_a_tenth_of_ten_rows_is_one_row():
    assert top(np.arange(10.0), 0.1).sum() == 1
    assert top(np.arange(30.0), 0.1).sum() == 3


def test_a_grade_and_better():
    card = Scorecard((Factor("x", worth=100, curve=Ramp(0, 10)),))
    subject = Subject.of(card, table([{"x": n} for n in range(11)]))
    assert chosen(subject, "B").tolist() == [n >= 6 for n in range(11)]
    with pytest.raises(ConfigError, match="no grade 'E' among"):
        chosen(subject, "E")
    with pytest.raises(ConfigError, match="no grade"):
        chosen(Subject.of("x", table([{"x": 1}])), "A")
