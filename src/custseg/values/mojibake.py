"""Text that was written in one encoding and read in another, brought back where that is certain."""

import re
from html import unescape
from typing import Final

from custseg.values.text import HAN
from custseg.values.variants import simplified

_HIGH: Final = re.compile("[\u0080-\u00ff]")
_HIGH_RUN: Final = re.compile("[\u00a1-\u00fe]{4,}")
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{2,6}|#x[0-9a-fA-F]{2,5});")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT: Final = re.compile(
    r"(?:%[0-9A-Fa-f]{2})*(?:%[C-Fc-f][0-9A-Fa-f])(?:%[89ABab][0-9A-Fa-f])+"
)
_PERCENTS: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_FOREIGN: Final = re.compile(f"[^\x20-\x7e{HAN}\u3000-\u303f\uff00-\uffef\u00b7\u2010-\u2027]")
_TWO_HAN: Final = re.compile(f"[{HAN}].*[{HAN}]")
_LOST: Final = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯")
_LEADS: Final = range(0xE4, 0xEA)  # first bytes of the common ideographs in UTF-8
_TRAILS: Final = range(0x80, 0xC0)


def _single_bytes() -> dict[int, int]:
    """The byte of each character of Windows-1252, with Latin-1 where that has none."""
    found: dict[int, int] = {}
    for byte in range(256):
        found[byte] = byte
        found[ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte))] = byte
    return found


def _misread_starts() -> frozenset[str]:
    """What GBK makes of the first two bytes of an ideograph in UTF-8."""
    pairs = (bytes([lead, trail]) for lead in _LEADS for trail in _TRAILS)
    return frozenset(pair.decode("gbk", "ignore") for pair in pairs) - {""}


_SINGLE: Final = _single_bytes()
_STARTS: Final = _misread_starts()
_START: Final = re.compile(f"[{''.join(sorted(_STARTS))}]")


def repair(text: str) -> str | None:
    """The text as it was written, if it was surely misread.

    UTF-8 read as Windows-1252 or Latin-1 (``Ã¼`` for ``ü``), UTF-8 read as GBK (寮犱笁 for 张三),
    GBK read as Latin-1, characters escaped for HTML, JSON or an address of the web; also more than
    once. Certain means that every byte fits and that what comes out is plain text, where the text
    as it stands is not.

    Args:
        text: Any text.

    Returns:
        The text brought back; None if there is nothing to bring back, or it is not certain.

    Example:
        >>> repair("MÃ¼ller"), repair("寮犱笁"), repair("AT&amp;T")
        ('Müller', '张三', 'AT&T')
        >>> repair("Müller") is None, repair("张三") is None
        (True, True)
    """
    best = None
    # What comes out is always shorter, so this ends.
    while found := _once(text if best is None else best):
        best = found
    return best


def lost(text: str) -> bool:
    r"""Whether characters of the text were destroyed by a wrong encoding: nothing brings them back.

    Example:
        >>> lost("锟斤拷"), lost("王\ufffd明"), lost("王小明")
        (True, True, False)
    """
    return not text.isascii() and _LOST.search(text) is not None


def misread_start(character: str) -> bool:
    """Whether a text that begins with this character may be UTF-8 read as GBK.

    Example:
        >>> misread_start("寮"), misread_start("张")
        (True, False)
    """
    return character in _STARTS


def _once(text: str) -> str | None:
    """One misreading undone."""
    found = _unescaped(text)
    if found is None and not text.isascii():
        if _HIGH.search(text):
            found = _from_single(text)
        elif _START.search(text):
            found = _from_gbk(text)
    return found if found and len(found) < len(text) else None


def _unescaped(text: str) -> str | None:
    """The characters that were escaped."""
    if "&" in text and _ENTITY.search(text):
        return unescape(text)
    if "\\u" in text and _ESCAPED.search(text):
        fresh = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        return fresh if fresh.isprintable() else None
    if "%" in text and _PERCENT.search(text):
        try:
            return _PERCENTS.sub(lambda run: _bytes(run[0]).decode("utf-8"), text)
        except UnicodeDecodeError:
            return None
    return None


def _bytes(run: str) -> bytes:
    """The bytes of ``%E7%8E%8B``."""
    return bytes.fromhex(run.replace("%", ""))


def _from_single(text: str) -> str | None:
    """UTF-8, or GBK, that was read one character a byte."""
    if not all(ord(mark) in _SINGLE for mark in text):
        return None
    whole = bytes(_SINGLE[ord(mark)] for mark in text)
    try:
        found = whole.decode("utf-8")
    except UnicodeDecodeError:
        return _from_gb2312(text)
    return found if found.isprintable() else None


def _from_gb2312(text: str) -> str | None:
    """GB 2312 that was read one character a byte: its bytes stand in long even runs."""
    rest = _HIGH_RUN.sub("", text)
    if not rest.isascii() or any(len(run) % 2 for run in _HIGH_RUN.findall(text)):
        return None
    try:
        found = text.encode("latin-1").decode("gb2312")
    except UnicodeError:
        return None
    return found if _TWO_HAN.search(found) and not _FOREIGN.search(found) else None


def _from_gbk(text: str) -> str | None:
    """UTF-8 that was read as GBK: rare characters that turn into common ones."""
    if _plain_chinese(text):
        return None
    try:
        found = text.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return None
    wanted = _TWO_HAN.search(found) and not _FOREIGN.search(found)
    return found if wanted and _plain_chinese(simplified(found)) else None


def _plain_chinese(text: str) -> bool:
    """Whether GB/T 2312 has every character."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
