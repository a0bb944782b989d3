"""Telephone numbers: one international form from many spellings."""

import re
from typing import Final

from custseg.values.dialling import CALLING_CODES, REGIONS, TRUNK_ZERO, Plan
from custseg.values.junk import filler, masked, substance
from custseg.values.reading import Reading

_QUICK: Final = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_CN_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_CN_SERVICE: Final = re.compile(r"[48]00[0-9]{7}|9[56][0-9]{3,6}|100[0-9]{2}")
_CN_LANDLINE: Final = re.compile(r"(?:10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7}")
_NANP: Final = re.compile(r"(?![2-9]11)[2-9][0-9]{2}(?![2-9]11)[2-9][0-9]{6}")
_LABEL: Final = re.compile(
    r"^(?:联系电话|联系方式|手机号码|手机号|电话号码|手机|电话|座机|固话|传真|热线|"
    r"telephone|phone|mobile|cell|tel|fax|mob|ph\b)\s*[:.]?\s*",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"\([^()0-9]*\)")
_EXTENSION: Final = re.compile(
    r"[\s,(-]*(?:转|分机号?|内线|;ext=|extension|extn?\.?|x|#)\s*[:.]?\s*([0-9]{1,6})\)?$",
    re.IGNORECASE,
)
_DASH_EXTENSION: Final = re.compile(
    r"^((?:\+?86[\s-]?)?\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[\s-]?[0-9]{7,8})-([0-9]{1,5})$"
)
_SEVERAL: Final = re.compile(r"\s*(?:[;,、|/]|或者?|和|\bor\b|\band\b)\s*", re.IGNORECASE)
_ALLOWED: Final = re.compile(r"\+?[0-9\s().~_/\u2010-\u2015\u2212-]+")
_DIGITS: Final = re.compile(r"[^0-9]+")
_AMERICAN_LAYOUT: Final = re.compile(
    r"1?[\s.-]?(?:\([0-9]{3}\)\s?|[0-9]{3}[\s.-])[0-9]{3}[\s.-][0-9]{4}"
)
_MANY: Final = 7
_TAIL: Final = 8
_CHINA: Final = "86"
_NORTH_AMERICA: Final = "1"
_NANP_REGIONS: Final = frozenset({"US", "CA"})
_MAX_DIGITS: Final = 15
_LONGEST: Final = 120


