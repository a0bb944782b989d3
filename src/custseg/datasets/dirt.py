"""What goes wrong when people type: each kind of error changes one field of one record.

Every kind is a function of the text, the person behind it and chance. What it gives may equal
the text (nothing to drop, say); then no error is counted.
"""

from collections.abc import Callable, Mapping
from functools import cached_property

import attrs

from custseg.datasets.draws import Spins, Weighted, weighted
from custseg.datasets.people import Person
from custseg.datasets.words import Language, Lexicon, lexicon

_WIDE = str.maketrans("0123456789+-() @", "０１２３４５６７８９＋－（）　＠")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SLIPS = {
    "gmail.com": "gmial.com",
    "hotmail.com": "hotmal.com",
    "outlook.com": "outlok.com",
    "yahoo.com": "yaho.com",
    "163.com": "163.con",
    "126.com": "126.cm",
    "qq.com": "qq.con",
}
_JUNK_PHONES = ("13800000000", "00000000", "12345678901", "1", "110")
_JUNK_EMAILS = ("test@test.com", "none@none.com", "a@a.a", "no@email", "N/A")

_SAID: tuple[Language, ...] = ("zh", "en")

Maker = Callable[[str, Person, Spins], str | None]


@attrs.frozen
class Error:
    """A kind of error.

    Attributes:
        column: The field it changes.
        code: Its name in the truth table, after the field.
        share: How often it comes, against the rate of errors.
        make: What it does.
        only: The language it belongs to, both if empty.
    """

    column: str
    code: str
    share: float
    make: Maker
    only: Language | None = None


@attrs.frozen(eq=False)
class Typist:
    """Who types records in: which errors happen in which field, and how often.

    Attributes:
        errors: The kinds of error.
        fields: The fields that are typed.

    >>> Typist((Error("name", "blank", 1.0, blank),), ("name", "city")).usual["en"]
    50.0
    """

    errors: tuple[Error, ...]
    fields: tuple[str, ...]

    def error(self, spins: Spins, field: str, language: Language, chance: float) -> Error | None:
        """The error that happens in a field, if any.

        Args:
            spins: Which kind it is.
            field: The field.
            language: The language of the customer.
            chance: A uniform number over the rate of errors: the smaller, the likelier one.
        """
        kinds = self.kinds[field, language]
        happens = chance * self.usual[language] < sum(kinds.totals[-1:])
        return spins.among(kinds) if happens else None

    @cached_property
    def kinds(self) -> Mapping[tuple[str, Language], Weighted[Error]]:
        """The kinds of error of each field in each language, by weight."""
        return {(field, said): self._kinds(field, said) for field in self.fields for said in _SAID}

    @cached_property
    def usual(self) -> Mapping[Language, float]:
        """Mean weight of a field, so that the rate of errors is that of a usual field."""
        return {
            said: sum(sum(self.kinds[field, said].totals[-1:]) for field in self.fields)
            / len(self.fields)
            for said in _SAID
        }

    def _kinds(self, field: str, language: Language) -> Weighted[Error]:
        mine = [e for e in self.errors if e.column == field and e.only in {None, language}]
        return weighted((e, round(100 * e.share)) for e in mine)


def blank(_text: str, _person: Person, spins: Spins) -> str | None:
    """Leave the field empty, in one of the two ways of being empty."""
    return "" if spins.chance(40) else None


def placeholder(_text: str, person: Person, spins: Spins) -> str:
    """Type something that means nothing."""
    return spins.one_of(lexicon(person.language).words.placeholders)


def misspell(text: str, person: Person, spins: Spins) -> str:
    """Swap, drop, double or replace one character; in Chinese take one of the same sound."""
    words = lexicon(person.language)
    if person.language == "zh":
        return _zh_slip(text, words, spins)
    spot = spins.below(max(1, len(text) - 1))
    before, one, after = text[:spot], text[spot : spot + 1], text[spot + 1 :]
    shapes = (
        before + after[:1] + one + after[1:],
        before + after,
        before + one + one + after,
        before + spins.one_of(_LETTERS) + after,
    )
    return spins.one_of(shapes)


