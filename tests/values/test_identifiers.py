"""Check digits: published examples hold, one wrong character does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values import identifiers

# Known numbers: the example of GB 32100-2015 that is quoted everywhere, a listed company, and the
# example of GB 11643-1999 (annex A).
USCC = ("91350100M000100Y43", "91110108551385082Q")
CARD = "11010519491231002X"


@pytest.mark.parametrize("code", USCC)
def test_published_codes_hold(code: str):
    assert identifiers.read_uscc(code) == identifiers.Reading(code, code)


@pytest.mark.parametrize(
    "text", ["91350100m000100y43", "91350100 M000100Y43", "９１３５０１００Ｍ０００１００Ｙ４３"]
)
def test_a_code_in_other_spellings(text: str):
    assert identifiers.read_uscc(text).value == USCC[0]


@given(at=st.integers(0, 17), by=st.integers(1, 30))
def test_one_wrong_character_is_always_found(at: int, by: int):
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    code = USCC[0]
    wrong = letters[(letters.index(code[at]) + by) % 31]
    changed = code[:at] + wrong + code[at + 1 :]
    reading = identifiers.read_uscc(changed)
    assert reading.key is None
    assert reading.problem in {"invalid_check_digit", "invalid_characters"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("91350100M000100Y4", "invalid_length"),
        ("91350100I000100Y43", "invalid_characters"),
        ("000000000000000000", "repeated_digits"),
        ("暂无", "placeholder"),
        ("9135****M000100Y43", "masked"),
    ],
)
def test_bad_codes(text: str, problem: str):
    assert identifiers.read_uscc(text).problem == problem


def test_the_card_of_the_standard_holds():
    assert identifiers.read_id_card(CARD.lower()) == identifiers.Reading(CARD, CARD)


def test_an_old_card_is_the_same_person():
    old = CARD[:6] + CARD[8:17]
    reading = identifiers.read_id_card(old)
    assert (reading.value, reading.key) == (old, CARD)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("110105194912310021", "invalid_check_digit"),
        ("11010519490231002X", "impossible_date"),
        ("99010519491231002X", "invalid_region"),
        ("1101051949123100", "invalid_length"),
        ("11010519491231A02X", "invalid_characters"),
        ("110105********002X", "masked"),
        ("无", "placeholder"),
    ],
)
def test_bad_cards(text: str, problem: str):
    assert identifiers.read_id_card(text).problem == problem


@pytest.mark.parametrize("code", ["9144O3OO1922O38216", "9I4403001922038216"])
def test_letters_typed_for_digits_are_put_right(code: str) -> None:
    assert identifiers.read_uscc(code).key == "914403001922038216"


def test_a_letter_is_not_put_right_where_the_check_digit_fails() -> None:
    assert identifiers.read_uscc("9144O3OO1922O38217").problem == "invalid_characters"
