"""What counts as wrong: days of silence by tier, shares of capacity, who fails which wish."""

from collections.abc import Mapping
from typing import Final

import attrs

from custseg._typing import words
from custseg.errors import ConfigError

SILENCE: Final[Mapping[str, int]] = {"high": 30, "medium": 90}
KINDS: Final = (
    "orphaned",
    "uncovered",
    "complaint_unattended",
    "owner_on_leave",
    "under_served",
    "no_contact_known",
    "owner_not_eligible",
    "off_territory",
    "open_complaint",
    "unfollowed",
    "not_to_assign",
    "in_overload",
)
"""What may be wrong with a customer's owner, the most urgent first."""


def _days(given: Mapping[str, int]) -> dict[str, int]:
    return {str(tier): int(days) for tier, days in given.items()}


@attrs.frozen(kw_only=True)
class ReviewRules:
    """What a review finds.

    A column that is not there is not judged, and the review says so.

    Attributes:
        contact_within: Tier -> the most days between contacts; tiers that are not named are
            promised nothing.
        unfollowed: Nobody has been in touch for more than so many days, whatever the tier.
        territory: Codes of wishes that an owner has to meet, such as ``same_territory``; required
            wishes and gates are judged beside them.
        underload: A representative with less than this part of the capacity has room to spare.
        worst: How many customers of each kind are named, by value at risk.
        tier: The column of the tier.
        contact_days: The column of days since the last contact.
        complaints: The column of open complaints.
        value: The column of value at risk.

    >>> ReviewRules(contact_within={"high": 14}).contact_within
    {'high': 14}
    """

    contact_within: Mapping[str, int] = attrs.field(default=SILENCE, converter=_days)
    unfollowed: int = 180
    territory: tuple[str, ...] = attrs.field(default=("same_territory",), converter=words)
    underload: float = 0.5
    worst: int = 3
    tier: str = "tier"
    contact_days: str = "contact_days"
    complaints: str = "open_complaints"
    value: str = "revenue"

    def __attrs_post_init__(self) -> None:
        """Refuse numbers that mean nothing.

        Raises:
            ConfigError: A number of days is not above 0, or a share is outside 0 to 1.
        """
        days = [*self.contact_within.values(), self.unfollowed]
        if not all(day > 0 for day in days) or not 0 <= self.underload <= 1 or self.worst < 0:
            msg = f"days must be above 0, underload 0 to 1, worst 0 or more, got {days}, "
            raise ConfigError(msg + f"{self.underload:g}, {self.worst}", "review")

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of the customers that are read where they are there."""
        return self.tier, self.contact_days, self.complaints, self.value
