"""Shares are decided on exact sums: nothing depends on how floats are added up."""

from fractions import Fraction
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.tiering.wholes import Wholes, limit, twice_before

SIZES = st.lists(st.floats(1e-12, 1e15), min_size=1, max_size=20, unique=True)
CENTS = st.lists(st.integers(1, 10**9), min_size=1, max_size=20, unique=True)


def of(sizes, counts):
    falling = np.array(sorted(sizes, reverse=True))
    return Wholes.of(falling, np.resize(np.array(counts), len(falling)))


def by_hand(found, sizes):
    """Cumulative sums of exact sizes."""
    pairs = zip(sizes, found.counts.tolist(), strict=True)
    return list(accumulate(size * count for size, count in pairs))


@given(sizes=SIZES, counts=st.lists(st.integers(1, 2**20), min_size=1, max_size=5))
def test_sums_are_exact(sizes, counts):
    found = of([*sizes, 1 / 3], counts)
    upto = [found.upto(place) for place in range(len(found.sizes))]
    exact = by_hand(found, [Fraction(size) for size in found.sizes.tolist()])
    assert [u * exact[-1] for u in upto] == [e * upto[-1] for e in exact]


@given(cents=CENTS, counts=st.lists(st.integers(1, 2**20), min_size=1, max_size=5))
def test_money_is_summed_as_it_is_meant(cents, counts):
    found = of([c / 100 for c in cents], counts)
    upto = [found.upto(place) for place in range(len(cents))]
    assert upto == [100 * total for total in by_hand(found, sorted(cents, reverse=True))]


def test_money_without_end_and_numbers_of_any_size_are_exact_too():
    for sizes in ([2e15, 1e15, 0.25], [1e300, 1.0, 1e-300]):
        found = of(sizes, [1])
        exact = by_hand(found, [Fraction(size) for size in sizes])
        assert [found.upto(i) * exact[-1] for i in range(3)] == [e * found.upto(2) for e in exact]
    assert found.upto(-1) == 0


@pytest.mark.parametrize("speaker", [0, 1, 2])
@given(cents=st.lists(st.integers(1, 50), min_size=1, max_size=30), share=st.fractions(0, 1))
def test_who_is_inside_has_less_than_the_share_before(speaker, cents, share):
    sizes, counts = np.unique(np.array(cents) / 100, return_counts=True)
    found = Wholes.of(sizes[::-1], counts[::-1])
    whole, before, inside = sum(cents), 0, 0
    for size in sorted(set(cents), reverse=True):
        many = cents.count(size)
        held = 2 * before + speaker * (many - 1) * size
        inside += held < 2 * whole * share
        before += size * many
    assert found.inside(share, speaker) == inside


def test_halves_of_equals_stay_whole():
    assert limit(5, Fraction(1, 2)) == 5
    assert twice_before(20, 5, 4, 1) == 15
