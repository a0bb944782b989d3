import numpy as np
import pytest

from custseg.errors import ConfigError, NotEnoughDataError
from custseg.measures import Tally, crossfit, logistic_map, monotone_map


def rate(seen):
    return lambda score: np.full(len(score), seen.rate)


def by_heart(seen):
    """What happened at just this score: sure of all, and wrong of what is new."""
    share = seen.cases / seen.size

    def told(score):
        at = np.clip(np.searchsorted(seen.score, score), 0, len(seen.score) - 1)
        return share[at]

    return told


WAYS = {
    "rate": rate,
    "line": lambda seen: logistic_map(seen).of,
    "isotonic": lambda seen: monotone_map(seen).of,
    "by heart": by_heart,
}


@pytest.fixture(scope="module")
def rows():
    chance = np.random.default_rng(9)
    score = chance.normal(0, 1, 3000)
    return Tally.of(score, chance.random(3000) < 1 / (1 + np.exp(-score)))


def test_every_row_is_tried_once(rows):
    found = crossfit(rows, WAYS)
    for name in WAYS:
        tally = found.tally(name)
        assert (tally.rows, tally.happened) == (rows.rows, rows.happened)


def test_folds_are_even_in_both_outcomes(rows):
    seen = []

    def learn(part):
        seen.append((part.happened, int(part.others.sum())))
        return lambda score: np.full(len(score), 0.5)

    crossfit(rows, {"noted": learn})
    many, few = rows.happened, int(rows.others.sum())
    for cases, others in seen:
        assert abs(cases - 0.8 * many) <= 1
        assert abs(others - 0.8 * few) <= 1


def test_what_is_learned_by_heart_is_found_out(rows):
    """Folds of neighbours in the order of scores would hide it."""
    found = crossfit(rows, WAYS)
    assert found.tally("by heart").brier > 1.6 * found.tally("line").brier
    assert found.gain("line", "by heart").low > 0
    assert found.gain("by heart", "line").high < 0


def test_the_true_form_is_best_and_the_loose_one_near(rows):
    found = crossfit(rows, WAYS)
    line, isotonic, alike = (found.tally(name).brier for name in ("line", "isotonic", "rate"))
    assert line < isotonic < alike
    gain = found.gain("line", "isotonic")
    assert gain.value == pytest.approx(isotonic - line)


def test_a_fresh_sample_agrees(rows):
    """Measured on other rows of the same kind, maps are as good as their folds said."""
    chance = np.random.default_rng(10)
    score = chance.normal(0, 1, 200_000)
    fresh = Tally.of(score, chance.random(len(score)) < 1 / (1 + np.exp(-score)))
    found = crossfit(rows, WAYS)
    for name in ("line", "isotonic", "rate"):
        there = fresh.mapped(WAYS[name](rows)(fresh.score)).brier
        assert found.tally(name).brier == pytest.approx(there, abs=0.012)


def test_the_interval_of_a_gain_is_that_of_paired_rows():
    tally = Tally(np.array([0.0, 1.0]), np.array([30, 70]), np.array([70, 30]))
    ways = {"a": rate, "b": lambda _: lambda score: np.where(score > 0, 0.7, 0.3)}
    found = crossfit(tally, ways, folds=2)
    some = [found.said[name] for name in "ab"]
    every = np.concatenate(
        [
            np.repeat((some[1] - y) ** 2 - (some[0] - y) ** 2, count)
            for y, count in ((1, found.cases), (0, found.others))
        ]
    )
    gain = found.gain("a", "b")
    assert gain.value == pytest.approx(every.mean())
    assert gain.high - gain.value == pytest.approx(1.959964 * every.std() / np.sqrt(200), rel=1e-5)


def test_too_little_is_said_to_be_so(rows):
    with pytest.raises(NotEnoughDataError, match="10 rows of each outcome, got 9"):
        crossfit(Tally(np.array([0.0, 1.0]), np.array([4, 5]), np.array([50, 50])), {"rate": rate})
    with pytest.raises(ConfigError, match="folds"):
        crossfit(rows, {"rate": rate}, folds=1)
