"""The rules of known programmes, as data: how they review, over which time, and how often."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import attrs

from custseg.errors import ConfigError, did_you_mean
from custseg.tiering.review.calm import Calm
from custseg.tiering.review.windows import (
    AnniversaryWindow,
    CalendarWindow,
    RollingWindow,
    Window,
)

Every: TypeAlias = Literal["day", "month", "quarter", "year"]


@attrs.frozen
class Programme:
    """How a programme reviews its tiers.

    Attributes:
        calm: The rules.
        window: Over which time the value is added up.
        every: How often it reviews.

    >>> Programme.preset("one-down-half-year").calm.cooldown
    Term(months=6, days=0)
    """

    calm: Calm
    window: Window = attrs.field(factory=RollingWindow)
    every: Every = "month"

    @classmethod
    def preset(cls, name: str) -> "Programme":
        """A known programme.

        - ``one-down-half-year``: graded on the 1st of each month by the last 12 months; who does
          not reach what the tier asks for falls one tier, at most once in 6 calendar months; rises
          at once.
        - ``soft-landing``: the status of airlines and hotels: once a year by the calendar year,
          and never more than one tier down.
        - ``expiry-one-down`` and ``expiry-balance``: a tier lasts a year; then it falls by one
          tier, or to the tier that the balance is good for.
        - ``membership-anniversary``, ``tier-anniversary``, ``real-time``: when a tier may fall.
        - ``partial-adjustment``: move late, and only part of the way.

        Args:
            name: Its name.

        Raises:
            ConfigError: There is no such programme.

        Source: ``one-down-half-year``: member rules of a Chinese restaurant chain (Haidilao) as
        mzbkw.com/baike/195660 and mozibaike.com/meishi/1850299 cite them; ``expiry-*``: Talon.One,
        ``Tier.downgradePolicy`` ``one_down`` and ``balance_based``; ``*-anniversary`` and
        ``real-time``: Brevo, ``downgradeStrategy`` of a tier group; ``soft-landing``: airlines, as
        milesmosaic.com and godsavethepoints.com tell; ``partial-adjustment``: ``Adjustment``.
        """
        if name not in _HOW:
            hint = did_you_mean(name, _HOW)
            msg = f"there is no programme {name!r}; there are {list(_HOW)}.{hint}"
            raise ConfigError(msg)
        window, every = _HOW[name]
        return cls(Calm.preset(name), window, every)


_HOW: Final[Mapping[str, tuple[Window, Every]]] = {
    "one-down-half-year": (RollingWindow(), "month"),
    "soft-landing": (CalendarWindow("year"), "year"),
    "expiry-one-down": (RollingWindow(), "day"),
    "expiry-balance": (RollingWindow(), "day"),
    "membership-anniversary": (AnniversaryWindow(whole=True), "day"),
    "tier-anniversary": (RollingWindow(), "day"),
    "real-time": (RollingWindow(), "day"),
    "partial-adjustment": (RollingWindow(), "month"),
}
