"""Telephone numbers: one international form from many spellings."""

import re
from typing import Final

from custseg.values.dialled import CN_LANDLINE, CN_MOBILE, CN_SERVICE, NANP, place
from custseg.values.junk import filler, masked, substance
from custseg.values.reading import Reading

_QUICK: Final = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_GROUPED: Final = re.compile(r"(\+86|0086|86)?[ -]?(1[3-9][0-9])[ -]?([0-9]{4})[ -]?([0-9]{4})")
_LABEL: Final = re.compile(
    r"^(?:联系电话|联系方式|手机号码|手机号|电话号码|手机|电话|座机|固话|传真|热线|"
    r"telephone|phone|mobile|cell|tel|fax|mob|ph\b)\s*[:.]?\s*",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"\([^()0-9]*\)|\s*(?:微信同号|同微信|微信号?)\s*:?\s*")
_EXTENSION: Final = re.compile(
    r"[\s,(-]*(?:转接?(?:\s*分机号?)?|分机号?|内线|;ext=|extension|extn?\.?|x|#)\s*[:.]?\s*([0-9]{1,6})\)?$",
    re.IGNORECASE,
)
_DASH_EXTENSION: Final = re.compile(
    r"^((?:\+?86[\s-]?)?\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[\s-]?[0-9]{7,8})-([0-9]{1,5})$"
)
_SEVERAL: Final = re.compile(
    r"\s*(?:[;,、|/]|或者?|和|\bor\b|\band\b)\s*|(?<=[0-9]{7})\s+(?=\+?[0-9]{7})", re.IGNORECASE
)
_ALLOWED: Final = re.compile(r"\+?[0-9\s().~_/\u2010-\u2015\u2212-]+")
_DIGITS: Final = re.compile(r"[^0-9]+")
# Nothing but a number and what usually stands between its digits.
_DIALLED: Final = re.compile(
    r"(?:\+?[0-9]+|\([0-9]+\)|\+[0-9]+ ?\([0-9]+\))(?:[ .-]?[0-9]+)*(?<!\.0)"
)
# What spreadsheets and hasty typing leave around a number.
_LEFTOVERS: Final = re.compile(r"^['\"=]+|\.0$|[\s'\",;.]+$")
_MANY: Final = 7
_TAIL: Final = 8
_CHINA: Final = "86"
_LONGEST: Final = 120


def read(text: str | None, region: str | None = "CN") -> Reading:
    """Read one telephone number.

    Chinese mobiles, landlines and 400/95 numbers and North American numbers are
    read exactly; others by country code and length, and with the extra ``phone`` by the
    numbering plan of their country. A bare number is read as one of ``region``;
    where that does not settle it, the likeliest reading is given and flagged
    ``ambiguous_region``.

    Args:
        text: The number as it was typed, or None.
        region: Two-letter code of the country that a bare number belongs to;
            None if that is not known.

    Returns:
        The reading; its value is ``+CC...`` with ``;ext=`` for an extension.
        Problems: ``blank``, ``placeholder``, ``repeated_digits``,
        ``sequential_digits``, ``masked``, ``invalid_characters``,
        ``invalid_length``, ``invalid_number``, ``invalid_country_code``,
        ``missing_area_code``, ``ambiguous_region``, ``unassigned_number`` (its country
        gives out no such numbers; only with the extra), ``several_values``.

    Source: ITU-T E.164; RFC 3966 section 5.3 (``;ext=``); the numbering plan of
    China (mobiles 13-19, area codes 10, 2x and 3xx-9xx).

    Example:
        >>> read("0086-138 0013 8000").value
        '+8613800138000'
        >>> read("021-62345678 转 801").value
        '+862162345678;ext=801'
        >>> read("(415) 555-0132", region="US").value
        '+14155550132'
        >>> read("13923456709", region=None).problem
        'ambiguous_region'
    """
    if text and len(text) < _LONGEST and (plain := _plain(text, region)):
        return plain
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    if len(clean) > _LONGEST:
        return Reading(clean, None, "invalid_length")
    parts = [part for part in _SEVERAL.split(clean) if len(_DIGITS.sub("", part)) >= _MANY]
    return _several(parts, region) if len(parts) > 1 else _one(clean, region)


