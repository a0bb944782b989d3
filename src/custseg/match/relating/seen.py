"""What relations are told from: names, firms, telephones and addresses of the records."""

from collections.abc import Callable
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Index
from custseg.match.keys import joined
from custseg.match.reading import Once, Read, normal, texts
from custseg.values import companies, phones, streets
from custseg.values.text import has_han

ROLES: Final = ("name", "given_name", "surname", "company", "phone", "address")
"""The columns that relations are told from; those that a table lacks tell nothing."""
_EXTENSION: Final = ";ext="
_DESKS: Final = frozenset({"landline", "service", "extension"})
_HAN: Final = 2
_LATIN: Final = 3


@attrs.frozen(eq=False)
class Seen:
    """What the records say, in normal form; -1 where they say nothing.

    Attributes:
        name: The person.
        surname: The family name.
        company: The firm.
        head: The firm without its branch.
        brand: The brand of the firm, where it is long enough to tell one from another.
        phone: The number without an extension.
        address: The address, where it has a number.
        kin: Which records name their firm a branch, a subsidiary or a group.
        branch: Which records name a branch.
        desk: Which records give a number of a desk or a service rather than a mobile.
    """

    name: Codes
    surname: Codes
    company: Codes
    head: Codes
    brand: Codes
    phone: Codes
    address: Codes
    kin: Bools
    branch: Bools
    desk: Bools

    @classmethod
    def of(cls, columns: Once, region: str | None) -> "Seen":
        """Read what there is.

        Args:
            columns: The column of each role, as text.
            region: Where a phone number without a country code belongs.
        """
        read = _Reader(columns, region)
        numbers = read.normal("phone", "phone")
        kin = read.cut("company", lambda text: companies.parts(text).related or None)
        branches = np.array([*(word == "branch" for word in kin.words), False])
        desks = np.array([*(phones.kind(word) in _DESKS for word in numbers.words), False])
        return cls(
            *read.person(),
            company=read.normal("company", "company"),
            head=read.cut("company", head_of),
            brand=read.cut("company", brand_of),
            phone=normal(numbers, lambda word: word.partition(_EXTENSION)[0]),
            address=read.cut("address", door_of),
            kin=kin.at >= 0,
            branch=branches[kin.at],
            desk=desks[numbers.at],
        )


@attrs.frozen(eq=False)
class _Reader:
    columns: Once
    region: str | None

    def normal(self, role: str, read: Read) -> Codes:
        """A role in normal form."""
        return self.columns.normal(role, read, self.region)

    def cut(self, role: str, read: Callable[[str], str | None]) -> Codes:
        """What is cut out of a role."""
        return normal(texts(self.columns, role), read)

    def person(self) -> tuple[Codes, Codes]:
        """The name and the family name, from one column or from two."""
        surname = self.normal("surname", "words")
        if surname.words:
            given = joined([self.normal("given_name", "words"), surname])
            return (given if given.words else self._named("name")), surname
        return self._named("name"), self._named("surname")

    def _named(self, read: Read) -> Codes:
        """A name, or a part of it, where it is no firm's."""
        firm = self.cut("name", lambda text: "firm" if companies.looks_like(text) else None)
        codes = self.normal("name", read)
        return Codes(np.where(firm.at >= 0, -1, codes.at), codes.words)


def head_of(text: str) -> str | None:
    """A firm without its branch and legal form.

    >>> head_of("Acme Ltd London Branch") == head_of("Acme Limited")
    True
    """
    found = companies.parts(text)
    return f"{found.place}|{found.brand}|{found.trade}" if found.brand else None


def brand_of(text: str) -> str | None:
    """The brand of a firm, None where it is too short to tell one from another.

    >>> brand_of("Acme Group"), brand_of("XY Ltd")
    ('acme', None)
    """
    brand = companies.parts(text).brand
    return brand if len(brand) >= (_HAN if has_han(brand) else _LATIN) else None


def door_of(text: str) -> str | None:
    """An address that has a number: a street or a quarter alone is shared by many.

    >>> door_of("1 Main St."), door_of("Main St.")
    ('1 main st', None)
    """
    key = streets.read(text).key
    return key if key and any(sign.isdigit() for sign in key) else None


def differ(codes: Codes, left: Index, right: Index) -> Bools:
    """Which pairs have two known values that differ."""
    one, two = codes.at[left], codes.at[right]
    return np.asarray((one >= 0) & (two >= 0) & (one != two), dtype=np.bool_)


def agree(codes: Codes, left: Index, right: Index) -> Bools:
    """Which pairs have the same known value."""
    one, two = codes.at[left], codes.at[right]
    return np.asarray((one >= 0) & (one == two), dtype=np.bool_)
