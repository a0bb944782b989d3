import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import NotEnoughDataError
from custseg.measures import Tally, calibration_line, logistic_map
from custseg.measures.logistic import chances, log_odds


def sample(rows=400, seed=3):
    chance = np.random.default_rng(seed)
    score = np.round(chance.normal(50, 15, rows), 1)
    return score, chance.random(rows) < chances((score - 55) / 9)


def test_the_line_is_that_of_scikit_learn_on_targets_of_platt():
    linear = pytest.importorskip("sklearn.linear_model")
    score, came = sample()
    tally = Tally.of(score, came)
    found = logistic_map(tally)
    top, bottom = (came.sum() + 1) / (came.sum() + 2), 1 / ((~came).sum() + 2)
    soft = np.where(came, top, bottom)
    x, y = np.concatenate((score, score))[:, None], np.repeat([1, 0], len(score))
    model = linear.LogisticRegression(C=1e12, tol=1e-12, max_iter=1000)
    model.fit((x - 50) / 15, y, np.concatenate((soft, 1 - soft)))
    slope = model.coef_[0, 0] / 15
    assert found.slope == pytest.approx(slope, rel=1e-6)
    assert found.intercept == pytest.approx(model.intercept_[0] - 50 * slope, rel=1e-6)


def test_a_perfect_score_is_not_endlessly_steep():
    found = logistic_map(Tally.of(np.arange(10.0), np.arange(10) > 4))
    assert 0.5 < found.of(np.array([9.0]))[0] < 1
    assert 0 < found.of(np.array([0.0]))[0] < 0.5


def test_scores_that_are_all_alike_say_the_share_of_all():
    found = logistic_map(Tally.of(np.full(100, 7.0), np.arange(100) < 25))
    assert found.slope == 0
    assert found.of(np.array([7.0]))[0] == pytest.approx(0.25, abs=0.01)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.booleans()), min_size=2, max_size=40))
def test_probabilities_stay_strictly_between_0_and_1(rows):
    came = np.array([case for _, case in rows])
    score = np.array([score for score, _ in rows])
    if came.all() or not came.any():
        with pytest.raises(NotEnoughDataError):
            logistic_map(Tally.of(score, came))
        return
    said = logistic_map(Tally.of(score, came)).of(score)
    assert ((said > 0) & (said < 1)).all()
    # the line keeps the sum of the targets
    top, bottom = (came.sum() + 1) / (came.sum() + 2), 1 / ((~came).sum() + 2)
    assert said.sum() == pytest.approx(np.where(came, top, bottom).sum(), abs=1e-4)


def test_what_is_missing_stays_missing():
    assert np.isnan(logistic_map(Tally.of(*sample())).of(np.array([np.nan]))).all()


def test_true_probabilities_have_a_slope_of_1():
    samples = [sample(1000, seed) for seed in range(100)]
    lines = [calibration_line(Tally.of(chances((s - 55) / 9), came)) for s, came in samples]
    assert sum(line.slope.holds(1.0) for line in lines) == pytest.approx(95, abs=5)
    assert sum(line.intercept.holds(0.0) for line in lines) == pytest.approx(95, abs=5)
    assert all(0.15 < line.slope.high - line.slope.low < 0.35 for line in lines)


def test_too_sure_is_a_slope_below_1_and_too_much_an_intercept_below_0():
    score, came = sample(20_000)
    too_sure = calibration_line(Tally.of(chances((score - 55) / 4.5), came))
    assert too_sure.slope.value == pytest.approx(0.5, abs=0.03)
    too_much = calibration_line(Tally.of(chances((score - 55) / 9 + 1), came))
    assert too_much.intercept.value == pytest.approx(-1, abs=0.06)
    assert too_much.slope.value == pytest.approx(1, abs=0.06)


def test_the_figures_of_cox_are_those_of_scikit_learn():
    linear = pytest.importorskip("sklearn.linear_model")
    score, came = sample(1000)
    logit = (score - 52) / 6
    model = linear.LogisticRegression(C=1e12, tol=1e-12, max_iter=1000)
    model.fit(logit[:, None], came)
    found = calibration_line(Tally.of(chances(logit), came))
    assert found.slope.value == pytest.approx(model.coef_[0, 0], rel=1e-6)
    shifted = chances(logit + found.intercept.value)
    assert shifted.sum() == pytest.approx(came.sum(), rel=1e-9)


@pytest.mark.parametrize(
    ("score", "came"),
    [
        ([0.2, 0.8], [False, False]),
        ([0.2, 0.3, 0.7, 0.8], [False, False, True, True]),
        ([0.5, 0.5], [True, False]),
    ],
)
def test_a_slope_that_the_rows_do_not_tell_is_unknown(score, came):
    found = calibration_line(Tally.of(np.array(score), np.array(came)))
    assert np.isnan(found.slope.value)
    assert found.slope.holds(1.0)


@given(st.floats(0.001, 0.999))
def test_a_chance_comes_back_from_its_log_odds(chance):
    assert chances(log_odds(np.array([chance]), 1e-6))[0] == pytest.approx(chance)


def test_log_odds_are_held_so_far_from_the_ends():
    ends = log_odds(np.array([0.0, 1.0]), 0.25)
    assert ends.tolist() == log_odds(np.array([0.25, 0.75]), 0.0).tolist()
