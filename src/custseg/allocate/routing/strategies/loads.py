"""By load: who has the fewest leads, or the most room left."""

from collections.abc import Collection

import attrs
import numpy as np

from custseg._typing import Floats, Needs
from custseg.allocate.routing.desk.desk import RoutingDesk
from custseg.allocate.routing.guards.room import LOAD, load_needs, room
from custseg.allocate.wishing.points import rounded
from custseg.reasons import Reason


@attrs.frozen
class LeastLoaded:
    """Whoever looks after the fewest now, absolutely or for their capacity.

    Attributes:
        relative: Load by capacity rather than load.
        capacity: The column of the capacity, for ``relative``; who has none or 0 is not asked.
        load: What they look after beside the leads of the state; the column may be absent.
        live: ``load`` is counted anew for every lead, so those of the state are in it already.

    >>> from custseg.allocate import Router
    >>> team = [
    ...     {"rep_id": "Li", "load": 4, "capacity": 10},
    ...     {"rep_id": "Wang", "load": 3, "capacity": 5},
    ... ]
    >>> lead = {"lead_id": 1}
    >>> for strategy in (LeastLoaded(), LeastLoaded(relative=True)):
    ...     print(Router(strategy).route(lead, team, at="2026-06-30").rep_id)
    Wang
    Li
    """

    relative: bool = attrs.field(default=False, kw_only=True)
    capacity: str = attrs.field(default="capacity", kw_only=True)
    load: str = attrs.field(default=LOAD, kw_only=True)
    live: bool = attrs.field(default=False, kw_only=True)

    @property
    def reason(self) -> Reason:
        """The load."""
        return Reason("least_for_capacity" if self.relative else "least_loaded")

    def rep_needs(self, there: Collection[str]) -> Needs:
        """The load, and the capacity where it counts.

        Args:
            there: The columns of the representatives.
        """
        return load_needs(there, self.load, self.capacity if self.relative else None)

    def levels(self, desk: RoutingDesk) -> Floats:
        """The load, or the part of the capacity that is used.

        Args:
            desk: The lead and the team.
        """
        load = desk.load(self.load, live=self.live)
        if not self.relative:
            return load
        capacity = desk.number(self.capacity)
        usable = capacity > 0
        return np.where(usable, rounded(load / np.where(usable, capacity, 1.0)), np.nan)


@attrs.frozen
class MostRoom:
    """Whoever can take the most more: capacity minus load, below 0 too.

    Attributes:
        capacity: The column of the capacity; who has none is not asked.
        load: What they look after beside the leads of the state; the column may be absent.
        live: ``load`` is counted anew for every lead, so those of the state are in it already.

    Source:
        Dynamics 365 Sales, "Understand record distribution in assignment rules": load balancing.

    >>> from custseg.allocate import Router
    >>> team = [{"rep_id": "Miriam", "capacity": 10}, {"rep_id": "Susana", "capacity": 15}]
    >>> Router(MostRoom()).route({"lead_id": 1}, team, at="2026-06-30").rep_id
    'Susana'
    """

    capacity: str = "capacity"
    load: str = attrs.field(default=LOAD, kw_only=True)
    live: bool = attrs.field(default=False, kw_only=True)

    @property
    def reason(self) -> Reason:
        """The room."""
        return Reason("most_room")

    def rep_needs(self, there: Collection[str]) -> Needs:
        """Capacity and load.

        Args:
            there: The columns of the representatives.
        """
        return load_needs(there, self.load, self.capacity)

    def levels(self, desk: RoutingDesk) -> Floats:
        """Minus the room.

        Args:
            desk: The lead and the team.
        """
        return -room(desk, self.capacity, self.load, live=self.live)
