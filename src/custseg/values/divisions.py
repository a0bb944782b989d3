"""Which province, city and county of China an address lies in."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

import attrs

from custseg.values.junk import substance
from custseg.values.reading import Reading
from custseg.values.tables import table
from custseg.values.text import close_gaps, has_han
from custseg.values.variants import simplified


@attrs.frozen
class Division:
    """Where an address lies, as far as it says.

    Attributes:
        code: Code of GB/T 2260, six digits, of the finest division that is certain; None if none.
        province: Its province.
        city: Its prefecture; empty in municipalities and where the address does not tell.
        county: Its county or district.
        rest: What stands after the divisions.
        problem: ``ambiguous_place`` where several divisions bear the name (朝阳区 alone),
            ``renamed_place`` for a name that is no longer in use, ``unlisted`` where no
            division is known.

    >>> Division("440305", "广东省", "深圳市", "南山区").county
    '南山区'
    """

    code: str | None = None
    province: str = ""
    city: str = ""
    county: str = ""
    rest: str = ""
    problem: str | None = None


class _Name(NamedTuple):
    """A name of a division: full, short or old."""

    text: str
    code: str
    full: bool
    old: bool


class _Way(NamedTuple):
    """One way to read the beginning of an address."""

    end: int
    code: str
    old: bool
    moved: bool


_PEOPLES: Final = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡"
    "|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂"
    "|保安|裕固|独龙|各"
)
_SHORT: Final = re.compile(
    f"(.{{2,}}?)(?:(?:(?:{_PEOPLES})族?)*自治[州县旗区]|特别行政区|新区|林区|特区|地区|[省市盟区县旗])"
)
_ROAD: Final = re.compile(
    "[东南西北中环一二三四五]{0,2}(?:路|街|道|巷|弄|大道|大街|里|桥|村|镇|乡|苑|花园|小区|大厦|广场)"
)
_MORE: Final = re.compile("^(?:省|市|区|县)")
_LEADS: Final = re.compile("^(?:中华人民共和国|中国)(?!路|街|城)")
_SKIPPED: Final = re.compile("市辖区|省直辖县级行政区划|自治区直辖县级行政区划|[\\s,;/·-]+")
_SEAT: Final = re.compile(r"^市辖区(?![^\W\d_]{0,2}(?:路|街))")
_LONGEST: Final = 200
_PROVINCE, _CITY, _COUNTY = 2, 4, 6  # digits of their codes


def read(text: str | None) -> Reading:
    """Read which division of China an address lies in.

    Args:
        text: The address as it was typed, or None.

    Returns:
        The reading; its key is the code of `find`. Problems: ``blank``, ``placeholder``,
        ``ambiguous_place``, ``renamed_place``, ``unlisted``.

    Source: GB/T 2260.

    Example:
        >>> read("北京市朝阳区建国路88号").key, read("朝阳区建国路88号").problem
        ('110105', 'ambiguous_place')
    """
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    found = _found(clean)
    return Reading(clean, found.code, found.problem)


def find(text: str | None) -> Division:
    """The divisions that an address begins with; what is not certain stays unknown.

    Short names (江苏昆山), traditional characters, left-out levels and names that are no longer
    in use (襄樊市) are read. A name that several divisions bear tells nothing unless what stands
    around it does; roads that are called after a place are none.

    Args:
        text: The address as it was typed, or None.

    Source: GB/T 2260 of 2023 by way of china-division (MIT License); names no longer in use are in
    part those of JioNLP (Apache License 2.0).

    Example:
        >>> d = find("江苏省昆山市前进路12号")
        >>> d.code, d.province, d.city, d.county, d.rest
        ('320583', '江苏省', '苏州市', '昆山市', '前进路12号')
        >>> find("湖北襄樊市").code, find("湖北襄樊市").problem
        ('420600', 'renamed_place')
        >>> find("中山路12号").code is None
        True
    """
    clean = substance(text)
    return _found(clean) if isinstance(clean, str) else Division(problem=clean.problem)


def _found(clean: str) -> Division:
    """The divisions of a tidy address."""
    if len(clean) > _LONGEST or not has_han(clean):
        return Division(rest=clean, problem="unlisted")
    address = simplified(_LEADS.sub("", close_gaps(clean)))
    ways = list(_ways(address, 0, ""))
    end = max((way.end for way in ways), default=0)
    best = [way for way in ways if way.end == end]
    # A county that lies in the city named before it is not one that has moved to another.
    best = [way for way in best if not way.moved] or best
    if not best:
        return Division(rest=address, problem="unlisted")
    code, sure = _common(frozenset(way.code for way in best))
    old = sure and all(way.old or way.moved for way in best if way.code == code)
    problem = None if sure else "ambiguous_place"
    return _named(code, _SEAT.sub("", address[end:]), "renamed_place" if old else problem)


def _common(codes: frozenset[str]) -> tuple[str, bool]:
    """The one code, or what several agree on; and whether that is what was meant."""
    shortest = min(codes, key=lambda code: (len(code), code))
    if all(code.startswith(shortest) for code in codes):
        return shortest, True
    for digits in (_CITY, _PROVINCE):
        heads = {code[:digits] for code in codes}
        if len(heads) == 1:
            return heads.pop(), False
    return "", False


def _named(code: str, rest: str, problem: str | None) -> Division:
    """The division of a code with the names of what it lies in."""
    if not code:
        return Division(rest=rest, problem=problem)
    names = _official()
    province, city = names.get(code[:_PROVINCE], ""), names.get(code[:_CITY], "")
    county = names.get(code, "") if len(code) == _COUNTY else ""
    whole = code.ljust(_COUNTY, "0")
    return Division(whole, province, city if len(code) > _PROVINCE else "", county, rest, problem)


def _ways(address: str, at: int, scope: str) -> Iterator[_Way]:
    """Every way to read the divisions from here on, within what was read before."""
    skipped = _SKIPPED.match(address, at)
    if skipped and scope:
        at = skipped.end()
    for name in _starts().get(address[at : at + 2], ()):
        if len(name.code) <= len(scope) or not address.startswith(name.text, at):
            continue
        moved = not name.code.startswith(scope)
        if moved and not (name.full and _moved(name.code, scope)):
            continue
        end = at + len(name.text)
        inside = tuple(_ways(address, end, name.code))
        # 汉中镇巴县 is no town of Hanzhong: a division that goes on inside settles it.
        if not (name.full or inside or _stands_alone(address, end, name, scope)):
            continue
        yield _Way(end, name.code, name.old, moved)
        for way in inside:
            yield way._replace(old=way.old or name.old)


def _moved(code: str, scope: str) -> bool:
    """Whether a county that was read in one city belongs to another of the same province now."""
    return len(scope) == _CITY and len(code) == _COUNTY and code[:_PROVINCE] == scope[:_PROVINCE]


def _stands_alone(address: str, end: int, name: _Name, scope: str) -> bool:
    """Whether a short name is the division's and not part of a road's or of another name."""
    county = len(name.code) == _COUNTY
    if _ROAD.match(address, end) or _MORE.match(address[end:]) or (name.old and county):
        return False
    # A county in short, without what it lies in, only if nothing else is said: 义乌.
    return not county or bool(scope) or end == len(address)


@cache
def _official() -> dict[str, str]:
    """The name of each division by its code: two, four or six digits."""
    rows = table("divisions")
    found = dict(row.split() for row in (*rows["provinces"], *rows["cities"]))
    for row in rows["counties"]:
        city, _, counties = row.partition(" ")
        found |= {city + county[:2]: county[2:] for county in counties.split("/")}
    return found


@cache
def _starts() -> dict[str, tuple[_Name, ...]]:
    """Every name by its first two characters, the longest first."""
    names = [each for code, text in _official().items() for each in _spellings(text, code)]
    for row in table("divisions")["renamed"]:
        text, code = row.split()
        names += [each._replace(old=True) for each in _spellings(text, code)]
    starts: dict[str, list[_Name]] = {}
    for name in sorted(names, key=lambda name: (-len(name.text), name)):
        starts.setdefault(name.text[:2], []).append(name)
    return {start: tuple(dict.fromkeys(found)) for start, found in starts.items()}


def _spellings(text: str, code: str) -> Iterator[_Name]:
    """The full name and the short one, unless that has a single character."""
    text = simplified(text)
    yield _Name(text, code, full=True, old=False)
    if short := _SHORT.fullmatch(text):
        yield _Name(short[1], code, full=False, old=False)
        if text.endswith("自治州"):
            yield _Name(f"{short[1]}州", code, full=True, old=False)
