"""Keys that usually tell one customer from another: of people, companies and contacts."""

from collections.abc import Mapping
from typing import Final, Literal

from custseg.errors import ConfigError, did_you_mean
from custseg.match.keys import CompositeKey, ExactKey, MatchKey
from custseg.match.reading import Read

Preset = Literal["person", "company", "contact"]
Locale = Literal["zh", "en", "mixed"]

ROLES: Final[Mapping[str, Read]] = {
    "name": "name",
    "company": "company",
    "phone": "phone",
    "email": "email",
    "id_card": "id_card",
    "uscc": "uscc",
    "birthday": "date",
    "address": "text",
}
"""What a column may be to a preset, and how it is read; a role is a column's name unless mapped."""

_REGIONS: Final[Mapping[str, str | None]] = {"zh": "CN", "en": "US", "mixed": None}
_KEYS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "person": (
        ("id_card",),
        ("phone", "name"),
        ("email", "name"),
        ("phone", "email", "surname"),
        ("name", "birthday"),
        ("phone", "birthday"),
        ("email", "birthday"),
        ("name", "address"),
    ),
    "company": (
        ("uscc",),
        ("company", "phone"),
        ("company", "email"),
        ("company", "address"),
        ("phone", "email"),
    ),
    "contact": (
        ("id_card",),
        ("phone", "name"),
        ("email", "name"),
        ("company", "name"),
        ("phone", "email", "surname"),
        ("name", "birthday"),
        ("name", "address"),
    ),
}


def preset_keys(preset: Preset, locale: Locale, names: Mapping[str, str]) -> tuple[MatchKey, ...]:
    """The keys of a preset, the surest first.

    A phone or an address alone never suffices: a family shares it, or an office. Something else
    must agree with it, and where both of these do, at least the surname.

    Args:
        preset: What the records are.
        locale: Where they come from: it decides how a phone without a country code is read.
        names: Columns by role, where they are not called like their role.

    Raises:
        ConfigError: There is no such preset, locale or role.

    >>> from custseg.match.keys import rule_of
    >>> [rule_of(key) for key in preset_keys("company", "zh", {})]
    ['uscc', 'company+phone', 'company+email', 'company+address', 'phone+email']
    """
    _known("preset", preset, _KEYS)
    _known("locale", locale, _REGIONS)
    for role in names:
        _known("names", role, (*ROLES, "id"))
    return tuple(_key(roles, _REGIONS[locale], names) for roles in _KEYS[preset])


def _key(roles: tuple[str, ...], region: str | None, names: Mapping[str, str]) -> MatchKey:
    parts = tuple(_part(role, region, names) for role in roles)
    return parts[0] if len(parts) == 1 else CompositeKey(parts)


def _part(role: str, region: str | None, names: Mapping[str, str]) -> ExactKey:
    if role == "surname":
        return ExactKey((names.get("name", "name"),), read="surname", name=role)
    read = ROLES[role]
    where = region if read in {"phone", "date"} else None
    return ExactKey((names.get(role, role),), read=read, region=where, name=role)


def _known(path: str, got: str, known: Mapping[str, object] | tuple[str, ...]) -> None:
    if got not in known:
        msg = f"knows no {got!r}, only {list(known)}.{did_you_mean(got, known)}"
        raise ConfigError(msg, path)
