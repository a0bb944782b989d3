"""What part a column plays beside others: where the customer is, when a record was verified."""

from typing import Final, Literal, get_args

from custseg.values.tables import table
from custseg.values.text import tidy

Role = Literal["confirmed", "city", "province", "country", "gender", "birthday"]
"""``confirmed`` says on what day a record was last verified or changed."""

_BETWEEN: Final = str.maketrans("", "", " _-./")


def role_of(column: str) -> Role | None:
    """The part that a column with this name usually plays, in Chinese or English.

    Args:
        column: The name; case, spaces and underscores do not matter.

    Example:
        >>> role_of("所在城市"), role_of("Updated At"), role_of("phone")
        ('city', 'confirmed', None)
    """
    return _ROLES.get(_loose(column))


def rank(column: str) -> int:
    """How well a column says when a record was verified: verified before updated before modified.

    Example:
        >>> rank("verified_at") < rank("updated_at"), rank("phone") > 100
        (True, True)
    """
    return _ORDER.get(_loose(column), len(_ORDER) + 1000)


def _loose(column: str) -> str:
    return (tidy(column) or "").casefold().translate(_BETWEEN)


_ROLES: Final[dict[str, Role]] = {
    _loose(name): role for role in get_args(Role) for name in table("roles")[role]
}
_ORDER: Final = {_loose(name): place for place, name in enumerate(table("roles")["confirmed"])}
