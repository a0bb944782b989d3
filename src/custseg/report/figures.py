"""How are numbers written on a page: counts, shares, money, days?"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from custseg.features.daynumbers import as_date
from custseg.frames import UNITS
from custseg.labels import filled, label

HIDDEN: Final = "…"
"""Stands where money of too few customers may not be shown."""

_MANY: Final = 100
_TENS: Final = 10
_WHOLE: Final = 0.9995


def words(code: str, locale: str, **slots: object) -> str:
    """A sentence of the page.

    Args:
        code: Its code; it stands in the labels as ``page.<code>``.
        locale: ``en`` or ``zh``.
        **slots: What it is about.

    >>> words("tile_part", "en", share="71.2%")
    '71.2% of all'
    """
    return filled(label(f"page.{code}", locale), **slots)


def joined(sentences: Iterable[str], locale: str) -> str:
    """Sentences one after the other, as the language sets them.

    >>> joined(("One.", "Two."), "en")
    'One. Two.'
    """
    return label("page.space", locale).strip("|").join(sentences)


def count(number: int) -> str:
    """A number of customers or rows.

    >>> count(12345)
    '12,345'
    """
    return f"{number:,}"


def share(part: float, whole: float) -> str:
    """A part of a whole; a hyphen where there is no whole.

    What is not all is not written as all, and what is not nothing not as nothing.

    >>> share(1, 3), share(0, 0), share(9_999, 10_000), share(1, 10_000)
    ('33.3%', '-', '>99.9%', '<0.1%')
    """
    if not whole:
        return "-"
    found = part / whole
    if _WHOLE <= found < 1:
        return ">99.9%"
    return "<0.1%" if 0 < found < 1 - _WHOLE else f"{100 * found:.1f}%"


def amount(units: int) -> str:
    """Money in full, without its cents.

    >>> amount(12_345_600)
    '1,235'
    """
    return f"{units / UNITS:,.0f}"


def brief(units: int, locale: str) -> str:
    """Money in few digits, as people say it.

    >>> brief(53_123_456_789, "en"), brief(-81_000, "en")
    ('5.31M', '-8')
    """
    whole = units / UNITS
    for scale in reversed(label("page.scales", locale).split()):
        size, _, mark = scale.partition(":")
        if abs(whole) >= float(size):
            return f"{_three(whole / float(size))}{mark}"
    return f"{whole:,.0f}"


def _three(number: float) -> str:
    """Three digits or more."""
    size = abs(number)
    places = 0 if size >= _MANY else 1 if size >= _TENS else 2
    return f"{number:,.{places}f}"


def day(number: float) -> str:
    """A day that is counted from 1970-01-01.

    >>> day(20634.0)
    '2026-06-30'
    """
    return as_date(number).isoformat()


def dated(when: date, locale: str) -> str:
    """A day as people write it.

    >>> dated(date(2026, 6, 30), "en")
    '30 June 2026'
    """
    month = label("page.months", locale).split()[when.month - 1]
    return words("day", locale, year=when.year, month=month, day=when.day)


def headed(text: str) -> str:
    """A heading begins with a capital letter.

    >>> headed("value tier")
    'Value tier'
    """
    return text[:1].upper() + text[1:]
