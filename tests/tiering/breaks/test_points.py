from fractions import Fraction

import numpy as np

from custseg.tiering.breaks.points import Mean, Points


def test_equal_values_are_one_point():
    points = Points.of(np.array([3.0, 1.0, np.nan, 3.0, 1.0, 1.0]))
    assert points.values.tolist() == [1.0, 3.0]
    assert points.weights.tolist() == [3.0, 2.0]
    assert points.whole


def test_sums_of_broken_weights_are_not_exact():
    assert not Points.of(np.array([1.0, 2.0]), np.array([0.1, 0.2])).whole
    assert not Points.of(np.array([1.0, 2.0]), np.array([2.0**53, 2.0**53])).whole


def test_a_part_knows_its_means():
    means = {0: Mean(Fraction(1, 2), 1.5), 2: Mean(Fraction(-1, 4), 9.5)}
    points = Points(np.array([1.0, 5.0, 9.0]), np.array([4.0, 1.0, 2.0]), means)
    assert points.blur == 0.75
    assert [points.end(i) for i in range(3)] == [1.5, 5.0, 9.5]
    part = points.part(1, 3)
    assert part.means == {1: means[2]}
    assert [part.end(i) for i in range(2)] == [5.0, 9.5]
