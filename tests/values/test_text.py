"""One spelling of the same characters."""

import pytest

from custseg.values.tables import longest_first, table
from custseg.values.text import close_gaps, has_han, plain, tidy


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("ＡＢＣ１２３", "ABC123"),
        ("（上海）", "(上海)"),
        ("a\u00a0\u3000b", "a b"),
        ("\ufeffa\u200bb\u200d", "ab"),
        ("a\tb\r\nc", "a b c"),
        ("e\u0301", "é"),
        ("㈱", "(株)"),
        ("\x00\x01", None),
        ("\u3164", None),
        ("", None),
        (None, None),
    ],
)
def test_tidy(text: str | None, clean: str | None):
    assert tidy(text) == clean


def test_han():
    assert has_han("々")
    assert not has_han("カナ abc é")


def test_gaps_close_between_chinese_characters_only():
    assert close_gaps("王 小 明 David Wang") == "王小明 David Wang"


def test_plain():
    assert plain("ÀÉÎ Straße") == "aei strasse"


def test_the_word_lists_hold_each_word_once_a_section():
    for subject in (
        "companies",
        "dialling",
        "junk",
        "names",
        "places",
        "opinions_en",
        "opinions_zh",
        "opinions_signs",
    ):
        for section, words in table(subject).items():
            assert len(words) == len(set(words)), (subject, section)
            assert all(word and word == word.strip() for word in words), (subject, section)


@pytest.mark.parametrize("name", ["opinions_en", "opinions_signs", "opinions_zh"])
def test_a_word_of_opinion_stands_in_one_section_only(name: str):
    placed = [w for part, words in table(name).items() if part != "source" for w in words]
    again = {word for word in placed if placed.count(word) > 1}
    doubles = set(table(name).get("doubles", ())) | set(table(name).get("corrects_at_start", ()))
    assert not again - doubles


def test_longest_first_is_stable():
    assert longest_first(("b", "ab", "a")) == ("ab", "a", "b")
