"""Numbers of companies in registers outside China: LEI and VAT, with their check digits."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from custseg.values.junk import bare_code, filler
from custseg.values.reading import Reading

_GAPS: Final = re.compile(r"[\s\-_./]+")
_LEI: Final = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_LEI_LENGTH: Final = 20
_VAT: Final[Mapping[str, re.Pattern[str]]] = {
    country: re.compile(form)
    for country, form in {
        "AT": r"U[0-9]{8}",
        "BE": r"[01][0-9]{9}",
        "BG": r"[0-9]{9,10}",
        "CY": r"[0-9]{8}[A-Z]",
        "CZ": r"[0-9]{8,10}",
        "DE": r"[1-9][0-9]{8}",
        "DK": r"[0-9]{8}",
        "EE": r"[0-9]{9}",
        "EL": r"[0-9]{9}",
        "ES": r"[0-9A-Z][0-9]{7}[0-9A-Z]",
        "FI": r"[0-9]{8}",
        "FR": r"[0-9A-HJ-NP-Z]{2}[0-9]{9}",
        "GB": r"[0-9]{9}(?:[0-9]{3})?|(?:GD|HA)[0-9]{3}",
        "HR": r"[0-9]{11}",
        "HU": r"[0-9]{8}",
        "IE": r"[0-9][0-9A-Z+*][0-9]{5}[A-W][A-IW]?",
        "IT": r"[0-9]{11}",
        "LT": r"[0-9]{9}(?:[0-9]{3})?",
        "LU": r"[0-9]{8}",
        "LV": r"[0-9]{11}",
        "MT": r"[0-9]{8}",
        "NL": r"[0-9]{9}B[0-9]{2}",
        "PL": r"[0-9]{10}",
        "PT": r"[0-9]{9}",
        "RO": r"[0-9]{2,10}",
        "SE": r"[0-9]{12}",
        "SI": r"[0-9]{8}",
        "SK": r"[0-9]{10}",
        "XI": r"[0-9]{9}(?:[0-9]{3})?|(?:GD|HA)[0-9]{3}",
    }.items()
}


def read_lei(text: str | None) -> Reading:
    """Read a Legal Entity Identifier.

    Args:
        text: The identifier as it was typed, or None.

    Returns:
        The reading; problems are ``blank``, ``placeholder``, ``masked``, ``invalid_length``,
        ``invalid_characters`` and ``invalid_check_digit``.

    Source: ISO 17442-1; check digits by ISO/IEC 7064 MOD 97-10.

    Example:
        >>> read_lei("5493 00I0 9ZZL YPX1 5D16").problem
        'invalid_check_digit'
        >>> read_lei("HWUPKR0MPOU8FGXBT394").key
        'HWUPKR0MPOU8FGXBT394'
    """
    code = bare_code(text, _GAPS)
    if isinstance(code, Reading):
        return code
    if len(code) != _LEI_LENGTH:
        return Reading(code, None, "invalid_length")
    if not _LEI.fullmatch(code):
        return Reading(code, None, "invalid_characters")
    right = int("".join(str(int(letter, 36)) for letter in code)) % 97 == 1
    return Reading(code, code) if right else Reading(code, None, "invalid_check_digit")


def read_vat(text: str | None) -> Reading:
    """Read a VAT number of the European Union or the United Kingdom, with its country before it.

    Its form is checked for every country, the check digit for Belgium, Denmark, Finland, France
    (numbers with digits), Germany, Italy, Luxembourg, the Netherlands (the old form), Poland,
    Portugal and Slovenia.

    Args:
        text: The number as it was typed, or None.

    Returns:
        The reading; problems are ``blank``, ``placeholder``, ``masked``, ``repeated_digits``,
        ``sequential_digits``, ``invalid_country_code`` (none, or one that has no such numbers),
        ``invalid_characters`` and ``invalid_check_digit``.

    Source: European Commission, VIES, structure of VAT numbers; the check digits as the countries
    publish them (Germany: ISO/IEC 7064 MOD 11-10).

    Example:
        >>> read_vat("DE 136.695.976").key, read_vat("DE136695978").problem
        ('DE136695976', 'invalid_check_digit')
        >>> read_vat("136695976").problem
        'invalid_country_code'
    """
    code = bare_code(text, _GAPS)
    if isinstance(code, Reading):
        return code
    country, number = ("EL" if code[:2] == "GR" else code[:2]), code[2:]
    if country not in _VAT:
        return Reading(code, None, "invalid_country_code")
    if not _VAT[country].fullmatch(number):
        return Reading(code, None, "invalid_characters")
    junk = filler(number) if number.isdecimal() else None
    if junk:
        return Reading(problem=junk)
    check = _CHECKS.get(country)
    wrong = check is not None and number.isdecimal() and not check([int(c) for c in number])
    value = country + number
    return Reading(value, None if wrong else value, "invalid_check_digit" if wrong else None)


def _weighed(digits: list[int], *weights: int) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def _mod_11_10(digits: list[int]) -> bool:
    """ISO/IEC 7064 MOD 11-10."""
    product = 10
    for digit in digits[:-1]:
        product = 2 * ((digit + product) % 10 or 10) % 11
    return (11 - product) % 10 == digits[-1]


def _luhn(digits: list[int]) -> bool:
    doubled = [d if i % 2 else 2 * d - (9 if d > 4 else 0) for i, d in enumerate(digits[::-1], 1)]  # noqa: PLR2004
    return sum(doubled) % 10 == 0


def _belgian(digits: list[int]) -> bool:
    whole = int("".join(map(str, digits)))
    return 97 - whole // 100 % 97 == whole % 100


def _french(digits: list[int]) -> bool:
    whole = int("".join(map(str, digits[2:])))
    return (12 + 3 * (whole % 97)) % 97 == digits[0] * 10 + digits[1]


_CHECKS: Final[Mapping[str, Callable[[list[int]], bool]]] = {
    "BE": _belgian,
    "DE": _mod_11_10,
    "DK": lambda d: _weighed(d, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0,
    "FI": lambda d: _weighed(d, 7, 9, 10, 5, 8, 4, 2, 1) % 11 == 0,
    "FR": _french,
    "IT": _luhn,
    "LU": lambda d: (d[0] * 100000 + int("".join(map(str, d[1:6])))) % 89 == d[6] * 10 + d[7],
    "PL": lambda d: _weighed(d, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == d[9],
    "PT": lambda d: -_weighed(d, 9, 8, 7, 6, 5, 4, 3, 2) % 11 % 10 == d[8],
    "SI": lambda d: -_weighed(d, 8, 7, 6, 5, 4, 3, 2) % 11 % 10 == d[7],
}
