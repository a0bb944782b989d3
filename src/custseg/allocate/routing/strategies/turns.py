"""In turn: round robin by order or count, smooth by weight, or who has waited longest."""

from collections.abc import Collection
from typing import Literal

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Needs
from custseg.allocate.routing.desk.desk import RoutingDesk
from custseg.allocate.wishing.points import rounded
from custseg.errors import CapacityError
from custseg.reasons import Reason

_MOST = 1e9  # sums are rounded to 1e-9
_AFTER = 0.25  # who had the last lead is last, not first


@attrs.frozen
class RoundRobin:
    """One after the other.

    Attributes:
        by: ``"order"``: the next in the circle after the last lead; who cannot have it loses the
            turn. ``"count"``: whoever had the fewest in this cycle; who could not have one
            catches up, and who is new begins at the average of the others.
        order: For ``"order"``, a column of numbers that says the order; else the order of ids.

    Source:
        Order-based and count-based queues: LeanData, "Routing: Round Robin Overview".

    >>> from custseg.allocate import Router, RouterState
    >>> router, state = Router(RoundRobin()), RouterState()
    >>> team = router.team([{"rep_id": "Li"}, {"rep_id": "Wang"}])
    >>> for lead in ("L1", "L2", "L3"):
    ...     found = router.route({"lead_id": lead}, team, state, at="2026-06-30T09:00")
    ...     state = found.state
    ...     print(lead, found.rep_id)
    L1 Li
    L2 Wang
    L3 Li
    """

    by: Literal["order", "count"] = attrs.field(
        default="order", validator=attrs.validators.in_(("order", "count"))
    )
    order: str | None = None

    @property
    def reason(self) -> Reason:
        """The turn."""
        return Reason("next_in_turn")

    def rep_needs(self, there: Collection[str]) -> Needs:  # noqa: ARG002 - the same for every table
        """The order, if a column says it."""
        return {} if self.order is None else {self.order: "number"}

    def levels(self, desk: RoutingDesk) -> Floats:
        """Steps from the last lead round the circle, or leads of this cycle.

        Args:
            desk: The lead and the team.
        """
        if self.by == "count":
            return desk.given + desk.credit
        places, last = np.arange(desk.size, dtype=np.float64), desk.previous()
        if self.order is not None:
            places, last = self._placed(desk, last)
        return (places - last - _AFTER) % max(desk.size, 1)

    def welcome(self, desk: RoutingDesk, new: Bools) -> Floats:
        """Who is new has as many as the others on average.

        Args:
            desk: The team without a lead.
            new: Who is new.
        """
        return _average(self.levels(desk), new) if self.by == "count" else np.zeros(desk.size)

    def _placed(self, desk: RoutingDesk, last: float) -> tuple[Floats, float]:
        """Places by the column; who is not in the column comes last."""
        order = np.argsort(desk.number(self.order or ""), kind="stable")
        places = np.empty(desk.size)
        places[order] = np.arange(desk.size)
        known = last >= 0 and last.is_integer()
        return places, float(places[int(last)]) if known else -1.0


@attrs.frozen
class SmoothWeighted:
    """In turn by weight, without bunches: with 5, 1, 1 the circle is a a b a c a a.

    Each lead adds to everybody's credit the weight, and takes from the one with most credit the
    sum of all. Only those who may have the lead are counted.

    Attributes:
        column: The weight of each representative; empty, or 0: none.

    Source:
        nginx, smooth weighted balancing (commit of 2012, ``ngx_http_upstream_round_robin.c``).

    >>> from custseg.allocate import Router
    >>> router = Router(SmoothWeighted())
    >>> team = [{"rep_id": r, "weight": w} for r, w in (("a", 5), ("b", 1), ("c", 1))]
    >>> leads = [{"lead_id": i} for i in range(7)]
    >>> batch = router.route_all(leads, team, at="2026-06-30T09:00")
    >>> [row["owner"] for row in batch.table]
    ['a', 'a', 'b', 'a', 'c', 'a', 'a']
    """

    column: str = "weight"

    @property
    def reason(self) -> Reason:
        """The turn, by weight."""
        return Reason("next_by_weight", {"column": self.column})

    def rep_needs(self, there: Collection[str]) -> Needs:  # noqa: ARG002 - the same for every table
        """The weight."""
        return {self.column: "number"}

    def levels(self, desk: RoutingDesk) -> Floats:
        """Minus the credit with the weight of this lead; NaN without weight.

        Args:
            desk: The lead and the team.
        """
        weight = weights(desk, self.column)
        return np.where(weight > 0, -rounded(desk.credit + weight), np.nan)

    def credits(self, desk: RoutingDesk, chosen: int) -> Floats:
        """Everybody gains the weight, the chosen one pays for all.

        Args:
            desk: The lead and the team.
            chosen: Who got the lead.
        """
        weight = np.where(desk.open, weights(desk, self.column), 0.0)
        found: Floats = desk.credit + weight
        found[chosen] -= weight.sum()
        return rounded(found)


@attrs.frozen
class LongestWaiting:
    """Whoever has had no lead for the longest time; leads given by hand count too.

    Source:
        Dynamics 365 Sales, "Understand record distribution in assignment rules": round robin
        gives the record to the seller who has waited the longest.

    >>> from custseg.allocate import Router, RouterState
    >>> state = RouterState.of(last={"Miriam": "2026-06-30T10:02", "Sanjay": "2026-06-30T10:31"})
    >>> team = [{"rep_id": "Sanjay"}, {"rep_id": "Miriam"}]
    >>> Router(LongestWaiting()).route({"lead_id": 1}, team, state, at="2026-06-30T11:20").rep_id
    'Miriam'
    """

    @property
    def reason(self) -> Reason:
        """The wait."""
        return Reason("waited_longest")

    def rep_needs(self, there: Collection[str]) -> Needs:  # noqa: ARG002 - the same for every table
        """Nothing."""
        return {}

    def levels(self, desk: RoutingDesk) -> Floats:
        """Minus the hours since the last lead; minus infinity: never one.

        Args:
            desk: The lead and the team.
        """
        return (desk.last - desk.at) / 3600.0


def weights(desk: RoutingDesk, column: str) -> Floats:
    """A column of weights, 0 where empty.

    Raises:
        CapacityError: A weight is negative, or above 1e9.
    """
    found = np.nan_to_num(desk.number(column), nan=0.0, posinf=-1.0)
    for j in np.flatnonzero((found < 0) | (found > _MOST))[:1].tolist():
        msg = f"representative {desk.team.ids[j]!r} has no usable {column}: give 0 to 1e9"
        raise CapacityError(msg)
    return found


def _average(levels: Floats, new: Bools) -> Floats:
    old = levels[~new & np.isfinite(levels)]
    mean = float(np.sort(old).sum() / old.size) if old.size else 0.0
    return rounded(np.where(new, mean, 0.0))
