"""Which rules of service are there to begin with?"""

from collections.abc import Sequence
from typing import Final

from custseg.rules import F
from custseg.tiering.service.policy import DEVELOPMENT_PLAN, STANDARD_CARE, VIP_SERVICE
from custseg.tiering.service.rule import ServiceRule
from custseg.tiering.service.usual import (
    CONVERT,
    CONVERT_KEY,
    DIGITAL_ONLY,
    MAINTAIN,
    NEW_OFFER,
    PUT_RIGHT,
    WIN_BACK,
    WIN_BACK_KEY,
)

PRICE: Final = ("price", "competitor", "budget")
_CONTENT: Final = 60.0  # of 100: a house value
FAULT: Final = ("complaint", "service", "quality", "fault", "delivery")


def usual_rules(
    price: Sequence[str] = PRICE, fault: Sequence[str] = FAULT
) -> tuple[ServiceRule, ...]:
    """The usual rules.

    Args:
        price: Words of ``lost_reason`` for a price that was too high.
        fault: Words of ``lost_reason`` for something that went wrong.

    >>> len(usual_rules())
    12
    """
    gone, new = ("dormant",), ("potential",)
    wronged = (
        (F("complaints") > 0) | (F("satisfaction") < _CONTENT) | F("lost_reason").one_of(*fault)
    )
    return (
        ServiceRule(CONVERT_KEY, "convert", lifecycle=new, potential=("high",)),
        ServiceRule(CONVERT, "convert", lifecycle=new),
        ServiceRule(PUT_RIGHT, "win_back_complaint", lifecycle=gone, when=wronged),
        ServiceRule(
            NEW_OFFER, "win_back_price", lifecycle=gone, when=F("lost_reason").one_of(*price)
        ),
        ServiceRule(WIN_BACK_KEY, "win_back", lifecycle=gone, tier=("high",)),
        ServiceRule(WIN_BACK, "win_back", lifecycle=gone),
        ServiceRule(VIP_SERVICE, "keep", tier=("high",)),
        ServiceRule(MAINTAIN, "keep", tier=("medium",), potential=("low",)),
        ServiceRule(DEVELOPMENT_PLAN, "develop", tier=("medium",)),
        ServiceRule(DEVELOPMENT_PLAN, "develop", potential=("high",)),
        ServiceRule(DIGITAL_ONLY, "care", tier=("low",), potential=("low",)),
        ServiceRule(STANDARD_CARE, "care"),
    )
