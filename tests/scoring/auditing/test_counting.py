import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.frames import table
from custseg.measures import Tally
from custseg.scoring import Factor, Odds, Ramp, Scorecard
from custseg.scoring.auditing.counting import Counted
from custseg.scoring.auditing.subject import Subject

rows = st.lists(
    st.tuples(st.integers(-50, 150), st.booleans(), st.booleans()), min_size=1, max_size=60
)


@given(rows)
def test_counts_are_those_of_sorted_rows(some):
    card = Scorecard((Factor("x", worth=100, curve=Ramp(0, 100)),), odds=Odds(at=50, double=10))
    held = [{"x": x} for x, _, _ in some]
    subject = Subject.of(card, table(held))
    won, known = (np.array([row[i] for row in some]) for i in (1, 2))
    found = Counted.of(subject, won & known, known)
    for made, wanted in ((found.total, subject.total), (found.score, subject.score)):
        expected = Tally.of(wanted[known], won[known])
        assert made.score.tolist() == expected.score.tolist()
        assert made.cases.tolist() == expected.cases.tolist()
        assert made.others.tolist() == expected.others.tolist()
    if known.any():
        assert found.chance.brier == Tally.of(subject.chance[known], won[known]).brier


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.booleans()), min_size=1, max_size=40))
def test_scores_that_are_no_hundredths_are_sorted(some):
    subject = Subject.of("s", table([{"s": score} for score, _ in some]))
    won = np.array([case for _, case in some])
    found = Counted.of(subject, won, np.ones(len(some), dtype=bool))
    expected = Tally.of(subject.score, won)
    assert found.total.score.tolist() == expected.score.tolist()
    assert found.total.cases.tolist() == expected.cases.tolist()
