"""Which country a number belongs to, and its digits inside that country."""

import re
from typing import Final

from custseg.values.dialling import CALLING_CODES, REGIONS, TRUNK_ZERO, Plan
from custseg.values.worldplans import plans, surely

CN_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
CN_SERVICE: Final = re.compile(r"[48]00[0-9]{7}|9[56][0-9]{3,6}|100[0-9]{2}")
CN_LANDLINE: Final = re.compile(r"(?:10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7}")
NANP: Final = re.compile(r"(?![2-9]11)[2-9][0-9]{2}(?![2-9]11)[2-9][0-9]{6}")
_AMERICAN_LAYOUT: Final = re.compile(
    r"1?[\s.-]?(?:\([0-9]{3}\)\s?|[0-9]{3}[\s.-])[0-9]{3}[\s.-][0-9]{4}"
)
_DIGITS: Final = re.compile(r"[^0-9]+")
_CHINA: Final = "86"
_NORTH_AMERICA: Final = "1"
_NANP_REGIONS: Final = frozenset({"US", "CA"})
_MAX_DIGITS: Final = 15
_TAIL: Final = 8
# Up to three digits and the country code that they begin with.
_STARTS: Final = (f"{n:0{size}}" for size in (1, 2, 3) for n in range(10**size))
_BY_START: Final = {
    start: start[:n] for start in _STARTS for n in (1, 2, 3) if start[:n] in CALLING_CODES
}
# The first of a country code that several regions share.
_BY_COUNTRY: Final = {plan.country: plan for plan in reversed(list(REGIONS.values()))}

Placed = tuple[str | None, str, str | None]
"""Country code (None if there is none), national number, problem."""


def place(bare: str, region: str | None) -> Placed:
    """The country code, the national number and the problem of a number without extension.

    Args:
        bare: Digits, a plus, and what stands between them.
        region: Where a bare number belongs, None if it is not known.

    Source: ITU-T E.164; the numbering plans of China and North America; for other countries
    libphonenumber (Apache License 2.0) by way of ``phonenumbers``, if that is installed.

    Example:
        >>> place("+86 138-0013-8000", None), place("13800138000", "US")
        (('86', '13800138000', None), ('86', '13800138000', 'ambiguous_region'))
    """
    if bare.startswith("+"):
        digits = bare[1:]
        plain = digits.isdecimal()
        return _international(digits if plain else _DIGITS.sub("", bare.replace("(0)", "")))
    outside = "011" if region in _NANP_REGIONS else "00"
    digits = _DIGITS.sub("", bare)
    if digits.startswith(outside):
        return _international(digits.removeprefix(outside))
    if region in _NANP_REGIONS:
        return _north_american(digits)
    plan = REGIONS.get(region) if region else None
    if plan is not None and region != "CN":
        return _planned(digits, plan)
    if _AMERICAN_LAYOUT.fullmatch(bare) and not CN_SERVICE.fullmatch(digits):
        country, national, _ = _north_american(digits)
        if country:
            return country, national, "ambiguous_region"
    return _chinese_first(digits, known=region == "CN")


def _international(digits: str) -> Placed:
    """Digits that begin with a country code."""
    country = _BY_START.get(digits[:3])
    if country is None:
        return None, "", "invalid_country_code"
    national = digits[len(country) :]
    if country in TRUNK_ZERO:
        national = national.lstrip("0")
    if country == _CHINA:
        return (country, national, None) if _is_chinese(national) else _bad(national)
    if country == _NORTH_AMERICA:
        return (country, national, None) if NANP.fullmatch(national) else _bad(national)
    plan = _BY_COUNTRY.get(country) or Plan(country)
    fits = plan.low <= len(national) <= plan.high and len(digits) <= _MAX_DIGITS
    return _checked(country, national) if fits else (None, "", "invalid_length")


def _checked(country: str, national: str) -> Placed:
    """A number of the right length by the plan of its country, if that is at hand."""
    world = plans()
    if world is None or surely(country, national):
        return country, national, None
    try:
        number = world.parse(f"+{country}{national}", None)
    except world.NumberParseException:
        return None, "", "invalid_length"
    # Only far too short or too long: plans grow faster than the copies of them.
    if not world.is_possible_number(number):
        return None, "", "invalid_length"
    national = world.national_significant_number(number)
    return country, national, None if world.is_valid_number(number) else "unassigned_number"


def _north_american(digits: str) -> Placed:
    """A bare number of the United States or Canada."""
    national = digits.removeprefix("1") if len(digits) == 11 else digits  # noqa: PLR2004
    if NANP.fullmatch(national):
        return _NORTH_AMERICA, national, None
    # No number of theirs, but a mobile of China: records of both come in one table.
    if CN_MOBILE.fullmatch(digits):
        return _CHINA, digits, "ambiguous_region"
    return _bad(national)


def _planned(digits: str, plan: Plan) -> Placed:
    """A bare number of a country of which only the lengths are known."""
    national = digits.removeprefix(plan.trunk)
    if plan.low <= len(national) <= plan.high:
        return _checked(plan.country, national)
    rest = digits.removeprefix(plan.country)
    if rest != digits and plan.low <= len(rest) <= plan.high:
        return _checked(plan.country, rest)
    return None, "", "invalid_length"


def _chinese_first(digits: str, *, known: bool) -> Placed:
    """A bare number in China, or where the country is not known."""
    national = _strip_china(digits)
    local = national.removeprefix("0")
    american = digits.removeprefix("1") if len(digits) == 11 else digits  # noqa: PLR2004
    is_american = NANP.fullmatch(american) is not None
    if CN_MOBILE.fullmatch(local) or CN_SERVICE.fullmatch(national):
        return _CHINA, local, "ambiguous_region" if is_american and not known else None
    if is_american and not known:
        return _NORTH_AMERICA, american, "ambiguous_region"
    if CN_LANDLINE.fullmatch(local):
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
    return any(form.fullmatch(national) for form in (CN_MOBILE, CN_LANDLINE, CN_SERVICE))


def _bad(national: str) -> Placed:
    """A number that its country does not have: too long, too short or not given out."""
    return None, "", "invalid_number" if len(national) in {10, 11} else "invalid_length"
