from fractions import Fraction

import numpy as np
import pytest

from custseg.tiering.breaks import exactly
from custseg.tiering.breaks.bounds import Spots
from custseg.tiering.breaks.exactly import Choice, Runs
from custseg.tiering.breaks.points import Points


def test_sums_of_runs_are_exact():
    values = np.array([0.1, 0.2, 0.3, 1e16, 1e-9])
    weights = np.array([3.0, 7.0, 0.1, 2.0, 5.0])
    points = Points.of(values, weights)
    runs = Runs.of(points, np.array([1, 3]))
    own = [Fraction(v) * Fraction(w) for v, w in zip(points.values, points.weights, strict=True)]
    assert runs.totals == (own[0], own[1] + own[2], own[3] + own[4])
    assert sum(runs.weights) == sum(map(Fraction, weights.tolist()))


def test_costs_cancel_nothing():
    points = Points.of(np.array([0.0, 1.0, 1e100]))
    cost, error = Runs.of(points, np.array([1, 2])).costs()
    assert cost[0, 2] == 0.5
    assert cost[0, 3] == pytest.approx(2e200 / 3)
    assert error < 1e-13


def test_runs_stay_what_they_are_as_points():
    points = Points.of(np.array([0.1, 0.2, 0.7, 0.9]))
    runs = Runs.of(points, np.array([2]))
    again = Runs.of(runs.points(), np.array([1]))
    middle = Fraction(float(sum(runs.totals) / 4))
    assert again.totals == tuple(total - 2 * middle for total in runs.totals)


def choice(size, k):
    points = Points.of(np.arange(size) * 1.0)
    return Choice.of(points, [Spots.single(np.arange(1, size))] * (k - 1))


def test_of_equals_the_highest_from_the_top():
    assert choice(8, 3).cuts() == ((3, 6), True)


def test_too_many_equals_are_chosen_without_a_proof(monkeypatch):
    monkeypatch.setattr(exactly, "_PAIRS", 0)
    assert choice(8, 3).cuts() == ((3, 6), False)
