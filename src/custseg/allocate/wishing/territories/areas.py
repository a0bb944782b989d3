"""A tree of territories: what lies in what, and by which signs a customer belongs to one."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final
from unicodedata import normalize

import attrs

from custseg.errors import ConfigError
from custseg.values import divisions, phones, places

_CITY: Final = 4  # digits of the code of a city in GB/T 2260
_MUNICIPALITIES: Final = frozenset({"11", "12", "31", "50"})
_DIRECT: Final = "90"  # in place of a city: counties under their province
_CHINA: Final = "+86"
_SERVICE: Final = "service"
_DIGITS: Final = MappingProxyType({"CN": 6, "DE": 5, "ES": 5, "FR": 5, "IT": 5, "KR": 5, "US": 5})


def _texts(given: Iterable[object]) -> tuple[str, ...]:
    """Ids and numbers as text, as tables are read; a bare one is one."""
    some = (given,) if isinstance(given, str | int) else given
    return tuple(str(each) for each in some)


@attrs.frozen
class Area:
    """One territory.

    Attributes:
        name: Its name, as the representatives' column has it.
        parent: The territory that it lies in.
        accounts: Ids of customers that belong to it, wherever they are (named accounts).
        places: Provinces, cities, counties, regions or countries that it covers: ``苏州市``.
        postcodes: The beginnings of its postcodes.
        phones: Area codes of landlines and beginnings of mobiles: ``021``, ``0512``, ``1390161``;
            beginnings of numbers of other countries with their code: ``+49 30``.

    Raises:
        ConfigError: It has no name, a place that is not known, or a sign that says nothing.

    >>> Area("Shanghai", parent="East", phones=["021"]).parent
    'East'
    """

    name: str
    parent: str | None = None
    accounts: tuple[str, ...] = attrs.field(default=(), converter=_texts, kw_only=True)
    places: tuple[str, ...] = attrs.field(default=(), converter=_texts, kw_only=True)
    postcodes: tuple[str, ...] = attrs.field(default=(), converter=_texts, kw_only=True)
    phones: tuple[str, ...] = attrs.field(default=(), converter=_texts, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what tells no territory.

        Raises:
            ConfigError: As above.
        """
        if not self.name:
            msg = "needs a name"
            raise ConfigError(msg, "area.name")
        for place in self.places:
            if not lying(place):
                msg = f"{place!r} is no place that is known"
                raise ConfigError(msg, "area.places")
        for signs in ("accounts", "postcodes", "phones"):
            given: tuple[str, ...] = getattr(self, signs)
            empty = [sign for sign in given if SIGNS[signs](sign) in {"", "+", _CHINA}]
            if empty:
                msg = f"{empty[0]!r} would hold of everybody, or of nobody"
                raise ConfigError(msg, f"area.{signs}")


def tree(given: Area | Iterable[Area]) -> tuple[Area, ...]:
    """Territories that make a tree, as given.

    Raises:
        ConfigError: A name or a sign stands twice, a parent is missing, or areas lie in a circle.

    >>> [area.name for area in tree([Area("East"), Area("Shanghai", "East")])]
    ['East', 'Shanghai']
    """
    areas = (given,) if isinstance(given, Area) else tuple(given)
    known: dict[str, Area] = {}
    for area in areas:
        if area.name in known:
            msg = f"{area.name!r} stands twice"
            raise ConfigError(msg, "territory.areas")
        known[area.name] = area
    for area in areas:
        if area.parent is not None and area.parent not in known:
            msg = f"{area.name!r} lies in {area.parent!r}, which is none of the areas"
            raise ConfigError(msg, "territory.areas")
        line(area.name, known)
    for signs, read in SIGNS.items():
        _once(areas, signs, read)
    return areas


