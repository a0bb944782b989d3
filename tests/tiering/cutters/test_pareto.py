from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import Cuts, Pareto

money = st.decimals(0, 10_000, places=2).map(float) | st.sampled_from([10.0, 20.0, 40.0, -5.0])
some = st.lists(money, min_size=1, max_size=40).filter(lambda v: max(v) > 0)
shares = st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True).map(
    lambda parts: tuple(p / 100 for p in parts)
)
ties = st.sampled_from(["up", "middle", "down"])


def by_hand(values, shares, ties):
    """Class of each value, by walking down from the largest in exact fractions."""
    exact = [Fraction(str(max(v, 0.0))) for v in values]
    whole, out = sum(exact), []
    for value in exact:
        before = sum(v for v in exact if v > value)
        spare = {"up": 0, "middle": Fraction(1, 2), "down": 1}[ties]
        spoken = before + spare * (exact.count(value) - 1) * value
        out.append(sum(spoken < Fraction(str(s)) * whole for s in shares) if value > 0 else 0)
    return out


@given(some, shares, ties)
def test_classes_are_those_of_a_walk_in_exact_fractions(values, shares, ties):
    codes = Pareto(shares, ties=ties).cuts(np.array(values)).codes(np.array(values))
    assert codes.tolist() == by_hand(values, shares, ties)


@given(some, shares, ties, st.randoms())
def test_rows_have_no_order_and_missing_moves_nothing(values, shares, ties, rng):
    shuffled = [*values, float("nan")]
    rng.shuffle(shuffled)
    pareto = Pareto(shares, ties=ties)
    assert pareto.cuts(np.array(shuffled)) == pareto.cuts(np.array(values))


@given(some, shares)
def test_a_class_and_those_above_hold_at_least_their_share(values, shares):
    pareto = Pareto(shares)
    codes = pareto.cuts(np.array(values)).codes(np.array(values))
    exact = [Fraction(str(max(v, 0.0))) for v in values]
    for k, share in enumerate(pareto.shares, start=1):
        held = sum(v for v, code in zip(exact, codes, strict=True) if code >= k)
        assert held >= Fraction(str(share)) * sum(exact)


def test_the_customer_with_nearly_everything_is_at_the_top():
    # The rule of other packages (share after the item) puts 96 % of the money into class C.
    values = np.array([96.0, 2.0, 1.0, 1.0])
    assert Pareto((0.95, 0.80)).cuts(values).codes(values).tolist() == [2, 0, 0, 0]


def test_the_line_falls_between_eighty_fifteen_and_five():
    assert Pareto((0.95, 0.80)).cuts(np.array([5.0, 80.0, 15.0])) == Cuts((15.0, 80.0))


def test_sums_of_cents_are_exact():
    values = np.array([0.9, 0.3, 0.2, 0.1])  # the first two hold 1.2 of 1.5: exactly 80 %
    assert Pareto((0.8,)).cuts(values).codes(values).tolist() == [1, 1, 0, 0]
    assert values[:2].sum() < 0.8 * values.sum()  # what floats make of it


def test_the_order_of_the_shares_is_free():
    assert Pareto((0.80, 0.95)) == Pareto((0.95, 0.80)) == Pareto()


@pytest.mark.parametrize(("ties", "code"), [("up", 2), ("middle", 2), ("down", 0)])
def test_equal_customers_stay_together(ties, code):
    values = np.full(30, 9.0)
    assert Pareto(ties=ties).cuts(values).codes(values).tolist() == [code] * 30


def test_amounts_beyond_cents_and_beyond_int64_are_summed_as_floats():
    fine = np.array([1 / 3, 1 / 7, 1e-9])
    assert Pareto((0.5,)).cuts(fine).codes(fine).tolist() == [1, 0, 0]
    huge = np.array([1.7e308, 1.7e308, 1e300])
    assert Pareto((0.5,)).cuts(huge).codes(huge).tolist() == [1, 1, 0]


def test_zero_and_less_are_in_the_lowest_class():
    values = np.array([-50.0, 0.0, 100.0])
    assert Pareto((0.9999,)).cuts(values).codes(values).tolist() == [0, 0, 1]


@pytest.mark.parametrize("values", [[], [np.nan], [0.0, -1.0]])
def test_nothing_to_learn_from(values):
    with pytest.raises(NotEnoughDataError, match="Thresholds"):
        Pareto().cuts(np.array(values))


def test_infinite_values_are_refused():
    with pytest.raises(DataError, match="infinite"):
        Pareto().cuts(np.array([1.0, np.inf]))


@pytest.mark.parametrize("bad", [(), (0.0,), (1.0,), (0.8, 0.8)])
def test_impossible_shares_are_refused(bad):
    with pytest.raises(ConfigError, match="shares must"):
        Pareto(bad)


def test_an_unknown_tie_rule_is_refused():
    with pytest.raises(ConfigError, match="ties must be one of"):
        Pareto(ties="first")


@given(some, shares, ties, st.data())
def test_a_whole_weight_is_a_repetition(values, shares, ties, data):
    size = len(values)
    weights = data.draw(st.lists(st.integers(1, 4), min_size=size, max_size=size))
    weighed = Pareto(shares, ties=ties).cuts(np.array(values), np.array(weights, dtype=float))
    assert weighed == Pareto(shares, ties=ties).cuts(np.repeat(values, weights))


def test_weights_need_not_be_whole():
    values = np.array([10.0, 5.0, 1.0])
    cuts = Pareto((0.8,)).cuts(values, np.array([0.5, 2.0, 0.25]))
    assert cuts.points == (5.0,)
