"""Traditional characters as the simplified ones that word lists are written in."""

import re
from typing import Final

from custseg.values.tables import table


def _pairs() -> dict[str, str]:
    """Each traditional character with its simplified one; the library's own choice comes first."""
    whole = "".join(table("traditional")["pairs"])
    known = dict(zip(whole[::2], whole[1::2], strict=True))
    return known | {pair[0]: pair[1] for pair in table("variants")["simplified"]}


PAIRS: Final = tuple(_pairs().items())
"""Each traditional character and its simplified one."""

_SIMPLE: Final = {ord(old): new for old, new in PAIRS}
_OLD: Final = re.compile(f"[\u3005{''.join(old for old, _ in PAIRS)}]")
_AGAIN: Final = "\u3005"  # the mark that stands for the character before it, as in 佐々木


def simplified(text: str) -> str:
    """The text with traditional characters in their simplified form, for comparing.

    Character by character: enough to find words of a list and to compare names, not to write a
    text anew. The mark of iteration becomes the character that it repeats.

    Args:
        text: Any text.

    Source: the common pairs were written for this library after 通用规范汉字表 (2013); the others
    are the single characters of OpenCC (Apache License 2.0).

    Example:
        >>> simplified("這間餐廳的態度很好"), simplified("plain"), simplified("佐々木")
        ('这间餐厅的态度很好', 'plain', '佐佐木')
    """
    if text.isascii() or not _OLD.search(text):
        return text
    if _AGAIN in text:
        text = _repeated(text)
    return text.translate(_SIMPLE)


def _repeated(text: str) -> str:
    """The text with the character itself where the mark of iteration repeats it."""
    out = ""
    for mark in text:
        out += out[-1] if mark == _AGAIN and out else mark
    return out
