"""E-mail addresses: one spelling, whether they can be right, and what to compare."""

import re
from typing import Final

from custseg.values.junk import filler, masked, placeholder, substance
from custseg.values.reading import Reading
from custseg.values.tables import table

_SIMPLE: Final = re.compile(
    r"[a-z0-9]+(?:[._-][a-z0-9]+)*@[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]{2,})+"
)
_LOCAL: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL: Final = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_TOP: Final = re.compile(r"(?:[^\W\d_]{2,}|xn--[a-z0-9-]+)")
_BRACKETED: Final = re.compile(r"<([^<>@\s]+@[^<>@\s]+)>")
_LABELS: Final = re.compile(r"^(?:mailto|e-?mail|邮箱|电子邮箱|电邮|邮件)\s*:\s*", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"\s*[;,、|/\s]\s*")
_NOTE: Final = re.compile(r"(?<=[\w>])\s*\([^()@]*\)$")
# The stop of a Chinese keyboard, and the key beside it.
_STOPS: Final = re.compile(r"(?<=[a-z0-9])(?:。|,(?=(?:com|cn|net|org)\b))", re.IGNORECASE)
_GAPS: Final = re.compile(r"\s*@\s*")
# Slips of the finger that no one has registered.
_NO_TOPS: Final = frozenset({"con", "cmo", "ocm", "comm", "vom", "xom", "cpm", "coom"})
_TOY: Final = 3
_ENDS: Final = " .,;:'\"()[]<>。、"
_MAX_LOCAL: Final = 64
_MAX: Final = 254
_LONGEST: Final = 1000

_JUNK_USERS: Final = frozenset(table("junk")["mail_users"])
_JUNK_HOSTS: Final = frozenset(table("junk")["mail_hosts"])
# Never given to anyone (RFC 2606, RFC 6761).
_RESERVED: Final = ("example.com", "example.org", "example.net")
_RESERVED_TOP: Final = ("test", "example", "invalid", "localhost")
# Providers that deliver "a.b+shop@" to the box of "ab@".
_DOTLESS: Final = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
_NO_TAGS: Final = frozenset(
    ["qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn"]
)


def read(text: str | None) -> Reading:
    """Read one e-mail address.

    The value is the address in lower case. Tags (``+shop``) and the dots of
    Gmail are left out of the key only: mail must still go to what was given.

    Args:
        text: The address as it was typed, or None.

    Returns:
        The reading; problems are ``blank``, ``placeholder``, ``repeated_digits``,
        ``sequential_digits``, ``masked``, ``lost_characters``, ``invalid_syntax``,
        ``invalid_domain``, ``invalid_length``, ``reserved_domain`` and ``several_values``.

    Source: RFC 5321 section 4.5.3.1 (lengths), RFC 5322 section 3.4.1 (dot-atom),
    RFC 2606 (reserved names).

    Example:
        >>> read(" Li.Lei+shop@GMAIL.com ")
        Reading(value='li.lei+shop@gmail.com', key='lilei@gmail.com', problem=None)
        >>> read("test@test.com").problem
        'placeholder'
        >>> read("用户＠例子.公司").value
        '用户@例子.公司'
    """
    if text and text.isascii() and _SIMPLE.fullmatch(lower := text.lower()):
        return _box(lower)
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    bare = _unwrap(_NOTE.sub("", clean))
    if bare.count("@") == 1:
        bare = _STOPS.sub(".", _GAPS.sub("@", bare))
    if not bare or placeholder(bare):
        return Reading(problem="placeholder")
    if len(bare) > _LONGEST:
        return Reading(bare, None, "invalid_length")
    parts = [part for part in _SEVERAL.split(bare) if "@" in part]
    return _several(parts) if len(parts) > 1 else _one(bare)


def _unwrap(text: str) -> str:
    """The address out of ``Li Lei <a@b.cn>``, ``mailto:`` and closing punctuation."""
    while True:
        found = _BRACKETED.search(text)
        inner = _LABELS.sub("", found[1] if found else text).strip(_ENDS)
        if inner == text:
            return text
        text = inner


def _several(parts: list[str]) -> Reading:
    """Several addresses in one field: all kept, the first good one is the key."""
    readings = [_one(_unwrap(part)) for part in parts]
    values = list(dict.fromkeys(reading.value for reading in readings if reading.value))
    keys = [reading.key for reading in readings if reading.key]
    if len(values) <= 1:
        return next((r for r in readings if r.value), readings[0])
    return Reading("; ".join(values), keys[0] if keys else None, "several_values")


def _one(text: str) -> Reading:
    """Read what should be exactly one address."""
    lower = text.lower()
    if len(lower) <= _MAX and not _SIMPLE.fullmatch(lower) and (wrong := _wrong(lower)):
        return Reading(lower, None, wrong)
    return _box(lower)


def _box(lower: str) -> Reading:
    """The reading of an address in small letters and of the right form."""
    user, _, host = lower.rpartition("@")
    if len(lower) > _MAX or len(user) > _MAX_LOCAL:
        return Reading(lower, None, "invalid_length")
    if junk := _junk(user, host):
        return Reading(problem=junk)
    top = host.rpartition(".")[2]
    if top in _NO_TOPS:
        return Reading(lower, None, "invalid_domain")
    reserved = host in _RESERVED or top in _RESERVED_TOP
    return Reading(lower, _key(user, host), "reserved_domain" if reserved else None)


def _junk(user: str, host: str) -> str | None:
    """Why an address was only typed to fill the field, None if it was not."""
    if user in _JUNK_USERS and (host in _JUNK_HOSTS or user.startswith(("test", "no"))):
        return "placeholder"
    if len(user) <= _TOY and host.startswith(f"{user}."):
        return "placeholder"
    if user.isdecimal():
        return filler(user)
    return None if user.isascii() or not placeholder(user) else "placeholder"


def _wrong(address: str) -> str | None:
    """What is wrong with an address that does not look like the common ones."""
    user, at, host = address.rpartition("@")
    if masked(user):
        return "masked"
    if not at or not _LOCAL.fullmatch(user):
        return "invalid_syntax"
    labels = host.split(".")
    if len(labels) < 2 or not _TOP.fullmatch(labels[-1]):  # noqa: PLR2004
        return "invalid_domain"
    return None if all(map(_LABEL.fullmatch, labels)) else "invalid_domain"


def _key(user: str, host: str) -> str:
    """The box that the address delivers to."""
    if host not in _NO_TAGS:
        user = user.partition("+")[0] or user
    if host in _DOTLESS:
        return f"{user.replace('.', '')}@{_DOTLESS[host]}"
    return f"{user}@{host}"
