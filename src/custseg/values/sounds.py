"""How a name sounds: one key for spellings that are said alike, Chinese and others."""

import re
from functools import lru_cache
from typing import Final

from custseg.values import companies, names
from custseg.values.tables import longest_first, table
from custseg.values.text import has_han, plain, tidy
from custseg.values.variants import PAIRS, simplified


def _readings() -> dict[str, str]:
    """Each character and its syllable without tone; traditional ones sound as simplified ones."""
    rows = (row.split() for row in table("pinyin")["readings"])
    said = {han: syllable for syllable, characters in rows for han in characters}
    return {old: said[new] for old, new in PAIRS if new in said} | said


def _surnames() -> dict[str, str]:
    """Surnames read otherwise than the same characters elsewhere: 单 Shan, 尉迟 Yuchi."""
    said = dict(row.split() for row in table("pinyin")["surnames"])
    old = names.surnames() - said.keys()
    return said | {name: said[simplified(name)] for name in old if simplified(name) in said}


_SAID: Final = _readings()
_SYLLABLES: Final = {ord(han): said for han, said in _SAID.items()}
_SURNAMES: Final = _surnames()
_LEADS: Final = frozenset(name[0] for name in _SURNAMES)
_CHINESE_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")
_LATIN_NAME: Final = re.compile(r"[A-Za-z]{2,}(?:[ -][A-Za-z]{2,}){1,3}")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_APOSTROPHES: Final = re.compile("['`\u2019\u00b4\u02bc]")
_WORD: Final = re.compile(r"[^\W_]+")
_SPELLED: Final = re.compile(
    f"(?:{'|'.join(longest_first(tuple({said for said in _SAID.values() if said != 'n'})))})+"
)
# Spellings that no other language's names have: x, q and zh before a vowel.
_ONLY_CHINESE: Final = re.compile(r"(?:x|q|zh)[aeiou]")
_MEMORY: Final = 1 << 16
_LONGEST: Final = 200


def _surname_spellings() -> frozenset[str]:
    """How the surnames are spelled, compound ones as one word."""
    return frozenset(_SURNAMES.get(name, name.translate(_SYLLABLES)) for name in names.surnames())


# Words that are titles, legal forms or no name at all: names with them are read slowly.
_SPECIAL: Final = names.not_names() | companies.legal_forms()
_FAMILIES: Final = _surname_spellings()

# From left to right, each over the whole word.
_RULES: Final = tuple(
    (re.compile(old), new)
    for old, new in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"^ge", "je"),
        (r"^mac(?=[^aeiouy])", "mc"),
        (r"sch|tsch|tch|ch|sh|cz|sz", "\u0283"),
        (r"mps", "ms"),
        (r"ph|pf", "f"),
        (r"(?<=[aeiou])gh(?![aeiou])", ""),
        (r"dg(?=[eiy])", "j"),
        (r"c(?=[eiy])", "s"),
        (r"ck|[cq]h?", "k"),
        (r"dt|d$|th|d(?=[ts])", "t"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"[vw](?=[aeiouy])", "f"),
        (r"(?<=[aeiouy])w", ""),
        (r"h", ""),
        (r"(?<=..)[aeiou]r(?=[aeiouy])", "r"),
        (r"(?<=.)j", "y"),
        # The first vowel is front, back or open; the others are only heard.
        (r"^([^aeiouy]*)(?:[ae][iy]|[eiy])[aeiouy]*", r"\1E"),
        (r"^([^aeiouyE]*)(?:au|[ou])[aeiouy]*", r"\1O"),
        (r"^([^aeiouyEO]*)a[aeiouy]*", r"\1A"),
        (r"[aeiouy]+", "a"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)a$", ""),
    )
)
_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "æ": "e", "œ": "e", "đ": "d", "ı": "i"})


