"""How things ended, in the words of people and systems."""

import pytest

from custseg.values.endings import ending


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (True, "won"),
        (0.0, "lost"),
        ("Closed-Won", "won"),
        ("closed_lost", "lost"),
        (" 已成交 ", "won"),
        ("战败", "lost"),
        ("进行中", "open"),
        ("--", "open"),
        ("  ", "open"),
    ],
)
def test_words_of_both_languages(value, says):
    assert ending(value) == says


@pytest.mark.parametrize("value", ["Engaging", 2, 0.5, None, "good"])
def test_what_does_not_say_is_not_guessed(value):
    assert ending(value) is None