def sound_alike(_text: str, person: Person, spins: Spins) -> str:
    """Write the given name as another one that sounds the same."""
    sounds = lexicon(person.language).sounds
    if person.language == "en":
        others = sounds.get(person.given, person.given).split()
        return f"{spins.one_of(others)} {person.surname}"
    chars = [spins.one_of(sounds.get(char, char)) for char in person.given]
    return person.surname + "".join(chars)


def title(text: str, person: Person, spins: Spins) -> str:
    """Write 先生, 总, Mr or the like around the name."""
    titles = lexicon(person.language).words.titles
    spot = spins.below(len(titles.prefix) + len(titles.suffix))
    if spot < len(titles.prefix):
        return titles.prefix[spot] + text
    suffix = titles.suffix[spot - len(titles.prefix)]
    return person.surname + suffix if suffix in {"总", "经理", "老师"} else text + suffix


def spaces(text: str, person: Person, spins: Spins) -> str:
    """Put spaces where none belong."""
    if person.language == "zh":
        return f"{text[:1]}　{text[1:]}"
    return spins.one_of((f" {text}", f"{text}  ", text.replace(" ", "  ")))


def letter_case(text: str, _person: Person, spins: Spins) -> str:
    """Write all letters large or small."""
    return text.upper() if spins.chance(50) else text.lower()


def surname_first(_text: str, person: Person, spins: Spins) -> str:
    """Write the family name first."""
    return f"{person.surname}{spins.one_of((',', ''))} {person.given}"


def initial(_text: str, person: Person, _spins: Spins) -> str:
    """Shorten the given name to its letter."""
    return f"{person.given[0]}. {person.surname}"


def no_legal_form(text: str, person: Person, _spins: Spins) -> str:
    """Drop 有限公司, Ltd and the like."""
    return text.removesuffix(person.form).rstrip()


def no_city(text: str, person: Person, _spins: Spins) -> str:
    """Drop the city before a Chinese company name."""
    return text.removeprefix(person.place.city)


def city_in_brackets(text: str, person: Person, spins: Spins) -> str:
    """Put the city of a Chinese company into brackets after the brand."""
    rest = text.removeprefix(person.place.city)
    city = f"（{person.place.city}）" if spins.chance(60) else f"({person.place.city})"
    return rest[:2] + city + rest[2:]


def phone_layout(text: str, person: Person, spins: Spins) -> str:
    """Write the number with country code, blanks, dashes or brackets."""
    if person.language == "zh":
        return spins.one_of(_zh_layouts(text))
    code = lexicon("en").words.calling_code[person.place.country]
    bare = text.removeprefix(f"+{code}")
    return spins.one_of(_us_layouts(bare) if code == 1 else _layouts(str(code), bare))


def wide(text: str, _person: Person, _spins: Spins) -> str:
    """Type with full-width digits and signs."""
    return text.translate(_WIDE)


def wrong_digit(text: str, _person: Person, spins: Spins) -> str:
    """Mistype, drop or double one of the last digits."""
    spot = len(text) - 1 - spins.below(6)
    before, after = text[:spot], text[spot + 1 :]
    return spins.one_of(
        (before + str(spins.below(10)) + after, before + after, before + text[spot] * 2 + after)
    )


def junk_phone(_text: str, _person: Person, spins: Spins) -> str:
    """Type a number that is none."""
    return spins.one_of(_JUNK_PHONES)


def junk_email(_text: str, _person: Person, spins: Spins) -> str:
    """Type an address that is none."""
    return spins.one_of(_JUNK_EMAILS)


def provider_slip(text: str, _person: Person, _spins: Spins) -> str:
    """Mistype the provider."""
    local, _, provider = text.partition("@")
    return f"{local}@{_SLIPS.get(provider, provider + ',')}"


