from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.tiering.breaks.errorfree import limbs, two_product, two_sum

floats = st.floats(-1e100, 1e100)
several = st.lists(
    st.floats(-1e30, 1e30) | st.floats(-1, 1) | st.sampled_from([0.0, 5e-324, 1e-300]),
    min_size=1,
    max_size=30,
)


@given(floats, floats)
def test_nothing_is_lost_of_a_sum(a, b):
    high, low = two_sum(np.array([a]), np.array([b]))
    assert Fraction(float(high[0])) + Fraction(float(low[0])) == Fraction(a) + Fraction(b)


@given(
    st.floats(-1e50, 1e50).filter(lambda x: not 0 < abs(x) < 1e-50), st.integers(-(10**9), 10**9)
)
def test_nothing_is_lost_of_a_product(a, b):
    high, low = two_product(np.array([a]), np.array([float(b)]))
    assert Fraction(float(high[0])) + Fraction(float(low[0])) == Fraction(a) * b


@given(several, st.randoms())
def test_parts_add_up_exactly_in_any_order(values, rng):
    parts = list(limbs(np.array(values), len(values)))
    order = list(range(len(values)))
    rng.shuffle(order)
    whole = sum(Fraction(float(np.cumsum(part[order])[-1])) for part in parts)
    assert whole == sum(map(Fraction, values))


def test_no_values_have_no_parts():
    assert list(limbs(np.zeros(3), 3)) == []
    assert list(limbs(np.zeros(0), 0)) == []
