"""Official numbers with check digits: companies and persons in China."""

import re
from datetime import date
from operator import mul
from typing import Final

from custseg.values.junk import bare_code
from custseg.values.reading import Reading

_USCC_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC: Final = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}")
_USCC_LENGTH: Final = 18
_USCC_PLACES: Final = {letter: place for place, letter in enumerate(_USCC_LETTERS)}
_USCC_WEIGHTS: Final = tuple(pow(3, i, 31) for i in range(17))
# Letters that no code has, typed for the digits that look like them.
_LOOKALIKES: Final = str.maketrans("IOZS", "1025")
_CARD: Final = re.compile(r"[1-9][0-9]{5}[0-9]{8}[0-9]{3}[0-9X]")
_OLD_CARD: Final = re.compile(r"[1-9][0-9]{14}")
_CARD_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECKS: Final = "10X98765432"
_CARD_LENGTH: Final = 18
_PROVINCE: Final = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_GAPS: Final = re.compile(r"[\s\-_.]+")


def read_uscc(text: str | None) -> Reading:
    """Read a unified social credit code (统一社会信用代码).

    A letter O typed for 0 and the like is put right if the check digit then holds.

    Args:
        text: The code as it was typed, or None.

    Returns:
        The reading; problems are ``blank``, ``placeholder``, ``repeated_digits``,
        ``sequential_digits``, ``masked``, ``invalid_length``,
        ``invalid_characters`` and ``invalid_check_digit``.

    Source: GB 32100-2015: eighteen characters of thirty-one, weights ``3**i mod 31``.

    Example:
        >>> read_uscc("91350100m000100y43").value
        '91350100M000100Y43'
        >>> read_uscc("91350100M000100Y44").problem
        'invalid_check_digit'
    """
    start = bare_code(text, _GAPS)
    if isinstance(start, Reading):
        return start
    if len(start) != _USCC_LENGTH:
        return Reading(start, None, "invalid_length")
    if not _USCC.fullmatch(start):
        meant = start.translate(_LOOKALIKES)
        sure = _USCC.fullmatch(meant) is not None and _uscc_holds(meant)
        return Reading(meant, meant) if sure else Reading(start, None, "invalid_characters")
    holds = _uscc_holds(start)
    return Reading(start, start if holds else None, None if holds else "invalid_check_digit")


def _uscc_holds(code: str) -> bool:
    """Whether the last character of a code is the one that the others ask for."""
    places = map(_USCC_PLACES.__getitem__, code)
    total = sum(map(mul, places, _USCC_WEIGHTS))
    return _USCC_LETTERS[-total % 31] == code[-1]


def read_id_card(text: str | None) -> Reading:
    """Read a resident identity number (居民身份证号).

    A number of the old form (fifteen digits) keeps its value; its key is the
    number of eighteen that the same person has now.

    Args:
        text: The number as it was typed, or None.

    Returns:
        The reading; problems are ``blank``, ``placeholder``, ``repeated_digits``,
        ``sequential_digits``, ``masked``, ``invalid_length``,
        ``invalid_characters``, ``invalid_region``, ``impossible_date`` and
        ``invalid_check_digit``.

    Source: GB 11643-1999 and ISO 7064 MOD 11-2.

    Example:
        >>> read_id_card("11010519491231002x").value
        '11010519491231002X'
        >>> read_id_card("110105194912310021").problem
        'invalid_check_digit'
    """
    start = bare_code(text, _GAPS)
    if isinstance(start, Reading):
        return start
    old = _OLD_CARD.fullmatch(start)
    if len(start) != _CARD_LENGTH and not old:
        return Reading(start, None, "invalid_length")
    full = _modern(start) if old else start
    if not _CARD.fullmatch(full):
        return Reading(start, None, "invalid_characters")
    wrong = _wrong_card(full)
    return Reading(start, None if wrong else full, wrong)


def _modern(old: str) -> str:
    """The number of eighteen for one of fifteen: the century and the check digit added."""
    body = f"{old[:6]}19{old[6:]}"
    return body + _card_check(body)


def _card_check(body: str) -> str:
    """The last character of an identity number."""
    total = sum(map(mul, map(int, body), _CARD_WEIGHTS))
    return _CARD_CHECKS[total % 11]


def _wrong_card(card: str) -> str | None:
    """What is wrong inside a number of the right shape."""
    if not _PROVINCE.match(card):
        return "invalid_region"
    try:
        date(int(card[6:10]), int(card[10:12]), int(card[12:14]))
    except ValueError:
        return "impossible_date"
    return None if _card_check(card[:-1]) == card[-1] else "invalid_check_digit"
