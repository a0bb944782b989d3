"""How Chinese and Japanese company names are built: place, brand, trade, form, branch."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from custseg.values.tables import table
from custseg.values.variants import simplified

_TABLE: Final = table("companies")
FORMS: Final = frozenset(map(simplified, _TABLE["forms"]))
"""The legal forms in Chinese and Japanese, in simplified characters."""


def _lengths(words: Iterable[str], tail: int) -> dict[str, tuple[int, ...]]:
    """How long the words are that end with the same characters, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[-tail:], set()).add(len(word))
    return {end: tuple(sorted(lengths, reverse=True)) for end, lengths in found.items()}


_FORM_LENGTHS: Final = _lengths(FORMS, 2)
LEADS: Final = ("株式会社", "有限会社", "合同会社", "(株)", "个体工商户", "个体户")
"""Legal forms that stand in front."""
OFFICES: Final = _TABLE["offices"]
"""What the name of a branch ends with."""
_OFFICE_ENDS: Final = frozenset(office[-2:] for office in OFFICES)
# These are branches though no legal form stands before them; a 经营部 may be a firm of its own.
_SURE_OFFICES: Final = ("分公司", "支公司", "子公司", "分行", "支行", "分店", "分厂", "办事处")
_BRANCH: Final = re.compile(
    rf"(.+?(?:{'|'.join(sorted(map(re.escape, FORMS), key=len, reverse=True))}))(.+)"
)
_TRADES: Final = frozenset(_TABLE["trades"])
_TRADE_LENGTHS: Final = _lengths(_TRADES, 1)
_GROUP: Final = re.compile(r"\(?(?:集团|控股)\)?")
_GROUP_ENDS: Final = ("集团", "控股", "(集团)", "(控股)")
_INSIDE: Final = re.compile(r"\(([^()]+)\)")
_AFTER_PLACE: Final = re.compile(r"省|市(?![场政民])|地区|特别行政区|(?=[区县])")
_AFTERS: Final = frozenset("省市地特区县")
# A company whose name begins with these is seldom from there.
_BRANDS: Final = frozenset({"阿里"})
ABROAD: Final = frozenset(["中国", "亚太", "大中华"])
"""Places that are larger than provinces."""


class Firm(NamedTuple):
    """A name taken apart; what is not there is empty."""

    place: str
    rest: str
    form: str
    branch: str


def _places() -> dict[str, str]:
    """Each province and prefecture in use, full or short, with its short form."""
    names = table("places")
    short = {name: name for name in names["provinces"] + names["cities"]}
    # What stands before the stroke is what people say; the rest belongs to the full name.
    split = [name.partition("/") for name in names["long"]]
    stems = {stem: stem for stem, _, _ in split if stem not in _BRANDS}
    return short | stems | {stem + rest: stem for stem, _, rest in split}


_PLACES: Final = _places()


def _by_start() -> dict[str, tuple[str, ...]]:
    """The places by their first two characters, the longest first."""
    starts: dict[str, list[str]] = {}
    for name in sorted(_PLACES, key=len, reverse=True):
        starts.setdefault(name[:2], []).append(name)
    return {start: tuple(names) for start, names in starts.items()}


_STARTS: Final = _by_start()


def taken_apart(name: str) -> Firm:
    """A tidy name in simplified characters in its parts.

    Args:
        name: The name, brackets plain.

    Example:
        >>> taken_apart("江苏省苏州市恒力科技有限公司无锡分公司")
        Firm(place='江苏苏州', rest='恒力科技', form='有限公司', branch='无锡分公司')
    """
    head, form, branch = _split(name)
    place, rest = leading_place(head)
    return Firm(place, rest, form, branch)


