"""A text as the word lists read it: without markup, in one spelling, drawn-out words cut short."""

import re
import unicodedata
from html import unescape
from typing import Final

from custseg.values.tables import table
from custseg.values.variants import simplified

_BLOCK: Final = r"</?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6])\b[^<>]*>"
_BREAK: Final = re.compile(_BLOCK, re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"<(/?)(?:script|style)\b[^<>]*>", re.IGNORECASE)
_LINK: Final = re.compile(r"(?:https?://|www\.)[!-~]+")
# At most 64 characters before the sign: any text is read in as many steps as it has characters.
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+")
# Full-width letters and digits, compatible forms, marks that are not seen, soft hyphens.
_ODD_MARKS: Final = (
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3200-\u33ff\u2460-\u24ff\ufb00-\ufb06\u2f00-\u2fdf"
    "\uf900-\ufaff\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff"
)
_ODD: Final = re.compile(f"[{_ODD_MARKS}]")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_VARIANTS: Final = "".join(pair[0] for pair in table("variants")["simplified"])
_VARIANT: Final = re.compile(f"[{_VARIANTS}]")
_DRAWN_OUT: Final = re.compile(r"([a-zA-Z\u4e00-\u9fff])\1\1+")
_LAUGHS: Final = frozenset(table("opinions_zh")["doubles"])


def readable(text: str) -> str:
    r"""The text as the lists read it; capitals stay, for they are loud.

    Args:
        text: What was said: plain or HTML, in simplified or traditional characters.

    Example:
        >>> readable("<p>服務ＯＫ</p>soooo good https://a.example/bad")
        '\n服务OK\nsoo good  '
        >>> readable("差差差")
        '差!!'
    """
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = _without_markup(text)
    if "@" in text:
        text = _MAIL.sub(" ", text)
    if "://" in text or "www." in text:
        text = _LINK.sub(" ", text)
    if not text.isascii():
        text = _one_spelling(text)
    return _DRAWN_OUT.sub(_shortened, text) if _DRAWN_OUT.search(text) else text


def _without_markup(text: str) -> str:
    text = _without_comments(text) if "<!--" in text else text
    kept: list[str] = []
    at, hidden = 0, False
    for tag in _HIDDEN.finditer(text):
        if not hidden:
            kept.append(text[at : tag.start()])
        at, hidden = tag.end(), not tag[1]
    if not hidden:
        kept.append(text[at:])
    return _TAG.sub("", _BREAK.sub("\n", "\n".join(kept)))


def _without_comments(text: str) -> str:
    """A comment that is never closed is read as text."""
    first, *rest = text.split("<!--")
    return first + "".join(part.split("-->", 1)[-1] for part in rest)


def _one_spelling(text: str) -> str:
    text = text.replace("\u2019", "'")
    if _ODD.search(text):
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return simplified(text) if _VARIANT.search(text) else text


def _shortened(found: re.Match[str]) -> str:
    """``sooo`` as ``soo``, ``差差差`` as an outcry, laughter as laughter."""
    mark = found[1]
    if mark.isascii() or mark * 2 in _LAUGHS:
        return mark * 2
    return f"{mark}!!"
