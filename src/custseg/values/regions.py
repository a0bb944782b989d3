"""Which country a record belongs to, told by another of its values: where bare numbers dial."""

import re
from typing import Final

from custseg.values import divisions, places
from custseg.values.dialling import REGIONS
from custseg.values.junk import substance
from custseg.values.text import has_han

_KANA: Final = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_CHINA: Final = "china"


def hint(text: str | None) -> str | None:
    """The region whose bare phone numbers a record most likely has.

    Args:
        text: The record's country, its code of two or three letters, its province, city or
            address, or a name: Chinese characters alone tell China, kana Japan, hangul Korea.

    Returns:
        Two-letter code of a region that ``phones.read`` knows; None if the text does not tell it.

    Source: ISO 3166-1; GB/T 2260.

    Example:
        >>> [hint(text) for text in ("中国", "USA", "广东省深圳市", "Berlin, Germany", "x")]
        ['CN', 'US', 'CN', 'DE', None]
    """
    clean = substance(text)
    if not isinstance(clean, str):
        return None
    if _KANA.search(clean):
        return _known("JP")
    if _HANGUL.search(clean):
        return _known("KR")
    code = places.read_country(clean).key
    if code:
        return _known(_country(code))
    found = divisions.find(clean)
    if found.code or found.problem == "ambiguous_place":
        return _known({"71": "TW", "81": "HK", "82": "MO"}.get((found.code or "")[:2], "CN"))
    return "CN" if has_han(clean) else None


def _country(code: str) -> str:
    """The country of a place, in capitals."""
    if code == _CHINA or (places.finer(_CHINA, code) == code and len(code) > 2):  # noqa: PLR2004
        return "CN"
    return code.upper()


def _known(region: str) -> str | None:
    return region if region in REGIONS else None
