"""Plain text: one spelling of the same characters, and what counts as blank."""

import re
import unicodedata
from typing import Final

HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The ideographs, as the inside of a regular expression's character class."""

_HAN: Final = re.compile(f"[{HAN}]")
_HAN_GAP: Final = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
# In Japanese they make another letter: ガ is not カ.
_VOICED: Final = "\u3099\u309a"
_SPACE: Final = re.compile(r"\s+")
# Soft hyphen, zero-width marks, direction marks, word joiner, byte order mark, variation
# selectors and control characters: they are not seen, so they must not tell two values apart.
_UNSEEN_CLASS: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
)
_UNSEEN: Final = re.compile(f"[{_UNSEEN_CLASS}]")
_UNTIDY: Final = re.compile(rf"[{_UNSEEN_CLASS}]|[^\S ]|\s\s|^\s|\s\Z")


def tidy(text: str | None) -> str | None:
    """The text in its plain spelling: compatible forms, seen characters, single spaces.

    Args:
        text: Any text, or None.

    Returns:
        The text in Unicode form NFKC (full-width letters and digits become plain
        ones), without invisible characters, with single spaces and none at the
        ends; None if nothing is left.

    Source: Unicode Standard Annex 15, form NFKC.

    Example:
        >>> tidy("  （一）　0013\u200b8000 ")
        '(一) 00138000'
        >>> tidy(" \u3000") is None
        True
    """
    if text is None:
        return None
    plain_form = text.isascii() or unicodedata.is_normalized("NFKC", text)
    if plain_form and not _UNTIDY.search(text):
        return text or None
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip() or None


def has_han(text: str) -> bool:
    """Whether the text holds a Chinese character.

    Example:
        >>> has_han("ACME 中国"), has_han("ACME")
        (True, False)
    """
    return not text.isascii() and _HAN.search(text) is not None


def close_gaps(text: str) -> str:
    """The text without the spaces that stand between two Chinese characters.

    Example:
        >>> close_gaps("王 小 明 (David Wang)")
        '王小明 (David Wang)'
    """
    return text if text.isascii() else _HAN_GAP.sub("", text)


def plain(text: str) -> str:
    """The text for comparing: lower case, without accents.

    Example:
        >>> plain("Müller-Łódź")
        'muller-łodz'
    """
    folded = text.casefold()
    if folded.isascii() or (folded.isalnum() and unicodedata.is_normalized("NFKD", folded)):
        return folded
    # Twice: what a compatible form stands for may be a capital, and a folded one a pair.
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folded).casefold())
    bare = "".join(mark for mark in parts if mark in _VOICED or not unicodedata.combining(mark))
    return unicodedata.normalize("NFKC", bare)
