import json
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError
from custseg.measures import psi

PAIRS = st.integers(1, 6).flatmap(
    lambda size: st.tuples(*(st.lists(st.integers(0, 9_999), min_size=size, max_size=size),) * 2)
)


def test_by_hand():
    """Shares .5 .3 .2 become .4 .3 .3."""
    found = psi([50, 30, 20], [400, 300, 300])
    first, last = -0.1 * log(0.4 / 0.5), 0.1 * log(0.3 / 0.2)
    assert found.parts == pytest.approx((first, 0.0, last), rel=1e-12)
    assert found.index == pytest.approx(first + last, rel=1e-12)
    assert found.expected == (0.5, 0.3, 0.2)
    assert found.actual == (0.4, 0.3, 0.3)


def test_the_chance_is_that_of_a_chi_square():
    """One degree of freedom: index / (1/N + 1/M) = 3.841459 has 5 % above it."""
    found = psi([500, 500], [500, 560])
    statistic = found.index / (1 / 1000 + 1 / 1060)
    assert found.p_value == pytest.approx(float(2 * (1 - _normal(statistic**0.5))), abs=1e-9)


def _normal(x):
    from math import erf, sqrt

    return 0.5 * (1 + erf(x / sqrt(2)))


def test_where_nothing_moves_one_in_twenty_is_significant():
    draw = np.random.default_rng(17)
    shares = np.array([0.5, 0.3, 0.15, 0.05])
    found = [
        psi(draw.multinomial(3000, shares), draw.multinomial(2000, shares)).p_value
        for _ in range(2000)
    ]
    assert 0.035 < np.mean(np.array(found) < 0.05) < 0.065


@pytest.mark.parametrize(
    ("now", "shift"), [([50, 50], "stable"), ([68, 32], "moving"), ([80, 20], "moved")]
)
def test_limits(now, shift):
    assert psi([50, 50], now).shift == shift


def test_an_index_at_a_limit_is_beyond_it():
    index = psi([50, 50], [60, 40]).index
    assert psi([50, 50], [60, 40], limits=(index, 1.0)).shift == "moving"
    assert psi([50, 50], [60, 40], limits=(0.001, index)).shift == "moved"


def test_an_empty_class_counts_as_half_a_customer():
    found = psi([90, 10, 0], [80, 10, 10])
    assert found.parts[2] == pytest.approx((0.1 - 0.005) * log(0.1 / 0.005))
    assert found.expected[2] == 0.0
    assert psi([90, 10, 0], [80, 10, 10], empty=1).parts[2] == pytest.approx(0.09 * log(10))


def test_a_class_of_nobody_adds_nothing_and_takes_no_freedom():
    assert psi([50, 0, 50], [40, 0, 60]).parts[1] == 0.0
    assert psi([50, 0, 50], [40, 0, 60]).p_value == psi([50, 50], [40, 60]).p_value


def test_shares_are_certain():
    sure, seen = psi([0.5, 0.5], [560, 500]), psi([500, 500], [560, 500])
    assert sure.index == pytest.approx(seen.index)
    assert sure.p_value < seen.p_value
    assert psi([1, 0], [0, 1]).index == psi((1.0, 0.0), (0.0, 1.0)).index  # one customer each
    assert psi([0.5, 0.5, 0.0], [4, 4, 2]).parts[2] == pytest.approx((0.2 - 0.05) * log(4))


def test_shares_on_both_sides_have_an_index_and_no_chance():
    found = psi([0.2, 0.8], [0.3, 0.7])
    assert found.index == pytest.approx(psi([20, 80], [30, 70]).index)
    assert np.isnan(found.p_value)
    assert found.as_dict()["p_value"] is None
    counted = psi([200, 800], [0.3, 0.7])
    assert counted.p_value == pytest.approx(psi([0.3, 0.7], [200, 800]).p_value)
    assert psi([4, 4, 2], [0.5, 0.5, 0.0]).parts[2] == pytest.approx((0.2 - 0.05) * log(4))


def test_half_a_customer_is_not_guessed_from_shares():
    """As a count, shares of now would be one customer, and half of it half of all."""
    with pytest.raises(DataError, match="shares do not say of how many; give counts"):
        psi([0.2, 0.8, 0.0], [0.3, 0.6, 0.1])


@pytest.mark.parametrize("sides", [([], []), ([0, 0], [1, 2]), ([1, 2], [0, 0])])
def test_nobody_is_unknown(sides):
    found = psi(*sides)
    assert found.shift == "unknown"
    assert np.isnan(found.index)
    assert np.isnan(found.p_value)
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["index"] is None


def test_one_class_cannot_move():
    assert psi([3], [70]).index == 0.0
    assert psi([3], [70]).p_value == 1.0


@given(PAIRS)
def test_laws(sides):
    before, after = sides
    found, back = psi(before, after), psi(after, before)
    if found.shift == "unknown":
        assert not any(before) or not any(after)
        return
    assert found.index == pytest.approx(back.index)
    assert min(found.parts) >= 0
    assert sum(found.parts) == pytest.approx(found.index)
    assert 0 <= found.p_value <= 1
    assert psi(before, before).index == 0


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([1, 2], [1], "2 classes before and 1 now"),
        ([1, -2], [1, 1], "expected holds something that is no count"),
        ([1, 2], [1, np.nan], "actual holds something that is no count"),
        ([1, 2], [1, np.inf], "actual holds"),
        ([[1, 2]], [1, 2], "expected holds"),
        (["a", "b"], [1, 2], "expected holds something that is no number"),
        ([1, 2], "12", "actual holds something that is no"),
        ([1, 2], None, "actual holds something that is no"),
        ([1e308, 1e308], [1, 2], "expected holds something that is no count"),
    ],
)
def test_what_is_no_count_is_refused(before, after, told):
    with pytest.raises(DataError, match=told):
        psi(before, after)


@pytest.mark.parametrize(
    "settings",
    [
        {"empty": 0},
        {"empty": np.nan},
        {"limits": (0.2, 0.1)},
        {"limits": (0, 1)},
        {"limits": (0.1,)},
    ],
)
def test_settings(settings):
    with pytest.raises(ConfigError):
        psi([1], [1], **settings)
