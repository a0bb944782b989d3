"""The embedded tables: names, places, companies, products, sentences, the calendar.

Each file in ``data/`` says at its head where its words come from.
"""

import json
from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import attrs
import cattrs

from custseg.datasets.draws import Weighted, weighted

Language = Literal["zh", "en"]


@attrs.frozen
class Given:
    """A given name, or one character of it.

    Attributes:
        text: As written.
        sound: How it is said; names of one sound are mistaken for one another.
    """

    text: str
    sound: str


@attrs.frozen
class Place:
    """A city and what it belongs to."""

    city: str
    province: str
    country: str
    territory: str


@attrs.frozen
class Titles:
    """What people write before and after a name."""

    prefix: tuple[str, ...]
    suffix: tuple[str, ...]


@attrs.frozen
class Words:
    """All words of one language, as the file has them.

    Attributes:
        source: Where the words come from.
        surnames: (surname, its letters, weight).
        male: Sound -> given names of men (in zh: characters, written together).
        female: The same of women.
        places: (city, province, country, territory, weight).
        phones: Country -> first digits of its mobile numbers, calling code included.
        calling_code: Country -> calling code.
        phone_length: Country -> number of digits in all.
        mail: (provider, weight).
        industries: Names of industries, in the same order in every language.
        trades: For each industry, what its companies call their trade.
        brands: First words of company names.
        forms: (legal form, weight).
        categories: Product categories, in the same order in every language.
        products: The products of each category.
        incomes: Income bands, lowest first.
        titles: Forms of address that stick to names.
        placeholders: What people type when a field must not be empty.
        complaint: Sentences; ``{}`` stands for a product.
        suggestion: Sentences.
        enquiry: Sentences.
        praise: Sentences.
    """

    source: str
    surnames: tuple[tuple[str, str, int], ...]
    male: Mapping[str, str]
    female: Mapping[str, str]
    places: tuple[tuple[str, str, str, str, int], ...]
    phones: Mapping[str, tuple[str, ...]]
    calling_code: Mapping[str, int]
    phone_length: Mapping[str, int]
    mail: tuple[tuple[str, int], ...]
    industries: tuple[str, ...]
    trades: tuple[tuple[str, ...], ...]
    brands: tuple[str, ...]
    forms: tuple[tuple[str, int], ...]
    categories: tuple[str, ...]
    products: tuple[tuple[str, ...], ...]
    incomes: tuple[str, ...]
    titles: Titles
    placeholders: tuple[str, ...]
    complaint: tuple[str, ...]
    suggestion: tuple[str, ...]
    enquiry: tuple[str, ...]
    praise: tuple[str, ...]


@attrs.frozen(eq=False)
class Lexicon:
    """The words of one language, ready to draw from.

    Attributes:
        language: ``zh`` or ``en``.
        words: The tables.

    >>> lexicon("zh").territories["华中"]
    75
    """

    language: Language
    words: Words

    @cached_property
    def surnames(self) -> Weighted[tuple[str, str]]:
        """Surnames with their letters."""
        return weighted(((name, said), weight) for name, said, weight in self.words.surnames)

    @cached_property
    def given(self) -> tuple[tuple[Given, ...], tuple[Given, ...]]:
        """Given names of men and of women."""
        return self._given(self.words.male), self._given(self.words.female)

    @cached_property
    def sounds(self) -> Mapping[str, str]:
        """Given name or character -> others of the same sound."""
        groups: dict[str, set[str]] = {}
        for one in (*self.given[0], *self.given[1]):
            groups.setdefault(one.sound, set()).add(one.text)
        joint = "" if self.language == "zh" else " "
        return {
            text: joint.join(sorted(group - {text}))
            for group in groups.values()
            for text in group
            if len(group) > 1
        }

    @cached_property
    def places(self) -> Weighted[Place]:
        """Cities by size."""
        return weighted((Place(*row[:4]), row[4]) for row in self.words.places)

    @cached_property
    def territories(self) -> Mapping[str, int]:
        """Territories with their size, in the order of the file."""
        sizes: dict[str, int] = {}
        for *_, territory, weight in self.words.places:
            sizes[territory] = sizes.get(territory, 0) + weight
        return sizes

    @cached_property
    def mail(self) -> Weighted[str]:
        """Mail providers."""
        return weighted(self.words.mail)

    @cached_property
    def forms(self) -> Weighted[str]:
        """Legal forms of companies."""
        return weighted(self.words.forms)

    def _given(self, table: Mapping[str, str]) -> tuple[Given, ...]:
        split = self.language == "en"
        return tuple(
            Given(text, sound)
            for sound, texts in table.items()
            for text in (texts.split() if split else texts)
        )


@attrs.frozen
class Rhythm:
    """How buying of one language region moves through the year; 100 is a usual day.

    Attributes:
        around_new_year: (first day, last day, weight), counted from the Chinese New Year.
        yearly: (first month-day, last month-day, weight).
        black_friday: Weight from Black Friday to the Monday after it.
        weekdays: Weight of Monday to Sunday.
    """

    around_new_year: tuple[tuple[int, int, int], ...]
    yearly: tuple[tuple[str, str, int], ...]
    black_friday: int
    weekdays: tuple[int, ...]


@attrs.frozen
class Calendar:
    """What moves buying: the weeks around the Chinese New Year, shopping days, weekdays, hours.

    Attributes:
        source: Where the weights come from.
        zh: The rhythm of Chinese customers.
        en: The rhythm of the others.
        hours: Weight of each hour of the day.
    """

    source: str
    zh: Rhythm
    en: Rhythm
    hours: tuple[int, ...]


@cache
def lexicon(language: Language) -> Lexicon:
    """Read the words of one language.

    >>> lexicon("en").words.industries[1]
    'Information technology'
    """
    return Lexicon(language, cattrs.structure(_read(f"{language}.json"), Words))


@cache
def calendar() -> Calendar:
    """Read the calendar.

    >>> len(calendar().hours)
    24
    """
    return cattrs.structure(_read("calendar.json"), Calendar)


def _read(name: str) -> object:
    text = files("custseg.datasets").joinpath("data", name).read_text(encoding="utf-8")
    return json.loads(text)
