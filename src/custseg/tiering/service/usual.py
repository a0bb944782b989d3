"""Which services are there to begin with?"""

from typing import Final

from custseg.tiering.service.policy import (
    DEVELOPMENT_PLAN,
    STANDARD_CARE,
    VIP_SERVICE,
    ServicePolicy,
)

MAINTAIN: Final = ServicePolicy(
    "maintain", response_hours=4, fault_hours=24, contact_interval_days=60, timing="rhythm"
)
DIGITAL_ONLY: Final = ServicePolicy(
    "digital_only", response_hours=48, contact_interval_days=180, timing="season"
)
CONVERT: Final = ServicePolicy("convert_care", response_hours=24, contact_interval_days=30)
CONVERT_KEY: Final = ServicePolicy(
    "convert_key_account",
    dedicated_contact=True,
    senior_owner=True,
    response_hours=4,
    contact_interval_days=14,
)
WIN_BACK: Final = ServicePolicy("win_back_care", response_hours=24, contact_interval_days=60)
WIN_BACK_KEY: Final = ServicePolicy(
    "win_back_key_account",
    dedicated_contact=True,
    senior_owner=True,
    response_hours=4,
    contact_interval_days=30,
)
PUT_RIGHT: Final = ServicePolicy(
    "put_right",
    dedicated_contact=True,
    priority_line=True,
    senior_owner=True,
    response_hours=4,
    fault_hours=24,
    contact_interval_days=14,
)
NEW_OFFER: Final = ServicePolicy("new_offer", response_hours=8, contact_interval_days=30)
CATALOGUE: Final = (
    VIP_SERVICE,
    DEVELOPMENT_PLAN,
    MAINTAIN,
    STANDARD_CARE,
    DIGITAL_ONLY,
    CONVERT,
    CONVERT_KEY,
    WIN_BACK,
    WIN_BACK_KEY,
    PUT_RIGHT,
    NEW_OFFER,
)
"""All of them. Their hours and days are house values, meant to be replaced by a company's own."""
