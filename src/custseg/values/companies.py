"""Company names: place, brand, trade and legal form, and what to compare."""

import re
from typing import Final

import attrs

from custseg.values.junk import masked, substance
from custseg.values.reading import Reading
from custseg.values.tables import longest_first, table
from custseg.values.text import close_gaps, has_han, plain, tidy


@attrs.frozen
class CompanyParts:
    """A company name taken apart.

    Attributes:
        place: Where it is registered, without 省 or 市; empty if not in the name.
        brand: The part that is its own.
        trade: What it does.
        form: Its legal form.
        branch: Which branch, empty for the company itself.
    """

    place: str = ""
    brand: str = ""
    trade: str = ""
    form: str = ""
    branch: str = ""


_TABLE: Final = table("companies")
_LATIN_FORMS: Final = frozenset(_TABLE["latin_forms"])
_NO_COMPANY: Final = frozenset(_TABLE["no_company"])
# A company whose name begins with these is seldom from there.
_BRANDS: Final = frozenset({"阿里"})


def _places() -> dict[str, str]:
    """Each province and prefecture in use, full or short, with its short form."""
    names = table("places")
    short = {name: name for name in names["provinces"] + names["cities"]}
    # What stands before the stroke is what people say; the rest belongs to the full name.
    split = [name.partition("/") for name in names["long"]]
    stems = {stem: stem for stem, _, _ in split if stem not in _BRANDS}
    return short | stems | {stem + rest: stem for stem, _, rest in split}


_PLACES: Final = _places()
_PLACE_STARTS: Final = frozenset(name[:2] for name in _PLACES)
_PLACE_LENGTHS: Final = tuple(sorted({len(name) for name in _PLACES}, reverse=True))
_FORMS: Final = longest_first(_TABLE["forms"])
_FORM_ENDS: Final = frozenset(form[-1] for form in _FORMS)
_LEADS: Final = ("株式会社", "有限会社", "合同会社", "(株)")
_BRANCHES: Final = (
    *("分公司", "支公司", "分行", "支行", "分店", "分厂", "分部", "分所"),
    *("营业部", "营业厅", "办事处", "门市部", "经营部"),
)
_BRANCH: Final = re.compile(rf"(.+?(?:{'|'.join(map(re.escape, _FORMS))}))(.+)")
_AFTER_PLACE: Final = re.compile(r"省|市(?![场政民])|地区|特别行政区")
_LONGEST: Final = 200
_PUNCTUATION: Final = re.compile(r"[\W_]+")
_TRADE: Final = re.compile(f"(?:{'|'.join(longest_first(_TABLE['trades']))})+$")
# Legal forms that are nobody's surname.
_SURE_FORMS: Final = frozenset(
    ["ltd", "limited", "inc", "llc", "llp", "plc", "gmbh", "corp", "corporation", "pty", "sarl"]
)
_WORD: Final = re.compile(r"[^\W_]+")
_DOTS: Final = re.compile(r"(?<=\b\w)\.(?=\w\b)|['’`]")


def read(text: str | None) -> Reading:
    """Read one company name.

    The value keeps the name as it is registered. The key leaves out the legal
    form, brackets, spaces, case and accents, and writes places in short; what
    tells two companies of a group apart (集团, 分公司, another city) stays in it.

    Args:
        text: The name as it was typed, or None.

    Returns:
        The reading; problems are ``blank``, ``placeholder``, ``masked``,
        ``invalid_characters``, ``invalid_length`` and ``only_legal_form``.

    Example:
        >>> read("上海市 万科房地产有限责任公司")
        Reading(value='上海市万科房地产有限责任公司', key='上海万科房地产', problem=None)
        >>> read("Müller & Söhne GmbH & Co. KG").key
        'muller and sohne'
        >>> read("腾讯科技（深圳）有限公司").key
        '腾讯科技深圳'
    """
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    return _settle(close_gaps(clean))


def looks_like(text: str) -> bool:
    """Whether a name is a company's rather than a person's: it bears a legal form.

    Args:
        text: A name.

    Example:
        >>> looks_like("上海万科房地产有限公司"), looks_like("Acme Ltd."), looks_like("John Smith")
        (True, True, False)
    """
    name = close_gaps(tidy(text) or "")
    if has_han(name):
        return name.endswith((*_FORMS, *_BRANCHES))
    words = _words(name)
    return len(words) > 1 and words[-1] in _SURE_FORMS


