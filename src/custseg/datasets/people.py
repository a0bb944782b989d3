"""Who the customers truly are: persons, companies, places, phones, e-mail addresses.

Names, numbers and addresses are put together by chance; any likeness to a real one is chance too.
"""

import datetime as dt
from collections.abc import Callable

import attrs

from custseg.datasets.draws import Draws, Spins
from custseg.datasets.recipe import Recipe
from custseg.datasets.words import Language, Lexicon, Place, lexicon

_BUSINESS = 35  # percent of customers that are companies, met through a contact
_SHARED_PHONE = 2  # percent that use the phone of somebody else
_COLLEAGUES = 3  # contacts a company has on average
_OLDEST, _AGES = dt.date(1950, 1, 1).toordinal(), 365 * 56


@attrs.frozen
class Person:
    """One true customer: a person, and the company they buy for if they do.

    Attributes:
        language: ``zh`` or ``en``.
        female: Gender as the name tells it.
        surname: Family name.
        given: Given name.
        name: Both, in the order of the language.
        company: The company with its legal form, ``None`` for consumers.
        form: The legal form alone.
        phone: International number, calling code first, digits only.
        email: Address.
        place: City and what it belongs to.
        industry: Position in the table of industries.
        birthday: Date of birth.
        income: Position in the table of income bands.
    """

    language: Language
    female: bool
    surname: str
    given: str
    name: str
    company: str | None
    form: str
    phone: str
    email: str
    place: Place
    industry: int
    birthday: dt.date
    income: int

    @property
    def usual_phone(self) -> str:
        """The number as it is written in its country: bare in China, with ``+`` elsewhere."""
        return self.phone[2:] if self.language == "zh" else f"+{self.phone}"


@attrs.frozen
class Firm:
    """A company that several customers may work for."""

    name: str
    form: str
    place: Place
    industry: int


Book = Callable[[Language], Lexicon]
"""Where the words of a language come from."""


def people(draws: Draws, recipe: Recipe, n: int, book: Book = lexicon) -> list[Person]:
    """Make customers up.

    Args:
        draws: The stream of chance.
        recipe: Their languages.
        n: How many.
        book: The words they are made of.

    >>> one, two = people(Draws.of(7, 0, "doc"), Recipe(locale="zh"), 2)
    >>> one.language, one.place.country
    ('zh', 'CN')
    """
    chinese = draws.chance(n, recipe.language_share).tolist()
    spins = draws.spins()
    firms: dict[Language, list[Firm]] = {}
    for language in recipe.languages:
        count = 1 + n * _BUSINESS // (100 * _COLLEAGUES)
        firms[language] = [_firm(spins, book(language)) for _ in range(count)]
    found: list[Person] = []
    for is_chinese in chinese:
        spoken: Language = "zh" if is_chinese else "en"
        one = _person(spins, book(spoken), firms[spoken])
        found.append(_share_phone(spins, one, found))
    return found


def _person(spins: Spins, lexicon: Lexicon, firms: list[Firm]) -> Person:
    female = spins.chance(50)
    surname, letters = spins.among(lexicon.surnames)
    given, said = _given(spins, lexicon, female=female)
    firm = spins.one_of(firms) if spins.chance(_BUSINESS) else None
    place = firm.place if firm else spins.among(lexicon.places)
    birthday = dt.date.fromordinal(_OLDEST + spins.below(_AGES))
    local = _local_part(spins, letters, said, birthday.year)
    return Person(
        language=lexicon.language,
        female=female,
        surname=surname,
        given=given,
        name=f"{surname}{given}" if lexicon.language == "zh" else f"{given} {surname}",
        company=firm.name if firm else None,
        form=firm.form if firm else "",
        phone=_phone(spins, lexicon, place.country),
        email=f"{local}@{spins.among(lexicon.mail)}",
        place=place,
        industry=firm.industry if firm else spins.below(len(lexicon.words.industries)),
        birthday=birthday,
        income=spins.below(len(lexicon.words.incomes)),
    )


def _given(spins: Spins, lexicon: Lexicon, *, female: bool) -> tuple[str, tuple[str, ...]]:
    pool = lexicon.given[female]
    parts = [spins.one_of(pool)]
    if lexicon.language == "zh" and spins.chance(75):
        parts.append(spins.one_of(pool))
    said = [one.sound if lexicon.language == "zh" else one.text.lower() for one in parts]
    return "".join(one.text for one in parts), tuple(said)


def _local_part(spins: Spins, surname: str, said: tuple[str, ...], year: int) -> str:
    initials = "".join(sound[0] for sound in said)
    number = spins.one_of((str(year), str(year % 100).zfill(2), str(spins.below(9000) + 1000)))
    given = "".join(said)
    shapes = (
        f"{surname}{given}{number}",
        f"{surname}{initials}{number}",
        f"{given}.{surname}{number}",
        f"{given}_{surname}",
        f"{initials}{surname}{number}",
    )
    return spins.one_of(shapes)


def _phone(spins: Spins, lexicon: Lexicon, country: str) -> str:
    start = spins.one_of(lexicon.words.phones[country])
    digits = lexicon.words.phone_length[country] - len(start)
    # The first digit after the prefix is 2 to 9, as North American exchanges ask for.
    unit = int(10 ** (digits - 1))
    return f"{start}{2 * unit + spins.below(8 * unit)}"


def _firm(spins: Spins, lexicon: Lexicon) -> Firm:
    place = spins.among(lexicon.places)
    industry = spins.below(len(lexicon.words.industries))
    brand = spins.one_of(lexicon.words.brands)
    trade = spins.one_of(lexicon.words.trades[industry])
    form = spins.among(lexicon.forms)
    parts = (place.city, brand, trade, form)
    name = "".join(parts) if lexicon.language == "zh" else " ".join(parts[1:])
    return Firm(name, form, place, industry)


def _share_phone(spins: Spins, one: Person, others: list[Person]) -> Person:
    # Two people on one number (a couple, a front desk) are not one customer.
    if not spins.chance(_SHARED_PHONE) or not others:
        return one
    near = others[-1].place.country == one.place.country
    return attrs.evolve(one, phone=others[-1].phone) if near else one
