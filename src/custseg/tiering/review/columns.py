"""What a review writes, and what the next one must remember of it."""

from typing import Final

from custseg._typing import Kind

PREVIOUS: Final = "_previous"
MOVES: Final = ("up", "down", "same", "new")
"""Where a customer went: ``same``: it stays; ``new``: it had no tier before."""

TIER: Final = "tier"
SINCE: Final = "tier_since"
REVIEWED: Final = "tier_reviewed"
MOVE: Final = "tier_move"
REASON: Final = "tier_reason"
BELOW: Final = "tier_below"
BELOW_SINCE: Final = "tier_below_since"
DEMOTED: Final = "tier_demoted"
LOCKED: Final = "tier_locked_until"
SMOOTHED: Final = "tier_smoothed"
EARNED: Final = "tier_earned"
EARNED_SINCE: Final = "tier_earned_since"
UNTIL: Final = "tier_until"
KEEP: Final = "needed_to_keep"
NEXT: Final = "needed_for_next"

MEMORY: Final[dict[str, Kind]] = {
    TIER: "text",
    SINCE: "day",
    REVIEWED: "day",
    MOVE: "text",
    REASON: "text",
    BELOW: "number",
    BELOW_SINCE: "day",
    DEMOTED: "day",
    LOCKED: "day",
    SMOOTHED: "number",
    EARNED: "text",
    EARNED_SINCE: "day",
}
"""Every column that a review may have to remember, and how it is read."""


def previous(name: str) -> str:
    """The column that holds what the last review said.

    >>> previous("tier")
    'tier_previous'
    """
    return f"{name}{PREVIOUS}"
