import pytest

from custseg.errors import ConfigError
from custseg.rules.soundness import check_bands, check_knots, check_numbers, known_words


def test_what_is_sound_passes():
    check_bands((1.0, 2.0), (0, 1, 2))
    check_knots(((0.0, 0), (1.0, 5)))
    check_numbers("sum", ())


@pytest.mark.parametrize("knots", [(), ((1.0, 0), (0.0, 5)), ((0.0, 0), (float("inf"), 1))])
def test_knots_that_are_no_lines_are_refused(knots):
    with pytest.raises(ConfigError, match="knots must"):
        check_knots(knots)


def test_words_keep_the_order_that_was_given():
    assert known_words(("low", None, "high"), ("high", "low")) == ("high", "low")
    assert known_words((1, None, 2.5), ()) == ()
    with pytest.raises(ConfigError, match="not among its labels"):
        known_words(("low",), ("high",))
