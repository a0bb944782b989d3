"""What strategies and guards see when one lead comes: the team, its history, the moment."""

from bisect import bisect_right
from typing import Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.allocate.routing.desk.lead import Lead
from custseg.allocate.routing.desk.team import Team
from custseg.allocate.routing.memory.ledger import Ledger

Period: TypeAlias = Literal["day", "week", "month"]
DAY: float = 86_400.0


@attrs.frozen(eq=False)
class RoutingDesk:
    """One lead on the desk. All arrays have one entry a representative, by id; only to be read.

    Attributes:
        team: The representatives.
        ledger: What is known of them.
        lead: The lead.
        at: The moment, civil seconds since 1970.
        open: Who can be chosen still.
        points: The points of the wishes, 0 to 1; NaN where not eligible.
        on_leave: Who is on leave as an event said.
        absent: Who is away from work for the day, by an event or as a guard says.

    >>> from custseg.allocate import Router, RouterState
    >>> team = Router().team([{"rep_id": "Li"}, {"rep_id": "Wang"}])
    >>> desk = team.desk(RouterState.of(held={"Wang": 2}), "2026-06-30T09:00")
    >>> desk.held.tolist(), desk.load("load").tolist(), desk.turn.tolist()
    ([0, 2], [0.0, 2.0], [0, 0])
    """

    team: Team
    ledger: Ledger
    lead: Lead
    at: float
    open: Bools
    points: Floats
    on_leave: Bools
    absent: Bools

    @property
    def size(self) -> int:
        """How many representatives there are."""
        return len(self.team.keys)

    @property
    def day(self) -> int:
        """The civil day since 1970."""
        return int(self.at // DAY)

    @property
    def turn(self) -> Ints:
        """The number of the last lead each was given, counted over all; 0: never one."""
        return self._ints("turn")

    @property
    def last(self) -> Floats:
        """The moment of the last lead; minus infinity: never one."""
        return np.nan_to_num(self._floats("last"), nan=-np.inf)

    @property
    def given(self) -> Ints:
        """Leads given in this cycle."""
        return self._ints("given")

    @property
    def held(self) -> Ints:
        """Leads given and not closed yet."""
        return self._ints("held")

    @property
    def no_shows(self) -> Ints:
        """Meetings of this cycle to which nobody came."""
        return self._ints("no_shows")

    @property
    def cancelled(self) -> Ints:
        """Meetings of this cycle that were cancelled."""
        return self._ints("cancelled")

    @property
    def credit(self) -> Floats:
        """The strategy's own number."""
        return self._floats("credit")

    def number(self, name: str) -> Floats:
        """A column of numbers of the representatives."""
        return self.team.number(name)

    def counted(self, per: Period) -> Ints:
        """Leads given since the civil day, week (Monday) or month began."""
        return self._ints(f"in_{per}")

    def within(self, seconds: float) -> Ints:
        """Leads given in the last seconds, this moment excluded at the far end."""
        since = self.at - seconds
        recent = self.ledger.lists["recent"]
        found = [len(past) - bisect_right(past, since) for past in recent[: self.size]]
        return np.array(found, dtype=np.int64)

    def load(self, column: str, *, live: bool = False) -> Floats:
        """Who looks after how many now.

        Args:
            column: A column of the representatives; without it only the leads given count.
            live: The column is counted anew for each lead, so those given are in it.
        """
        known = column in self.team.columns
        held = self.held.astype(np.float64)
        if not known:
            return held
        base = np.nan_to_num(self.number(column), nan=0.0)
        return base if live else base + held

    def previous(self) -> float:
        """The place of who had the last lead; between two places if no longer of the team."""
        turns = self.ledger.array("turn", np.int64)
        at = int(turns.argmax()) if turns.size else 0
        if not turns.size or turns[at] == 0:
            return -1.0
        return float(at) if at < self.size else self.team.place(self.ledger.keys[at])

    def _ints(self, name: str) -> Ints:
        found: Ints = self.ledger.array(name, np.int64)[: self.size]
        return found

    def _floats(self, name: str) -> Floats:
        found: Floats = self.ledger.array(name, np.float64)[: self.size]
        return found