def line(name: str, known: Mapping[str, Area]) -> tuple[str, ...]:
    """An area and what it lies in, from the finest to the coarsest.

    Raises:
        ConfigError: Areas lie in a circle.
    """
    out = [name]
    while (parent := known[out[-1]].parent) is not None:
        if parent in out:
            msg = f"{name!r} lies in itself, by way of {parent!r}"
            raise ConfigError(msg, "territory.areas")
        out.append(parent)
    return tuple(out)


def lying(text: str) -> tuple[str, ...]:
    """What a place lies in, from the finest that is known: codes of counties and cities, then keys.

    However a place is spelled, the answer is the same.

    Source: GB/T 2260; ISO 3166-1; the customary seven regions of China.

    >>> lying("Jiangsu"), lying("Berlin, Germany")
    (('jiangsu', 'east_china', 'china', 'asia'), ('de', 'europe'))
    >>> lying("nowhere")
    ()
    """
    found = divisions.find(text)
    code = found.code or ""
    key = places.read(found.province or text).key
    told = _divisions(code)
    if key is not None:
        told += [name for name in (key, *_around(key)) if name is not None]
    return tuple(dict.fromkeys(told))


def dialled(prefix: str) -> str:
    """The beginning of international numbers that an area code or a prefix stands for.

    >>> dialled("021"), dialled("0512"), dialled("1390161"), dialled("+49 30")
    ('+8621', '+86512', '+861390161', '+4930')
    """
    plain = normalize("NFKC", prefix)
    digits = "".join(c for c in plain if c.isdecimal())
    if plain.lstrip().startswith("+"):
        return f"+{digits}"
    return f"{_CHINA}{digits.removeprefix('0')}"


def postal(code: str, region: str | None = None) -> str:
    """A postcode, or the beginning of one, as it is compared: letters and digits alone.

    Args:
        code: The postcode.
        region: The country of whole postcodes; they get back the zero that a column of numbers
            has lost.

    >>> postal("ec1a 1bb"), postal("10000"), postal("10000", "CN"), postal("100000", "CN")
    ('EC1A1BB', '10000', '010000', '100000')
    """
    plain = "".join(c for c in normalize("NFKC", code).upper() if c.isalnum())
    length = _DIGITS.get(region or "", 0)
    return plain.zfill(length) if plain.isdecimal() and len(plain) == length - 1 else plain


def number(text: str, region: str | None) -> str | None:
    """An international number, ``None`` where none can be read or it is a service's of no place.

    >>> number("021-62345678", "CN"), number("95588", "CN"), number("x", "CN")
    ('+862162345678', None, None)
    """
    read = phones.read(text, region).key
    bare = read and read.partition(";")[0]
    return None if phones.kind(bare) == _SERVICE else bare


def _divisions(code: str) -> list[str]:
    """The county and the city of a code; municipalities and their like have no city between."""
    if code[:2] in _MUNICIPALITIES or code[2:_CITY] == _DIRECT:
        return [] if code.endswith("00") else [code]
    return [part for part in dict.fromkeys((code, f"{code[:_CITY]}00")) if part[2:_CITY] > "00"]


def _around(key: str) -> tuple[str | None, ...]:
    region = places.lifted(key, "region")
    inside = "china" if region and region.endswith("_china") else None
    return (region, inside, places.lifted(key, "continent"))


def _named(account: str) -> str:
    return account


def _node(place: str) -> str:
    return lying(place)[0]


SIGNS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {"accounts": _named, "places": _node, "postcodes": postal, "phones": dialled}
)
"""The signs of an area, and what each is read as."""


def _once(areas: Iterable[Area], signs: str, read: Callable[[str], str]) -> None:
    owner: dict[str, str] = {}
    for area in areas:
        given: tuple[str, ...] = getattr(area, signs)
        for sign in map(read, given):
            if owner.setdefault(sign, area.name) != area.name:
                msg = f"one of the {signs} stands in {owner[sign]!r} and in {area.name!r}"
                raise ConfigError(msg, "territory.areas")
