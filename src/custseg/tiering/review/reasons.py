"""The codes of why a customer has its tier after a review."""

from typing import Final

EARNED: Final = "tier_earned"
BAND: Final = "kept_band_of_tier"
PROMOTED: Final = "promoted"
PROMOTED_STEP: Final = "promoted_step"
DEMOTED: Final = "demoted"
DEMOTED_STEP: Final = "demoted_step"
LOCK: Final = "kept_lock"
TENURE: Final = "kept_tenure"
COOLDOWN: Final = "kept_cooldown"
ANNIVERSARY: Final = "kept_anniversary"
GRACE: Final = "kept_grace"
GRACE_FOR: Final = "kept_grace_for"
SMOOTHED: Final = "kept_smoothed"
TRIAL: Final = "provisional"
TRIAL_OVER: Final = "trial_over"
UNKNOWN: Final = "kept_unknown"
NEW_UNKNOWN: Final = "value_unknown"
UNDATED: Final = "undated"
REVIEWED: Final = "reviewed_already"
HAND: Final = "tier_by_hand"
HAND_OVER: Final = "tier_by_hand_over"
HAND_WRONG: Final = "tier_by_hand_wrong"
NO_SEAT: Final = "no_seat"
STRANGE: Final = "tier_before_unknown"

CODES: Final = (
    EARNED,
    BAND,
    PROMOTED,
    PROMOTED_STEP,
    DEMOTED,
    DEMOTED_STEP,
    LOCK,
    TENURE,
    COOLDOWN,
    ANNIVERSARY,
    GRACE,
    GRACE_FOR,
    SMOOTHED,
    TRIAL,
    TRIAL_OVER,
    UNKNOWN,
    NEW_UNKNOWN,
    UNDATED,
    REVIEWED,
    HAND,
    HAND_OVER,
    HAND_WRONG,
    NO_SEAT,
    STRANGE,
)
"""All of them; the first two come from comparisons without a branch, so their order matters."""

AT: Final = {code: place for place, code in enumerate(CODES)}
"""The place of each code."""
