"""The most likely weights, and the strength with which they are held."""

import numpy as np
import pytest
from scipy.optimize import minimize

from custseg.scoring.effects.field import Field
from custseg.scoring.prior.cells import Design
from custseg.scoring.prior.posterior import USUAL, Belief

AGE, SOURCE = Field("age", (30.0, 50.0)), Field("source", words=("fair", "talk"))


def drawn(rows, *, seed=0, against=1.0, extra=0.0):
    """Customers by a line of points, and by what their source adds besides."""
    draws = np.random.default_rng(seed)
    points = draws.normal(size=rows).round(2)
    at = [draws.integers(0, 4, rows), draws.integers(0, 4, rows)]
    odds = against * points + extra * (at[1] == 0)
    won = draws.random(rows) < 1 / (1 + np.exp(-odds))
    return Design.of(points, [AGE, SOURCE], at, won), points, at, won


def plain(design, weights, strength):
    """Minus the logarithm of the posterior, by the book."""
    odds = weights[0] + weights[1] * design.points
    for at, start in zip(design.at, design.starts, strict=True):
        odds = odds + weights[start + at]
    likely = design.cases * odds - design.rows * np.logaddexp(0, odds)
    age, missing, source = weights[2:5], weights[5], weights[6:]
    held = 0.5 * (age**2).sum() + (np.diff(age) ** 2).sum() + missing**2 + (source**2).sum()
    mean = np.log((design.cases.sum() + 0.5) / ((design.rows - design.cases).sum() + 0.5))
    start = 1e-6 * (weights[0] - mean) ** 2 + 4 * (weights[1] - 1) ** 2
    return 0.5 * (strength * held + start) - likely.sum()


@pytest.mark.parametrize("strength", [1.0, 20.0])
def test_the_weights_are_the_most_likely_ones(strength):
    design = drawn(80)[0]
    found = Belief(strength=strength).after(design).weights
    best = minimize(lambda w: plain(design, w, strength), np.zeros(design.width), tol=1e-12)
    assert found == pytest.approx(best.x, abs=1e-4)
    assert plain(design, found, strength) <= best.fun + 1e-9


def test_products_are_those_of_the_matrix_of_all_cells():
    design, points, at, _ = drawn(50)
    cells = [np.eye(size)[column] for size, column in zip((4, 4), at, strict=True)]
    matrix = np.column_stack((np.ones(50), points, *cells))
    ones = design.rows
    assert design.products(ones) == pytest.approx(matrix.T @ matrix)
    assert design.sums(ones) == pytest.approx(matrix.sum(axis=0))


def test_in_what_order_customers_come_changes_no_digit():
    _, points, at, won = drawn(200)
    order = np.random.default_rng(1).permutation(200)
    turned = Design.of(points[order], [AGE, SOURCE], [a[order] for a in at], won[order])
    straight = Design.of(points, [AGE, SOURCE], at, won)
    assert Belief().after(turned).weights.tolist() == Belief().after(straight).weights.tolist()


def test_points_that_are_right_are_held_firmly_and_wrong_ones_loosely():
    right = Belief().after(drawn(4000)[0])
    wrong = Belief().after(drawn(4000, extra=3.0)[0])
    assert right.strength >= USUAL > wrong.strength


def test_points_never_count_against_themselves():
    found = Belief().after(drawn(500, against=-1.0)[0])
    assert found.against
    assert found.weights[1] == pytest.approx(0.1, abs=1e-6)
