import numpy as np
import pytest

from custseg.frames import table
from custseg.measures import Tally, area
from custseg.scoring import Factor, Grades, Ramp, Scorecard
from custseg.scoring.auditing.subject import Subject
from custseg.scoring.auditing.telling import telling, told

CARD = Scorecard(
    (Factor("x", worth=100, curve=Ramp(0, 100)),), grades=Grades((75, 50), ("A", "B", "C"))
)


def judged(way, rows=2000):
    chance = np.random.default_rng(0)
    x = chance.integers(0, 101, rows)
    won = chance.random(rows) < way(x / 100)
    subject = Subject.of(CARD, table([{"x": n} for n in x.tolist()]))
    every = np.ones(rows, dtype=bool)
    found = telling(subject, Tally.of(subject.score, won), won, every, 0.95)
    return (
        found,
        (x.astype(float), won),
        [(one.severity, one.reason.code) for one in told(found, rows, int(won.sum()))],
    )


def test_figures_are_those_of_the_measures():
    found, (x, won), codes = judged(lambda share: share)
    assert found.auc == area(x, won)
    assert found.gini == pytest.approx(2 * found.auc.value - 1)
    assert found.gains[0] == 0
    assert found.gains[100] == 1
    assert found.lift == pytest.approx((found.gains[10] / 0.1, found.gains[20] / 0.2))
    assert codes == [("fine", "audit.tells")]


def test_grades_are_counted():
    found, (x, won), _ = judged(lambda share: share)
    best = found.grades[0]
    assert (best.grade, best.rows) == ("A", (x >= 75).sum())
    assert best.cases == won[x >= 75].sum()
    assert [one.grade for one in found.grades] == ["A", "B", "C"]
    assert best.low < best.rate < best.high


@pytest.mark.parametrize(
    ("way", "codes"),
    [
        (lambda share: 1 - share, [("alarm", "audit.reversed"), ("alarm", "audit.grades_crossed")]),
        (lambda share: 0.3 + 0 * share, [("alarm", "audit.no_better")]),
        (lambda share: 0.45 + 0.1 * share, [("watch", "audit.tells_little")]),
    ],
)
def test_scores_that_tell_nothing_little_or_the_wrong_way(way, codes):
    found = judged(way, 20_000 if "little" in codes[0][1] else 2000)[2]
    assert found[: len(codes)] == codes


def test_a_worse_grade_that_does_better():
    codes = judged(lambda share: np.where(share >= 0.75, 0.4, share))[2]
    assert ("alarm", "audit.grades_crossed") in codes


def test_few_rows_make_no_claim():
    assert judged(lambda share: share, 40)[2][0] == ("unknown", "audit.few")
