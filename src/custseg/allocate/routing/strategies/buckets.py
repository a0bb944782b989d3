"""Whoever is at work first: buckets of 24 hours."""

from collections.abc import Collection

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Needs
from custseg.allocate.routing.desk.desk import DAY, RoutingDesk
from custseg.allocate.routing.desk.protocol import Routing
from custseg.allocate.routing.guards.hours import WorkHours
from custseg.allocate.routing.strategies.turns import LongestWaiting
from custseg.errors import ConfigError
from custseg.reasons import Reason

_HOUR = 3600.0
_BUCKETS = 5


def _within(given: float) -> float:
    return float(given)


@attrs.frozen
class AvailabilityBuckets:
    """Whoever is available soonest, by buckets of 24 hours: now, within 24 hours, 48, ... 120.

    The first bucket that is not empty gets the lead. Among those who are available now a strategy
    of your choice decides; in a later bucket, whoever has waited longest.

    Attributes:
        strategy: For those who are available now.
        hours: When they work.
        within: Nobody who is available later than in so many hours is asked, 1 to 120.

    Source:
        Dynamics 365 Sales, "Understand record distribution in assignment rules": six buckets 0D
        to 5D; round robin supersedes load balancing when the first is empty.

    >>> from custseg.allocate import Router, WorkHours
    >>> router = Router(AvailabilityBuckets(hours=WorkHours(wait="hours")))
    >>> team = [{"rep_id": "Burt", "hours": 30}, {"rep_id": "Maya", "hours": 20}]
    >>> router.route({"lead_id": 1}, team, at="2026-06-30T09:00").rep_id
    'Maya'
    """

    strategy: Routing = attrs.field(factory=LongestWaiting)
    hours: WorkHours = attrs.field(factory=WorkHours)
    within: float = attrs.field(default=24.0 * _BUCKETS, converter=_within, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a limit beyond the buckets.

        Raises:
            ConfigError: ``within`` is not 0 to 120.
        """
        if not 0 <= self.within <= 24 * _BUCKETS:
            msg = f"must be hours from 0 to {24 * _BUCKETS}, got {self.within}"
            raise ConfigError(msg, "availability-buckets.within")

    @property
    def weighs_points(self) -> bool:
        """As the strategy for those who are available."""
        return bool(getattr(self.strategy, "weighs_points", False))

    @property
    def reason(self) -> Reason:
        """The soonest."""
        return Reason("soonest_available")

    @property
    def lead_needs(self) -> Needs:
        """What the strategy reads of the lead."""
        found: Needs = getattr(self.strategy, "lead_needs", {})
        return found

    def rep_needs(self, there: Collection[str]) -> Needs:
        """The columns of the calendar and of the strategy.

        Args:
            there: The columns of the representatives.
        """
        return {**self.hours.rep_needs(there), **self.strategy.rep_needs(there)}

    def levels(self, desk: RoutingDesk) -> Floats:
        """The level within the first bucket that is not empty; NaN beyond it.

        Args:
            desk: The lead and the team.
        """
        bucket = self.buckets(desk)
        asked = np.where(desk.open, bucket, np.nan)
        if np.isnan(asked).all():
            return np.full(desk.size, np.nan)
        first = np.nanmin(asked)
        inside = desk.open & (bucket == first)
        some = attrs.evolve(desk, open=inside)
        levels = self.strategy.levels(some) if first == 0 else LongestWaiting().levels(some)
        return np.where(inside, levels, np.nan)

    def buckets(self, desk: RoutingDesk) -> Floats:
        """The bucket of each, 0 to 5; NaN for who is available too late.

        Args:
            desk: The lead and the team.
        """
        wait = self.hours.seconds(desk)
        late = wait > self.within * _HOUR
        return np.where(late, np.nan, np.ceil(np.where(late, 0.0, wait) / DAY))

    def credits(self, desk: RoutingDesk, chosen: int) -> Floats | None:
        """Those of the strategy, among who is in the bucket.

        Args:
            desk: The lead and the team.
            chosen: Who got the lead.
        """
        credits_ = getattr(self.strategy, "credits", None)
        if credits_ is None:
            return None
        bucket = self.buckets(desk)
        found: Floats | None = credits_(
            attrs.evolve(desk, open=desk.open & (bucket == bucket[chosen])), chosen
        )
        return found

    def welcome(self, desk: RoutingDesk, new: Bools) -> Floats:
        """Those of the strategy.

        Args:
            desk: The team without a lead.
            new: Who is new.
        """
        welcome = getattr(self.strategy, "welcome", None)
        found: Floats = np.zeros(desk.size) if welcome is None else welcome(desk, new)
        return found
