"""What settings of completeness may be."""

from collections.abc import Collection, Iterable, Mapping
from math import isfinite
from typing import Any, cast, get_args

from custseg._typing import words
from custseg.errors import ConfigError
from custseg.features.completion.filling import Check
from custseg.frames import zone

Groups = Mapping[str, tuple[str, ...]]


def not_negative(_: object, __: object, weights: Mapping[str, float]) -> None:
    """Refuse weights that are no numbers or below 0, and all of 0."""
    wrong = [name for name, weight in weights.items() if not _finite(weight) or weight < 0]
    if wrong or (weights and not any(weights.values())):
        msg = (
            f"weights must be numbers, 0 or more and not all 0; look at {wrong or sorted(weights)}"
        )
        raise ConfigError(msg, "weights")


def above_zero(_: object, __: object, days: Mapping[str, float]) -> None:
    """Refuse half-lives that are no time."""
    wrong = [name for name, each in days.items() if not _finite(each) or each <= 0]
    if wrong:
        msg = f"days must be numbers, above 0 and finite; look at {wrong}"
        raise ConfigError(msg, "half_lives")


def _finite(number: object) -> bool:
    return isinstance(number, (int, float)) and isfinite(number)


def by_name(settings: object) -> dict[str, Any]:
    """Refuse what does not say which column it is for.

    >>> by_name({"email": 2})
    {'email': 2}
    """
    if not isinstance(settings, Mapping):
        msg = f"give what each column counts, such as {{'email': 2, 'name': 1}}; got {settings!r}"
        raise ConfigError(msg, "weights")
    return dict(cast("Mapping[str, Any]", settings))


def known_checks(_: object, __: object, checks: Mapping[str, str]) -> None:
    """Refuse checks that there are not."""
    wrong = [name for name, check in checks.items() if check not in get_args(Check)]
    if wrong:
        msg = f"there are the checks {list(get_args(Check))}; look at {wrong}"
        raise ConfigError(msg, "checks")


def a_share(_: object, __: object, undated: float) -> None:
    """Refuse what is no share."""
    if not 0 <= undated <= 1:
        msg = f"must be from 0 to 1, not {undated}"
        raise ConfigError(msg, "undated")


def in_zone(_: object, __: object, tz: str) -> None:
    """Refuse time zones that there are not."""
    zone(tz)


def grouped(groups: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Groups of columns; a bare text is one column, not its letters."""
    return {name: words(columns) for name, columns in groups.items()}


def apart(groups: Groups, weights: Mapping[str, float]) -> None:
    """Refuse groups without columns, and columns that count twice.

    >>> apart({"reach": ("phone", "email")}, {"reach": 2.0})
    """
    members = [column for columns in groups.values() for column in columns]
    twice = {c for c in members if members.count(c) > 1 or c in weights or c in groups}
    empty = {name for name, columns in groups.items() if not columns}
    if twice or empty:
        odd = sorted(twice | empty)
        msg = f"each group needs columns, and each column counts once; look at {odd}"
        raise ConfigError(msg, "any_of")


def of_known(settings: Mapping[str, Collection[str]], known: Collection[str]) -> None:
    """Refuse settings of what has no weight.

    Args:
        settings: What each setting is given for.
        known: Columns and groups that count.
    """
    for setting, names in settings.items():
        odd = sorted(set(names) - set(known))
        if odd:
            msg = f"{odd} have no weight; there are {sorted(known)}"
            raise ConfigError(msg, setting)
