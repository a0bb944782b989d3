"""Values brought to the form in which they are compared, once for each distinct value."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, partial
from typing import Any, Final, Literal, TypeAlias, cast

import numpy as np

from custseg._typing import Codes, Column, Columns, Index
from custseg.errors import ConfigError
from custseg.match.pieces import PIECES, brand_of, surname_of, words_of
from custseg.values import companies, dates, emails, identifiers, junk, names, phones
from custseg.values.reading import Reading
from custseg.values.text import close_gaps, plain, tidy

Read = Literal[
    "text",
    "as_is",
    "phone",
    "email",
    "name",
    "surname",
    "company",
    "uscc",
    "id_card",
    "date",
    "words",
    "sound",
    "brand",
    "local",
    "line",
    "last4",
    "first4",
    "company4",
    "year",
]
"""What a column holds: it decides which spellings are the same value.

``as_is`` takes values as they stand, from a column that was cleaned before.
"""

Parse: TypeAlias = Callable[[str], Any]
"""What takes one typed value apart."""

Cut: TypeAlias = Callable[[Any], str | None]
"""What gives one form of a value that was taken apart, None where it has none."""

Dated: TypeAlias = tuple[str, date | None, str | None]
"""A value, the day that it is, and what is wrong with it."""


@cache
def reader(read: Read, region: str | None = None) -> Callable[[str], str | None]:
    """What gives the normal form of one value, None where it may not be compared.

    Args:
        read: What the value is.
        region: Where a phone number without a country code belongs; in ``US`` the month stands
            first in a date.

    >>> reader("text")("  New  YORK "), reader("text")("N/A"), reader("email")("A.B@Gmail.com")
    ('new york', None, 'ab@gmail.com')
    """
    if read == "as_is":
        return str
    if read in PIECES:
        whole, cut = PIECES[read]
        return partial(_cut, first=reader(cast("Read", whole), region), then=cut)
    parse, form = _parsing(read, region)
    return partial(_cut, first=parse, then=form)


def normal(codes: Codes, read: Callable[[str], str | None]) -> Codes:
    """A column in normal form; junk and invalid values have no key.

    >>> found = normal(Codes(np.array([0, 1, 2]), ("ULM", "Ulm", "n/a")), reader("text"))
    >>> found.at.tolist(), found.words
    ([0, 0, -1], ('ulm',))
    """
    return _counted(codes, map(read, codes.words))


class Once(dict[str, Column]):
    """Read columns that remember their normal forms: many keys read the same phone.

    >>> once = Once({"city": Codes(np.array([0, 1]), ("ULM", "Ulm"))})
    >>> once.normal("city", "text", None) is once.normal("city", "text", None)
    True
    """

    def __init__(self, columns: Columns) -> None:
        """Take the columns."""
        super().__init__(columns)
        self._kept: dict[tuple[str, Read, str | None], Codes] = {}
        self._parsed: dict[tuple[str, Parse], list[Any]] = {}

    def normal(self, name: str, read: Read, region: str | None) -> Codes:
        """A column in normal form, made once; pieces are cut from the distinct whole forms."""
        if read == "as_is":
            return texts(self, name)
        asked = (name, read, region)
        if asked not in self._kept:
            piece = PIECES.get(read)
            self._kept[asked] = (
                normal(self.normal(name, cast("Read", piece[0]), region), piece[1])
                if piece
                else self.parsed(name, *_parsing(read, region))
            )
        return self._kept[asked]

    def parsed(self, name: str, parse: Parse, cut: Cut) -> Codes:
        """A column in a form that is cut from what a parser says; each value is parsed once.

        Args:
            name: The column.
            parse: The parser: the same one is asked once, whatever is cut.
            cut: What gives the form, None where there is none.
        """
        column = texts(self, name)
        found = self._parsed.get((name, parse)) or [parse(word) for word in column.words]
        if parse in _SHARED:
            self._parsed[name, parse] = found
        return _counted(column, map(cut, found))

    def forget(self) -> None:
        """Let go of what parsers said: all forms that were wanted are made."""
        self._parsed.clear()


def texts(columns: Columns, name: str) -> Codes:
    """A column that was read as text.

    Args:
        columns: What was read.
        name: The column.

    Raises:
        ConfigError: It was read as something else.
    """
    column = columns[name]
    if isinstance(column, Codes):
        return column
    msg = f"a key reads {name!r} as text; declare it so in its needs"
    raise ConfigError(msg, name)


def day_first(text: str) -> Dated:
    """A value read as a date whose day stands before its month, with the value itself.

    >>> day_first("03/04/2024")[1:]
    (datetime.date(2024, 4, 3), 'ambiguous_order')
    """
    return (text, *dates.read(text, order="dmy"))


def month_first(text: str) -> Dated:
    """A value read as a date whose month stands before its day, with the value itself.

    >>> month_first("03/04/2024")[1:]
    (datetime.date(2024, 3, 4), 'ambiguous_order')
    """
    return (text, *dates.read(text, order="mdy"))


def _counted(codes: Codes, forms: Iterable[str | None]) -> Codes:
    """Codes whose words have come to other forms, several perhaps to the same."""
    place: dict[str, int] = {}
    table: Index = np.array(
        [*(-1 if form is None else place.setdefault(form, len(place)) for form in forms), -1],
        dtype=np.intp,
    )
    return Codes(table[codes.at], tuple(place), plain=True)


def _text(text: str) -> str | None:
    clean = None if junk.problem(text) else tidy(text)
    return plain(close_gaps(clean)).strip() or None if clean else None


def _day(dated: Dated) -> str | None:
    return dated[1].isoformat() if dated[1] else None


def _itself(form: str | None) -> str | None:
    return form


def _key(reading: Reading) -> str | None:
    return reading.key


def _cut(text: str, first: Parse, then: Cut) -> str | None:
    found = first(text)
    return None if found is None else then(found)


def _parsing(read: Read, region: str | None) -> tuple[Parse, Cut]:
    """What parses a whole value, and what takes its form from that."""
    if read == "phone":
        return partial(phones.read, region=region), _key
    if read == "date":
        return month_first if region == "US" else day_first, _day
    return _PARSING[read]


_PARSING: Final[Mapping[Read, tuple[Parse, Cut]]] = {
    "text": (_text, _itself),
    "words": (names.read, words_of),
    "surname": (names.read, surname_of),
    "email": (emails.read, _key),
    "company": (companies.read, _key),
    "brand": (companies.read, brand_of),
    "uscc": (identifiers.read_uscc, _key),
    "id_card": (identifiers.read_id_card, _key),
}
# What several forms are cut from: of the others nothing need be kept.
_SHARED: Final[frozenset[Parse]] = frozenset({names.read, companies.read, day_first, month_first})