def key(text: str | None) -> str | None:
    """How a person's or a company's name sounds, for comparing.

    A Chinese name is the letters of its syllables without tones, turned to where they come first in
    the alphabet, so that 王小明, 王曉明, Wang Xiao-Ming and Xiaoming Wang have one key. Surnames
    have their own readings (单 Shan, 查 Zha, 尉迟 Yuchi). Other names in Latin letters are words of
    similar sound in alphabetical order: first names and surnames of English, German and French.
    Titles and legal forms are left out. A character without a known reading stands for itself.

    Args:
        text: The name as it was typed, or None.

    Returns:
        The key; None if there is no name, or only a surname with a title (罗总).

    Source: readings of the characters of GB/T 2312 and of further ones in names are those of
    pypinyin (MIT License), with the customary readings of surnames; the rules for Latin letters
    were written for this library after the idea of NYSIIS (Taft 1970, "Name search techniques").

    Example:
        >>> key("王小明") == key("王曉明") == key("WANG Xiao-Ming") == key("Xiaoming Wang")
        True
        >>> key("单雄信") == key("Shan Xiongxin"), key("欧阳娜娜") == key("Nana Ouyang")
        (True, True)
        >>> key("Catherine Smith") == key("Smyth, Katharine"), key("暂无") is None
        (True, True)
    """
    if text is None:
        return None
    if _CHINESE_NAME.fullmatch(text) and names.bare(text):
        return _said(text)
    if _LATIN_NAME.fullmatch(text):
        words = text.lower().replace("-", " ").split()
        if _SPECIAL.isdisjoint(words):
            return _pronounced(words)
    clean = tidy(text)
    return None if clean is None or len(clean) > _LONGEST else _read(clean)


def _read(clean: str) -> str | None:
    """The key of a tidy text, its titles and legal forms read first."""
    if companies.looks_like(clean):
        whole = companies.read(clean).key
        if whole is None:
            return None
        return _said(whole) if has_han(whole) else _pronounced(whole.split())
    reading = names.read(clean)
    if reading.key is None or reading.value is None:
        return None
    if not has_han(reading.key):
        return _sound(reading.value)
    titled = reading.problem == "incomplete_name" and reading.key != reading.value
    return None if titled else _sound(reading.key)


def _sound(name: str) -> str | None:
    """The key of a name without titles and legal forms."""
    if has_han(name):
        letters = _NOT_LETTERS.sub("", simplified(plain(name)))
        return _said(letters) if letters else None
    return _pronounced(_WORD.findall(_APOSTROPHES.sub("", plain(name))))


def _pronounced(words: list[str]) -> str | None:
    """The key of words in small Latin letters."""
    if spelled := _spelled(words):
        return _turned(spelled)
    return " ".join(sorted(map(_heard, words))) or None


def _said(name: str) -> str:
    """The syllables of a name, its surname read as surnames are."""
    if name[0] in _LEADS:
        family = name[:2] if name[:2] in _SURNAMES else name[0]
        if family in _SURNAMES and len(name) <= len(family) + 2:
            return _turned(_SURNAMES[family] + name[len(family) :].translate(_SYLLABLES))
    return _turned(name.translate(_SYLLABLES))


def _turned(letters: str) -> str:
    """The letters turned so that they come first in the alphabet: the order of names is lost."""
    first = "a" if "a" in letters else min(letters)
    at = letters.find(first)
    best = letters[at:] + letters[:at]
    while (at := letters.find(first, at + 1)) > 0:
        turn = letters[at:] + letters[:at]
        best = min(best, turn)
    return best


def _spelled(words: list[str]) -> str | None:
    """The letters of a Chinese name in Latin spelling, None if it is none."""
    spelled = [*map(_plain_spelling, words)]
    if not spelled or "" in spelled:
        return None
    if len(spelled) > 1:
        known = not _FAMILIES.isdisjoint((spelled[0], spelled[-1], spelled[0] + spelled[1]))
    else:
        known = spelled[0] in _FAMILIES or _ONLY_CHINESE.search(spelled[0]) is not None
    return "".join(spelled) if known else None


@lru_cache(_MEMORY)
def _plain_spelling(word: str) -> str:
    """A word that Chinese syllables make up, with ü as u; empty if it is another."""
    letters = word.replace("v", "u")
    for spelling in (letters, letters.replace("lyu", "lu").replace("nyu", "nu")):
        if _SPELLED.fullmatch(spelling):
            return spelling
    return ""


@lru_cache(_MEMORY)
def _heard(word: str) -> str:
    """How a word of another language sounds, roughly."""
    heard = word.translate(_LETTERS)
    if not heard.isascii():
        return word
    for rule, new in _RULES:
        heard = rule.sub(new, heard)
    return heard or word
