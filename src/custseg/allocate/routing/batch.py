"""Many leads, one after the other in time: read at once, decided in turn."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Index
from custseg.allocate.routing.compiled import Choice, RouterTeam
from custseg.allocate.routing.desk.desk import DAY
from custseg.allocate.routing.desk.fitting import Fit
from custseg.allocate.routing.desk.lead import Lead, Reading
from custseg.allocate.routing.memory.ledger import Ledger
from custseg.allocate.routing.memory.state import RouterState
from custseg.allocate.wishing.columns import taken
from custseg.allocate.wishing.sides import read_side
from custseg.errors import ConfigError, DataError
from custseg.frames import Table
from custseg.frames.scalar import missing
from custseg.reasons import Reason

_BLOCK: Final = 512


@attrs.frozen(eq=False)
class Batch:
    """Leads in the order of time, ties by id.

    Attributes:
        ids: The ids as they were given.
        rows: The caller's row of each.
        columns: What was read of them.
        at: The moment of each.
    """

    ids: Sequence[object]
    rows: Index
    columns: Columns
    at: Floats

    @classmethod
    def read(cls, given: Table[Any], reading: Reading, when: "float | Floats") -> "Batch":
        """Read leads and put them into order.

        Args:
            given: One row a lead.
            reading: The columns to read.
            when: The moment of each row of the table, or of all.
        """
        side = read_side(given, reading.lead_id, reading.wanted(given.columns))
        at = np.broadcast_to(np.asarray(when, dtype=np.float64), (given.size,))[side.rows]
        order = np.argsort(at, kind="stable")
        columns = {name: taken(column, order) for name, column in side.columns.items()}
        ids = [side.ids[i] for i in order.tolist()]
        return cls(ids, side.rows[order], columns, at[order])

    def run(self, made: RouterTeam, state: RouterState) -> tuple[Index, list[Reason], RouterState]:
        """Decide one after the other.

        Args:
            made: The router and its team.
            state: What was stored.

        Returns:
            The representative and the reason for each of the caller's rows, and the new state.
        """
        size = len(self.ids)
        found = np.full(size, -1, dtype=np.intp)
        reasons = [Reason("not_routed")] * size
        if not size:
            return found, reasons, state
        ledger = made.open(state, float(self.at[0]))
        moments = np.maximum(self.at, ledger.at or 0.0)
        for start, stop in _blocks(moments, by_day=made.fitting.by_day):
            fit = made.fitting.some(self.columns, slice(start, stop), int(moments[start] // DAY))
            for i in range(start, stop):
                choice = self._one(made, ledger, fit, (i, i - start))
                found[self.rows[i]] = choice.chosen
                reasons[int(self.rows[i])] = choice.reason
        return found, reasons, ledger.closed()

    def _one(self, made: RouterTeam, ledger: Ledger, fit: Fit, at: tuple[int, int]) -> Choice:
        moment = max(float(self.at[at[0]]), ledger.at or 0.0)
        ledger.turn_to(moment, made.settings.cycle)
        return made.decide(ledger, Lead(self.ids[at[0]], self.columns, at[0]), fit, at[1])


def moments(given: Table[Any], name: str, tz: str | None) -> Floats:
    """The moments of a column as civil seconds.

    Raises:
        DataError: A moment is missing or cannot be read.
        ConfigError: They carry a time zone, and the router has none.
    """
    found = given.moments(name, tz or "UTC")
    if found.unreadable.any():
        msg = "holds what is no moment; use datetimes or ISO texts"
        raise DataError(msg, name, int(found.unreadable.argmax()))
    if not found.known.all():
        msg = "is empty: every lead needs its moment"
        raise DataError(msg, name, int((~found.known).argmax()))
    if tz is None and _zoned(given, name):
        msg = "the moments carry a time zone: say Router(tz=...), the company's own"
        raise ConfigError(msg, "router.tz")
    return found.second.astype(np.float64)


def _zoned(given: Table[Any], name: str) -> bool:
    known = (value for value in given.values(name).words if not missing(value))
    first: Any = next(known, None)
    if isinstance(first, str):
        return first.strip()[-1:] == "Z" or "+" in first[10:] or "-" in first[10:]
    return getattr(first, "tzinfo", None) is not None


def _blocks(moments_: Floats, *, by_day: bool) -> list[tuple[int, int]]:
    """Slices of leads; where points depend on the day, each of one day."""
    size = moments_.size
    cuts = set(range(0, size, _BLOCK))
    if by_day:
        day = moments_ // DAY
        cuts |= {int(i) + 1 for i in np.flatnonzero(day[1:] != day[:-1])}
    edges = [*sorted(cuts), size]
    return list(pairwise(edges))