def legal_forms() -> frozenset[str]:
    """The words in Latin letters that are legal forms, in small letters.

    Example:
        >>> {"ltd", "gmbh"} <= legal_forms()
        True
    """
    return _LATIN_FORMS | _SURE_FORMS


def parts(text: str | None) -> CompanyParts:
    """A company name taken apart; what cannot be told is left empty.

    Args:
        text: The name as it was typed, or None.

    Returns:
        The parts. For a name in Latin letters only brand and form are told.

    Example:
        >>> p = parts("江苏省苏州市恒力新材料科技有限公司无锡分公司")
        >>> p.place, p.brand, p.trade, p.form, p.branch
        ('江苏苏州', '恒力', '新材料科技', '有限公司', '无锡分公司')
        >>> parts("Acme Trading Co., Ltd.").form
        'co ltd'
    """
    reading = read(text)
    name = reading.value
    if name is None or reading.key is None:
        return CompanyParts(form=name if reading.problem == "only_legal_form" and name else "")
    if not has_han(name):
        words = _words(name)
        stem = _without_form(words)
        return CompanyParts(brand=" ".join(stem), form=" ".join(words[len(stem) :]))
    head, form, branch = _split(name)
    place, rest = _place(head)
    found = _TRADE.search(rest, 1) if rest else None
    trade = found[0] if found else ""
    return CompanyParts(place, rest[: len(rest) - len(trade)], trade, form, branch)


def _settle(name: str) -> Reading:
    """The reading of a tidy name."""
    if name.casefold() in _NO_COMPANY:
        return Reading(problem="placeholder")
    if len(name) > _LONGEST:
        return Reading(name, None, "invalid_length")
    if masked(name):
        return Reading(name, None, "masked")
    if not _WORD.search(name):
        return Reading(name, None, "invalid_characters")
    key = _han_key(name) if has_han(name) else _latin_key(name)
    return Reading(name, key or None, None if key else "only_legal_form")


def _split(name: str) -> tuple[str, str, str]:
    """What stands before the legal form, the form, and the branch after it."""
    found = _BRANCH.fullmatch(name) if name.endswith(_BRANCHES) else None
    whole, branch = (found[1], found[2]) if found else (name, "")
    for form in _FORMS if whole[-1] in _FORM_ENDS else ():
        if whole.endswith(form) and whole != form:
            return whole.removesuffix(form), form, branch
    for form in _LEADS:
        if whole.startswith(form) and whole != form:
            return whole.removeprefix(form), form, branch
    return whole, "", branch


def _place(head: str) -> tuple[str, str]:
    """The places that a name begins with, in short, and the rest of it."""
    at, stems = 0, ""
    while found := _place_at(head, at):
        end = at + len(found)
        after = _AFTER_PLACE.match(head, end)
        end = after.end() if after else end
        if end == len(head):
            break
        stems, at = stems + _PLACES[found], end
    return stems, head[at:]


def _place_at(head: str, at: int) -> str:
    """The longest place that stands here, empty if there is none."""
    if head[at : at + 2] not in _PLACE_STARTS:
        return ""
    here = (head[at : at + length] for length in _PLACE_LENGTHS)
    return next((name for name in here if name in _PLACES), "")


def _han_key(name: str) -> str:
    """The key of a name with Chinese characters."""
    if name in _FORMS:
        return ""
    head, _, branch = _split(name)
    place, rest = _place(head)
    tail = "".join(_place(branch)) if branch else ""
    return _PUNCTUATION.sub("", place + plain(rest) + tail)


def _words(name: str) -> list[str]:
    """The words of a Latin name, with the letters of S. A. or N V put together."""
    words = _WORD.findall(_DOTS.sub("", plain(name.replace("&", " and "))))
    tail = len(words)
    while tail and len(words[tail - 1]) == 1:
        tail -= 1
    joined = "".join(words[tail:])
    return [*words[:tail], joined] if joined in _LATIN_FORMS else words


def _without_form(words: list[str]) -> list[str]:
    """The words before the legal form; at least one is left."""
    end = len(words)
    while end > 1 and (words[end - 1] in _LATIN_FORMS or words[end - 1] == "and"):
        end -= 1
    return words[:end]


def _latin_key(name: str) -> str:
    """The key of a name without Chinese characters."""
    words = _without_form(_words(name))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return "" if len(words) == 1 and words[0] in _LATIN_FORMS else " ".join(words)
