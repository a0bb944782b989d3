from itertools import product

import pytest

from custseg.errors import ConfigError
from custseg.scoring import Signal
from custseg.scoring.feedback.signals import KIND_ACTIONS, KIND_LEVELS, LEVELS, joined, rank
from custseg.values.feedback.reading import KINDS

PAIRS = list(product(range(LEVELS), repeat=2))


def test_every_pair_has_a_place_of_its_own():
    assert sorted(rank(*pair) for pair in PAIRS) == list(range(1, 17))


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in PAIRS for b in PAIRS if a != b])
def test_who_is_more_in_both_comes_first(one, other):
    if one[0] >= other[0] and one[1] >= other[1]:
        assert rank(*one) < rank(*other)


def test_of_equal_sums_what_is_both_comes_before_what_is_one():
    assert rank(2, 2) < rank(3, 1) < rank(1, 3)


@pytest.mark.parametrize(
    "wrong",
    [{"importance": 4}, {"urgency": -1}, {"importance": 1.5}, {"kinds": "complaints"}],
)
def test_levels_and_kinds_that_are_none_are_refused(wrong):
    with pytest.raises(ConfigError):
        Signal("x", **wrong)


def test_every_kind_has_levels_and_an_action():
    assert set(KIND_LEVELS) == set(KIND_ACTIONS) == set(KINDS)


def test_ones_own_come_first_and_known_ones_keep_their_place():
    codes = [signal.code for signal in joined([Signal("mine"), Signal("refund", 3, 3)])]
    assert codes[0] == "mine"
    assert codes.index("refund") > codes.index("safety")
