"""A guard: nobody beyond what they can take."""

from collections.abc import Collection

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Kind, Needs
from custseg.allocate.routing.desk.desk import RoutingDesk
from custseg.errors import CapacityError
from custseg.reasons import Reason

LOAD = "load"


@attrs.frozen
class HasRoom:
    """A guard: nobody gets more than the capacity.

    Attributes:
        capacity: The column of the most they may have at once.
        default: The capacity where the cell is empty; ``None``: refuse an empty cell, because
            unknown is not unlimited.
        load: What they look after beside the leads of the state; the column may be absent.
        live: ``load`` is counted anew for every lead, so those of the state are in it already.

    >>> from custseg.allocate import Router
    >>> router = Router(guards=[HasRoom()], pool="public")
    >>> found = router.route({"lead_id": 1}, [{"rep_id": "Li", "capacity": 0}], at="2026-06-30")
    >>> found.rep_id, found.pool, found.explanation.candidates[0].dropped.text()
    (None, 'public', 'has no room left')
    """

    capacity: str = "capacity"
    default: int | None = attrs.field(default=None, kw_only=True)
    load: str = attrs.field(default=LOAD, kw_only=True)
    live: bool = attrs.field(default=False, kw_only=True)

    @property
    def reason(self) -> Reason:
        """No room."""
        return Reason("no_room_left")

    @property
    def window(self) -> float:
        """No history."""
        return 0.0

    def rep_needs(self, there: Collection[str]) -> Needs:
        """Capacity and load.

        Args:
            there: The columns of the representatives.
        """
        return load_needs(there, self.load, self.capacity)

    def refuses(self, desk: RoutingDesk) -> Bools:
        """Who has no place for one more.

        Args:
            desk: The lead and the team.

        Raises:
            CapacityError: A capacity is unknown, and no default is set.
        """
        free = room(desk, self.capacity, self.load, live=self.live, default=self.default)
        unknown = np.flatnonzero(np.isnan(free))
        if unknown.size:
            who = desk.team.ids[int(unknown[0])]
            msg = (
                f"representative {who!r} has no {self.capacity}: unknown is "
                "not unlimited; give a number, or HasRoom(default=...) for all who have none"
            )
            raise CapacityError(msg)
        return np.asarray(free < 1)


def room(
    desk: RoutingDesk, capacity: str, load: str, *, live: bool = False, default: int | None = None
) -> Floats:
    """How many more each could take; NaN where the capacity is unknown."""
    found = np.floor(desk.number(capacity))
    if default is not None:
        found = np.where(np.isnan(found), float(default), found)
    return found - desk.load(load, live=live)


def load_needs(there: Collection[str], load: str, capacity: str | None) -> Needs:
    """The columns of load and capacity; a load under its default name may be absent."""
    needs: dict[str, Kind] = {} if capacity is None else {capacity: "number"}
    if load in there or load != LOAD:
        needs[load] = "number"
    return needs
