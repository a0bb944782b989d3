"""Lines of a note that are no longer than the figure is wide, also in Chinese."""

import re
from typing import Final
from unicodedata import east_asian_width

_PIECES: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^ \u2e80-\uffef]+| +")
_STOP: Final = re.compile(r"[\uff0c\u3002\uff1b\uff1a\u3001\uff09\uff1f\uff01]")
_WIDE: Final = "WF"


def folded(text: str, most: float) -> list[str]:
    """Fold a text into lines.

    Args:
        text: Words with spaces between them, or Chinese, which breaks anywhere but before a stop.
        most: The width of a line, in letters; a Chinese character is as wide as two.

    >>> folded("who moves where", 10)
    ['who moves', 'where']
    """
    lines = [""]
    for piece in _PIECES.findall(text):
        fits = _width(lines[-1] + piece.rstrip()) <= most
        if fits or not lines[-1].strip() or _STOP.match(piece):
            lines[-1] += piece
        else:
            lines[-1] = lines[-1].rstrip()
            lines.append(piece.lstrip())
    return [line for line in lines if line.strip()]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in _WIDE else 1 for char in text)
