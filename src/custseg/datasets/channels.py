"""Contacts as five channels typed them in, many of them more than once, with the truth beside."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Index
from custseg.datasets.cell import SIZE
from custseg.datasets.dirt import ERRORS, Error, Typist, blank, misspell
from custseg.datasets.draws import Draws, Spins, weighted
from custseg.datasets.export import Columns, TableKind, export, records
from custseg.datasets.neighbours import Resident, residents, street
from custseg.datasets.people import Person, people
from custseg.datasets.recipe import Locale, Recipe
from custseg.datasets.vocabulary import vocabulary
from custseg.errors import ConfigError
from custseg.labels import title
from custseg.layout import html_table
from custseg.showing import Shown, heads

Records = list[dict[str, object]]
CHANNELS: Final = weighted(
    (("crm", 30), ("shop", 28), ("wechat", 20), ("hotline", 12), ("fair", 10))
)
_FIELDS = ("name", "phone", "email", "company", "city", "address", "birthday")
_FIRST_DAY, _DAYS, _DAY = dt.datetime(2024, 1, 1), 910, 86_400  # noqa: DTZ001 - civil time
_TWICE_AS_BAD = 2.0  # what is typed in again is typed in by somebody in a hurry


def latin(_text: str, person: Person, spins: Spins) -> str:
    """Write a Chinese name in Latin letters, in either order."""
    words = vocabulary("zh")
    said = {one.text: one.sound for pool in words.given for one in pool}
    letters = dict(words.surnames.choices)
    given = "".join(said[char] for char in person.given).capitalize()
    family = letters[person.surname].capitalize()
    return f"{family} {given}" if spins.chance(50) else f"{given} {family}"


def moved(_text: str, person: Person, spins: Spins) -> str:
    """Give an address at which the customer lives now."""
    return street(person.language, spins)


def new_number(_text: str, person: Person, spins: Spins) -> str:
    """Give another number of one's own."""
    if person.language == "zh":
        return f"{spins.one_of(('138', '159', '186'))}{spins.below(100_000_000):08d}"
    return f"+{person.phone[:-7]}{2_200_000 + spins.below(700_000)}"


def shortened(text: str, _person: Person, _spins: Spins) -> str:
    """Shorten an address, or leave the door out."""
    for long, brief in ((" Street", " St"), (" Road", " Rd"), (" Avenue", " Ave"), ("栋", "-")):
        text = text.replace(long, brief)
    return text.removesuffix("室")


def no_birthday(_text: str, _person: Person, spins: Spins) -> str:
    """Choose the first day that the form offers."""
    return spins.one_of(("1900-01-01", "1970-01-01"))


def wrong_day(text: str, _person: Person, spins: Spins) -> str:
    """Mistype the day, or swap it with the month."""
    year, month, day = text.split("-")
    if int(day) <= 12 and spins.chance(50):  # noqa: PLR2004 - months a year
        return f"{year}-{day}-{month}"
    return f"{year}-{month}-{spins.below(28) + 1:02d}"


_KINDS: Final = (
    *(error for error in ERRORS if error.column in _FIELDS),
    Error("name", "latin", 0.3, latin, "zh"),
    Error("phone", "new", 0.5, new_number),
    Error("address", "typo", 0.3, misspell),
    Error("address", "short", 0.6, shortened),
    Error("address", "moved", 0.4, moved),
    Error("address", "blank", 1.2, blank),
    Error("birthday", "wrong", 0.3, wrong_day),
    Error("birthday", "placeholder", 0.2, no_birthday),
    Error("birthday", "blank", 1.5, blank),
)
_TYPIST = Typist(_KINDS, _FIELDS)


@attrs.frozen(eq=False)
class Contacts(Shown):
    """Generated contact records and who each of them truly is.

    Attributes:
        columns: The records column by column: ``record_id``, ``channel``, ``updated_at``,
            ``name``, ``phone``, ``email``, ``company`` (none for a consumer), ``city``,
            ``address``, ``birthday`` (text).
        true_columns: ``record_id``, ``entity_id``, ``language`` and ``errors``, such as
            ``name.sound;phone.layout``.

    >>> sorted(contacts(50).true_columns)
    ['entity_id', 'errors', 'language', 'record_id']
    """

    columns: Columns
    true_columns: Columns

    @cached_property
    def records(self) -> Records:
        """The records, in the order in which they came."""
        return records(self.columns)

    @cached_property
    def truth(self) -> Records:
        """The truth, record by record."""
        return records(self.true_columns)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(
            heads(locale, "table", "rows"), [(title("contacts", locale), len(self.records))]
        )

    def table(self, kind: TableKind) -> Any:  # noqa: ANN401 - a native table of that kind
        """The records as one kind of table.

        Args:
            kind: ``records``, ``pandas``, ``polars`` or ``arrow``.

        Raises:
            ConfigError: The kind is unknown.
            MissingDependencyError: Its library is not installed.
        """
        return export("contacts", self.columns, kind)

    def truth_as(self, kind: TableKind) -> Any:  # noqa: ANN401 - a native table of that kind
        """The truth as one kind of table.

        Args:
            kind: ``records``, ``pandas``, ``polars`` or ``arrow``.

        Raises:
            ConfigError: The kind is unknown.
            MissingDependencyError: Its library is not installed.
        """
        return export("contacts_truth", self.true_columns, kind)


