import numpy as np
import pytest

from custseg.errors import ConfigError, NotEnoughDataError
from custseg.tiering import NaturalBreaks

SPENT = np.array([1.0, 2, 3, 4, 5, 6, 50, 51, 400])


def sizes(spec):
    return spec.breaks(SPENT).sizes


def test_a_class_has_at_least_so_many_customers():
    assert sizes(NaturalBreaks(3)) == (6, 2, 1)
    assert sizes(NaturalBreaks(3, at_least=2)) == (5, 2, 2)
    assert sizes(NaturalBreaks(3, at_least=3)) == (3, 3, 3)


def test_or_a_share_of_them():
    assert sizes(NaturalBreaks(3, at_least=1 / 3)) == (3, 3, 3)
    assert sizes(NaturalBreaks(3, at_least=(0, 0, 0.2))) == (6, 1, 2)


def test_a_class_holds_at_most_a_share():
    assert sizes(NaturalBreaks(3, at_most=0.5)) == (4, 4, 1)
    assert sizes(NaturalBreaks(3, at_most=(1, 0.12, 1))) == (7, 1, 1)


def test_limits_that_the_best_breaks_keep_change_nothing():
    assert NaturalBreaks(3, at_least=1, at_most=0.7).breaks(SPENT) == NaturalBreaks(3).breaks(SPENT)


def test_equal_values_are_never_split_to_keep_a_limit():
    many = np.array([1.0] * 8 + [2.0, 3.0])
    with pytest.raises(NotEnoughDataError, match=r"at_most=\[0.5\]: 3 different values of 10"):
        NaturalBreaks(2, at_most=0.5).cuts(many)


def test_too_few_customers_are_an_error_that_says_so():
    with pytest.raises(NotEnoughDataError, match=r"no 3 classes keep at_least=\[4.0\]"):
        NaturalBreaks(3, at_least=4).cuts(SPENT)


def test_limits_speak_of_classes_that_hold_anything():
    assert NaturalBreaks(5, at_least=2).cuts(np.array([1.0, 1.0, 7.0, 7.0])).points[0] == 1.0


def test_weights_are_what_limits_count():
    values, weights = np.array([1.0, 2.0, 3.0, 30.0]), np.array([0.25, 0.25, 0.25, 0.25])
    assert NaturalBreaks(2, at_least=0.5).cuts(values, weights).points == (2.0,)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"at_least": -1}, "0 or more"),
        ({"at_least": float("nan")}, "0 or more"),
        ({"at_least": 0.4}, "more than all"),
        ({"at_least": (1, 2)}, "one for each of 3"),
        ({"at_most": 0}, "shares above 0"),
        ({"at_most": 2}, "shares above 0"),
        ({"at_most": 0.3}, "less than all"),
        ({"at_least": (0, 0, 0.2), "at_most": (1, 1, 0.1)}, "above at_most"),
    ],
)
def test_limits_that_nothing_can_keep_are_refused_before_there_is_data(limits, said):
    with pytest.raises(ConfigError, match=said):
        NaturalBreaks(3, **limits)
