"""What a column may be to a preset: how it is read, compared, and cut into keys."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

from custseg.match.comparing.addresses import Addresses
from custseg.match.comparing.companies import Companies
from custseg.match.comparing.comparison import Comparison
from custseg.match.comparing.dates import Dates
from custseg.match.comparing.emails import Emails
from custseg.match.comparing.names import Names
from custseg.match.comparing.parts import NamePart
from custseg.match.comparing.phones import Phones
from custseg.match.comparing.texts import Exact, Identifiers, Texts
from custseg.match.keys import ExactKey
from custseg.match.reading import Read

ROLES: Final[Mapping[str, Read]] = {
    "name": "name",
    "given_name": "words",
    "surname": "words",
    "family": "words",
    "company": "company",
    "phone": "phone",
    "email": "email",
    "social": "text",
    "id_card": "id_card",
    "uscc": "uscc",
    "birthday": "date",
    "address": "text",
    "street_number": "text",
    "suburb": "text",
    "city": "text",
    "postcode": "text",
}
"""What a column may be to a preset, and how it is read; a role is a column's name unless mapped."""

_COLUMN: Final = {"family": "surname"}
"""Roles that stand in the column of another."""

OTHERS: Final = ("id", "source", "extra")
"""Roles that are no evidence of their own: the ids, the sources; further columns to compare."""

_REGIONAL: Final = frozenset({"phone", "date", "last4", "line"})

ColumnOf: TypeAlias = Callable[[str], str]


def forms_of(atom: str, column: ColumnOf, region: str | None) -> Sequence[ExactKey]:
    """One part of a key in every form that it may have, the preferred one first.

    A name is one column, or given name and surname in two.

    Args:
        atom: A role, such as ``email``, or a role and how it is read, such as ``email:local``.
        column: The column of a role.
        region: Where a phone number without a country code belongs.

    >>> [key.columns for key in forms_of("name", str, None)]
    [('name',), ('given_name', 'surname')]
    >>> [(key.columns, key.read) for key in forms_of("surname", str, None)]
    [(('surname',), 'words'), (('name',), 'surname')]
    """
    role, _, told = atom.partition(":")
    read = cast("Read", told) or ROLES[role]
    whole = _form((column(_COLUMN.get(role, role)),), read, region, atom)
    if role == "name" and read in {"name", "sound"}:
        apart = "words" if read == "name" else read
        return whole, _form((column("given_name"), column("surname")), apart, region, atom)
    if role in {"surname", "family"} and not told:
        return whole, _form((column("name"),), "surname", region, atom)
    return (whole,)


def comparisons_of(role: str, column: ColumnOf, region: str | None) -> Sequence[Comparison]:
    """How a role is compared, in every form that it may have.

    Args:
        role: The role.
        column: The column of a role.
        region: Where a phone number without a country code belongs.

    >>> [one.columns for one in comparisons_of("surname", str, None)]
    [('surname', 'given_name'), ('surname',)]
    """
    given, surname = column("given_name"), column("surname")
    made: tuple[Any, ...]
    if role == "given_name":
        made = NamePart(given, surname, role), NamePart(given, None, role)
    elif role == "surname":
        made = NamePart(surname, given, role), NamePart(surname, None, role)
    elif role == "family":
        made = NamePart(surname, None, role), Exact(column("name"), "surname", name=role)
    else:
        made = (_compared(role, column(role), region),)
    return made


def _compared(role: str, column: str, region: str | None) -> Any:  # noqa: ANN401 - a comparison; pyright takes no ClassVar for a property
    known: Mapping[str, Callable[[], Any]] = {
        "name": lambda: Names(column, role),
        "company": lambda: Companies(column, role),
        "phone": lambda: Phones(column, region, role),
        "email": lambda: Emails(column, role),
        "birthday": lambda: Dates(column, region == "US", role),
        "id_card": lambda: Identifiers(column, "id_card", role),
        "uscc": lambda: Identifiers(column, "uscc", role),
        "social": lambda: Exact(column, name=role),
        "address": lambda: Addresses(column, role),
        "street_number": lambda: Identifiers(column, name=role),
        "postcode": lambda: Identifiers(column, name=role),
    }
    return known[role]() if role in known else Texts(column, name=role)


def _form(columns: tuple[str, ...], read: Read, region: str | None, name: str) -> ExactKey:
    where = region if read in _REGIONAL else None
    return ExactKey(columns, read=read, region=where, name=name)
