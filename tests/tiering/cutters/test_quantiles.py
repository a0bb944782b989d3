from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import Cuts, Quantiles

money = st.decimals(-1000, 10_000, places=2).map(float)
some = st.lists(money | st.sampled_from([0.0, 10.0, 20.0]), min_size=1, max_size=40)
shares = st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True).map(
    lambda parts: tuple(p / 100 for p in sorted(parts))
)
ties = st.sampled_from(["down", "up", "middle"])


def exactly(values, share):
    ordered = sorted(map(Fraction, values))
    place = Fraction(str(share)) * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@given(some, shares, st.sampled_from(["down", "up"]))
def test_points_are_the_exact_quantiles_rounded_once(values, shares, ties):
    cuts = Quantiles(shares, ties=ties).cuts(np.array(values))
    assert cuts.points == tuple(float(exactly(values, s)) for s in shares)
    assert cuts.closed == ("right" if ties == "down" else "left")


@given(some, shares)
def test_points_agree_with_numpy(values, shares):
    np.testing.assert_allclose(
        Quantiles(shares).cuts(np.array(values)), np.quantile(values, shares), rtol=1e-12, atol=1e-9
    )


def test_a_share_is_the_decimal_it_is_written_as():
    hundred_and_one = np.arange(101.0) * 0.1
    (point,) = Quantiles((0.29,)).cuts(hundred_and_one)
    assert point == hundred_and_one[29]
    assert 0.29 * 100 < 29  # what floats make of it


@given(some, shares)
def test_middle_puts_equals_where_the_middle_of_their_ranks_is(values, shares):
    codes = Quantiles(shares, ties="middle").cuts(np.array(values)).codes(np.array(values))
    for value, code in zip(values, codes.tolist(), strict=True):
        below = sum(v < value for v in values)
        rank = Fraction(2 * below + values.count(value), 2 * len(values))
        assert code == sum(rank >= Fraction(str(s)) for s in shares)


@given(some, shares, ties, st.randoms())
def test_rows_have_no_order_and_missing_moves_nothing(values, shares, ties, rng):
    shuffled = [*values, float("nan")]
    rng.shuffle(shuffled)
    quantiles = Quantiles(shares, ties=ties)
    assert quantiles.cuts(np.array(shuffled)) == quantiles.cuts(np.array(values))


@given(some, shares)
def test_ties_that_go_down_keep_a_class_within_its_share_rounded_up(values, shares):
    codes = Quantiles(shares).cuts(np.array(values)).codes(np.array(values))
    for k, share in enumerate(shares, start=1):
        assert (codes >= k).sum() <= ceil((1 - Fraction(str(share))) * (len(values) - 1))


@pytest.mark.parametrize(("ties", "code"), [("down", 0), ("up", 2), ("middle", 1)])
def test_one_distinct_value_gets_one_class(ties, code):
    values = np.array([7.0, 7.0, 7.0])
    assert Quantiles((0.3, 0.8), ties=ties).cuts(values).codes(values).tolist() == [code] * 3


@pytest.mark.parametrize("ties", ["down", "up", "middle"])
def test_one_row_is_enough(ties):
    assert isinstance(Quantiles(ties=ties).cuts(np.array([3.0])), Cuts)


def test_nine_in_ten_alike_stay_together():
    values = np.array([1.0] * 90 + [2.0] * 6 + [3.0] * 4)
    codes = Quantiles((0.5, 0.95)).cuts(values).codes(values)
    assert np.bincount(codes).tolist() == [90, 6, 4]


def test_large_values_do_not_overflow():
    values = np.array([-1.7e308, 1.7e308])
    assert Quantiles((0.5,)).cuts(values).points == (0.0,)


def test_nothing_to_learn_from():
    with pytest.raises(NotEnoughDataError):
        Quantiles().cuts(np.array([np.nan]))
    with pytest.raises(DataError, match="infinite"):
        Quantiles().cuts(np.array([1.0, np.inf]))


@pytest.mark.parametrize("bad", [(), (0.0,), (1.0,), (float("nan"),), (0.8, 0.5), (0.5, 0.5)])
def test_impossible_shares_are_refused(bad):
    with pytest.raises(ConfigError, match="at must"):
        Quantiles(bad)


def test_an_unknown_tie_rule_is_refused():
    with pytest.raises(ConfigError, match="ties must be one of"):
        Quantiles(ties="first")


@given(some, shares, ties, st.data())
def test_a_whole_weight_is_a_repetition(values, shares, ties, data):
    size = len(values)
    weights = data.draw(st.lists(st.integers(0, 4), min_size=size, max_size=size).filter(any))
    weighed = Quantiles(shares, ties).cuts(np.array(values), np.array(weights, dtype=float))
    assert weighed == Quantiles(shares, ties).cuts(np.repeat(values, weights))


@given(some, shares, ties, st.data(), st.randoms())
def test_weights_have_no_order(values, shares, ties, data, rng):
    size = len(values)
    weights = data.draw(st.lists(st.floats(0.01, 9), min_size=size, max_size=size))
    rows = list(range(size))
    rng.shuffle(rows)
    quantiles = Quantiles(shares, ties)
    turned = quantiles.cuts(np.array(values)[rows], np.array(weights)[rows])
    assert turned == quantiles.cuts(np.array(values), np.array(weights))


def test_weights_below_one_in_all_are_one_customer():
    assert Quantiles((0.5,)).cuts(np.array([1.0, 2.0]), np.array([0.2, 0.3])).points == (2.0,)


def test_groups_of_equal_size():
    assert Quantiles.of(4).at == (0.25, 0.5, 0.75)
    assert Quantiles.of(5, "up") == Quantiles((0.2, 0.4, 0.6, 0.8), "up")
    values = np.arange(31.0)
    assert Quantiles.of(3).cuts(values).points == (10.0, 20.0)  # a third, not 0.3333333333333333
    assert np.bincount(Quantiles.of(10).cuts(values).codes(values)).max() <= 4
    with pytest.raises(ConfigError, match="at least 2"):
        Quantiles.of(1)


def test_why_equals_are_not_ranked():
    with pytest.raises(ConfigError, match=r"order of rows.*Quota"):
        Quantiles(ties="ordinal")
