"""What keeps a tier from falling although the value is below the bar."""

from collections.abc import Mapping
from typing import Final

import attrs

from custseg._typing import Kind
from custseg.errors import ConfigError, did_you_mean
from custseg.tiering.review.adjustment import Adjustment
from custseg.tiering.review.anniversary import Anniversary
from custseg.tiering.review.bars import Bars
from custseg.tiering.review.byhand import ByHand
from custseg.tiering.review.columns import (
    BELOW,
    BELOW_SINCE,
    DEMOTED,
    EARNED,
    EARNED_SINCE,
    LOCKED,
    MOVE,
    REASON,
    REVIEWED,
    SINCE,
    SMOOTHED,
    TIER,
)
from custseg.tiering.review.newcomers import Newcomers
from custseg.tiering.review.terms import Term, term


@attrs.frozen(kw_only=True)
class Calm:
    """Rules that keep tiers from changing to and fro; without any, the value alone decides.

    Attributes:
        bars: The bars to enter and to keep each tier.
        min_tenure: Time in a tier before it can fall.
        grace: Reviews below the bar that are forgiven: with 1 a tier falls at the second in a row.
        grace_for: Time below the bar that is forgiven, from the first review below it.
        cooldown: Time between two demotions.
        lock: Time after a promotion in which the tier cannot fall.
        locked: The column of a day before which the tier cannot fall, set by the company.
        max_down: Tiers that a customer can fall at one review; ``None``: as far as it goes.
        max_up: Tiers that a customer can rise at one review; ``None``: as far as it goes.
        anniversary: Demotions wait for an anniversary.
        adjustment: The bars are held against a smoothed value.
        newcomers: Who has not been with us for long is on trial.
        by_hand: Tiers set by hand.

    Raises:
        ConfigError: Reviews are below 0, or a limit of tiers is not at least 1.

    >>> Calm(min_tenure="6 months", max_down=1).min_tenure
    Term(months=6, days=0)
    """

    bars: Bars = attrs.field(factory=Bars)
    min_tenure: Term | None = attrs.field(default=None, converter=term)
    grace: int = 0
    grace_for: Term | None = attrs.field(default=None, converter=term)
    cooldown: Term | None = attrs.field(default=None, converter=term)
    lock: Term | None = attrs.field(default=None, converter=term)
    locked: str | None = None
    max_down: int | None = None
    max_up: int | None = None
    anniversary: Anniversary | None = None
    adjustment: Adjustment | None = None
    newcomers: Newcomers | None = None
    by_hand: ByHand | None = None

    def __attrs_post_init__(self) -> None:
        """Check the counts."""
        if self.grace < 0:
            msg = f"must be 0 reviews or more, got {self.grace}"
            raise ConfigError(msg, "grace")
        for name in ("max_down", "max_up"):
            most = getattr(self, name)
            if most is not None and most < 1:
                msg = f"must be at least 1 tier, or None for no limit, got {most}"
                raise ConfigError(msg, name)

    @classmethod
    def preset(cls, name: str = "steady") -> "Calm":
        """Rules that are customary, or those of a known programme.

        ``steady`` is the default of ``Retier``: who has no tier is placed by the cut points; later
        a tier is entered at 1.2 times its cut point and kept from 0.8 times on. It was chosen by
        ``simulate`` on monthly reviews of the CDNOW purchases and on generated ones: fewer
        moves and reversals than the value alone, and a better agreement with the smoothed value
        on each of them. One review of grace halves the reversals again, but agrees worse where
        many customers leave. Where thresholds are promised to customers, enter at them:
        ``Calm(bars=Bars(keep=0.8))``.

        Args:
            name: ``steady``, or a name that ``Programme.preset`` knows.

        Raises:
            ConfigError: There is no such preset.

        >>> Calm.preset().bars
        Bars(keep=0.8, enter=1.2, keep_at=(), enter_at=())
        """
        if name not in _PRESETS:
            hint = did_you_mean(name, _PRESETS)
            msg = f"there is no preset {name!r}; there are {list(_PRESETS)}.{hint}"
            raise ConfigError(msg)
        return _PRESETS[name]

    @classmethod
    def from_short(cls, given: object) -> "Calm":
        """Rules as documents write them in short: the name of a preset.

        Raises:
            ConfigError: There is no such preset.
        """
        return cls.preset(str(given))

    @property
    def forgives(self) -> bool:
        """Whether there is a grace."""
        return self.grace > 0 or self.grace_for is not None

    @property
    def memory(self) -> tuple[str, ...]:
        """The columns that the next review must know, by name of what this one writes."""
        kept = {
            BELOW: self.forgives,
            BELOW_SINCE: self.forgives,
            DEMOTED: self.cooldown is not None,
            LOCKED: self.lock is not None,
            SMOOTHED: self.adjustment is not None,
            EARNED: self.by_hand is not None,
            EARNED_SINCE: self.by_hand is not None,
        }
        return (TIER, MOVE, REASON, SINCE, REVIEWED, *(name for name in kept if kept[name]))

    @property
    def reads(self) -> Mapping[str, Kind]:
        """Columns of the row that the rules read, besides the value and what is remembered."""
        out: dict[str, Kind] = {}
        if self.locked is not None:
            out[self.locked] = "day"
        if self.anniversary is not None and self.anniversary.of == "membership":
            out[self.anniversary.start] = "day"
        if self.newcomers is not None:
            out[self.newcomers.tenure] = "number"
        if self.by_hand is not None:
            out.update(self.by_hand.needs)
        return out


_PRESETS: Final[Mapping[str, Calm]] = {
    "steady": Calm(bars=Bars(keep=0.8, enter=1.2)),
    "one-down-half-year": Calm(max_down=1, cooldown=Term(6)),
    "soft-landing": Calm(max_down=1),
    "expiry-one-down": Calm(max_down=1, anniversary=Anniversary("tier")),
    "expiry-balance": Calm(anniversary=Anniversary("tier")),
    "membership-anniversary": Calm(anniversary=Anniversary("membership")),
    "tier-anniversary": Calm(anniversary=Anniversary("tier")),
    "real-time": Calm(),
    "partial-adjustment": Calm(adjustment=Adjustment()),
}
