"""Values that say nothing: placeholders, filler digits, masked values."""

import re
from typing import Final

from custseg.values.mojibake import lost, repair
from custseg.values.reading import NOTHING, Reading
from custseg.values.tables import table
from custseg.values.text import tidy

_WORDS: Final = frozenset(table("junk")["chinese"] + table("junk")["others"])
_EDGES: Final = " \t-_=~*.,;:!?/\\|<>()[]{}'\"`。,、…—·"
_MASK: Final = re.compile(
    r"\*{2,}|[0-9][*\u00d7]+[0-9]|(?<=\w)\*|[●•]{3,}|[0-9]x{3,}[0-9]", re.IGNORECASE
)
_LETTERS: Final = re.compile(r"\ufffd|锟斤拷|烫|屯|[\W_]")
_UP: Final = "01234567890123456789"
_DOWN: Final = _UP[::-1]
_FILLER: Final = 5
_RUN: Final = 6
_LONG: Final = 8


def placeholder(text: str | None) -> bool:
    """Whether the text only stands in for a value.

    Args:
        text: Any text; None and blank are missing, not placeholders.

    Example:
        >>> [placeholder(text) for text in ("暂无", "N/A", "-- Select --", "---", "Selby")]
        [True, True, True, True, False]
    """
    clean = tidy(text)
    return clean is not None and stands_in(clean)


def outer_letters() -> frozenset[tuple[str, str, str]]:
    """The first two letters and the last of every word that stands in for a value.

    A text between two letters or digits is a placeholder only if its own are among them, or if
    they are digits. A word of one letter has no second.

    Example:
        >>> ("n", "/", "a") in outer_letters(), ("无", "", "无") in outer_letters()
        (True, True)
    """
    return frozenset((word[0], word[1:2], word[-1]) for word in _WORDS)


def substance(text: str | None) -> str | Reading:
    """The tidy text, brought back if it was misread; or the reading of a text that holds nothing.

    Args:
        text: Any text or None.

    Example:
        >>> substance(" ACME "), substance("暂无").problem
        ('ACME', 'placeholder')
    """
    if text is None:
        return NOTHING
    clean = tidy(repair(text) or text)
    while clean and (fixed := repair(clean)):
        clean = tidy(fixed)
    if clean is None:
        return Reading(problem="blank")
    if lost(clean):
        # Nothing but destroyed characters holds nothing; of other texts a part can still be read.
        return Reading(clean if _LETTERS.sub("", clean) else None, None, "lost_characters")
    return Reading(problem="placeholder") if stands_in(clean) else clean


def stands_in(clean: str) -> bool:
    """Whether a tidy text is a placeholder.

    >>> stands_in("n/a."), stands_in("Selby")
    (True, False)
    """
    word = clean.casefold()
    if word in _WORDS:
        return True
    bare = word.strip(_EDGES)
    return bare != word and (not bare or bare in _WORDS)


def filler(digits: str) -> str | None:
    """Why a number looks typed to fill a field, None if it does not.

    Args:
        digits: The digits of a number, nothing else.

    Returns:
        ``repeated_digits`` for one digit over and over (five or more),
        ``sequential_digits`` for a run up or down the keyboard (six or more).

    Example:
        >>> filler("00000000"), filler("12345678901"), filler("87654321")
        ('repeated_digits', 'sequential_digits', 'sequential_digits')
        >>> filler("13800138000") is None
        True
    """
    if len(digits) >= _FILLER and digits.count(digits[0]) == len(digits):
        return "repeated_digits"
    if len(digits) >= _RUN and (digits in _UP or digits in _DOWN):
        return "sequential_digits"
    return None


def masked(text: str) -> bool:
    """Whether parts of the value were hidden with asterisks or the like.

    Example:
        >>> masked("138****8000"), masked("张*明"), masked("13800138000")
        (True, True, False)
    """
    return _MASK.search(text) is not None


def bare_code(text: str | None, gaps: re.Pattern[str]) -> str | Reading:
    """An official number in capitals without what parts it; or the reading of what is none.

    Args:
        text: The number as it was typed, or None.
        gaps: What stands between its parts.

    >>> (
    ...     bare_code(" de 136.695.976", re.compile(r"[ .]")),
    ...     bare_code("11111", re.compile("-")).problem,
    ... )
    ('DE136695976', 'repeated_digits')
    """
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    if masked(clean):
        return Reading(clean, None, "masked")
    if not clean.isascii():
        return Reading(clean, None, "invalid_characters")
    code = gaps.sub("", clean.upper())
    junk = filler(code) if code.isdecimal() else None
    return Reading(problem=junk) if junk else (code or Reading(problem="placeholder"))


def problem(text: str | None) -> str | None:
    """Why the text counts as missing, None if it does not (or is None).

    Args:
        text: Any text or None.

    Returns:
        ``blank``, ``placeholder``, ``repeated_digits``, ``sequential_digits``,
        ``lost_characters`` or None.

    Example:
        >>> problem("  "), problem("无"), problem("00000000"), problem("上海")
        ('blank', 'placeholder', 'repeated_digits', None)
    """
    if text is None:
        return None
    clean = tidy(text)
    if clean is None:
        return "blank"
    if placeholder(clean):
        return "placeholder"
    if lost(clean) and not _LETTERS.sub("", clean):
        return "lost_characters"
    digits = clean.isdecimal() and clean.isascii()
    # A postcode may be 22222 and a size 123456: short numbers are filler only if they are zeros.
    sure = digits and (len(clean) >= _LONG or not clean.strip("0"))
    return filler(clean) if sure else None
