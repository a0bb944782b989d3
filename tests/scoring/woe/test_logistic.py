"""The line is the most likely one; it stays finite; no column counts against its evidence."""

import numpy as np
import pytest
from scipy.optimize import minimize

from custseg.measures.logistic import chances
from custseg.scoring.woe.logistic import fitted, positive


def sample(rows=400, slopes=(1.0, 0.5, -0.7), intercept=-1.0, seed=0):
    chance = np.random.default_rng(seed)
    evidence = chance.normal(size=(rows, len(slopes)))
    many = chance.integers(1, 5, rows).astype(float)
    won = chance.binomial(many.astype(int), chances(intercept + evidence @ np.array(slopes)))
    return evidence, many, won.astype(float)


@pytest.mark.parametrize("ridge", [0.0, 1.0, 25.0])
def test_nothing_is_more_likely(ridge):
    evidence, rows, cases = sample()

    def loss(at):
        score = at[0] + evidence @ at[1:]
        return 0.5 * ridge * at[1:] @ at[1:] - (cases * score - rows * np.logaddexp(0, score)).sum()

    found = minimize(loss, np.zeros(4), method="BFGS", options={"gtol": 1e-8})
    line = fitted(evidence, rows, cases, ridge)
    assert [line.intercept, *line.slopes] == pytest.approx(found.x, abs=1e-5)


def test_outcomes_that_part_perfectly_leave_finite_slopes():
    evidence = np.array([[-1.0], [1.0]])
    line = fitted(evidence, np.array([500.0, 500.0]), np.array([0.0, 500.0]), 1.0)
    assert 3 < line.slopes[0] < 20


def test_a_column_twice_is_shared_between_both():
    evidence, rows, cases = sample(slopes=(1.0,))
    line = fitted(np.repeat(evidence, 2, axis=1), rows, cases, 1.0)
    assert line.slopes[0] == pytest.approx(line.slopes[1])


def test_one_outcome_in_a_thousand():
    evidence, rows, cases = sample(20_000, (1.0,), -7.5)
    line = fitted(evidence, rows, cases, 1.0)
    said = chances(line.intercept + evidence @ line.slopes)
    assert (said * rows).sum() == pytest.approx(cases.sum(), rel=1e-6)


def test_columns_that_count_against_themselves_go_and_the_others_are_weighed_anew():
    evidence, rows, cases = sample()
    line, kept = positive(evidence, rows, cases, 1.0)
    assert kept == [0, 1]
    alone = fitted(evidence[:, :2], rows, cases, 1.0)
    assert line.slopes.tolist() == alone.slopes.tolist()


def test_none_may_be_left():
    line, kept = positive(*sample(slopes=(-1.0, -2.0)), 1.0)
    assert kept == []
    assert len(line.slopes) == 0
