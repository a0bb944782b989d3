"""The numbering plans of the world, if they are installed, asked in a way that takes no time."""

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, Final

_KINDS: Final = (
    *("mobile", "fixed_line", "toll_free", "voip", "shared_cost", "premium_rate"),
    *("personal_number", "uan", "pager", "voicemail"),
)


@cache
def plans() -> Any:  # noqa: ANN401 - a module without types
    """The numbering plans of the world, None if they are not installed."""
    try:
        return import_module("phonenumbers")
    except ImportError:
        return None


def surely(country: str, national: str) -> bool:
    """Whether a number is as its country gives them out; False also where that is not plain.

    It says yes only where ``phonenumbers`` would read the same digits and call them valid.

    Args:
        country: Country code.
        national: Number inside the country.

    Example:
        >>> surely("44", "7400123456") in {True, plans() is not None}, surely("44", "12")
        (True, False)
    """
    test = _test(country)
    return test is not None and test(national)


@cache
def _test(country: str) -> Callable[[str], bool] | None:
    """What tells the numbers of the main region of a country code."""
    world = plans()
    if world is None:
        return None
    region = world.region_code_for_country_code(int(country))
    metadata = world.PhoneMetadata.metadata_for_region(region, None)
    if metadata is None or metadata.leading_digits:
        return None
    general = _described(metadata.general_desc)
    kinds = [_described(getattr(metadata, kind)) for kind in _KINDS]
    prefix = re.compile(metadata.national_prefix_for_parsing or "(?!)")

    def told(national: str) -> bool:
        if prefix.match(national) or not general(national):
            return False
        return any(kind(national) for kind in kinds)

    return told


def _described(said: Any) -> Callable[[str], bool]:  # noqa: ANN401 - a class without types
    """What tells the numbers of one description."""
    if said is None or not said.national_number_pattern:
        return lambda _: False
    match = re.compile(said.national_number_pattern).fullmatch
    lengths = frozenset(said.possible_length)
    return lambda national: (
        (not lengths or len(national) in lengths) and match(national) is not None
    )
