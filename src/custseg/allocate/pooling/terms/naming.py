"""Which columns does a pool read, and which words does it write?"""

from typing import Final

import attrs

from custseg.allocate.pooling.terms.protection import OPPORTUNITY, WON
from custseg.errors import ConfigError

POOL: Final = "pool"
STATE: Final = "pool_state"
REASON: Final = "pool_reason"
GIVEN: Final = (POOL, "in_pool", STATE, REASON, "returns_on", "remind_on", "protected_until")
"""The columns that ``recycle`` writes."""

IN_POOL: Final = "in_pool"
DUE: Final = "due"
REMIND: Final = "remind"
EXEMPT: Final = "exempt"
PRIVATE: Final = "private"
UNKNOWN: Final = "unknown"
STATES: Final = (IN_POOL, DUE, REMIND, EXEMPT, PRIVATE, UNKNOWN)
"""What becomes of a customer, in the order of the labels."""

SPARED: Final = {WON: "won", OPPORTUNITY: "with_opportunity"}
UNTOLD: Final = {WON: "won_unknown", OPPORTUNITY: "opportunity_unknown"}
REASONS: Final = (
    "in_pool",
    "no_pool",
    "is_locked",
    "exempt",
    "no_received",
    "protected",
    "in_time",
    "level_unknown",
    "no_clock",
    "spared",
    "spare_unknown",
    *SPARED.values(),
    *UNTOLD.values(),
    "protection_over",
)
"""Why, beside the codes of the clocks."""


@attrs.frozen(kw_only=True)
class PoolColumns:
    """What the columns of the customers are called.

    Attributes:
        customer_id: The id.
        owner: The present owner; who has none is in the pool.
        received: The day the owner received it.
        followed: The day of its last follow-up.
        won: Above 0 (or yes) for a customer with a deal; a count of deals or orders will do.
        opportunity: Above 0 for a customer with an opportunity.
        locked: Above 0 (or yes) for a customer that is locked to its owner, missing for no;
            ``None``: nobody is locked. Under this default name a table may lack it.
        level: The customer level of clocks with days by level.
        previous_owner: Where ``released`` writes the owner that lost it.

    Raises:
        ConfigError: A column that is read has the name of one that is written.

    >>> PoolColumns(received="owner_since").of("received")
    'owner_since'
    """

    customer_id: str = "customer_id"
    owner: str = "owner"
    received: str = "received_at"
    followed: str = "last_follow_up"
    won: str = "won"
    opportunity: str = "open_opportunities"
    locked: str | None = "locked"
    level: str = "tier"
    previous_owner: str = "previous_owner"

    def __attrs_post_init__(self) -> None:
        """Refuse to write over what is read.

        Raises:
            ConfigError: As above.
        """
        for field, name in attrs.asdict(self).items():
            if name in GIVEN:
                msg = f"{name!r} is a column that is written: give what is read another name"
                raise ConfigError(msg, f"pool_columns.{field}")

    def of(self, part: str) -> str:
        """The column that a clock means by a word; any other word is a column itself."""
        known = {"received": self.received, "followed": self.followed, WON: self.won}
        return {**known, OPPORTUNITY: self.opportunity}.get(part, part)
