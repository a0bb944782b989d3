"""How is one text of a column read?"""

from collections.abc import Callable, Mapping
from functools import partial
from math import inf, nextafter
from typing import Final, Literal, TypeAlias, get_args

import attrs

from custseg.features.daynumbers import day_of
from custseg.values import categories, dates, incomes, junk, origins, places
from custseg.values.categories import Subject
from custseg.values.reading import Reading

Holds: TypeAlias = Literal[
    "gender",
    "occupation",
    "industry",
    "gbt4754",
    "isic4",
    "place",
    "country",
    "phone",
    "phone_cn",
    "birth_date",
    "amount_low",
    "amount_high",
]
"""What a column holds: how its texts are read."""

HOLDS: Final[tuple[Holds, ...]] = get_args(Holds)
PLACES: Final = frozenset({"place", "country", "phone", "phone_cn"})
NUMBERS: Final[Mapping[str, Literal["number", "day"]]] = {
    "birth_date": "day",
    "amount_low": "number",
    "amount_high": "number",
}
_SUBJECTS: Final[Mapping[str, Subject]] = {each: each for each in categories.SUBJECTS}
READERS: Final[Mapping[str, Callable[[str], Reading]]] = {
    **{subject: partial(categories.read, subject) for subject in categories.SUBJECTS},
    "gbt4754": partial(categories.read_code, coding="gbt4754"),
    "isic4": partial(categories.read_code, coding="isic4"),
    "place": places.read,
    "country": places.read_country,
    "phone": origins.read,
    "phone_cn": partial(origins.read, region="CN"),
}


@attrs.frozen
class Told:
    """What one text says.

    Attributes:
        value: A code, a number or a day (since 1970-01-01); None if it says nothing.
        problem: Why it says nothing, or why what it says is doubtful; None if all is well.

    >>> Told("female").value
    'female'
    """

    value: str | float | None
    problem: str | None = None


def family(holds: str) -> str:
    """What can be read into one field."""
    if holds in PLACES:
        return "place"
    return "industry" if holds in {"gbt4754", "isic4"} else holds


def codes_of(holds: str) -> tuple[str, ...]:
    """The codes that a column of categories can tell.

    >>> codes_of("isic4")[0]
    'agriculture'
    """
    return categories.codes(_SUBJECTS[family(holds)])


def meant(holds: str, text: str) -> str | None:
    """The word of the tables that a text was perhaps meant to be.

    >>> meant("gender", "femal"), meant("country", "Germnay"), meant("phone", "12")
    ('female', 'germany', None)
    """
    if holds in {"place", "country"}:
        return places.nearest(text)
    return categories.nearest(_SUBJECTS[holds], text) if holds in _SUBJECTS else None


def number_of(holds: str, text: str) -> Told:
    """A number or a day; one that is doubtful is not told."""
    if holds == "birth_date":
        day, problem = dates.read(text)
        sure = day is not None and problem is None
        return Told(float(day_of(day)) if sure and day else None, problem)
    ends = incomes.read(text)
    if ends is None:
        return Told(None, "placeholder" if junk.problem(text) else "unlisted")
    low, high = ends
    if holds == "amount_low":
        return Told(low)
    return Told(nextafter(high, inf) if low == high else high)
