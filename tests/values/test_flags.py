"""Yes and no in the words of people and systems."""

import pytest

from custseg.values.flags import flag


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (True, True),
        (0, False),
        ("YES", True),
        ("否", False),
        ("同意", True),
        (None, None),
        ("", None),
    ],
)
def test_words_of_both_languages(value, says):
    assert flag(value) is says


@pytest.mark.parametrize("value", ["maybe", 2, 0.5, "2026-01-01"])
def test_what_is_neither_yes_nor_no_is_not_guessed(value):
    assert flag(value) is None
