"""Company names: place, brand, trade and legal form, and what to compare."""

import re
from typing import Final

import attrs

from custseg.values import firms
from custseg.values.junk import masked, substance
from custseg.values.mojibake import misread_start
from custseg.values.reading import Reading
from custseg.values.tables import table
from custseg.values.text import close_gaps, has_han, plain, tidy
from custseg.values.variants import simplified


@attrs.frozen
class CompanyParts:
    """A company name taken apart; Chinese parts are in simplified characters, Latin ones small.

    Attributes:
        place: Where it is registered, without 省 or 市; empty if not in the name.
        brand: The part that is its own.
        trade: What it does.
        form: Its legal form.
        branch: Which branch, empty for the company itself.
        related: How the name says that it belongs with other companies, which are not
            itself: ``branch``, ``subsidiary``, ``group``; empty if it does not say.

    >>> parts("Acme Trading Ltd.").trade
    'trading'
    """

    place: str = ""
    brand: str = ""
    trade: str = ""
    form: str = ""
    branch: str = ""
    related: str = ""


_TABLE: Final = table("companies")
_LATIN_FORMS: Final = frozenset(_TABLE["latin_forms"])
_LATIN_LEADS: Final = frozenset(_TABLE["latin_leads"])
_LATIN_TRADES: Final = frozenset(map(plain, _TABLE["latin_trades"]))
_LATIN_PLACES: Final = frozenset(_TABLE["latin_places"])
_LATIN_OFFICES: Final = frozenset(_TABLE["latin_offices"])
_LATIN_GROUPS: Final = frozenset(_TABLE["latin_groups"])
_LATIN_KIN: Final = frozenset(_TABLE["latin_kin"])
_NO_COMPANY: Final = frozenset(_TABLE["no_company"])
_EMPTY: Final = frozenset(table("junk")["chinese"])
_QUICK: Final = re.compile(
    r"[\u4e00-\u9fff]{3,60}(?:[(（][\u4e00-\u9fff]{1,20}[)）][\u4e00-\u9fff]{0,40})?"
)
# Words of letters with a comma or a stop after them, as in Acme Trading Co., Ltd.
_QUICK_LATIN: Final = re.compile(r"[A-Za-z]{2,24}(?:\.?,? [A-Za-z]{2,24}){1,5}\.?")
_LATIN_WORD: Final = re.compile("[a-z]+")
_BRACKETS: Final = str.maketrans("（）", "()")
_NO_BRACKETS: Final = str.maketrans("", "", "()")
_LONGEST: Final = 200
_PUNCTUATION: Final = re.compile(r"[\W_]+")
# Legal forms that are nobody's surname, and those of them that stand in front.
_SURE_FORMS: Final = frozenset(_TABLE["sure_forms"])
_SURE_LEADS: Final = frozenset(_TABLE["sure_leads"])
_HAN_ENDS: Final = (*sorted(firms.FORMS), *_TABLE["forms"], *firms.OFFICES)
_HAN_LAST: Final = frozenset(end[-1] for end in _HAN_ENDS)
_WORD: Final = re.compile(r"[^\W_]+")
# Names of nothing but these may stand in for a value.
_EMPTY_WORDS: Final = frozenset(
    word for text in (*table("junk")["others"], *_NO_COMPANY) for word in _WORD.findall(text)
)
_LAST_WORD: Final = re.compile(r"[^\W_]+(?=[\W_]*$)")
_DOTS: Final = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)|['’`]")


def read(text: str | None) -> Reading:
    """Read one company name.

    The value keeps the name as it is registered. The key leaves out the legal
    form, brackets, spaces, case and accents, and writes places in short and
    characters simplified; what tells two companies of a group apart (集团, 分公司,
    another city) stays in it.

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
        >>> read("騰訊科技（深圳）有限公司").key
        '腾讯科技深圳'
    """
    if text and text.isascii():
        if _QUICK_LATIN.fullmatch(text):
            words = _LATIN_WORD.findall(text.lower())
            if not _EMPTY_WORDS.issuperset(words):
                return _settle_latin(text, words)
    elif text and _QUICK.fullmatch(text) and text not in _EMPTY and not misread_start(text[0]):
        return _settle_han(text.translate(_BRACKETS) if "（" in text else text)
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
    if text.isascii() and _QUICK_LATIN.fullmatch(text):
        first, last = text.split(" ", 1)[0], text.rstrip(".").rpartition(" ")[2]
        return last.lower() in _SURE_FORMS or first.rstrip(".,").lower() in _SURE_LEADS
    name = text if text.isascii() else close_gaps(tidy(text) or "")
    if has_han(name):
        return name.startswith(firms.LEADS) or (name[-1] in _HAN_LAST and name.endswith(_HAN_ENDS))
    words = _words(name)
    if len(words) < 2:  # noqa: PLR2004
        return False
    # A. G. after a surname are initials.
    whole = len(words[-1]) > 2 or _LAST_WORD.findall(name)[-1].lower() == words[-1]  # noqa: PLR2004
    return (whole and words[-1] in _SURE_FORMS) or words[0] in _SURE_LEADS


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

    Example:
        >>> p = parts("江苏省苏州市恒力新材料科技有限公司无锡分公司")
        >>> p.place, p.brand, p.trade, p.form, p.branch, p.related
        ('江苏苏州', '恒力', '新材料科技', '有限公司', '无锡分公司', 'branch')
        >>> p = parts("Shenzhen Acme Trading Co., Ltd.")
        >>> p.place, p.brand, p.trade, p.form
        ('shenzhen', 'acme', 'trading', 'co ltd')
        >>> parts("Acme Group").related, parts("腾讯科技（深圳）有限公司").place
        ('group', '深圳')
    """
    return opened(read(text))


def opened(reading: Reading) -> CompanyParts:
    """The parts of a company name that was read before.

    Args:
        reading: What `read` gave.

    Example:
        >>> opened(read("Acme Trading Ltd")).brand
        'acme'
    """
    name = reading.value
    if name is None or reading.key is None:
        return CompanyParts(form=name if reading.problem == "only_legal_form" and name else "")
    return _han_parts(name) if has_han(name) else _latin_parts(name)


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
    if has_han(name):
        return _settle_han(name)
    return _settle_latin(name, _words(name))


def _settle_latin(name: str, words: list[str]) -> Reading:
    """The reading of a name of these words, none of them Chinese."""
    key = _latin_key(words)
    return Reading(name, key or None, None if key else "only_legal_form")


def _settle_han(name: str) -> Reading:
    """The reading of a name with Chinese characters."""
    if name in _NO_COMPANY:
        return Reading(problem="placeholder")
    simple = simplified(name)
    if simple in firms.FORMS:
        return Reading(name, None, "only_legal_form")
    firm = firms.taken_apart(simple)
    tail = "".join(firms.leading_place(firm.branch)) if firm.branch else ""
    key = firm.place + plain(firm.rest) + tail
    if not key.isalnum():
        key = _PUNCTUATION.sub("", key.translate(_NO_BRACKETS))
    return Reading(name, key or None, None if key else "only_legal_form")


def _han_parts(name: str) -> CompanyParts:
    """The parts of a name with Chinese characters."""
    firm = firms.taken_apart(simplified(name))
    rest, inner = firms.brand_and_place(firm.rest)
    trade = firms.trade(rest)
    brand = plain(rest[: len(rest) - len(trade)])
    if brand in firms.ABROAD:  # 中国石油化工: no brand of its own but with its trade
        brand, trade = plain(rest), ""
    related = firms.kin(firm.rest, firm.branch)
    return CompanyParts(firm.place or inner, brand, trade, firm.form, firm.branch, related)


def _words(name: str) -> list[str]:
    """The words of a Latin name, with the letters of S. A. or N V put together."""
    words = _WORD.findall(_DOTS.sub("", plain(name.replace("&", " and "))))
    tail = len(words)
    while tail and len(words[tail - 1]) == 1:
        tail -= 1
    joined = "".join(words[tail:])
    return [*words[:tail], joined] if joined in _LATIN_FORMS else words


def _without_form(words: list[str]) -> tuple[list[str], list[str]]:
    """The words without the legal form, of which at least one is left, and the form."""
    end, start = len(words), 0
    while end > 1 and (words[end - 1] in _LATIN_FORMS or words[end - 1] == "and"):
        end -= 1
        # S.A. de C.V., S. de R.L. de C.V.
        if end > 1 and words[end - 1] == "de" and words[end] in {"cv", "rl"}:
            end -= 2 if end > 2 and words[end - 2] == "s" else 1  # noqa: PLR2004
    while end - start > 1 and words[start] in _LATIN_LEADS:
        start += 1
    return words[start:end], words[:start] + words[end:]


def _latin_key(name: list[str]) -> str:
    """The key of a name of these words."""
    company, office = _without_office(name)
    words, form = _without_form(company)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    alone = len(words) == 1 and words[0] in _LATIN_FORMS
    if alone and (form or len(words[0]) > 1):
        return ""
    return " ".join([*words, office] if office else words)


def _latin_parts(name: str) -> CompanyParts:
    """The parts of a name without Chinese characters."""
    words, office = _without_office(_words(name))
    stem, form = _without_form(words)
    if len(stem) > 1 and stem[0] == "the":
        stem = stem[1:]
    related = "branch" if office else ""
    if len(stem) > 1 and stem[-1] in _LATIN_GROUPS | _LATIN_KIN:
        related = related or ("group" if stem[-1] in _LATIN_GROUPS else "subsidiary")
        stem = stem[:-1]
    place, stem = _latin_place(stem)
    end = len(stem)
    while end > 1 and (stem[end - 1] in _LATIN_TRADES or stem[end - 1] == "and"):
        end -= 1
    trade = stem[end + 1 :] if end < len(stem) and stem[end] == "and" else stem[end:]
    told = (place, " ".join(stem[:end]), " ".join(trade), " ".join(form), office, related)
    return CompanyParts(*told)


def _latin_place(stem: list[str]) -> tuple[str, list[str]]:
    """The place at either end of a name, and the other words, of which at least one is left."""
    if len(stem) > 1 and stem[0] in _LATIN_PLACES:
        return stem[0], stem[1:]
    if len(stem) > 1 and stem[-1] in _LATIN_PLACES:
        return stem[-1], stem[:-1]
    return "", stem


def _without_office(words: list[str]) -> tuple[list[str], str]:
    """The words of the company, and its branch with the place of it."""
    at = next((i for i, word in enumerate(words) if i and word in _LATIN_OFFICES), 0)
    if not at:
        return words, ""
    if words[at] == words[-1] and at > 1 and words[at - 1] in _LATIN_PLACES:
        at -= 1
    return words[:at], " ".join(words[at:])
