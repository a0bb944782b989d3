"""Pieces of a text as numbers: characters of Chinese, words of other scripts, and their pairs."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zlib import crc32

from custseg.values.sentiment.spelling import readable

_UNIT: Final = re.compile(r"[a-z']+|[^\W\da-z_]|[^\w\s]")
_STEM: Final = 5
_REMEMBERED: Final = 1 << 16


def pieces(text: str) -> list[str]:
    """The pieces of a text, repeated as they occur.

    A Chinese character, a word of letters or a mark is a unit; the pieces are the units, pairs of
    neighbours, and the beginning of a long word, which its forms share. Digits say nothing.

    Args:
        text: Any text.

    >>> pieces("不好吃, slowly")
    ['不', '好', '吃', ',', 'slowly', 'slowl-', '不 好', '好 吃', '吃 ,', ', slowly']
    """
    units = _UNIT.findall(readable(text).lower())
    stems = [f"{unit[:_STEM]}-" for unit in units if len(unit) > _STEM]
    return [*units, *stems, *(f"{before} {after}" for before, after in pairwise(units))]


@lru_cache(_REMEMBERED)
def slot(piece: str, size: int) -> int:
    """The slot of a piece, the same on every machine and in every version.

    Source: CRC-32 of ISO 3309 over the UTF-8 of the piece.

    >>> slot("好", 16384)
    3268
    """
    return crc32(piece.encode(errors="surrogatepass")) % size


def slots(text: str, size: int) -> list[int]:
    """The slots that a text fills, in order, each once.

    >>> len(slots("好好", 16384))
    2
    """
    return sorted({slot(piece, size) for piece in set(pieces(text))})