def contacts(
    rows: int = 2_000,
    *,
    seed: int = 7,
    locale: Locale = "mixed",
    duplicates: float = 0.35,
    errors: float = 0.14,
) -> Contacts:
    """Generate contact records of which many are the same customer, typed in by five channels.

    Names are written in Latin letters, misheard, mistyped, with titles and in either order;
    companies lose their legal form or city; numbers come in all layouts, wrong by a digit, or new;
    fields are empty or hold placeholders. And there are people who only look the same: relatives on
    one mobile and address, namesakes in one city, colleagues on one switchboard.

    The records of a smaller set are those of a larger one, as far as full thousands go.

    Args:
        rows: Number of records.
        seed: 0 or more; the same seed gives the same records on every machine.
        locale: Customers of China (``zh``), of other countries (``en``) or half of each
            (``mixed``).
        duplicates: Share of records that repeat a customer, at most 0.5.
        errors: About the share of fields that went wrong in a customer's first record; twice that
            in a repeated one.

    Raises:
        ConfigError: If an option cannot be.

    >>> made = contacts(1_000, seed=1)
    >>> len(made.records), len({row["entity_id"] for row in made.truth})
    (1000, 650)
    """
    recipe = Recipe(seed=seed, locale=locale, zh_share=0.5, duplicates=duplicates, errors=errors)
    if rows < 0:
        message = f"at least 0, got {rows}"
        raise ConfigError(message, "rows")
    made: Columns = {name: [] for name in _COLUMNS}
    true: Columns = {name: [] for name in _TRUTH}
    for start in range(0, rows, SIZE):
        _Piece(recipe, start, min(SIZE, rows - start)).write(made, true)
    return Contacts(made, true)


_COLUMNS = ("record_id", "channel", "updated_at", *_FIELDS)
_TRUTH = ("record_id", "entity_id", "language", "errors")


@attrs.frozen(eq=False)
class _Piece:
    """At most a thousand records, made from the seed and their first number alone."""

    recipe: Recipe
    start: int
    size: int

    def draws(self, stream: str) -> Draws:
        return Draws.of(self.recipe.seed, self.start, f"contacts.{stream}")

    @cached_property
    def customers(self) -> list[Resident]:
        twice = int(self.size * self.recipe.duplicates + 0.5)
        draws = self.draws("people")
        made = people(draws, self.recipe, max(1, self.size - twice), vocabulary)
        own = (_boxed(one, self.start + place + 1) for place, one in enumerate(made))
        return residents(own, self.draws("neighbours").spins())

    @cached_property
    def who(self) -> tuple[Index, Bools]:
        """The customer of each record, and whether it repeats one."""
        draws, count = self.draws("records"), len(self.customers)
        again = draws.below(self.size - count, count)
        who = [*range(count), *again.tolist()]
        order = draws.order(self.size)
        return np.asarray(who, dtype=np.intp)[order], order >= count

    def write(self, made: Columns, true: Columns) -> None:
        """Add the records of this piece."""
        who, again = self.who
        spins, luck = self.draws("slips").spins(), self._luck(again)
        channel, late = self.draws("channels").spins(), self.draws("dates").spins()
        numbers: list[int] = who.tolist()
        for row, (customer, chances) in enumerate(zip(numbers, luck, strict=True)):
            home = self.customers[customer]
            record = f"R{self.start + row + 1:07d}"
            typed, notes = _typed(home, chances, spins)
            moment = _FIRST_DAY + dt.timedelta(seconds=late.below(_DAYS * _DAY))
            cells = (record, channel.among(CHANNELS), moment, *typed)
            entity = f"E{self.start + customer + 1:07d}"
            _add(made, cells)
            _add(true, (record, entity, home.person.language, ";".join(notes)))

    def _luck(self, again: Bools) -> Iterator[Sequence[float]]:
        """A uniform number over the rate of errors for each field of each record."""
        draws = self.draws("dirt")
        for twice in again.tolist():
            rate = max(self.recipe.errors * (_TWICE_AS_BAD if twice else 1.0), 1e-9)
            yield (draws.uniform(len(_FIELDS)) / rate).tolist()


def _boxed(one: Person, number: int) -> Person:
    """Give a customer an address that nobody else has: providers do not give one out twice."""
    user, _, provider = one.email.partition("@")
    return attrs.evolve(one, email=f"{user.rstrip('0123456789')}{number}@{provider}")


def _typed(
    home: Resident, chances: Sequence[float], spins: Spins
) -> tuple[list[object], list[str]]:
    """One record with at most one error a field."""
    person = home.person
    texts: list[object] = []
    notes: list[str] = []
    for field, text, chance in zip(_FIELDS, _true(home), chances, strict=True):
        error = _TYPIST.error(spins, field, person.language, chance)
        typed = error.make(text, person, spins) if error and text is not None else text
        texts.append(typed)
        notes += [f"{field}.{error.code}"] if error and typed != text else []
    return texts, notes


def _true(home: Resident) -> tuple[str | None, ...]:
    one = home.person
    birthday = one.birthday.isoformat()
    place = one.place.city
    return one.name, one.usual_phone, one.email, one.company, place, home.street, birthday


def _add(columns: Columns, row: Sequence[object]) -> None:
    for column, value in zip(columns.values(), row, strict=True):
        column.append(value)
