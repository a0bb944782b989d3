import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.sums import PlainSums, roundings, running


@pytest.mark.parametrize("size", [0, 1, 2047, 2048, 2049, 3000, 4096, 5000])
def test_running_sums_of_whole_numbers_are_exact(size):
    values = np.arange(size) % 97 * 1.0
    assert running(values).tolist() == [0.0, *np.cumsum(values).tolist()]


def test_rows_keep_long_sums_near_the_truth():
    values = np.random.default_rng(0).random(300_000)
    exact = np.cumsum(values.astype(np.longdouble))
    off = np.abs(running(values)[1:] - exact).max() / exact[-1]
    assert off < roundings(len(values)) < 300_000 * 2.0**-53


@given(st.lists(st.integers(-100, 100).map(float), min_size=1, max_size=20))
def test_a_class_costs_its_squares_about_its_mean(values):
    sums = PlainSums.of(Points.of(np.array(values)))
    (whole,) = sums.classes(np.array([0]), np.array([sums.size]))[0]
    assert whole == pytest.approx(float(np.var(values)) * len(values), abs=1e-7)


def test_an_empty_class_cannot_be():
    sums = PlainSums.of(Points.of(np.array([1.0, 2.0])))
    assert sums.classes(np.array([0, 1, 2]), np.array([1])).tolist() == [[0.0], [np.inf], [np.inf]]
