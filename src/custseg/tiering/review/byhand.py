"""Tiers that somebody set by hand, until they expire."""

import attrs

from custseg._typing import Needs
from custseg.errors import ConfigError


@attrs.frozen
class ByHand:
    """A tier set by hand goes before every rule, to the end of its last day.

    What the rules say goes on underneath (``tier_earned``): once the day has passed, the customer
    has the tier that it earned, with the tenure and the grace that it earned. Who set a tier, and
    why, stand in explanations where values are asked for.

    Attributes:
        tier: The column of the tier; a word that is no tier changes nothing, and the reason says
            so.
        until: The column of its last day; ``None``, or no day: until it is taken away.
        since: The column of its first day; ``None``, or no day: at once.
        note: The column that says why; ``None``: none does.
        actor: The column that says who set it; ``None``: none does.

    Raises:
        ConfigError: There is no column of the tier.

    >>> ByHand(note=None).reads
    ('tier_override', 'tier_override_until', 'tier_override_by')
    """

    tier: str = "tier_override"
    until: str | None = "tier_override_until"
    since: str | None = None
    note: str | None = "tier_override_reason"
    actor: str | None = "tier_override_by"

    def __attrs_post_init__(self) -> None:
        """Check that there is a column."""
        if not self.tier:
            msg = "must name the column that holds the tier"
            raise ConfigError(msg, "tier")

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns that are read; a table may lack them all."""
        named = (self.tier, self.until, self.since, self.note, self.actor)
        return tuple(name for name in named if name is not None)

    @property
    def needs(self) -> Needs:
        """The columns, and as what."""
        days = {self.until, self.since}
        return {name: "day" if name in days else "text" for name in self.reads}
