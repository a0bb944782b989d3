"""Names of persons, Chinese and others: title off, one order, and what to compare."""

import re
from typing import Final

from custseg.values.junk import masked, stands_in, substance
from custseg.values.mojibake import misread_start
from custseg.values.reading import Reading
from custseg.values.tables import longest_first, table
from custseg.values.text import HAN, has_han, plain
from custseg.values.variants import simplified

_TABLE: Final = table("names")
_SINGLE: Final = frozenset("".join(_TABLE["surnames"]))
_COMPOUND: Final = frozenset(_TABLE["compound_surnames"])
_TITLES: Final = longest_first(_TABLE["titles"])
_LEADING_TITLE: Final = re.compile(rf"^(?:{'|'.join(_TITLES)})[\s:]+(?=[{HAN}]{{2}})")
_TITLE_ENDS: Final = frozenset(title[-1] for title in _TITLES)
_BY_END: Final = {
    end: tuple(title for title in _TITLES if title.endswith(end)) for end in _TITLE_ENDS
}
_SHORT_TITLES: Final = frozenset(_TABLE["short_titles"])
_NOBODY: Final = frozenset(_TABLE["nobody"])
_TITLES_ALONE: Final = frozenset(
    title + end for title in _TABLE["latin_titles"] for end in ("", ".")
)
_NO_NAMES: Final = _NOBODY | _TITLES_ALONE
_EMPTY_WORDS: Final = frozenset(table("junk")["others"])
_OTHERS: Final = _NOBODY.union(table("junk")["chinese"])
_ENDS_OF_OTHERS: Final = _SHORT_TITLES | frozenset("司社店厂行部处某")
_DOTS: Final = re.compile(r"\s*[\u00b7\u2022\u2027\u30fb\uff65\u2024\u2219\u22c5\u25cf]\s*")
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)\s*")
_KANA: Final = "\u3041-\u3096\u30a1-\u30fa\u30fc"
_NOT_HAN: Final = re.compile(f"[^{HAN}{_KANA}]+")
_ONLY_HAN: Final = re.compile(f"[{HAN}{_KANA}·]+")
_JAPANESE_GAP: Final = re.compile(rf"(?<=[{HAN}{_KANA}])\s+(?=[{HAN}{_KANA}])")
_QUICK: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")
_QUICK_LATIN: Final = re.compile(r"[A-Za-z]{2,24}(?: [A-Za-z]{2,24}){1,3}")
_HIDDEN: Final = re.compile(f"[{HAN}]{{1,2}}(?:某{{1,2}}|[xX]{{1,2}})")
_BETWEEN: Final = re.compile(r"\s*[/、;,+&|]\s*")
_CALLED: Final = "小老阿大"
_LETTER: Final = re.compile(r"[^\W\d_]")
_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHES: Final = re.compile("['`\u2019\u00b4\u02bc]")
_HONORIFIC: Final = re.compile(
    r"^(?:(?:mr|dr)\.?\s*(?:&|and)\s*(?:mrs|ms)|mr|mrs|ms|miss|mx"
    r"|(?:dr|prof)(?:\.?[\s-]?(?:dr|med|rer|nat|phil|jur|ing|habil)(?=[.\s]))+|dr|prof|professor|sir|madam|madame|mme|mlle|herr|frau|"
    r"se[nñ]or|se[nñ]ora|sra|sr(?=\.? \w+ )|monsieur|rev|hon|capt)\.?\s+(?=\S)",
    re.IGNORECASE,
)
_FORMS_OF_ADDRESS: Final = frozenset(_TABLE["latin_titles"])
_CREDENTIAL: Final = re.compile(
    r"(?<=\S)(?:\s*,\s*|\s+)(?:ph\.?\s?d|m\.?d|esq|mba|cpa|cfa|dds|rn)\.?$", re.IGNORECASE
)
_LONGEST: Final = 120
_GENERATION: Final = re.compile(r"^(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)


def read(text: str | None) -> Reading:
    """Read one person's name.

    Titles (先生, 总, Mr) go; ``Smith, John`` becomes ``John Smith``; the spaces of
    ``王 小 明`` close. A title that stands with a surname alone stays in the value,
    for then it is part of how the person is called. The key of a Latin name does
    not depend on the order of its words, that of a Chinese name is in simplified characters.

    Args:
        text: The name as it was typed, or None.

    Returns:
        The reading; problems are ``blank``, ``placeholder``, ``masked``,
        ``invalid_characters``, ``invalid_length``, ``lost_characters``,
        ``incomplete_name`` and ``several_values`` (王小明/李四: the first is the key).

    Example:
        >>> read("王 小 明 先生")
        Reading(value='王小明', key='王小明', problem=None)
        >>> read("罗总")
        Reading(value='罗总', key='罗', problem='incomplete_name')
        >>> read("Smith, Dr. John").value, read("SMITH John").key
        ('John Smith', 'john smith')
    """
    if text and text.isascii():
        if _QUICK_LATIN.fullmatch(text):
            words = text.lower().split()
            if _SPECIAL.isdisjoint(words):
                return Reading(text, " ".join(sorted(words)))
    elif text and _QUICK.fullmatch(text) and bare(text) and text[0] not in _CALLED:
        return Reading(text, simplified(text))
    settled = substance(text)
    while isinstance(settled, str):
        settled = _settle(settled)
    return settled


def surname(name: str | None) -> str | None:
    """The surname of a Chinese name, compound surnames included.

    Args:
        name: A name in Chinese characters, family name first; or None.

    Returns:
        The surname; None if the name is not Chinese or begins with no known one.

    Example:
        >>> surname("欧阳娜娜"), surname("王小明"), surname("John Smith")
        ('欧阳', '王', None)
    """
    if not name:
        return None
    for length in (4, 2):
        if name[:length] in _COMPOUND and len(name) >= length:
            return name[:length]
    return name[0] if name[0] in _SINGLE else None


def surnames() -> frozenset[str]:
    """Every Chinese surname that is known, compound ones included.

    Example:
        >>> "王" in surnames(), "欧阳" in surnames()
        (True, True)
    """
    return _SINGLE | _COMPOUND


def not_names() -> frozenset[str]:
    """Latin words in small letters that are titles, or part of what stands in for a name.

    Example:
        >>> {"mr", "guest"} <= not_names()
        True
    """
    words = (word for text in _NOBODY.union(table("junk")["others"]) for word in text.split())
    return frozenset(words) | _FORMS_OF_ADDRESS


def bare(name: str) -> bool:
    """Whether a text of two to four Chinese characters is a name and nothing else.

    Args:
        name: Chinese characters and nothing else.

    Example:
        >>> bare("王小明"), bare("王经理"), bare("暂无")
        (True, False, False)
    """
    end = name[-1]
    if end in _ENDS_OF_OTHERS or name in _OTHERS or misread_start(name[0]):
        return False
    return end not in _BY_END or not name.endswith(_BY_END[end])


def _settle(clean: str) -> Reading | str:
    """The reading of a name, or the name without one more title to be read again."""
    if stands_in(clean) or clean in _TITLES or clean.casefold() in _NO_NAMES:
        return Reading(problem="placeholder")
    if len(clean) > _LONGEST:
        return Reading(clean, None, "invalid_length")
    if masked(clean) or _HIDDEN.fullmatch(clean):
        return Reading(clean, None, "masked")
    if not _LETTER.search(clean):
        return Reading(clean, None, "invalid_characters")
    return _han(clean) if has_han(clean) else _latin(clean)


def _han(clean: str) -> Reading | str:
    """Settle a name with Chinese characters in it."""
    name = _JAPANESE_GAP.sub("", _DOTS.sub("·", _LEADING_TITLE.sub("", clean)))
    if not _ONLY_HAN.fullmatch(name):
        return _several(name) or _mixed(name)
    rest = name.removesuffix(_title(name))
    if len(rest) == 1 or rest in _COMPOUND:
        return Reading(name, simplified(rest), "incomplete_name")
    if rest != name:
        return rest
    key = simplified(name.replace("·", ""))
    nickname = len(key) == 2 and key[0] in _CALLED and key[1] in _SINGLE  # noqa: PLR2004
    return Reading(name, key, "incomplete_name" if nickname or len(key) == 1 else None)


def _several(name: str) -> Reading | None:
    """Several Chinese names in one field, the first of which is the key; None if it is one."""
    parts = _BETWEEN.split(name)
    found = [read(part) for part in parts if _QUICK.fullmatch(part)]
    whole = [reading.key for reading in found if reading.key and reading.problem is None]
    many = len(whole) == len(parts) > 1
    return Reading(name, whole[0], "several_values") if many else None


def _title(name: str) -> str:
    """The form of address at the end of a Chinese name, empty if there is none."""
    for title in _BY_END.get(name[-1], ()):
        if name.endswith(title) and name.strip("·") != title:
            return title
    if len(name) > 1 and name[-1] in _SHORT_TITLES and surname(name):
        family = surname(name) or ""
        # After a whole name only the titles that are not given names: 王小明总, but 张哥哥 stays.
        if name[:-1] == family or (name[-1] in "总總" and len(name) > len(family) + 1):
            return name[-1]
    return ""


def _mixed(name: str) -> Reading:
    """Read a name in two scripts, as 王小明 (David Wang): the Chinese part is the key."""
    outside = _BRACKETS.sub("", name) or name
    if outside != name and _ONLY_HAN.fullmatch(outside):
        inner = read(outside)
        return Reading(name, inner.key, inner.problem)
    han = _NOT_HAN.sub("", outside) or _NOT_HAN.sub("", name)
    return Reading(name, _key(name) if len(han) == 1 else simplified(han))


def _latin(clean: str) -> Reading | str:
    """Settle a name without Chinese characters."""
    bare = _HONORIFIC.sub("", _CREDENTIAL.sub("", clean))
    name = _HONORIFIC.sub("", _turn(bare))
    if name != clean:
        return name.strip()
    words = _WORD.findall(name)
    if _EMPTY_WORDS.issuperset(word.casefold() for word in words):
        return Reading(problem="placeholder")
    return Reading(name, _key(name), None if len(words) > 1 else "incomplete_name")


def _turn(name: str) -> str:
    """``Smith, John`` and ``Smith, John, Jr.`` in their spoken order; other commas stay."""
    before, comma, after = (part.strip() for part in name.partition(","))
    given, _, generation = (part.strip() for part in after.partition(","))
    if given and _GENERATION.match(generation):
        return f"{given} {before} {generation}"
    if not comma or "," in after or not before or not after:
        return name
    return f"{before} {after}" if _GENERATION.match(after) else f"{after} {before}"


def _key(name: str) -> str | None:
    """The words of a name without case, accents and order."""
    words = _WORD.findall(_APOSTROPHES.sub("", simplified(plain(name))))
    return " ".join(sorted(words)) or None


# Words that are titles or no name at all: names with them are read slowly.
_SPECIAL: Final = not_names()
