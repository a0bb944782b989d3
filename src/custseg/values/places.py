"""Where in the world is it: provinces and cities of China, countries, and the groups of them."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final, Literal

from custseg.values.categories import key
from custseg.values.junk import substance
from custseg.values.reading import Reading
from custseg.values.tables import longest_first, table
from custseg.values.text import close_gaps, has_han

Level = Literal["place", "region", "continent"]
"""How coarse a place is told."""

REGIONS: Final = (
    *("north_china", "northeast_china", "east_china", "central_china", "south_china"),
    *("southwest_china", "northwest_china", "hong_kong_macao_taiwan", "china"),
    *("rest_of_asia", "europe", "north_america", "latin_america", "africa", "oceania"),
)
"""Groups at the level of regions; ``china`` where the province is not known."""

CONTINENTS: Final = ("asia", *REGIONS[-5:])

_APART_FROM_CHINA: Final = "hong_kong_macao_taiwan"
_MAINLAND: Final = REGIONS[:7]
_LATIN_NOISE: Final = re.compile(
    r"\b(?:province|city|municipality|autonomous region|state|county|shi|sheng|district)\b"
)
# A road or a district that is called after a place lies somewhere else.
_ROAD: Final = re.compile(
    r"[东南西北中环一二三四五]{0,2}(?:路|街|道|巷|弄|大道|大街|里|桥|村|镇|乡|区|县)"
)
_DISTRICT: Final = re.compile(r"[^\d路街道巷弄]{1,9}?(?:区|县|州|旗|盟|市)")
_FULL: Final = ("省", "市", "自治区", "特别行政区", "自治州", "盟", "地区")
_OUTSIDE: Final = re.compile(
    r"(?:省|市|自治区)?(?:以外|之外|除外|外)的?(?:地区|省份?|省市|城市|地方)?"
)
_PARTS: Final = re.compile(r"[,;/|()]")
_LONGEST: Final = 200
_NEAR: Final = 0.8  # share of equal letters
_ALPHA: Final = 2


def read(text: str | None) -> Reading:
    """Read the place that a text names: a province, a city, a country, an address of China.

    Roads and districts that bear the name of a city are not taken for it, nor is what lies
    outside a place (广东省外). Codes of two letters are not read here, since CA is California in
    one column and Canada in another.

    Args:
        text: The place as it was typed, or None.

    Returns:
        The reading; its key is the finest place that is known: a province of China
        (``guangdong``), a country (``us``), or a part of the world (``east_china``, ``europe``).
        Problems: ``blank``, ``placeholder``, ``unlisted``, ``several_values``.

    Source: GB/T 2260 (2023) for China; ISO 3166-1 for countries.

    Example:
        >>> [
        ...     read(text).key
        ...     for text in ("江苏省苏州市工业园区", "深圳", "Bavaria, Germany", "华东区")
        ... ]
        ['jiangsu', 'guangdong', 'de', 'east_china']
        >>> [read(text).key for text in ("中山路12号", "朝阳区", "Georgia")]
        [None, None, None]
    """
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    if len(clean) > _LONGEST:
        return Reading(clean, None, "unlisted")
    if has_han(clean):
        found = _han(close_gaps(clean))
        return Reading(clean, found, None if found else "unlisted")
    codes = _latin(clean)
    if len(codes) > 1:
        return Reading(clean, None, "several_values")
    return Reading(clean, codes[0], None) if codes else Reading(clean, None, "unlisted")


def read_country(text: str | None) -> Reading:
    """Read a column of countries: names, and codes of two or three letters.

    Args:
        text: The country as it was typed, or None.

    Returns:
        The reading, as of `read`.

    Source: ISO 3166-1.

    Example:
        >>> [read_country(text).key for text in ("CA", "DEU", "中国", "Georgia")]
        ['ca', 'de', 'china', 'ge']
    """
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    code = _countries().get(key(clean))
    return Reading(clean, code) if code else read(clean)


def lifted(code: str, level: Level) -> str | None:
    """The group of a place.

    Args:
        code: What a reading gave.
        level: ``place`` (as it is), ``region`` (seven regions of China, parts of the world) or
            ``continent``.

    Returns:
        The group; None where the place is coarser than the level asks for.

    Source: the customary seven regions (七大地理分区); regions of UN M49, with the Americas in two.

    Example:
        >>> [lifted("guangdong", level) for level in ("place", "region", "continent")]
        ['guangdong', 'south_china', 'asia']
    """
    if level == "place":
        return code
    line = (code, *_above(code))
    return next((c for c in line if c in (REGIONS if level == "region" else CONTINENTS)), None)


def finer(known: str, other: str) -> str:
    """Of two places, the second if it lies within the first, else the first.

    Hong Kong, Macao and Taiwan may be told with China or without, as addresses do; as groups
    they stand apart from the mainland's (see `lifted`).

    Example:
        >>> finer("china", "guangdong"), finer("china", "us"), finer("guangdong", "china")
        ('guangdong', 'china', 'guangdong')
        >>> finer("china", "hk"), lifted("hk", "region")
        ('hk', 'hong_kong_macao_taiwan')
    """
    return other if known in _around(other) else known


@cache
def divided() -> frozenset[str]:
    """The places that others lie within, so that more can be known of them.

    Example:
        >>> "china" in divided(), "guangdong" in divided()
        (True, False)
    """
    return frozenset(_parents().values())


@cache
def places(level: Level) -> tuple[str, ...]:
    """Every code that a level can give, in order.

    Example:
        >>> places("continent")
        ('asia', 'europe', 'north_america', 'latin_america', 'africa', 'oceania')
    """
    if level == "continent":
        return CONTINENTS
    if level == "region":
        return REGIONS
    return tuple(dict.fromkeys((*_parents(), *REGIONS, *CONTINENTS)))


def nearest(text: str) -> str | None:
    """The name of a place that a text was perhaps meant to be.

    Example:
        >>> nearest("Germnay"), nearest("qq")
        ('germany', None)
    """
    return next(iter(get_close_matches(key(text), _names(), n=1, cutoff=_NEAR)), None)


def _above(code: str) -> Iterator[str]:
    """What a place lies in, the nearest first."""
    above = _parents().get(code)
    while above is not None:
        yield above
        above = _parents().get(above)


def _around(code: str) -> tuple[str, ...]:
    """What a place lies in, and what an address may name around it."""
    line = tuple(_above(code))
    return (*line, "china") if _APART_FROM_CHINA in (code, *line) else line


@cache
def _parents() -> Mapping[str, str]:
    """Each place and what it lies in."""
    inside = {
        entry.partition("/")[0].lower(): region
        for subject, regions in (("provinces", _MAINLAND), ("countries", REGIONS[7:]))
        for region in regions
        for entry in table(subject)[region]
        if region != "china"
    }
    above = dict.fromkeys(_MAINLAND, "china")
    return (
        inside | above | dict.fromkeys(("china", "hong_kong_macao_taiwan", "rest_of_asia"), "asia")
    )


@cache
def _countries() -> Mapping[str, str]:
    """Each name and code of a country, also those that name something else elsewhere."""
    return {key(name): code for code, names in _nations() for name in names}


def _nations() -> Iterator[tuple[str, list[str]]]:
    """Each country with its codes of two and three letters and its names."""
    for region in REGIONS[7:]:
        for entry in table("countries")[region]:
            names = entry.split("/")
            yield "china" if region == "china" else names[0].lower(), names


@cache
def _names() -> Mapping[str, str]:
    """Each name of a place, and the place."""
    found = {key(name): code for code, names in _nations() for name in names[_ALPHA:]}
    for region in _MAINLAND:
        for entry in table("provinces")[region]:
            code, *names = entry.split("/")
            found |= {key(name): code for name in names}
    for subject in ("provinces", "countries"):
        sections = table(subject)
        for name in sections:
            part, _, code = name.partition(".")
            if part in {"cities", "states"}:
                found |= {key(word): code for word in sections[name] if key(word) not in found}
        for entry in sections["coarse"]:
            code, *names = entry.split("/")
            found |= {key(word): code for word in names}
    for word in table("countries")["ambiguous"]:
        del found[key(word)]
    return found


@cache
def _han_names() -> Mapping[str, tuple[str, ...]]:
    """The Chinese names by their first two characters, the longest first."""
    starts: dict[str, list[str]] = {}
    for name in longest_first(tuple(name for name in _names() if has_han(name))):
        starts.setdefault(name[:2], []).append(name)
    return {start: tuple(names) for start, names in starts.items()}


def _han(text: str) -> str | None:
    """The place of a Chinese text, told by how it begins."""
    names = _names()
    bare = key(text).replace(" ", "")
    inside = bare.removeprefix("中国").removeprefix("中华人民共和国")
    for each in dict.fromkeys((bare, inside)):
        for candidate in (each, each.removesuffix("市"), each.removesuffix("地区")):
            if code := names.get(candidate):
                return code
    return _begun(inside)


def _begun(text: str) -> str | None:
    """The place that an address begins with."""
    starts = (name for name in _han_names().get(text[:2], ()) if text.startswith(name))
    name = next(starts, "")
    rest = text.removeprefix(name)
    return _names()[name] if name and _goes_on(name, rest) else None


def _goes_on(name: str, rest: str) -> bool:
    """Whether an address goes on after a place, or the name is only part of another."""
    if _OUTSIDE.fullmatch(rest):
        return False
    if name.endswith(_FULL) or rest.startswith(("省", "市")):
        return True
    if _ROAD.match(rest):
        return False
    return rest.startswith(_han_names().get(rest[:2], ())) or _DISTRICT.match(rest) is not None


def _latin(text: str) -> tuple[str, ...]:
    """The places that a text in Latin letters names: one, unless its parts contradict."""
    whole = _names().get(key(text))
    if whole:
        return (whole,)
    found: list[str] = []
    for part in _PARTS.split(text):
        bare = key(part)
        code = _names().get(bare) or _names().get(key(_LATIN_NOISE.sub("", bare)))
        if code is None:
            continue
        found = [finer(known, code) for known in found] if found else [code]
        if code not in (*found, *_around(found[0])):
            found.append(code)
    return tuple(found)
