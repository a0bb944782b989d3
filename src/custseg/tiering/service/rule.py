"""Who gets which service, and what is to be done?"""

from collections.abc import Mapping
from typing import Final

import attrs

from custseg._typing import words
from custseg.errors import ConfigError
from custseg.rules import Condition, Every, F
from custseg.tiering.service.policy import ServicePolicy

KEYS: Final = {"lifecycle": "lifecycle", "tier": "tier", "potential": "potential_level"}
"""What a rule asks, and the column that says it."""


@attrs.frozen
class ServiceRule:
    """Who gets which service, and what is to be done.

    Attributes:
        policy: The service.
        action: Code of what to do: convert, win back, develop, keep, care, ...
        lifecycle: Lifecycle classes; empty: any.
        tier: Tiers; empty: any.
        potential: Levels of potential; empty: any.
        when: What else must hold, such as ``F("complaints") > 0``.

    >>> from custseg.tiering.service.policy import VIP_SERVICE
    >>> ServiceRule(VIP_SERVICE, "keep", tier="high").condition.needs
    {'tier': 'text'}
    """

    policy: ServicePolicy
    action: str
    lifecycle: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    tier: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    potential: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    when: Condition | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the action."""
        if not self.action:
            msg = f"the rule for {self.policy.code!r} needs an action, such as 'care'"
            raise ConfigError(msg)

    @property
    def condition(self) -> Condition:
        """All that it asks, in one."""
        asked = [F(column).one_of(*s) for key, column in KEYS.items() if (s := getattr(self, key))]
        return Every((*asked, *(() if self.when is None else (self.when,))))

    def covers(self, group: Mapping[str, str | None]) -> bool:
        """Whether it is for a group of customers, whatever else it asks.

        Args:
            group: The lifecycle class, tier and potential; ``None`` where not known.
        """
        return all(not (s := getattr(self, key)) or group[key] in s for key in KEYS)
