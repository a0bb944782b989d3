"""Whether the fields of one record agree: rules of the house, and those of the caller."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Index
from custseg.clean.assessing.rules import Agreement, QualityRules
from custseg.clean.columns import ReadColumn
from custseg.frames import Table
from custseg.values import categories, dates, origins, phones, places
from custseg.values.roles import Role, role_of

Token = Callable[[str], str | None]

_ALIKE: Final = (frozenset({"us", "ca"}), frozenset({"china", "hk", "mo", "tw"}))
"""Countries that share a country code, or that records name in either way."""


@attrs.frozen(eq=False)
class Agreed:
    """One rule and the records that it was put to.

    Attributes:
        name: Its name, which is also its code.
        fields: The columns that are in doubt where it is broken.
        told: The rows of which it could be told.
        broken: The rows that break it.
    """

    name: str
    fields: tuple[str, ...]
    told: Bools = attrs.field(repr=False)
    broken: Bools = attrs.field(repr=False)


@attrs.frozen
class _Side:
    """One side of a rule: the column that plays a part, and what its values say."""

    part: str
    says: Token


@attrs.frozen
class _Pair:
    """Two columns that must say the same."""

    name: str
    left: _Side
    right: _Side


def agreements(
    columns: Sequence[ReadColumn], table: Table[Any], rules: QualityRules
) -> tuple[Agreed, ...]:
    """Put the rules to all records.

    Raises:
        MissingColumnError: A column that a rule of the caller reads is not there.
    """
    found = [_own(rule, table) for rule in rules.agreements]
    if rules.recognise:
        parts = _parts(columns, table.columns)
        met = [p for p in _PAIRS if p.left.part in parts and p.right.part in parts]
        found += [_paired(pair, parts, table) for pair in met]
    return tuple(found)


def _own(rule: Agreement, table: Table[Any]) -> Agreed:
    cols = table.read(rule.holds.needs)
    broken, neither = 1, 2
    first = frames.first_of((rule.holds, ~rule.holds), cols, table.size)
    return Agreed(rule.name, rule.columns, first != neither, first == broken)


def _parts(columns: Sequence[ReadColumn], names: Sequence[str]) -> dict[str, str | ReadColumn]:
    """The first column that plays each part, told by what was read or by its name."""
    parts: dict[str, str | ReadColumn] = {}
    for column in columns:
        if column.kind in {"phone", "id_card"}:
            parts.setdefault(column.kind, column)
    for name in names:
        role: Role | None = role_of(name)
        if role is not None:
            parts.setdefault(role, name)
    return parts


def _paired(pair: _Pair, parts: Mapping[str, str | ReadColumn], table: Table[Any]) -> Agreed:
    left, first = _tokens(parts[pair.left.part], pair.left.says, table)
    right, second = _tokens(parts[pair.right.part], pair.right.says, table)
    told = (left >= 0) & (right >= 0)
    both = np.array([[_same(a, b) for b in second] for a in first], dtype=np.bool_)
    broken = np.zeros(len(told), dtype=np.bool_)
    if told.any():
        broken[told] = ~both[left[told], right[told]]
    fields = tuple(_name(parts[side.part]) for side in (pair.left, pair.right))
    return Agreed(pair.name, fields, told, broken)


def _tokens(
    column: str | ReadColumn, says: Token, table: Table[Any]
) -> tuple[Index, tuple[str, ...]]:
    """What each row's value says, as a number, and what the numbers mean."""
    if isinstance(column, ReadColumn):
        at: Index = column.at
        values: Sequence[object] = column.keys
    else:
        held = table.values(column)
        at, values = held.at, held.words
    place: dict[str, int] = {}
    codes = [
        -1 if (said := _said(value, says)) is None else place.setdefault(said, len(place))
        for value in values
    ]
    return np.array([*codes, -1], dtype=np.intp)[at], tuple(place)


def _said(value: object, says: Token) -> str | None:
    return None if value is None else says(str(value))


def _same(left: str, right: str) -> bool:
    return left == right or any({left, right} <= group for group in _ALIKE)


def _name(column: str | ReadColumn) -> str:
    return column if isinstance(column, str) else column.name


def _province(text: str) -> str | None:
    """The province of China that a place lies in."""
    code = places.read(text).key
    return code if code is not None and _mainland(code) and code not in places.REGIONS else None


def _mainland(code: str) -> bool:
    return places.lifted(code, "region") in places.REGIONS[:7] or code == "china"


def _country(text: str) -> str | None:
    """The country that a column of countries names."""
    code = places.read_country(text).key
    if code is None or code in places.CONTINENTS:
        return None
    return "china" if _mainland(code) else code


def _phone_province(key: str) -> str | None:
    """The province of a landline of China."""
    if phones.kind(key) not in {"landline", "extension"}:
        return None
    code = origins.read(key.partition(";")[0]).key
    return code if code is not None and code != "china" and _mainland(code) else None


def _phone_country(key: str) -> str | None:
    if key.startswith("+86"):
        return "china"
    return origins.read(key.partition(";")[0]).key


def _gender(text: str) -> str | None:
    code = categories.read("gender", text).key
    return code if code in {"male", "female"} else None


def _card_gender(key: str) -> str | None:
    return "male" if int(key[16]) % 2 else "female"


def _birthday(text: str) -> str | None:
    day, problem = dates.read(text[:10])
    return None if day is None or problem is not None else day.isoformat()


def _card_birthday(key: str) -> str | None:
    return f"{key[6:10]}-{key[10:12]}-{key[12:14]}"


_PAIRS: Final = (
    _Pair("city_in_province", _Side("city", _province), _Side("province", _province)),
    _Pair("phone_in_city", _Side("phone", _phone_province), _Side("city", _province)),
    _Pair("phone_in_province", _Side("phone", _phone_province), _Side("province", _province)),
    _Pair("phone_in_country", _Side("phone", _phone_country), _Side("country", _country)),
    _Pair("birthday_on_card", _Side("id_card", _card_birthday), _Side("birthday", _birthday)),
    _Pair("gender_on_card", _Side("id_card", _card_gender), _Side("gender", _gender)),
)
"""Rules that any records must keep.

Source: of identity numbers GB 11643-1999, digits 7 to 14 (birthday) and 17 (odd for men); of area
codes the numbering plan of China; of country codes ITU-T E.164.
"""
STANDARD: Final = tuple(pair.name for pair in _PAIRS)
