"""The state opened for writing: lists that change in place, closed again to plain tuples."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import DTypeLike

from custseg._typing import Floats
from custseg.allocate.routing.memory.moment import DAY_SECONDS, month_of
from custseg.allocate.routing.memory.state import BLANK, COLUMNS, Key, RouterState, in_order

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_MONDAY: Final = 3  # 1970-01-01 was a Thursday
_CREDITED: Final = ("given", "no_shows", "cancelled", "credit")


@attrs.define(eq=False)
class Ledger:
    """The columns of a state as lists, the team first, then those who are remembered.

    Arrays are made of a list when first asked for, and kept in step with it.
    """

    keys: list[Key]
    lists: dict[str, list[Any]]
    at: float | None
    tickets: int
    periods: dict[str, int]
    window: float
    arrays: dict[str, Any] = attrs.field(factory=dict[str, Any])
    sorted: bool = True
    begun: tuple[int, str | None] | None = None

    @classmethod
    def of(cls, state: RouterState, team: Sequence[Key], since: float) -> "Ledger":
        """Open a state for a team.

        Args:
            state: What was stored.
            team: The keys of the team, in order.
            since: Who is not of the team and had no lead since this moment is forgotten; who never
                had one of the router is kept while holding leads or on leave.
        """
        periods = {name: getattr(state, name) for name in ("day", "week", "month", "cycle")}
        if state.reps == tuple(team):
            lists = {name: list(getattr(state, name)) for name in COLUMNS}
            return cls(list(team), lists, state.at, state.tickets, periods, state.window)
        here = set(team)
        place = {key: i for i, key in enumerate(state.reps)}
        known = zip(state.reps, state.last, state.held, state.away_from, strict=True)
        gone = [
            key
            for key, last, held, away in known
            if key not in here and (held > 0 or away is not None if last is None else last >= since)
        ]
        keys = [*team, *gone]
        lists = {name: _spread(getattr(state, name), place, keys, name) for name in COLUMNS}
        ledger = cls(keys, lists, state.at, state.tickets, periods, state.window)
        ledger.sorted = not gone
        return ledger

    def array(self, name: str, kind: DTypeLike) -> Any:  # noqa: ANN401 - floats or whole numbers
        """A column as an array; only to be read."""
        found = self.arrays.get(name)
        if found is None:
            found = self.arrays[name] = np.array(self.lists[name], dtype=kind)
        return found

    def put(self, name: str, at: int, value: float | None) -> None:
        """Change one entry."""
        self.lists[name][at] = value
        if name in self.arrays:
            self.arrays[name][at] = np.nan if value is None else value

    def add(self, name: str, at: int, more: int) -> None:
        """Count up or down, never below 0."""
        self.put(name, at, max(self.lists[name][at] + more, 0))

    def replace(self, name: str, values: Floats) -> None:
        """Change the entries of the team, or of all."""
        self.lists[name][: values.size] = values.tolist()
        self.arrays.pop(name, None)

    def turn_to(self, at: float, cycle: str | None) -> None:
        """Begin the day, week, month and cycle of a moment."""
        self.at = at
        day = int(at // DAY_SECONDS)
        if (day, cycle) == self.begun:
            return
        self.begun = day, cycle
        month = month_of(day)
        now = {"day": day, "week": (day + _MONDAY) // 7, "month": month}
        for name, period in now.items():
            if self.periods[name] != period:
                self._blank(f"in_{name}")
        if cycle is not None:
            now["cycle"] = now["week"] if cycle == "week" else month // _MONTHS[cycle]
            if self.periods["cycle"] != now["cycle"]:
                for name in _CREDITED:
                    self._blank(name)
        self.periods.update(now)

    def give(self, at: int) -> None:
        """Count one more lead of a representative, at this moment."""
        now = self.at or 0.0
        self.tickets += 1
        self.put("turn", at, self.tickets)
        self.put("last", at, now)
        for name in ("given", "held", "in_day", "in_week", "in_month"):
            self.put(name, at, self.lists[name][at] + 1)
        if self.window > 0:
            past = self.lists["recent"][at]
            self.lists["recent"][at] = (*past[bisect_right(past, now - self.window) :], now)

    def closed(self) -> RouterState:
        """The same as plain data, in order of ids."""
        keys, lists = self.keys, self.lists
        if not self.sorted:
            order = [self.keys.index(key) for key in in_order(self.keys)]
            keys = [keys[i] for i in order]
            lists = {name: [values[i] for i in order] for name, values in lists.items()}
        columns: dict[str, Any] = {name: tuple(values) for name, values in lists.items()}
        columns.update(self.periods, window=self.window)
        return RouterState(reps=tuple(keys), at=self.at, tickets=self.tickets, **columns)

    def _blank(self, name: str) -> None:
        self.lists[name] = [BLANK[name]] * len(self.keys)
        self.arrays.pop(name, None)


def _spread(
    values: Sequence[Any], place: dict[Key, int], keys: Sequence[Key], name: str
) -> list[Any]:
    """A column in another order; who is new is blank."""
    blank = BLANK[name]
    return [values[place[key]] if key in place else blank for key in keys]
