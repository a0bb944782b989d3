"""Addresses down to the door: division, street, number and unit, Chinese and others."""

import re
from typing import Final

import attrs

from custseg.values.junk import masked, substance
from custseg.values.reading import Reading
from custseg.values.text import has_han, plain
from custseg.values.variants import simplified


@attrs.frozen
class Door:
    """An address taken apart; what is not told is empty.

    Attributes:
        district: The smallest division that is named, such as a county.
        street: The name of the street, or of the estate, without what kind of way it is in Latin
            letters.
        number: The number of the house.
        unit: Building, floor and room.
    """

    district: str = ""
    street: str = ""
    number: str = ""
    unit: str = ""


_LONGEST: Final = 300
_GAPS: Final = re.compile(r"[\s,.;:，。、·]+")
_DIVISION: Final = re.compile(
    r"[^\d省市区县旗盟镇乡]{1,8}?"
    r"(?:自治[区州县旗]|特别行政区|地区|省|市(?!场)|(?<!园)(?<!开发)(?<!小)区|县|旗|盟)"
)
_WAY: Final = re.compile(
    r"([^\d号]{1,20}?(?:大道|大街|公路|胡同|[路街巷弄道]|园区|开发区|小区|花园|广场|大厦|[镇乡村]))"
    r"(?:([东南西北中]?段?)?(\d+(?:[-之]\d+)?[a-z]?)(?:号(?!楼))?)?"
)
_ORDINALS: Final = {
    word: f"{number}{ending}"
    for word, number, ending in (
        *(("first", 1, "st"), ("second", 2, "nd"), ("third", 3, "rd"), ("fourth", 4, "th")),
        *(("fifth", 5, "th"), ("sixth", 6, "th"), ("seventh", 7, "th"), ("eighth", 8, "th")),
        *(("ninth", 9, "th"), ("tenth", 10, "th"), ("eleventh", 11, "th"), ("twelfth", 12, "th")),
    )
}
_WAYS: Final = frozenset(
    [
        *("st", "street", "str", "ave", "av", "avenue", "blvd", "blv", "boulevard"),
        *("rd", "road", "dr", "drive", "ln", "la", "lane", "hwy", "highway"),
        *("pl", "place", "ct", "court", "sq", "square", "pkwy", "parkway", "way"),
        *("ter", "terrace", "cres", "crescent", "cl", "close", "crt", "circuit", "cct"),
        *("strasse", "n", "s", "e", "w", "ne", "nw", "se", "sw"),
        *("north", "south", "east", "west"),
    ]
)
_ASIDE: Final = re.compile(
    r"\s(?:near|between|off|opposite|behind|next to|at|bet)\s.*|\s{2,}.*|\(.*"
)
_UNIT: Final = re.compile(
    r"\b(?:apt|apartment|unit|suite|ste|flat|room|rm|floor|fl|no)\b\.?\s*(\w+)|#\s*(\w+)"
)
_HOUSE: Final = re.compile(r"^(\d+[a-z]?(?:\s?[-/]\s?\d*[a-z]?)?)\s+(?=\S)")
_WORD: Final = re.compile(r"[^\W_]+")
# A number, a name and nothing else: most addresses in letters.
_USUAL: Final = re.compile(r"([0-9]{1,6}) ([A-Za-z]{2,20}(?: [A-Za-z]{2,20}){1,4})")
_NO_NAMES: Final = frozenset(
    [
        *("apt", "apartment", "unit", "suite", "ste", "flat", "room", "rm", "floor", "fl", "no"),
        *("near", "between", "off", "opposite", "behind", "next", "at", "bet"),
    ]
)


def read(text: str | None) -> Reading:
    """Read one address; its key is without gaps, case and the forms of the same character.

    Args:
        text: The address as it was typed, or None.

    Returns:
        The reading; problems are ``blank``, ``placeholder``, ``masked`` and ``invalid_length``.

    Example:
        >>> read("435 S. La Cienega Blv.").key
        '435 s la cienega blv'
        >>> read("北京市 朝阳区建国路８８号").key
        '北京市朝阳区建国路88号'
    """
    if text and _USUAL.fullmatch(text) and "xxx" not in (usual := text.lower()):
        return Reading(text, usual)
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    if len(clean) > _LONGEST:
        return Reading(clean, None, "invalid_length")
    if masked(clean):
        return Reading(clean, None, "masked")
    if has_han(clean):
        return Reading(clean, _GAPS.sub("", simplified(plain(clean))) or None)
    return Reading(clean, " ".join(_WORD.findall(plain(clean))) or None)


def door(text: str | None) -> Door:
    """The parts of an address that lead to a door.

    Args:
        text: The address as it was typed, or None.

    Example:
        >>> door("辽宁省铁岭市调兵山市建设路898号8栋1204室")
        Door(district='调兵山市', street='建设路', number='898', unit='8栋1204')
        >>> door("156 Second Avenue at 10th St.")
        Door(district='', street='2nd', number='156', unit='')
    """
    return opened(read(text))


def opened(reading: Reading) -> Door:
    """The parts of an address that was read before.

    Args:
        reading: What `read` gave.

    Example:
        >>> opened(read("2 Harrison St. near Hudson St.")).street
        'harrison'
    """
    if reading.key is None or reading.value is None:
        return Door()
    return _han(reading.key) if has_han(reading.key) else _latin(plain(reading.value))


def _han(address: str) -> Door:
    """The parts of a Chinese address."""
    at, district = 0, ""
    while found := _DIVISION.match(address, at):
        at, district = found.end(), found[0]
    way = _WAY.match(address, at)
    if way is None:
        return Door(district, address[at:])
    unit = address[way.end() :].strip("号室").replace("号楼", "栋").replace("幢", "栋")
    return Door(district, way[1] + (way[2] or ""), way[3] or "", unit)


def _latin(address: str) -> Door:
    """The parts of an address in letters."""
    usual = _USUAL.fullmatch(address)
    if usual and _NO_NAMES.isdisjoint(words := usual[2].split()):
        return Door("", _name(words), usual[1])
    unit = _UNIT.search(address)
    bare = _ASIDE.sub("", _UNIT.sub(" ", address, count=1).strip().replace(".", ""))
    house = _HOUSE.match(bare)
    after: list[str] = _WORD.findall(bare[house.end() :] if house else bare)
    number = house[1].replace(" ", "") if house else ""
    return Door("", _name(after), number, (unit[1] or unit[2]) if unit else "")


def _name(after: list[str]) -> str:
    """The words of a street without what kind of way it is."""
    words = [_ORDINALS.get(word, word) for word in after]
    return " ".join([word for word in words if word not in _WAYS] or words)