def read(text: str | None, region: str | None = "CN") -> Reading:
    """Read one telephone number.

    Chinese mobiles, landlines and 400/95 numbers and North American numbers are
    read exactly; others by country code and length. A bare number is read as one
    of ``region``; where that does not settle it, the likeliest reading is given
    and flagged ``ambiguous_region``.

    Args:
        text: The number as it was typed, or None.
        region: Two-letter code of the country that a bare number belongs to;
            None if that is not known.

    Returns:
        The reading; its value is ``+CC...`` with ``;ext=`` for an extension.
        Problems: ``blank``, ``placeholder``, ``repeated_digits``,
        ``sequential_digits``, ``masked``, ``invalid_characters``,
        ``invalid_length``, ``invalid_number``, ``invalid_country_code``,
        ``missing_area_code``, ``ambiguous_region``, ``several_values``.

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
    quick = _QUICK.fullmatch(text or "")
    if quick and (region == "CN" or quick[0] != quick[1]):
        return _finish(_CHINA, quick[1], "", None)
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    if len(clean) > _LONGEST:
        return Reading(clean, None, "invalid_length")
    parts = [part for part in _SEVERAL.split(clean) if len(_DIGITS.sub("", part)) >= _MANY]
    return _several(parts, region) if len(parts) > 1 else _one(clean, region)


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
        ("mobile", _CN_MOBILE),
        ("service", _CN_SERVICE),
        ("landline", _CN_LANDLINE),
    ):
        if form.fullmatch(national):
            return name
    return "other"


def _several(parts: list[str], region: str | None) -> Reading:
    """Several numbers in one field: all kept, the first good one is the key."""
    readings = [_one(part, region) for part in parts]
    values = list(dict.fromkeys(reading.value for reading in readings if reading.value))
    if len(values) <= 1:
        return next((reading for reading in readings if reading.value), readings[0])
    key = next((reading.key for reading in readings if reading.key), None)
    return Reading(" / ".join(values), key, "several_values")


def _one(text: str, region: str | None) -> Reading:
    """Read what should be exactly one number."""
    if masked(text):
        return Reading(text, None, "masked")
    bare, extension = _extension(_NOTE.sub("", _LABEL.sub("", text)).strip())
    if bare.startswith("(+"):
        bare = bare.removeprefix("(")
    if not _ALLOWED.fullmatch(bare):
        return Reading(text, None, "invalid_characters")
    junk = filler(_DIGITS.sub("", bare))
    if junk:
        return Reading(problem=junk)
    country, national, problem = _place(bare, region)
    if country is None:
        return Reading(text, None, problem)
    return _finish(country, national, extension, problem)


def _extension(text: str) -> tuple[str, str]:
    """The number and its extension, which may be empty."""
    found = _EXTENSION.search(text)
    if found and found.start():
        return text[: found.start()], found[1]
    dashed = _DASH_EXTENSION.match(text)
    return (dashed[1], dashed[2]) if dashed else (text, "")


def _finish(country: str, national: str, extension: str, problem: str | None) -> Reading:
    """The reading of a placed number, unless its end was only typed to fill the field."""
    tail = filler(national[-_TAIL:]) if len(national) > _TAIL else None
    if tail:
        return Reading(problem=tail)
    value = f"+{country}{national}" + (f";ext={extension}" if extension else "")
    return Reading(value, value, problem)


_Placed = tuple[str | None, str, str | None]


def _place(bare: str, region: str | None) -> _Placed:
    """The country code, the national number and the problem of a number without extension."""
    outside = "011" if region in _NANP_REGIONS else "00"
    if bare.startswith("+"):
        return _international(_DIGITS.sub("", bare.replace("(0)", "")))
    digits = _DIGITS.sub("", bare)
    if digits.startswith(outside):
        return _international(digits.removeprefix(outside))
    if region in _NANP_REGIONS:
        return _north_american(digits)
    plan = REGIONS.get(region) if region else None
    if plan is not None and region != "CN":
        return _planned(digits, plan)
    if _AMERICAN_LAYOUT.fullmatch(bare) and not _CN_SERVICE.fullmatch(digits):
        country, national, _ = _north_american(digits)
        if country:
            return country, national, "ambiguous_region"
    return _chinese_first(digits, known=region == "CN")


def _international(digits: str) -> _Placed:
    """Digits that begin with a country code."""
    country = next((digits[:n] for n in (1, 2, 3) if digits[:n] in CALLING_CODES), None)
    if country is None:
        return None, "", "invalid_country_code"
    national = digits[len(country) :]
    if country in TRUNK_ZERO:
        national = national.lstrip("0")
    if country == _CHINA:
        return (country, national, None) if _is_chinese(national) else _bad(national)
    if country == _NORTH_AMERICA:
        return (country, national, None) if _NANP.fullmatch(national) else _bad(national)
    plan = next((plan for plan in REGIONS.values() if plan.country == country), Plan(country))
    fits = plan.low <= len(national) <= plan.high and len(digits) <= _MAX_DIGITS
    return (country, national, None) if fits else (None, "", "invalid_length")


def _north_american(digits: str) -> _Placed:
    """A bare number of the United States or Canada."""
    national = digits.removeprefix("1") if len(digits) == 11 else digits  # noqa: PLR2004
    return (_NORTH_AMERICA, national, None) if _NANP.fullmatch(national) else _bad(national)


def _planned(digits: str, plan: Plan) -> _Placed:
    """A bare number of a country of which only the lengths are known."""
    national = digits.removeprefix(plan.trunk)
    if plan.low <= len(national) <= plan.high:
        return plan.country, national, None
    rest = digits.removeprefix(plan.country)
    if rest != digits and plan.low <= len(rest) <= plan.high:
        return plan.country, rest, None
    return None, "", "invalid_length"


def _chinese_first(digits: str, *, known: bool) -> _Placed:
    """A bare number in China, or where the country is not known."""
    national = _strip_china(digits)
    local = national.removeprefix("0")
    american = digits.removeprefix("1") if len(digits) == 11 else digits  # noqa: PLR2004
    is_american = _NANP.fullmatch(american) is not None
    if _CN_MOBILE.fullmatch(local) or _CN_SERVICE.fullmatch(national):
        return _CHINA, local, "ambiguous_region" if is_american and not known else None
    if is_american and not known:
        return _NORTH_AMERICA, american, "ambiguous_region"
    if _CN_LANDLINE.fullmatch(local):
        sure = known and (local != national or not is_american)
        return _CHINA, local, None if sure else "ambiguous_region"
    if is_american:
        return _NORTH_AMERICA, american, "ambiguous_region"
    if len(digits) in {7, 8} and digits[0] in "23456789":
        return None, "", "missing_area_code"
    return _bad(national)


def _strip_china(digits: str) -> str:
    """The digits without a country code that was typed without its plus."""
    for prefix in ("86", "086"):
        rest = digits.removeprefix(prefix)
        if rest != digits and (_is_chinese(rest.lstrip("0")) and len(rest) > _TAIL):
            return rest
    return digits


def _is_chinese(national: str) -> bool:
    """Whether a number without trunk zero can be dialled in China."""
    return any(form.fullmatch(national) for form in (_CN_MOBILE, _CN_LANDLINE, _CN_SERVICE))


def _bad(national: str) -> _Placed:
    """A number that its country does not have: too long, too short or not given out."""
    return None, "", "invalid_number" if len(national) in {10, 11} else "invalid_length"