def other_email(text: str, person: Person, spins: Spins) -> str:
    """Give an address at another provider."""
    return f"{text.partition('@')[0]}@{spins.among(lexicon(person.language).mail)}"


def email_case(text: str, _person: Person, spins: Spins) -> str:
    """Capitals, blanks, a full-width sign."""
    return spins.one_of((text.upper(), f" {text}", text.capitalize(), text.replace("@", "＠")))


def unit_suffix(text: str, _person: Person, _spins: Spins) -> str:
    """Add 市 to a city."""
    return f"{text}市"


def _zh_slip(text: str, words: Lexicon, spins: Spins) -> str:
    spot = spins.below(len(text))
    before, one, after = text[:spot], text[spot], text[spot + 1 :]
    alike = words.sounds.get(one, "")
    if alike and spins.chance(60):
        return before + spins.one_of(alike) + after
    other = spins.one_of(words.given[0]).text
    return spins.one_of((before + other + after, before + after, before + one + one + after))


def _zh_layouts(text: str) -> tuple[str, ...]:
    a, b, c = text[:3], text[3:7], text[7:]
    return (
        f"+86 {a} {b} {c}",
        f"+86{text}",
        f"0086{text}",
        f"86-{text}",
        f"{a}-{b}-{c}",
        f"{a} {b} {c}",
    )


def _us_layouts(bare: str) -> tuple[str, ...]:
    area, exchange, line = bare[:3], bare[3:6], bare[6:]
    return (
        f"+1 ({area}) {exchange}-{line}",
        f"({area}) {exchange}-{line}",
        f"{area}-{exchange}-{line}",
        f"{area}.{exchange}.{line}",
        f"1 {area} {exchange} {line}",
    )


def _layouts(code: str, bare: str) -> tuple[str, ...]:
    middle = len(bare) // 2
    return (
        f"+{code} {bare[:middle]} {bare[middle:]}",
        f"+{code}-{bare[:middle]}-{bare[middle:]}",
        f"+{code} (0){bare[:middle]} {bare[middle:]}",
        f"00{code}{bare}",
        f"00{code} {bare}",
    )


ERRORS = (
    Error("name", "sound", 0.25, sound_alike),
    Error("name", "typo", 0.2, misspell),
    Error("name", "title", 0.4, title),
    Error("name", "spaces", 0.3, spaces),
    Error("name", "case", 0.3, letter_case, "en"),
    Error("name", "order", 0.25, surname_first, "en"),
    Error("name", "initial", 0.1, initial, "en"),
    Error("name", "placeholder", 0.05, placeholder),
    Error("name", "blank", 0.1, blank),
    Error("company", "form", 1.0, no_legal_form),
    Error("company", "city", 0.3, no_city, "zh"),
    Error("company", "brackets", 0.3, city_in_brackets, "zh"),
    Error("company", "case", 0.3, letter_case, "en"),
    Error("company", "typo", 0.2, misspell),
    Error("company", "placeholder", 0.2, placeholder),
    Error("company", "blank", 0.4, blank),
    Error("phone", "digit", 0.2, wrong_digit),
    Error("phone", "layout", 1.6, phone_layout),
    Error("phone", "wide", 0.2, wide),
    Error("phone", "placeholder", 0.1, junk_phone),
    Error("phone", "blank", 0.6, blank),
    Error("email", "typo", 0.2, misspell, "en"),
    Error("email", "provider", 0.2, provider_slip),
    Error("email", "other", 0.3, other_email),
    Error("email", "case", 0.4, email_case),
    Error("email", "placeholder", 0.15, junk_email),
    Error("email", "blank", 0.8, blank),
    Error("city", "suffix", 0.8, unit_suffix, "zh"),
    Error("city", "case", 0.5, letter_case, "en"),
    Error("city", "placeholder", 0.1, placeholder),
    Error("city", "blank", 0.5, blank),
    Error("province", "blank", 0.5, blank),
    Error("industry", "placeholder", 0.1, placeholder),
    Error("industry", "blank", 0.8, blank),
    Error("territory", "blank", 0.3, blank),
)
