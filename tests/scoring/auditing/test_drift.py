import numpy as np
import pytest

from custseg.frames import table
from custseg.measures import psi
from custseg.scoring import Factor, Ramp, Scorecard
from custseg.scoring.auditing.drift import drift, drifting, halves
from custseg.scoring.auditing.subject import Subject

CARD = Scorecard(
    (Factor("x", worth=60, curve=Ramp(0, 10)), Factor("y", worth=40, curve=Ramp(0, 10)))
)


def subject(xs, ys):
    rows = [{"x": x, "y": y} for x, y in zip(xs, ys, strict=True)]
    return Subject.of(CARD, table(rows))


def codes(found):
    return [(one.severity, one.reason.code, one.about) for one in drifting(found)]


def test_the_index_is_that_of_the_classes_of_the_reference():
    before = subject([0] * 50 + [1] * 30 + [2] * 20, [5] * 100)
    after = subject([0] * 40 + [1] * 30 + [2] * 30, [5] * 100)
    found = drift(before, after)
    assert found.factors[0].stability.index == pytest.approx(psi([50, 30, 20], [40, 30, 30]).index)
    assert found.factors[1].stability.index == 0
    assert found.factors[0].before == pytest.approx(0.7 * 6)
    assert found.factors[0].after == pytest.approx(0.9 * 6)
    assert (found.score.before, found.score.after) == (pytest.approx(24.2), pytest.approx(25.4))
    assert codes(found) == [("fine", "audit.score_stable", "")]


def test_what_has_moved_is_named():
    before = subject([*range(10)] * 20, [*range(10)] * 20)
    after = subject([n // 2 for n in range(10)] * 20, [*range(10)] * 20)
    found = drift(before, after)
    assert ("watch", "audit.factor_moved", "x") in codes(found)
    assert not [one for one in codes(found) if one[2] == "y"]


def test_what_is_missing_more_often_has_moved():
    before = subject([5] * 190 + [None] * 10, [1] * 200)
    after = subject([5] * 100 + [None] * 100, [1] * 200)
    assert codes(drift(before, after))[1][1:] == ("audit.factor_moved", "x")


def test_few_rows_make_no_claim():
    found = drift(subject([1] * 20, [1] * 20), subject([9] * 20, [9] * 20))
    assert codes(found) == [("unknown", "audit.drift_few", "")]
    assert codes(None) == [("unknown", "audit.drift_unasked", "")]


@pytest.mark.parametrize(
    ("days", "before"),
    [
        ([1, 2, 3, 4], 2),
        ([1, 1, 1, 2], 3),
        ([1, 2, 2, 2], 1),
        ([4, 1, 3, 2, np.nan], 2),
    ],
)
def test_halves_never_part_a_day(days, before):
    found = halves(subject([1] * len(days), [1] * len(days)), np.array(days, dtype=float))
    assert found.before == before
    assert found.before + found.after == 4


def test_one_day_has_no_halves():
    assert halves(subject([1, 2], [1, 2]), np.array([3.0, 3.0])) is None
    assert halves(subject([1], [1]), np.array([np.nan])) is None
