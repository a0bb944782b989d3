"""How the values of a column are read, by what the column holds."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from custseg.values import (
    addresses,
    companies,
    dates,
    emails,
    identifiers,
    junk,
    names,
    phones,
    registers,
    social,
)
from custseg.values.columns import Kind
from custseg.values.reading import Reading
from custseg.values.text import tidy

Reader = Callable[[str], Reading]

_NETWORKS: Final[Mapping[Kind, social.Network]] = {
    "wechat": "wechat",
    "openid": "openid",
    "qq": "qq",
    "douyin": "douyin",
    "weibo": "weibo",
    "xiaohongshu": "xiaohongshu",
    "linkedin": "linkedin",
    "facebook": "facebook",
    "instagram": "instagram",
    "twitter": "twitter",
    "tiktok": "tiktok",
    "telegram": "telegram",
}

RULES: Final[Mapping[Kind, str]] = {
    "text": "tidy_text",
    "person": "person_form",
    "company": "company_form",
    "name": "name_form",
    "phone": "phone_form",
    "email": "email_form",
    "uscc": "code_form",
    "id_card": "code_form",
    "lei": "code_form",
    "vat": "code_form",
    "date": "date_form",
    "address": "address_form",
    "social": "social_form",
    **dict.fromkeys(_NETWORKS, "social_form"),
}
"""The rule by which a good value of each kind is rewritten."""

ONLY_TEXT: Final[frozenset[Kind]] = frozenset(["text", "date"])
"""Kinds of which only texts are read: a number stays a number and a date a date."""


def reader(kind: Kind, region: str | None) -> Reader:
    """What reads one value of a kind.

    Args:
        kind: What the value is.
        region: Where a bare phone number belongs; in ``US`` and ``CA`` the month of a
            date stands first.

    Example:
        >>> reader("phone", "CN")("138 0013 8000").value
        '+8613800138000'
        >>> reader("date", "US")("02/03/2024").value
        '2024-02-03'
    """
    if kind == "phone":
        return partial(phones.read, region=region)
    if kind == "date":
        return partial(_date, order="mdy" if region in {"US", "CA"} else "dmy")
    if kind == "social" or kind in _NETWORKS:
        return partial(social.read, network=_NETWORKS.get(kind), region=region)
    return _READERS[kind]


def _text(text: str) -> Reading:
    """Text of any kind: plain spelling, no placeholders."""
    clean = junk.substance(text)
    if isinstance(clean, Reading):
        return clean
    filler = junk.problem(clean)
    return Reading(problem=filler) if filler else Reading(clean, clean.casefold())


def _name(text: str) -> Reading:
    """The name of a customer, whether person or company."""
    return companies.read(text) if companies.looks_like(text) else names.read(text)


def _date(text: str, order: dates.Order) -> Reading:
    """A date as ISO text; what is none stays as it is."""
    day, problem = dates.read(text, order=order)
    if day is not None:
        return Reading(day.isoformat(), day.isoformat(), problem)
    nothing = problem in {None, "blank", "placeholder"}
    return Reading(None if nothing else tidy(text), None, problem)


_READERS: Final[Mapping[Kind, Reader]] = {
    "text": _text,
    "person": names.read,
    "company": companies.read,
    "name": _name,
    "email": emails.read,
    "uscc": identifiers.read_uscc,
    "id_card": identifiers.read_id_card,
    "lei": registers.read_lei,
    "vat": registers.read_vat,
    "address": addresses.read,
}
