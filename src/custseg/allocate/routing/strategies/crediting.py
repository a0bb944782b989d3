"""Levels with credits: who has had the fewest, after no-shows, calibration and absence."""

from collections.abc import Collection

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Needs
from custseg.allocate.routing.desk.desk import RoutingDesk
from custseg.allocate.routing.strategies.turns import weights
from custseg.allocate.wishing.points import rounded
from custseg.reasons import Reason


@attrs.frozen
class CreditLevel:
    """The lowest level is next: calibration + given - no-shows - cancelled.

    The state counts from the events ``no_show``, ``cancelled`` and ``reassigned`` (the lead is
    credited back to who loses it, and counts for who gets it). Who is new begins at the average
    level of the others, instead of getting every lead until the others are reached.

    Attributes:
        no_shows: A no-show is credited back.
        cancelled: A cancelled meeting is credited back.
        catch_up: Who comes back from leave, or into the team, gets what was missed; otherwise the
            level rises with the average of the others meanwhile.
        weight: A column of the representatives: who has half the weight gets half as many.

    Source:
        Chili Piper, "Round Robin Calibration": current level = calibration + total meetings - no
        shows - canceled; "Vacation and Distribution Settings".

    >>> from custseg.allocate import Router, RouterState, RoutingEvent
    >>> router, team = Router(CreditLevel()), [{"rep_id": "Li"}, {"rep_id": "Wang"}]
    >>> at = "2026-06-30T09:00"
    >>> batch = router.route_all([{"lead_id": i} for i in range(2)], team, at=at)
    >>> state = router.record(RoutingEvent("no_show", "Wang"), team, batch.state, at=at)
    >>> router.route({"lead_id": 3}, team, state, at=at).rep_id
    'Wang'
    """

    no_shows: bool = attrs.field(default=True, kw_only=True)
    cancelled: bool = attrs.field(default=True, kw_only=True)
    catch_up: bool = attrs.field(default=False, kw_only=True)
    weight: str | None = attrs.field(default=None, kw_only=True)

    @property
    def reason(self) -> Reason:
        """The level."""
        return Reason("lowest_level")

    def rep_needs(self, there: Collection[str]) -> Needs:  # noqa: ARG002 - the same for every table
        """The weight, if there is one."""
        return {} if self.weight is None else {self.weight: "number"}

    def levels(self, desk: RoutingDesk) -> Floats:
        """The level of each; NaN without weight.

        Args:
            desk: The lead and the team.
        """
        counted = desk.credit + desk.given
        if self.no_shows:
            counted = counted - desk.no_shows
        if self.cancelled:
            counted = counted - desk.cancelled
        if self.weight is None:
            return rounded(counted)
        weight = weights(desk, self.weight)
        return np.where(weight > 0, rounded(counted / np.where(weight > 0, weight, 1.0)), np.nan)

    def credits(self, desk: RoutingDesk, chosen: int) -> Floats | None:
        """Who is away, or out of the team, rises with the average of those who are there.

        Args:
            desk: The lead and the team.
            chosen: Who got the lead.
        """
        away, out = desk.absent, len(desk.ledger.keys) - desk.size
        weight = self._weights(desk)
        if self.catch_up or not (out or away.any()) or away[chosen] or not weight[chosen]:
            return None
        asked = ~away & (weight > 0)
        rise = 1.0 / weight[chosen] / int(asked.sum())
        usual = float(np.sort(weight[asked]).mean())  # who is out of the team has no weight now
        credit = desk.ledger.array("credit", np.float64)
        return rounded(credit + rise * np.append(np.where(away, weight, 0.0), [usual] * out))

    def welcome(self, desk: RoutingDesk, new: Bools) -> Floats:
        """Who is new begins at the average level of the others.

        Args:
            desk: The team without a lead.
            new: Who is new.
        """
        old = self.levels(desk)[~new]
        old = np.sort(old[np.isfinite(old)])
        mean = float(old.sum() / old.size) if old.size else 0.0
        return rounded(np.where(new, mean * self._weights(desk), 0.0))

    def _weights(self, desk: RoutingDesk) -> Floats:
        return np.ones(desk.size) if self.weight is None else weights(desk, self.weight)
