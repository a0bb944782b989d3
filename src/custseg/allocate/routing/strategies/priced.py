"""Guided by prices: the best pair after what a place of each representative is worth."""

from collections.abc import Collection, Mapping
from datetime import date
from math import fsum, isfinite
from typing import Any, ClassVar

import attrs
import numpy as np

from custseg._typing import Floats, Needs
from custseg.allocate.routing.desk.desk import RoutingDesk
from custseg.allocate.routing.guards.room import LOAD, load_needs
from custseg.allocate.wishing.points import rounded
from custseg.errors import ConfigError
from custseg.frames.scalar import day, text
from custseg.reasons import Reason

CAPACITY = "capacity"


def _prices(given: Mapping[Any, float]) -> Mapping[str, float]:
    """Prices of a plan stand by the ids as given, those of a document by their texts."""
    return {text(rep) or "": float(price) for rep, price in given.items()}


@attrs.frozen
class PriceGuided:
    """The most points minus price is next, with prices that a recent batch found.

    A price is what one more place of a representative was worth, in points of the same wishes and
    weights. So a lead that somebody else could serve nearly as well leaves the place of who is
    sought after to a lead that needs it, though nobody knows the leads to come.

    Attributes:
        prices: The price of each representative by id, such as ``plan.prices`` of an allocation
            with the same wishes and weights; who has none costs 0.
        solved: The day on which they were found; needed for ``half_life``.
        half_life: Days after which a price is worth half; ``None``: prices last.
        follow: How far prices follow the use of capacity, in points: this times the part that a
            representative has used, minus the part that all have used together, is added to the
            price; it makes no price negative. 1 mends prices of a small sample; 0: fixed prices.
        capacity: The column of the capacity, for ``follow``. ``"capacity"`` may be absent, and
            prices are fixed then; who has no number there has a fixed price.
        load: What they look after beside the leads of the state; the column may be absent.

    Source:
        Posted prices from a sample: Agrawal, Wang and Ye, "A Dynamic Near-Optimal Algorithm for
        Online Linear Programming" (2014).

    >>> from custseg.allocate import Match, Router
    >>> team = [{"rep_id": "Li", "region": "north"}, {"rep_id": "Wang", "region": "south"}]
    >>> router = Router(PriceGuided({"Li": 1.25}), wishes=[Match("region")])
    >>> found = router.route({"lead_id": 1, "region": "north"}, team, at="2026-06-30")
    >>> found.rep_id, [c.level for c in found.explanation.candidates]
    ('Wang', [0.0, 0.25])
    """

    weighs_points: ClassVar[bool] = True
    prices: Mapping[str, float] = attrs.field(factory=dict[str, float], converter=_prices)
    solved: date | None = attrs.field(default=None, kw_only=True)
    half_life: float | None = attrs.field(default=None, kw_only=True)
    follow: float = attrs.field(default=1.0, kw_only=True)
    capacity: str = attrs.field(default=CAPACITY, kw_only=True)
    load: str = attrs.field(default=LOAD, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse prices that are no numbers and a half-life without a day.

        Raises:
            ConfigError: A price is not finite, ``follow`` is negative, or ``half_life`` is not
                above 0 or stands without ``solved``.
        """
        if not all(isfinite(price) for price in self.prices.values()):
            msg = "every price must be a finite number"
            raise ConfigError(msg, "price-guided.prices")
        if not (isfinite(self.follow) and self.follow >= 0):
            msg = f"must be 0 or more, got {self.follow}"
            raise ConfigError(msg, "price-guided.follow")
        if self.half_life is not None and (self.solved is None or not self.half_life > 0):
            msg = "needs a number of days above 0, and solved=, the day of the prices"
            raise ConfigError(msg, "price-guided.half_life")

    @property
    def reason(self) -> Reason:
        """Points minus price."""
        return Reason("best_after_price")

    def rep_needs(self, there: Collection[str]) -> Needs:
        """Capacity and load, where prices follow their use.

        Args:
            there: The columns of the representatives.
        """
        if not self.follow or (self.capacity == CAPACITY and CAPACITY not in there):
            return {}
        return load_needs(there, self.load, self.capacity)

    def levels(self, desk: RoutingDesk) -> Floats:
        """The price minus the points.

        Args:
            desk: The lead and the team.
        """
        return rounded(self.priced(desk) - desk.points)

    def priced(self, desk: RoutingDesk) -> Floats:
        """The price of each representative now.

        Args:
            desk: The lead and the team.
        """
        base = self._base(desk)
        if not self.follow or self.capacity not in desk.team.columns:
            return base
        capacity = np.nan_to_num(np.maximum(desk.number(self.capacity), 0.0), nan=0.0, posinf=0.0)
        load = desk.load(self.load)
        bounded = capacity > 0
        if not bounded.any():
            return base
        used = np.where(bounded, load / np.where(bounded, capacity, 1.0), 0.0)
        together = fsum(load[bounded].tolist()) / fsum(capacity[bounded].tolist())
        moved = base + np.where(bounded, self.follow * (used - together), 0.0)
        return np.maximum(moved, np.minimum(base, 0.0))

    def _base(self, desk: RoutingDesk) -> Floats:
        """The prices of the batch, aged; the team remembers them by the settings they are of."""
        kept = desk.team.known.get("prices")
        if kept is None or kept[0] is not self.prices:
            found = np.array([self.prices.get(text(rep) or "", 0.0) for rep in desk.team.ids])
            kept = (self.prices, found)
            desk.team.keep("prices", kept)
        base: Floats = kept[1]
        if self.half_life is None:
            return base
        age = max(desk.day - day(self.solved), 0.0)
        return np.asarray(base * 0.5 ** (age / self.half_life))
