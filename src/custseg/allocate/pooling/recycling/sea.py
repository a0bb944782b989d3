"""The customers of several pools, read once: who belongs where, on which day each returns."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Column, Columns, Floats, Index, Kind
from custseg.allocate.pooling.recycling.dated import STOPPED, UNSURE, Dated, Known, some
from custseg.allocate.pooling.terms.naming import SPARED, STATES, UNTOLD, PoolColumns
from custseg.allocate.pooling.terms.settings import (
    PoolSettings,
    by_level,
    day_parts,
    parts,
    reasons,
)
from custseg.allocate.wishing.columns import taken
from custseg.errors import DataError
from custseg.frames import Table
from custseg.rules import Condition, merged

_STATE: Final = {state: place for place, state in enumerate(STATES)}


@attrs.frozen(eq=False)
class Reach:
    """Which customers are read, by which pools, as of which day.

    Attributes:
        pools: The pools; a customer belongs to the first whose condition holds.
        names: What the columns are called.
        as_of: The day.
    """

    pools: tuple[PoolSettings, ...]
    names: PoolColumns
    as_of: float

    def needs(self, known: Sequence[str], *, owner: Kind = "any") -> dict[str, Kind]:
        """The columns to read of a table with these columns."""
        days, names = day_parts(self.pools), self.names
        own: dict[str, Kind] = {names.owner: owner, names.received: "day"}
        for part in parts(self.pools):
            own[names.of(part)] = "day" if part in days else "number"
        if names.locked is not None and (names.locked != "locked" or names.locked in known):
            own[names.locked] = "number"
        if by_level(self.pools):
            own[names.level] = "text"
        asked = [one for pool in self.pools for one in (pool.when, pool.exempt) if one is not None]
        return merged([own, *(condition.needs for condition in asked)])

    def belongs(self, columns: Columns, size: int) -> Index:
        """The pool of each customer, -1 for none."""
        at = np.full(size, -1, dtype=np.intp)
        for place in reversed(range(len(self.pools))):
            at[holds(self.pools[place].when, columns, size)] = place
        return at


def holds(condition: Condition | None, columns: Columns, size: int) -> Bools:
    """Of which rows a condition holds; of all where there is none.

    >>> holds(None, {}, 2).tolist()
    [True, True]
    """
    if condition is None:
        return np.ones(size, dtype=np.bool_)
    return np.asarray(frames.first_of([condition], columns, size) == 0)


@attrs.frozen(eq=False)
class Sea:
    """Every customer with its pool, its state and its days.

    Attributes:
        pool: The pool of each, -1 for none.
        state: Its state, a place in ``STATES``.
        reason: Why, a place in ``words``.
        words: The words of the reasons.
        clock: What returns it then, or has returned it by now, a place in ``words``; -1 for
            nothing.
        returns: The day it returns if nothing happens, NaN where nothing returns it.
        reminds: The day its owner is reminded.
        until: The last protected day.
        future: Column -> how many of its dates lie after the day and were left out.
        unsure: Reason -> how many customers with an owner have a value that was asked for and
            is not known.
    """

    pool: Index
    state: Index
    reason: Index
    words: tuple[str, ...]
    clock: Index
    returns: Floats
    reminds: Floats
    until: Floats
    future: Mapping[str, int]
    unsure: Mapping[str, int]

    def within(self, state: str) -> Index:
        """The rows in a state."""
        return np.flatnonzero(self.state == _STATE[state])


@attrs.define(eq=False)
class _Chart:
    """A sea while it is drawn, pool by pool."""

    reach: Reach
    columns: Mapping[str, Column]
    words: tuple[str, ...]
    at: Index
    state: Index
    reason: Index
    clock: Index
    days: Mapping[str, Floats]
    unsure: dict[str, int]

    def draw(self, place: int, own: Bools, until: Floats | None) -> None:
        """Fill in the customers of one pool that have an owner."""
        pool = self.reach.pools[place]
        rows = np.flatnonzero((self.at == place) & own)
        part = {name: taken(column, rows) for name, column in self.columns.items()}
        day, given = self.reach.as_of, None if until is None else until[rows]
        known = Known(self.reach.names, part, day, given)
        received = known.day("received")
        start = np.nanmin(received) if not np.isnan(received).all() else day
        count = pool.count(min(float(start), day), day)
        dated = known.dated(pool.hands, pool.protection, count)
        settled = self._settled(pool, rows, part, received)
        soon = (
            day
            if pool.remind_before is None
            else float(count.later(np.array([day]), pool.remind_before)[0])
        )
        self._running(pool, dated, rows, settled, soon)
        free = ~settled
        self.days["returns"][rows[free]] = dated.returns[free]
        self.days["until"][rows] = dated.until
        first = dated.first(np.maximum(dated.returns, day))
        codes = [*(self.words.index(clock.code) for clock in pool.hands), -1]
        self.clock[rows[free]] = np.array(codes, dtype=np.intp)[first[free]]
        if pool.remind_before is not None:
            self.days["reminds"][rows[free]] = count.earlier(
                dated.returns[free], pool.remind_before
            )

    def _settled(self, pool: PoolSettings, rows: Index, part: Columns, received: Floats) -> Bools:
        """Who is decided without a clock: locked, exempt, received on an unknown day."""
        names, size = self.reach.names, rows.size
        locked = np.zeros(size, dtype=np.bool_)
        if names.locked is not None and names.locked in part:
            locked = some(np.asarray(part[names.locked], dtype=np.float64))
        exempt = np.zeros(size, dtype=np.bool_)
        if pool.exempt is not None:
            exempt = holds(pool.exempt, part, size)
        lost = np.isnan(received)
        for which, state, reason in (
            (lost, "unknown", "no_received"),
            (exempt, "exempt", "exempt"),
            (locked, "exempt", "is_locked"),
        ):
            self._put(rows[which], state, reason)
        self._count("no_received", int((lost & ~exempt & ~locked).sum()))
        return np.asarray(lost | exempt | locked)

    def _running(
        self, pool: PoolSettings, dated: Dated, rows: Index, settled: Bools, soon: float
    ) -> None:
        """Who is decided by the clocks; the last word counts, so the strongest comes last."""
        day, free = self.reach.as_of, ~settled
        self._put(rows[free], "private", "no_clock")
        self._halted(pool, dated, rows, free)
        ticking = free & ~np.isnan(dated.returns)
        self._put(rows[ticking], "private", "in_time")
        safe = np.nan_to_num(dated.until, nan=-np.inf) >= day
        first, later = dated.first(day), dated.first(soon)
        near, gone = free & (dated.returns <= soon), free & (dated.returns <= day)
        for place in range(len(pool.hands)):
            self._put(rows[free & safe & (first == place)], "exempt", "protected")
        for place, clock in enumerate(pool.hands):
            self._put(rows[near & (later == place)], "remind", clock.code)
        for place, clock in enumerate(pool.hands):
            self._put(rows[gone & (first == place)], "due", clock.code)

    def _halted(self, pool: PoolSettings, dated: Dated, rows: Index, free: Bools) -> None:
        """Who no clock runs for: spared, or not known whether it is."""
        for stand in (STOPPED, UNSURE):
            first = dated.standing(stand)
            for place, clock in enumerate(pool.hands):
                here = free & (first == place)
                by = dated.hands[place].by
                for at in np.unique(by[here]).tolist():
                    self._stands(rows[here & (by == at)], stand, _why(clock.stops, at, stand))

    def _stands(self, rows: Index, stand: int, reason: str) -> None:
        self._put(rows, "exempt" if stand == STOPPED else "unknown", reason)
        if stand == UNSURE:
            self._count(reason, rows.size)

    def _put(self, rows: Index, state: str, reason: str) -> None:
        self.state[rows] = _STATE[state]
        self.reason[rows] = self.words.index(reason)

    def _count(self, reason: str, many: int) -> None:
        if many:
            self.unsure[reason] = self.unsure.get(reason, 0) + many


def _why(stops: Sequence[str], at: int, stand: int) -> str:
    """What stops a clock, or may."""
    if at == len(stops):
        return "level_unknown"
    if stand == STOPPED:
        return SPARED.get(stops[at], "spared")
    return UNTOLD.get(stops[at], "spare_unknown")


def charted(
    reach: Reach, columns: Mapping[str, Column], size: int, until: Floats | None = None
) -> Sea:
    """Say of every customer where it stands.

    Args:
        reach: The pools, the names and the day.
        columns: What was read by its needs.
        size: Number of rows.
        until: The last protected day, where follow-ups were read one by one.
    """
    own = owned(columns[reach.names.owner])
    at, words = reach.belongs(columns, size), reasons(reach.pools)
    state = np.where(own, _STATE["private"], _STATE["in_pool"])
    reason = np.where(own, words.index("no_pool"), words.index("in_pool"))
    days = {name: np.full(size, np.nan) for name in ("returns", "reminds", "until")}
    clock = np.full(size, -1, dtype=np.intp)
    chart = _Chart(reach, columns, words, at, state, reason, clock, days, {})
    for place in range(len(reach.pools)):
        chart.draw(place, own, until)
    future = {
        name: int((np.asarray(columns[name]) > reach.as_of).sum())
        for name in dict.fromkeys(reach.names.of(part) for part in sorted(day_parts(reach.pools)))
        if name in columns
    }
    told = {name: many for name, many in future.items() if many}
    return Sea(at, state, reason, words, clock, **days, future=told, unsure=chart.unsure)


def owned(column: Column) -> Bools:
    """Who has an owner."""
    if isinstance(column, Codes):
        return np.asarray(column.at >= 0)
    if isinstance(column, np.ndarray):
        return np.asarray(column, dtype=np.bool_)
    msg = "holds days where the id of the owner is needed"
    raise DataError(msg)


def opened(
    reach: Reach, given: Table[Any], *, acted: bool = False
) -> tuple[dict[str, Column], int]:
    """The columns of a table that pools read, and its number of rows.

    Args:
        reach: The pools, the names and the day.
        given: The customers.
        acted: The last follow-up may be lacking, since all of them come in a table of their own.
    """
    needs, name = reach.needs(given.columns), reach.names.followed
    if acted and name in needs and name not in given.columns:
        del needs[name]
    columns = given.read(needs)
    first: Any = next(iter(columns.values()))
    return columns, len(getattr(first, "at", first))