def _plain(text: str, region: str | None) -> Reading | None:
    """The reading of a number with nothing around it; None if there is more to it."""
    quick = _QUICK.fullmatch(text)
    if quick and (region is None or region == "CN" or quick[0] != quick[1]):
        unsure = region is None and quick[0] == quick[1] and NANP.fullmatch(text[1:])
        return _finish(_CHINA, quick[1], "", "ambiguous_region" if unsure else None)
    if text[0] == "+" and text[1:].isdecimal() and text.isascii():
        return _placed(text, text, "", region)
    grouped = _GROUPED.fullmatch(text)
    if grouped and (region == "CN" or grouped[1] == "+86"):
        return _finish(_CHINA, "".join(grouped.group(2, 3, 4)), "", None)
    if not _DIALLED.fullmatch(text):
        return None
    found = _placed(text, *_dashed(text), region)
    # What is no number may be two with a space between them.
    return None if found.key is None and found.value and " " in text else found


def kind(number: str | None) -> str | None:
    """What sort of number a read value is: a person's, a desk's or a service's.

    A landline or service number is often shared, so it tells less about who the
    customer is than a mobile does.

    Args:
        number: A value or key given by `read`.

    Returns:
        ``mobile``, ``landline`` or ``service`` for China, ``extension`` for any
        number with one, ``other`` for the rest; None for None.

    Example:
        >>> kind("+8613800138000"), kind("+864008001234"), kind("+14155550132")
        ('mobile', 'service', 'other')
    """
    if number is None:
        return None
    if ";ext=" in number:
        return "extension"
    national = number.removeprefix("+86") if number.startswith("+86") else ""
    for name, form in (
        ("mobile", CN_MOBILE),
        ("service", CN_SERVICE),
        ("landline", CN_LANDLINE),
    ):
        if form.fullmatch(national):
            return name
    return "other"


def _several(parts: list[str], region: str | None) -> Reading:
    """Several numbers in one field: all kept, the first good one is the key."""
    readings = [_long(_one(part, region), part) for part in parts]
    values = list(dict.fromkeys(reading.value for reading in readings if reading.value))
    if len(values) <= 1:
        return next((reading for reading in readings if reading.value), readings[0])
    key = next((reading.key for reading in readings if reading.key), None)
    value = " / ".join(values)
    if len(value) > _LONGEST:
        return Reading(value, None, "invalid_length")
    return Reading(value, key, "several_values")


def _long(reading: Reading, part: str) -> Reading:
    """The reading of one of several numbers; as it was typed if it would be too short for one."""
    short = reading.value is not None and len(_DIGITS.sub("", reading.value)) < _MANY
    return Reading(part, None, "invalid_length") if short else reading


def _one(text: str, region: str | None) -> Reading:
    """Read what should be exactly one number."""
    if masked(text):
        return Reading(text, None, "masked")
    inner = _LEFTOVERS.sub("", _NOTE.sub("", _LABEL.sub("", text)).strip())
    return _settled(text, inner.strip(), region)


def _settled(text: str, inner: str, region: str | None) -> Reading:
    """The reading of a number without what stood around it."""
    bare, extension = _extension(inner)
    if bare.startswith("(+"):
        bare = bare.removeprefix("(")
    if not _ALLOWED.fullmatch(bare):
        return Reading(text, None, "invalid_characters")
    return _placed(text, bare, extension, region)


def _placed(text: str, bare: str, extension: str, region: str | None) -> Reading:
    """The reading of digits and what stands between them."""
    digits = bare.removeprefix("+")
    if not digits.isdecimal():
        digits = _DIGITS.sub("", digits)
    if junk := filler(digits) or ("" if digits.strip("0") else "placeholder"):
        return Reading(problem=junk)
    country, national, problem = place(bare, region)
    if country is None:
        return Reading(text, None, problem)
    return _finish(country, national, extension, problem)


def _extension(text: str) -> tuple[str, str]:
    """The number and its extension, which may be empty."""
    found = _EXTENSION.search(text)
    return (text[: found.start()], found[1]) if found and found.start() else _dashed(text)


def _dashed(text: str) -> tuple[str, str]:
    """The number and what stands after its last dash, if that is an extension."""
    dashed = _DASH_EXTENSION.match(text) if "-" in text else None
    return (dashed[1], dashed[2]) if dashed else (text, "")


def _finish(country: str, national: str, extension: str, problem: str | None) -> Reading:
    """The reading of a placed number, unless its end was only typed to fill the field."""
    tail = filler(national[-_TAIL:]) if len(national) > _TAIL else None
    if tail:
        return Reading(problem=tail)
    value = f"+{country}{national}" + (f";ext={extension}" if extension else "")
    return Reading(value, value, problem)
