"""Lines of a note that are no longer than the figure is wide, also in Chinese."""

import re
from typing import Final

from custseg.layout import width

_HAN: Final = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_PIECES: Final = re.compile(rf"{_HAN}|[^ \u2e80-\uffef]+| +")
_STOP: Final = re.compile(r"[\uff0c\u3002\uff1b\uff1a\u3001\uff09\uff1f\uff01]")


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
        fits = width(lines[-1] + piece.rstrip()) <= most
        if fits or not lines[-1].strip() or _STOP.match(piece):
            lines[-1] += piece
        else:
            lines[-1] = lines[-1].rstrip()
            lines.append(piece.lstrip())
    return [line for line in lines if line.strip()]


def chinese(text: str) -> bool:
    """Whether a text has characters that need a Chinese font.

    >>> chinese("active"), chinese("活跃")
    (False, True)
    """
    return re.search(_HAN, text) is not None
