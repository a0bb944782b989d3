"""Values brought to the form in which they are compared, once for each distinct value."""

from collections.abc import Callable
from functools import partial
from typing import Literal, cast

import numpy as np

from custseg._typing import Codes, Column, Columns, Index
from custseg.errors import ConfigError
from custseg.match.pieces import PIECES, brand_of, words_of
from custseg.values import companies, dates, emails, identifiers, junk, names, phones
from custseg.values.reading import Reading
from custseg.values.text import close_gaps, has_han, plain, tidy

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


def reader(read: Read, region: str | None = None) -> Callable[[str], str | None]:
    """What gives the normal form of one value, None where it may not be compared.

    Args:
        read: What the value is.
        region: Where a phone number without a country code belongs; in ``US`` the month stands
            first in a date.

    >>> reader("text")("  New  YORK "), reader("text")("N/A"), reader("email")("A.B@Gmail.com")
    ('new york', None, 'ab@gmail.com')
    """
    if read == "text":
        return _text
    if read == "as_is":
        return str
    if read == "phone":
        return _key(partial(phones.read, region=region))
    if read == "date":
        return partial(_date, order="mdy" if region == "US" else "dmy")
    if read in PIECES:
        whole, cut = PIECES[read]
        return partial(_cut, whole=reader(cast("Read", whole), region), cut=cut)
    return _WHOLES.get(read) or _key(_READERS[read])


def normal(codes: Codes, read: Callable[[str], str | None]) -> Codes:
    """A column in normal form; junk and invalid values have no key.

    >>> found = normal(Codes(np.array([0, 1, 2]), ("ULM", "Ulm", "n/a")), reader("text"))
    >>> found.at.tolist(), found.words
    ([0, 0, -1], ('ulm',))
    """
    place: dict[str, int] = {}
    keys = [read(word) for word in codes.words]
    table: Index = np.array(
        [*(-1 if key is None else place.setdefault(key, len(place)) for key in keys), -1],
        dtype=np.intp,
    )
    return Codes(table[codes.at], tuple(place), plain=True)


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
                else normal(texts(self, name), reader(read, region))
            )
        return self._kept[asked]


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


def _text(text: str) -> str | None:
    clean = None if junk.problem(text) else tidy(text)
    return plain(close_gaps(clean)).strip() or None if clean else None


def _surname(text: str) -> str | None:
    name = names.read(text).value
    if name is None or has_han(name):
        return names.surname(name)
    return plain(name.split()[-1])


def _date(text: str, order: dates.Order) -> str | None:
    day, _ = dates.read(text, order=order)
    return day.isoformat() if day else None


def _key(read: Callable[[str], Reading]) -> Callable[[str], str | None]:
    return lambda text: read(text).key


def _cut(
    text: str, whole: Callable[[str], str | None], cut: Callable[[str], str | None]
) -> str | None:
    form = whole(text)
    return None if form is None else cut(form)


_WHOLES: dict[Read, Callable[[str], str | None]] = {
    "surname": _surname,
    "words": words_of,
    "brand": brand_of,
}
_READERS: dict[Read, Callable[[str], Reading]] = {
    "email": emails.read,
    "company": companies.read,
    "uscc": identifiers.read_uscc,
    "id_card": identifiers.read_id_card,
}
