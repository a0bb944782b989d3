"""What a column holds, told by its name."""

import re
from typing import Final, Literal, get_args

from custseg.values.tables import table
from custseg.values.text import tidy

Kind = Literal[
    "text",
    "person",
    "company",
    "name",
    "phone",
    "email",
    "uscc",
    "id_card",
    "lei",
    "vat",
    "date",
    "address",
    "social",
    "wechat",
    "openid",
    "qq",
    "douyin",
    "weibo",
    "xiaohongshu",
    "linkedin",
    "facebook",
    "instagram",
    "twitter",
    "tiktok",
    "telegram",
]
"""What one value of a column is.

``name`` is a person's or a company's, ``social`` an account on any network, the last ones accounts
on one.
"""

ContactFlag = Literal["permission", "refusal"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_BETWEEN: Final = re.compile(r"[\s_\-./]+")


def kind_of(column: str) -> Kind | None:
    """What a column with this name usually holds, in Chinese or English.

    Args:
        column: The name; case, spaces and underscores do not matter.

    Returns:
        The kind; None if the name says nothing.

    Example:
        >>> kind_of("手机号"), kind_of("E-Mail Address"), kind_of("score")
        ('phone', 'email', None)
    """
    return _KINDS.get(_loose(column))


def is_id(column: str) -> bool:
    """Whether a column with this name usually holds the customers' ids.

    Example:
        >>> is_id("Customer ID"), is_id("phone")
        (True, False)
    """
    return _loose(column) in _IDS


def contact_flag(column: str) -> ContactFlag | None:
    """Whether a yes in a column with this name permits to contact the customer, or forbids it.

    Example:
        >>> contact_flag("是否同意"), contact_flag("Do not contact"), contact_flag("phone")
        ('permission', 'refusal', None)
    """
    return _FLAGS.get(_loose(column))


def _loose(column: str) -> str:
    """A column's name without case and separators."""
    return _BETWEEN.sub("", (tidy(column) or "").casefold())


_KINDS: Final[dict[str, Kind]] = {
    _loose(name): kind for kind in KINDS for name in table("columns").get(kind, ())
}
_IDS: Final = frozenset(_loose(name) for name in table("columns")["id"])
_FLAGS: Final[dict[str, ContactFlag]] = {
    _loose(name): kind for kind in get_args(ContactFlag) for name in table("columns")[kind]
}
