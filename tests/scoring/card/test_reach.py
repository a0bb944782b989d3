import pytest
from hypothesis import given

import anycard
from custseg.errors import ConfigError
from custseg.frames import compiled
from custseg.rules import Bands, Choice, F, Ladder, Line, Scaled, Sum
from custseg.scoring.card.reach import clamp, reach


@given(anycard.number_curves, anycard.worths, anycard.values)
def test_no_value_is_outside_the_reach(curve, worth, value):
    rule = curve.rule("x", round(worth * 100))
    least, most = reach(rule)
    assert least <= compiled(rule)({"x": value}) <= most


def test_what_missing_earns_does_not_count():
    assert reach(Bands("x", (1.0,), (0, 5), missing=9)) == (0, 5)
    assert reach(Choice("x", (("a", 3),), otherwise=-1, missing=9)) == (-1, 3)
    assert reach(Ladder(((F("x") > 1, 4),), 2)) == (2, 4)


def test_a_sum_is_clamped():
    parts = (Line("x", ((0.0, -50), (9.0, 70))), Bands("x", (), (10,), missing=0))
    assert reach(Sum(parts)) == (-40, 80)
    assert reach(Sum(parts, low=0, high=60)) == (0, 60)


@pytest.mark.parametrize(
    "rule",
    [
        Bands("x", (1.0,), ("low", "high")),
        Bands("x", (1.0,), (0, 5)),
        Bands("x", (1.0,), (0, 0.5), missing=0),
        Ladder(((F("x") > 1, 4),)),
        Choice("x", (("a", 3),), otherwise=None),
        Scaled(Line("x", ((0.0, 0),)), 100.0),
    ],
)
def test_words_fractions_and_nothing_are_no_points(rule):
    with pytest.raises(ConfigError, match="whole hundredths of points"):
        reach(rule)


def test_clamp_holds_on_both_sides():
    assert [clamp(n, 0, 10) for n in (-1, 0, 5, 10, 11)] == [0, 0, 5, 10, 10]
    assert clamp(-1, None, None) == -1
