import numpy as np
import pytest

from custseg.frames import table
from custseg.measures import area
from custseg.scoring.auditing.periods import course, lasting
from custseg.scoring.auditing.subject import Subject

MONTH = np.array([19_723, 19_754, 19_783])  # the firsts of January, February and March 2024


def rows(strengths, size=400, seed=0, off=0.0):
    """A month for each strength of the score, even odds in the middle."""
    chance = np.random.default_rng(seed)
    said = chance.uniform(0.05, 0.95, size * len(strengths))
    strong = np.repeat(strengths, size)
    true = np.clip(0.5 + strong * (said - 0.5) + off, 0, 1)
    days = np.repeat(MONTH[: len(strengths)], size) + chance.integers(0, 28, len(said))
    return said, chance.random(len(said)) < true, days.astype(float)


def of(strengths, name="p", **how):
    said, won, days = rows(strengths, **how)
    subject = Subject.of(name, table([{"p": p, "s": 100 * p} for p in said.tolist()]))
    found = course(subject, won, np.ones(len(won), dtype=bool), days, 0.95)
    return found, (said, won, days)


def codes(found):
    return [(one.severity, one.reason.code) for one in lasting(found)]


def test_each_month_is_measured_by_itself():
    found, (said, won, days) = of([1.0, 1.0])
    assert found.unit == "week"
    monthly, _ = of([1.0, 1.0, 1.0])
    assert monthly.unit == "month"
    assert [str(one.until) for one in monthly.periods] == ["2024-01-31", "2024-02-29", "2024-03-31"]
    first = found.periods[0]
    inside = days <= first.until.toordinal() - 719_163
    assert first.rows == inside.sum()
    assert first.auc.value == pytest.approx(area(said[inside], won[inside]).value)
    assert first.said == pytest.approx(said[inside].mean())
    assert first.off.value == pytest.approx(won[inside].mean() - said[inside].mean())


def test_a_score_that_lasts_and_one_that_fades():
    assert codes(of([1.0, 1.0, 1.0])[0]) == [("fine", "audit.lasts")]
    faded = codes(of([1.0, 1.0, 0.2])[0])
    assert faded[0] == ("alarm", "audit.fades")


def test_chances_that_no_longer_come():
    said, won, days = rows([1.0, 1.0, 1.0])
    won[days >= MONTH[2]] &= np.arange((days >= MONTH[2]).sum()) % 2 == 0
    subject = Subject.of("p", table([{"p": p} for p in said.tolist()]))
    found = course(subject, won, np.ones(len(won), dtype=bool), days, 0.95)
    assert ("watch", "audit.misses") in codes(found)


def test_few_rows_make_no_claim():
    assert codes(of([1.0, 1.0, 1.0], size=30)[0]) == [("unknown", "audit.time_few")]
    assert codes(None) == [("unknown", "audit.time_unasked")]


def test_rows_without_a_day_are_counted():
    said, won, days = rows([1.0])
    days[:7] = np.nan
    subject = Subject.of("p", table([{"p": p} for p in said.tolist()]))
    found = course(subject, won, np.ones(len(won), dtype=bool), days, 0.95)
    assert found.undated == 7
    assert sum(one.rows for one in found.periods) == 393


def test_nobody_has_a_day():
    subject = Subject.of("p", table([{"p": 0.5}]))
    found = course(subject, np.array([True]), np.array([True]), np.array([np.nan]), 0.95)
    assert found.periods == ()
    assert codes(found) == [("unknown", "audit.time_few")]


def test_scores_that_are_no_chances_have_none():
    found, _ = of([1.0], name="s")
    assert np.isnan(found.periods[0].said)
    assert found.periods[0].off.holds(0.3)
