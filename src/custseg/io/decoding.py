"""Bytes of an export as text: UTF-8, GB18030, UTF-16, Windows-1252, or mixed line by line."""

import codecs
import re
from collections.abc import Iterable
from typing import Final

import attrs

_UTF8, _CHINESE, _WESTERN = "utf-8", "gb18030", "cp1252"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_WIDE: Final = re.compile(rb"[\xe0-\xf4][\x80-\xbf]{2}")
_LOOKED_AT: Final = 1 << 16
_HALF: Final = 0.5
_STRAY: Final = 0.05
"""So small a share of zero bytes are strays in another encoding."""


@attrs.frozen
class Decoded:
    """A file as text.

    Attributes:
        text: The text.
        encoding: How it was written: ``utf-8``, ``utf-8-sig`` (with a mark at its start),
            ``utf-16``, ``gb18030``, ``cp1252``; or ``mixed``: some lines in UTF-8, some in GB18030.
        lines: Lines by their encoding, where they are mixed.
        lost: Lines with bytes that no encoding explains; the letters are U+FFFD.
    """

    text: str
    encoding: str
    lines: tuple[tuple[str, int], ...] = ()
    lost: int = 0


def decoded(held: bytes) -> Decoded:
    r"""Bytes as text.

    Args:
        held: The bytes.

    >>> decoded("客户".encode("gb18030")).encoding, decoded("\ufeffa".encode()).text
    ('gb18030', 'a')
    >>> both = "客户甲\n".encode() + "客户乙\n".encode("gb18030")
    >>> decoded(both).encoding, decoded(both).text
    ('mixed', '客户甲\n客户乙\n')
    """
    for mark, encoding in _MARKS:
        if held.startswith(mark):
            return _whole(held, encoding) or _by_line(held.removeprefix(mark))
    if wide := _unmarked(held):
        return _whole(held, wide) or _by_line(held)
    return _whole(held, _UTF8) or _by_line(held)


def _whole(held: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(held.decode(encoding), encoding[:6] if "16" in encoding else encoding)
    except UnicodeDecodeError:
        return None


def _unmarked(held: bytes) -> str:
    """UTF-16 without its mark: plain letters have a 0 beside them, and other texts have none."""
    part = held[:_LOOKED_AT]
    if part.count(0) <= _STRAY * len(part):
        return ""
    return "utf-16-le" if part[1::2].count(0) > part[0::2].count(0) else "utf-16-be"


def _by_line(held: bytes) -> Decoded:
    lines = held.split(b"\n")
    told = list(map(_of_line, lines))
    chinese = _chinese(line for line, one in zip(lines, told, strict=True) if one != _UTF8)
    older = _CHINESE if chinese else _WESTERN
    mostly_older = told.count(_CHINESE) > told.count(_UTF8)
    texts: list[str] = []
    used: dict[str, int] = {}
    for line, one in zip(lines, told, strict=True):
        encoding = one if one in {"", _UTF8} and not _alike(line, one, mostly_older) else older
        texts.append(line.decode(encoding or older, errors="replace"))
        if not line.isascii():
            used[encoding or older] = used.get(encoding or older, 0) + 1
    lost = sum("\ufffd" in text for text in texts)
    name = "mixed" if len(used) > 1 else next(iter(used), older)
    return Decoded("\n".join(texts), name, tuple(used.items()) if len(used) > 1 else (), lost)


def _of_line(line: bytes) -> str:
    """UTF-8 if the line is that; nothing where it is plain letters."""
    if line.isascii():
        return ""
    try:
        line.decode(_UTF8)
    except UnicodeDecodeError:
        return _CHINESE
    return _UTF8


def _alike(line: bytes, encoding: str, mostly_older: bool) -> bool:  # noqa: FBT001 - about the file
    """Whether a line is UTF-8 by chance: two bytes of GB18030 can be one letter of UTF-8."""
    return encoding == _UTF8 and mostly_older and not _WIDE.search(line)


def _chinese(lines: Iterable[bytes]) -> bool:
    """Whether bytes beyond plain letters come in pairs, as in GB18030, and not alone."""
    runs = [len(run) for line in lines for run in _HIGH.findall(line)]
    return sum(run > 1 for run in runs) >= _HALF * len(runs)
