"""Pieces of values by which records are looked for: a sound, a mail user, the last digits."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from custseg.values import companies, names, sounds
from custseg.values.reading import Reading
from custseg.values.text import has_han, plain
from custseg.values.variants import simplified

_WORD: Final = re.compile(r"[^\W_]+")
_PLAIN: Final = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_APOSTROPHES: Final = re.compile("['`\u2019\u00b4\u02bc]")
_NOT_DIGITS: Final = re.compile(r"[^0-9]+")
_EXTENSION: Final = ";ext="
_FOUR: Final = 4
_LONG: Final = 7
_MEMORY: Final = 1 << 16
# Boxes of an office rather than of a person.
_OFFICES: Final = frozenset(
    [
        *("admin", "administrator", "billing", "career", "careers", "contact", "contacts"),
        *("enquiries", "enquiry", "finance", "hello", "help", "hr", "info", "information", "it"),
        *("jobs", "kefu", "legal", "mail", "marketing", "media", "news", "office", "order"),
        *("orders", "post", "press", "purchase", "purchasing", "reception", "sales", "service"),
        *("shop", "support", "team", "web", "webmaster"),
    ]
)


def words_of(name: Reading) -> str | None:
    """A person's name without titles, accents and case, its words in their order.

    >>> words_of(names.read("Mr. John SMITH")), words_of(names.read("N/A"))
    ('john smith', None)
    """
    if name.key is None or name.value is None:
        return None
    if has_han(name.key):
        return simplified(name.key)
    if _PLAIN.fullmatch(name.value):
        return name.value.lower()
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", plain(name.value)))) or None


def surname_of(name: Reading) -> str | None:
    """The surname of a person: the last word of a name in letters.

    >>> surname_of(names.read("Dr. John SMITH"))
    'smith'
    """
    if name.value is None or has_han(name.value):
        return names.surname(name.value)
    return plain(name.value.split()[-1])


def whole_name(form: str) -> str | None:
    """The words of a name in one order; None if they are a part of a name only.

    >>> whole_name("smith john"), whole_name("john")
    ('john smith', None)
    """
    if has_han(form):
        return None if len(form) == 1 or names.surname(form) == form else form
    words = form.split()
    return " ".join(sorted(words)) if len(words) > 1 else None


def user(address: str) -> str | None:
    """The user of an e-mail address, unless it is an office such as info or sales.

    >>> user("li.lei@corp.cn"), user("info@corp.cn")
    ('li.lei', None)
    """
    name = address.rpartition("@")[0]
    return None if name in _OFFICES else name


def line(number: str) -> str | None:
    """A telephone number without its extension.

    >>> line("+862162345678;ext=801")
    '+862162345678'
    """
    return number.partition(_EXTENSION)[0]


def last4(number: str) -> str | None:
    """The last four digits of a telephone number or of another long one.

    >>> last4("+862162345678;ext=801"), last4("17")
    ('5678', None)
    """
    digits = _NOT_DIGITS.sub("", number.partition(_EXTENSION)[0])
    return digits[-_FOUR:] if len(digits) >= _LONG else None


def first4(text: str) -> str | None:
    """The first four letters or characters of a text.

    >>> first4("new york")
    'new '
    """
    return text[:_FOUR]


@lru_cache(_MEMORY)
def sound(form: str) -> str | None:
    """How the name of a person or a company sounds, from its words.

    >>> sound("john smith") == sound("smyth jon")
    True
    """
    return sounds.key(form)


PIECES: Final[Mapping[str, tuple[str, Callable[[str], str | None]]]] = {
    "name": ("words", whole_name),
    "sound": ("words", sound),
    "local": ("email", user),
    "line": ("phone", line),
    "last4": ("phone", last4),
    "first4": ("text", first4),
    "company4": ("company", first4),
    "year": ("date", first4),
}
"""Reads that are cut from another one, with what cuts them."""


def brand_of(firm: Reading) -> str | None:
    """The brand of a company, without its place, trade and legal form.

    >>> brand_of(companies.read("Acme Trading Ltd"))
    'acme'
    """
    return plain(companies.opened(firm).brand) or None
