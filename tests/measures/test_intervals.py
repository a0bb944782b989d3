import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.measures import Estimate, difference, quantile, ratio, relative, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_examples_of_newcombe(part, whole, low, high):
    """Newcombe 1998, Statistics in Medicine 17, table I, method 3 (Wilson)."""
    found = wilson(np.array([part]), np.array([whole]), 0.95)
    assert [end.round(4).tolist() for end in found] == [[low], [high]]


def test_nobody_is_no_share():
    assert np.isnan(ratio(np.array([0]), np.array([0]))).all()
    low, high = wilson(np.array([0]), np.array([0]), 0.95)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_ends_are_shares_and_hold_the_share():
    whole = np.arange(1, 60)
    for part in (0 * whole, whole // 3, whole):
        low, high = wilson(part, whole, 0.9)
        share = part / whole
        assert (low >= 0).all()
        assert (high <= 1).all()
        assert (low <= share).all()
        assert (share <= high).all()


@pytest.mark.parametrize("level", [0.0, 1.0, -1.0, float("nan")])
def test_a_level_is_between_0_and_1(level):
    with pytest.raises(ConfigError, match="level: must be strictly between 0 and 1"):
        quantile(level)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((2, 7), (6, 7), 0.0582, 0.8062),
        ((0, 29), (5, 56), -0.0381, 0.1926),
        ((0, 20), (0, 10), -0.1611, 0.2775),
        ((0, 10), (10, 10), 0.6075, 1.0000),
    ],
)
def test_the_differences_of_newcombe(first, second, low, high):
    """Newcombe 1998, Statistics in Medicine 17(8), table II, method 10."""
    found = difference(first, second)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_a_difference_to_nobody_is_unknown():
    found = difference((1, 2), (0, 0))
    assert np.isnan(found.value)
    assert found.holds(0.5)
    assert not Estimate(0.2, 0.1, 0.3).holds(0.31)


def test_a_ratio_has_the_interval_of_katz():
    """By hand: ln 0.667 +- 1.96 * sqrt(1/30.5 - 1/100.5 + 1/20.5 - 1/100.5)."""
    found = relative((30, 100), (20, 100))
    half = 1.959964 * np.sqrt(1 / 30.5 + 1 / 20.5 - 2 / 100.5)
    assert found.value == pytest.approx(2 / 3)
    assert found.low == pytest.approx(20.5 / 30.5 * np.exp(-half), rel=1e-6)
    assert found.high == pytest.approx(20.5 / 30.5 * np.exp(half), rel=1e-6)


def test_intervals_of_ratios_keep_their_level():
    chance = np.random.default_rng(3)
    counts = zip(chance.binomial(150, 0.3, 600), chance.binomial(90, 0.15, 600), strict=True)
    held = [relative((int(a), 150), (int(b), 90)).holds(0.5) for a, b in counts]
    assert 0.92 < np.mean(held) < 0.98


def test_a_ratio_to_nobody_is_unknown_and_one_of_nothing_endless():
    assert np.isnan(relative((1, 2), (0, 0)).value)
    assert np.isnan(relative((0, 5), (0, 5)).value)
    assert relative((0, 5), (2, 5)).value == np.inf
    assert relative((2, 5), (0, 5)).value == 0