def leading_place(head: str) -> tuple[str, str]:
    """The places that a name begins with, in short, and the rest of it.

    Example:
        >>> leading_place("江苏省苏州市恒力"), leading_place("朝阳区政府")
        (('江苏苏州', '恒力'), ('', '朝阳区政府'))
    """
    at, stems = 0, ""
    while names := _STARTS.get(head[at : at + 2]):
        for found in names:
            if head.startswith(found, at):
                break
        else:
            break
        end = at + len(found)
        if head[end : end + 1] in _AFTERS:
            after = _AFTER_PLACE.match(head, end)
            # 北京朝阳区: not the city of Chaoyang but the district, which no table of cities has.
            if after and not after[0]:
                break
            end = after.end() if after else end
        if end == len(head):
            break
        stems, at = stems + _PLACES[found], end
    return stems, head[at:]


def trade(rest: str) -> str:
    """What the company does: the trades that a name ends with, all but its first character.

    Example:
        >>> trade("恒力新材料科技"), trade("科技")
        ('新材料科技', '')
    """
    end = len(rest)
    while end > 1:
        for length in _TRADE_LENGTHS.get(rest[end - 1], ()):
            if length < end and rest[end - length : end] in _TRADES:
                end -= length
                break
        else:
            break
    return rest[end:]


def kin(rest: str, branch: str) -> str:
    """How the name says that the company belongs with others.

    Args:
        rest: The name without place, form and branch.
        branch: Its branch.

    Returns:
        ``branch``, ``subsidiary`` (子公司, or 集团 with more after it), ``group``, or nothing.

    Example:
        >>> kin("恒力集团", ""), kin("中国移动通信集团广东", ""), kin("恒力", "无锡分公司")
        ('group', 'subsidiary', 'branch')
    """
    if branch:
        return "subsidiary" if branch.endswith("子公司") else "branch"
    if rest.endswith(_GROUP_ENDS):
        return "group"
    return "subsidiary" if _GROUP.search(rest, 1) else ""


def brand_and_place(rest: str) -> tuple[str, str]:
    """A name without the marks of a group, and the place that stands inside it.

    Example:
        >>> brand_and_place("腾讯科技(深圳)"), brand_and_place("中国移动通信集团广东")
        (('腾讯科技', '深圳'), ('中国移动通信', '广东'))
    """
    place = ""
    for inner in _INSIDE.findall(rest):
        known = inner if inner in ABROAD else _PLACES.get(inner.removesuffix("市"))
        if known:
            place, rest = known, rest.replace(f"({inner})", "")
    found = _GROUP.search(rest, 1)
    if found:
        after = rest[found.end() :]
        if _PLACES.get(after):
            place, after = _PLACES[after], ""
        rest = rest[: found.start()] + after
    return rest, place


def _split(name: str) -> tuple[str, str, str]:
    """What stands before the legal form, the form, and the branch after it."""
    office = name[-2:] in _OFFICE_ENDS and name.endswith(OFFICES)
    whole, branch = _without_branch(name) if office else (name, "")
    for length in _FORM_LENGTHS.get(whole[-2:], ()):
        if whole[-length:] in FORMS and length < len(whole):
            return whole[:-length], whole[-length:], branch
    for form in LEADS:
        if whole.startswith(form) and whole != form:
            return whole.removeprefix(form), form, branch
    return whole, "", branch


def _without_branch(name: str) -> tuple[str, str]:
    """The company and its branch, which follows the legal form or a place."""
    if found := _BRANCH.fullmatch(name):
        office = next((o for o in _SURE_OFFICES if name.endswith(o)), "")
        if found[2] not in {"司", office[-1:]} and len(found[2]) > 1:
            return found[1], found[2]
    for office in _SURE_OFFICES:
        head = name.removesuffix(office)
        if head and head != name:
            return _before_place(head, office)
    return name, ""


def _before_place(head: str, office: str) -> tuple[str, str]:
    """What stands before the place of an office, and the office with its place."""
    bare = head.removesuffix("市")
    for size in range(min(len(bare) - 1, 8), 1, -1):
        if bare[-size:] in _PLACES:
            return bare[:-size], bare[-size:] + office
    return head, office
