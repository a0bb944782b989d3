"""Addresses: tidy to keep, and in one spelling to compare."""

import re
from typing import Final

from custseg.values import divisions
from custseg.values.junk import filler, substance
from custseg.values.reading import Reading
from custseg.values.tables import table
from custseg.values.text import close_gaps, has_han, plain

_LONGEST: Final = 300
_LETTER: Final = re.compile(r"[^\W\d_]")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_WORD: Final = re.compile(r"[^\W_]+")
_PAIRS: Final = (pair.partition(" ") for pair in table("streets")["short"])
_SHORT: Final[dict[str, str]] = {long: short for long, _, short in _PAIRS}
_BUILDING: Final = re.compile(r"号楼|号栋|幢|座(?=\d)")
_ROOM: Final = re.compile(r"(?:室|房|号房)$")


def read(text: str | None) -> Reading:
    """Read one address.

    The value is the address as it was typed, in plain characters. The key has the code of the
    Chinese division in place of its names, no spaces and stops, and one word for 栋, 幢 and 号楼;
    in Latin letters the short forms of street, road and the like.

    Args:
        text: The address as it was typed, or None.

    Returns:
        The reading; problems are ``blank``, ``placeholder``, ``repeated_digits``,
        ``sequential_digits``, ``invalid_characters`` and ``invalid_length``.

    Source: GB/T 2260; United States Postal Service, Publication 28, appendix C1 (suffixes).

    Example:
        >>> read("北京市朝阳区 建国路88号1号楼").key
        '110105建国路88号1栋'
        >>> read("12 Main Street, Apt. 4").key == read("12 MAIN ST APT 4").key
        True
        >>> read("无").problem
        'placeholder'
    """
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    value = close_gaps(clean)
    if len(value) > _LONGEST:
        return Reading(value, None, "invalid_length")
    if not _LETTER.search(value):
        digits = _NOT_WORD.sub("", value)
        junk = filler(digits) if digits.isdecimal() and digits.isascii() else None
        return Reading(problem=junk) if junk else Reading(value, None, "invalid_characters")
    return Reading(value, (_han_key(value) if has_han(value) else _latin_key(value)) or value)


def _han_key(value: str) -> str:
    """The key of a Chinese address."""
    found = divisions.find(value)
    rest = _NOT_WORD.sub("", plain(found.rest))
    rest = _ROOM.sub("", _BUILDING.sub("栋", rest))
    return (found.code or "") + rest


def _latin_key(value: str) -> str:
    """The key of an address in Latin letters."""
    words: list[str] = _WORD.findall(plain(value))
    return " ".join(_SHORT.get(word, word) for word in words)
