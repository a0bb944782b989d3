"""How the world dials: country codes, and the lengths of national numbers.

Source: ITU-T E.164, list of assigned country codes, and the national numbering
plans notified to the ITU. Lengths are those of the national significant number.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from custseg.values.tables import table


@attrs.frozen
class Plan:
    """How long the numbers of a country are and what is dialled before them.

    Attributes:
        country: Country code, digits only.
        trunk: What is dialled first inside the country and dropped from outside.
        low: Fewest digits of a national number.
        high: Most digits of a national number.

    Example:
        >>> REGIONS["GB"].trunk
        '0'
    """

    country: str
    trunk: str = ""
    low: int = 4
    high: int = 14


CALLING_CODES: Final = frozenset(table("dialling")["calling_codes"])
"""Every country code in use; none is the beginning of another."""


def _plans() -> Mapping[str, Plan]:
    """The plans of the table: region, country code, trunk, fewest and most digits."""
    rows = (row.split() for row in table("dialling")["plans"])
    return MappingProxyType(
        {
            region: Plan(country, trunk.strip("-"), int(low), int(high))
            for region, country, trunk, low, high in rows
        }
    )


REGIONS: Final = _plans()
"""The numbering plan of each region whose bare numbers can be read."""

TRUNK_ZERO: Final = frozenset(plan.country for plan in REGIONS.values() if plan.trunk == "0")
"""Country codes after which a zero, though often typed, is not part of the number."""
