import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError
from custseg.scoring.points import (
    check_finite,
    check_positive,
    check_shares,
    hundredths,
    part_of,
)


@given(st.integers(-(10**9), 10**9))
def test_points_with_two_decimals_come_back_exactly(whole):
    assert hundredths(whole / 100) == whole


@given(st.integers(-(10**6), 10**6), st.floats(-1, 1), st.floats(-1, 1))
def test_more_share_is_never_less_of_a_worth(worth, one, other):
    low, high = sorted((one, other))
    parts = part_of(abs(worth), low), part_of(abs(worth), high)
    assert parts[0] <= parts[1]


def test_a_part_is_rounded_half_up():
    assert [part_of(5, share) for share in (0.1, 0.3, 0.5, -0.1, -0.3)] == [1, 2, 3, 0, -1]


@pytest.mark.parametrize("shares", [[1.01], [-2], [float("nan")], [0.5, float("inf")]])
def test_shares_outside_are_refused(shares):
    with pytest.raises(ConfigError, match="missing must be shares of the worth, from -1 to 1"):
        check_shares("missing", shares)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_numbers_must_be_finite(number):
    with pytest.raises(ConfigError, match="worth must be finite"):
        check_finite("worth", 1.0, number)


@pytest.mark.parametrize("number", [0.0, -1.0, float("nan"), float("inf")])
def test_sizes_must_be_above_zero(number):
    with pytest.raises(ConfigError, match="cap must be finite and above 0"):
        check_positive("cap", number)
