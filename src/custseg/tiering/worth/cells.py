"""What does each cell of a box mean, to begin with?"""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import attrs

from custseg.showing import Shown


@attrs.frozen
class Cell(Shown):
    """What one place of a box means.

    Attributes:
        tier: The tier.
        rank: Who is served first: 1 before 2.
        service: Code of what to do.

    >>> Cell("high", 1, "vip_service").rank
    1
    """

    tier: str
    rank: int
    service: str


Row: TypeAlias = tuple[Cell, ...]
THREE: Final = ("low", "medium", "high")
_NINE: Final = (
    ((9, "digital_only"), (8, "standard_care"), (6, "development_plan")),
    ((7, "maintain"), (5, "development_plan"), (4, "development_plan")),
    ((3, "vip_service"), (2, "vip_service"), (1, "vip_service")),
)
_PROSPECTS: Final = ((9, "digital_only"), (8, "convert_care"), (6, "convert_key_account"))


def _nine(*tiers: str) -> tuple[Row, ...]:
    """The nine places with a tier each, row by row."""
    rows = zip(_NINE, (tiers[:3], tiers[3:6], tiers[6:]), strict=True)
    return tuple(
        tuple(Cell(tier, *place) for place, tier in zip(row, names, strict=True))
        for row, names in rows
    )


def _prospects(*tiers: str) -> Row:
    return tuple(Cell(tier, *place) for place, tier in zip(_PROSPECTS, tiers, strict=True))


_LOW, _MID, _TOP = THREE
NINE: Final = _nine(_LOW, _LOW, _MID, _MID, _MID, _MID, _TOP, _TOP, _TOP)
PROSPECTS: Final = _prospects(_LOW, _LOW, _MID)
_USUAL, _KEY = "ordinary", "important"
PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    "nine": {},
    "importance": {
        "cells": _nine(*[_USUAL] * 5, *[_KEY] * 4),
        "prospects": _prospects(*["potential"] * 3),
        "tiers": ("potential", _USUAL, _KEY),
    },
    "importance_by_value": {
        "cells": (
            (Cell(_USUAL, 3, "standard_care"),),
            (Cell(_USUAL, 2, "development_plan"),),
            (Cell(_KEY, 1, "vip_service"),),
        ),
        "prospects": (Cell("potential", 3, "convert_care"),),
        "tiers": ("potential", _USUAL, _KEY),
        "potential_levels": ("any",),
    },
    "marcus": {
        "cells": (
            (Cell("uncertain", 4, "standard_care"), Cell("spender", 3, "development_plan")),
            (Cell("frequent", 2, "development_plan"), Cell("best", 1, "vip_service")),
        ),
        "prospects": (),
        "tiers": ("uncertain", "spender", "frequent", "best"),
        "value_levels": ("low", "high"),
        "potential_levels": ("low", "high"),
    },
}
"""Boxes by name, as what differs from the nine; what cells mean is a house value."""
