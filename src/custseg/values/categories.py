"""Which known category does a text name: a gender, an occupation, an industry?"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final, Literal, get_args

import attrs

from custseg.values.junk import substance
from custseg.values.reading import Reading
from custseg.values.tables import table
from custseg.values.text import close_gaps, has_han, plain, tidy

Subject = Literal["gender", "occupation", "industry"]
Coding = Literal["gbt4754", "isic4"]

SUBJECTS: Final[tuple[Subject, ...]] = get_args(Subject)
_FILES: Final = {"gender": "genders", "occupation": "occupations", "industry": "industries"}
_APART: Final = re.compile(r"\s*[,，、;；/|&＆+]\s*|\s+and\s+|\s+or\s+")
_NUMBERED: Final = re.compile(
    r"(?:[0-9]{1,3}|[A-Z])[.)、:：_]\s*|[0-9]{1,2}[\s-]+|[A-U]\s+(?=\S{2})"
)
_NOISE: Final = ("行业", "产业", "领域", "相关", "业", "类", " industry", " sector", " industries")
_OF: Final = re.compile(r"\s+(?:of|at|for|in)\s+.*")
_WORDLESS: Final = re.compile(r"[\W_]+")
_DOTS: Final = re.compile(r"(?<=\b\w)\.(?=\w\b)|['’`]")
_CODE: Final = re.compile(r"([A-U])?([0-9]{2,4})?")
# What stands before the word that names a category and takes it back: not one, or one no more.
_NO: Final = re.compile(
    r"(?:非(?!标|遗|洲|金属|铁|织|木|物质|晶|线性|机动|煤|常规|开挖|全日制|处方|融资)"
    r"|不是|不再|并非|并不|绝非|没|从未|从没|曾|退役|退伍|复员|转业|以前|从前|过去"
    r"|前(?!端|后|台|厅|线|沿|置|道|处理|期|列|纺|瞻)"
    r"|原(?!画|料|材|油|子|创|生|型|产|药|木|酒|浆|纸|装|厂|件|始))"
)
_NOT: Final = frozenset(("not", "never", "former", "formerly", "previously", "isnt", "wasnt", "ex"))
_JUST_NOT: Final = frozenset(("no", "non"))  # before another word, they deny that: non-profit
_BETWEEN: Final = frozenset(("a", "an", "the", "longer", "more"))
_NEAR: Final = 0.8  # share of equal letters
_SHORTEST: Final = 2
_LONGEST: Final = 120


@attrs.frozen(eq=False)
class _Words:
    """The words of one subject.

    Attributes:
        codes: Its categories, in order.
        whole: Texts that name a category as they are.
        ends: Words that name it wherever a longer text ends with them.
        starts: Words that name it wherever a longer text starts with them.
    """

    codes: tuple[str, ...]
    whole: Mapping[str, str]
    ends: Mapping[str, str]
    starts: Mapping[str, str]


def codes(subject: Subject) -> tuple[str, ...]:
    """The categories of a subject, in order.

    Example:
        >>> codes("gender")
        ('male', 'female', 'other_gender')
    """
    return _words(subject).codes


def key(text: str) -> str:
    """What two spellings of one category share: no case, accents, marks, no gaps in Chinese.

    Example:
        >>> key("农、林、牧、渔业"), key("Self-Employed "), key("R&D")
        ('农林牧渔业', 'self employed', 'r and d')
    """
    bare = _DOTS.sub("", plain(tidy(text) or "").replace("&", " and "))
    return close_gaps(_WORDLESS.sub(" ", bare).strip())


def read(subject: Subject, text: str | None) -> Reading:
    """Read the category that a text names.

    A text that the tables lack is read as nothing rather than guessed at. A longer text is
    read by how it ends, where the end settles it: a 软件开发工程师 is an engineer, but who is not a
    student, or a former soldier (前军人), is neither. Of several
    industries or occupations in one text (房地产/金融) the first counts; of two genders none.

    Args:
        subject: What the text is about.
        text: The text as it was typed, or None.

    Returns:
        The reading; its key is the category's code. Problems: ``blank``, ``placeholder``,
        ``unlisted`` (no key), and of a doubtful key ``inexact`` (told by how the text begins
        or ends) and ``several_values``.

    Source: the sections of GB/T 4754-2017 (国民经济行业分类) joined with those of ISIC Rev. 4, and
    the major groups of 职业分类大典 (2022) joined with those of ISCO-08; the words for them were
    written for this library.

    Example:
        >>> read("gender", "女士").key, read("gender", "保密").problem
        ('female', 'placeholder')
        >>> read("industry", "Banking & Insurance").key
        'finance'
        >>> read("occupation", "软件开发工程师")
        Reading(value='软件开发工程师', key='professional', problem='inexact')
    """
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    if len(clean) > _LONGEST:
        return Reading(clean, None, "unlisted")
    words = _words(subject)
    code, problem = _whole(clean, words) or _joint(clean, words) or _part(clean, words)
    if subject == "gender" and problem == "several_values":
        return Reading(clean, None, problem)
    return Reading(clean, code, problem if code else "unlisted")


def nearest(subject: Subject, text: str) -> str | None:
    """The word of the tables that a text without a category was perhaps meant to be.

    Example:
        >>> nearest("industry", "Agricultrue"), nearest("industry", "qq")
        ('agriculture', None)
    """
    return next(iter(get_close_matches(key(text), _words(subject).whole, n=1, cutoff=_NEAR)), None)


def read_code(text: str | None, coding: Coding) -> Reading:
    """Read a code of an industrial classification: a section's letter, a division, or both.

    Args:
        text: The code as it was typed, such as ``C3912``, ``I`` or ``65``.
        coding: Which classification: ``gbt4754`` (GB/T 4754-2017) or ``isic4`` (ISIC Rev. 4).

    Returns:
        The reading; its key is the industry. Problems: ``blank``, ``placeholder``,
        ``unlisted``.

    Source: GB/T 4754-2017 with its amendment of 2019, and ISIC Rev. 4 (United Nations, 2008):
    sections and the divisions in them.

    Example:
        >>> read_code("C3912", "gbt4754").key, read_code("F", "isic4").key
        ('manufacturing', 'construction')
        >>> read_code("A65", "gbt4754").problem
        'unlisted'
    """
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    found = _CODE.fullmatch(clean.upper())
    letter, digits = (found[1], found[2]) if found else (None, None)
    code = _section(_coding(coding), letter, digits) if letter or digits else None
    return Reading(clean, code, None if code else "unlisted")


_Rows = tuple[tuple[str, int, int, str], ...]


def _section(rows: _Rows, letter: str | None, digits: str | None) -> str | None:
    """The industry of the section that a code stands in; letter and digits must agree."""
    for section, low, high, code in rows:
        if letter in {None, section} and (digits is None or low <= int(digits[:2]) <= high):
            return code
    return None


@cache
def _coding(coding: Coding) -> _Rows:
    rows = (row.split() for row in table("industries")[coding])
    return tuple((letter, int(low), int(high), code) for letter, low, high, code in rows)


@cache
def _words(subject: Subject) -> _Words:
    sections = table(_FILES[subject])
    named = [name for name in sections if name not in get_args(Coding)]

    def of(part: str) -> dict[str, str]:
        ours = [(n.partition(".")[0], n) for n in named if n.partition(".")[2] == part]
        return {key(word): code for code, name in ours for word in sections[name]}

    ends, starts = of("ends"), of("starts")
    codes = tuple(name for name in named if "." not in name)
    own = {key(code): code for code in codes}  # what was read once reads as itself
    return _Words(codes, own | starts | ends | of(""), ends, starts)


_Found = tuple[str | None, str | None]


def _whole(text: str, words: _Words) -> _Found | None:
    """The category that the whole text names, as it stands or without a number or 行业."""
    for candidate in _bared(text):
        if code := words.whole.get(candidate):
            return code, None
    return None


def _bared(text: str) -> Iterator[str]:
    numbered = _NUMBERED.match(text)
    for each in (text, text[numbered.end() :] if numbered else ""):
        bare = key(each)
        yield bare
        yield from (bare.removesuffix(noise) for noise in _NOISE if bare.endswith(noise))


def _joint(text: str, words: _Words) -> _Found | None:
    """The category of a list: that of its first part; doubtful unless all parts agree."""
    parts = [part for part in _APART.split(text) if part]
    if len(parts) <= 1:
        return None
    known = [(_whole(part, words) or _part(part, words))[0] for part in parts]
    if known[0] is None:
        return None
    return known[0], None if len(set(known)) == 1 else "several_values"


def _part(text: str, words: _Words) -> _Found:
    """The category that the beginning or the end of a text names."""
    bare = key(_OF.sub("", text))
    for candidate in _cut(bare, at_end=False):
        if code := words.starts.get(candidate):
            return code, "inexact"
    for candidate in _cut(bare, at_end=True):
        if code := words.ends.get(candidate):
            return (None, None) if _taken_back(bare.removesuffix(candidate)) else (code, "inexact")
    return _covered(bare, words.whole), None


def _taken_back(head: str) -> bool:
    """Whether what stands before a category says that it is not, or no more."""
    if has_han(head):
        return _NO.match(head) is not None
    before = head.split()
    direct = [word for word in before if word not in _BETWEEN][-1:]
    return not _NOT.isdisjoint(before) or not _JUST_NOT.isdisjoint(direct)


def _cut(text: str, *, at_end: bool) -> Iterator[str]:
    """The ends (or beginnings) of a text, the longest first: by characters or by words."""
    units, glue = (list(text), "") if has_han(text) else (text.split(), " ")
    least = _SHORTEST if glue == "" else 1
    for length in range(len(units) - 1, least - 1, -1):
        yield glue.join(units[-length:] if at_end else units[:length])


def _covered(text: str, whole: Mapping[str, str]) -> str | None:
    """The category of two words written together (教育培训), where both name the same."""
    if not has_han(text):
        return None
    for at in range(_SHORTEST, len(text) - 1):
        code = whole.get(text[:at])
        if code is not None and whole.get(text[at:]) == code:
            return code
    return None
