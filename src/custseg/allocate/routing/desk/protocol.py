"""What a routing strategy and a guard have: a level a representative, and who may not be next."""

from collections.abc import Collection
from typing import Protocol

from custseg._typing import Bools, Floats, Needs
from custseg.allocate.routing.desk.desk import RoutingDesk
from custseg.reasons import Reason


class Routing(Protocol):
    """Who is next when a lead comes: a plug-in has these four members and holds only settings.

    Three more are optional. ``weighs_points = True`` says that ``levels`` reads the points of the
    wishes itself; otherwise only those with the most points are asked. ``credits(desk, chosen)``
    gives the strategy's own number for each representative after a lead, which the state keeps.
    ``welcome(desk, new)`` gives that number for who is new.

    >>> from custseg.allocate import RoundRobin
    >>> strategy: Routing = RoundRobin()
    >>> strategy.rep_needs(["rep_id"]), strategy.reason.text()
    ({}, 'next in turn')
    """

    @property
    def reason(self) -> Reason:
        """Why the one it chooses is next."""
        ...

    def rep_needs(self, there: Collection[str]) -> Needs:
        """The columns of the representatives that it reads, of those that are there."""
        ...

    def levels(self, desk: RoutingDesk) -> Floats:
        """Say how far from being next each representative is.

        Args:
            desk: The lead, the representatives and what is known of them; not to be changed.

        Returns:
            One number a representative: the lowest is next, NaN is not asked at all. Only those
            whose ``desk.open`` is true can be chosen. Equal levels: who has waited longest.
        """
        ...


class Guard(Protocol):
    """Who may not have this lead now, whatever the strategy: a plug-in has these four members.

    >>> from custseg.allocate import Cap
    >>> guard: Guard = Cap(2)
    >>> guard.window, guard.reason.text()
    (0.0, 'has had the 2 leads of this day')
    """

    @property
    def reason(self) -> Reason:
        """Why it refuses."""
        ...

    @property
    def window(self) -> float:
        """How many seconds of history it reads with ``desk.within``; 0: none."""
        ...

    def rep_needs(self, there: Collection[str]) -> Needs:
        """The columns of the representatives that it reads, of those that are there."""
        ...

    def refuses(self, desk: RoutingDesk) -> Bools:
        """Say who may not have the lead.

        Args:
            desk: The lead, the representatives and what is known of them; not to be changed.
        """
        ...
