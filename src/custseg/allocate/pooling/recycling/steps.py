"""The pools on one day as plain rules: they decide one record, run in an engine, become SQL."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

import attrs
import numpy as np

from custseg.allocate.pooling.terms.clocks import Clock
from custseg.allocate.pooling.terms.daycount import DayCount, as_date
from custseg.allocate.pooling.terms.naming import (
    DUE,
    EXEMPT,
    IN_POOL,
    PRIVATE,
    REMIND,
    SPARED,
    UNKNOWN,
    UNTOLD,
    PoolColumns,
)
from custseg.allocate.pooling.terms.settings import PoolSettings
from custseg.rules import Condition, Every, F, Some

Step: TypeAlias = tuple[Condition, str, str]
"""A condition, the state and the reason."""


@attrs.frozen(eq=False)
class DaySteps:
    """The steps of one pool on one day.

    Attributes:
        pool: The pool.
        names: What the columns are called.
        as_of: The day; what lies after it is not known.
    """

    pool: PoolSettings
    names: PoolColumns
    as_of: float

    def steps(self) -> Iterator[Step]:
        """First to last; the last one holds of everybody."""
        names, received = self.names, F(self.names.received)
        if names.locked is not None:
            yield F(names.locked) > 0, EXEMPT, "is_locked"
        if self.pool.exempt is not None:
            yield self.pool.exempt, EXEMPT, "exempt"
        yield received.is_missing() | (received > as_date(self.as_of)), UNKNOWN, "no_received"
        yield from self._gone(self.as_of, DUE)
        if self.pool.remind_before is not None:
            soon = self._count.later(np.array([self.as_of]), self.pool.remind_before)
            yield from self._gone(float(soon[0]), REMIND)
        for clock in self.pool.hands:
            yield self._passed(clock, self.as_of), EXEMPT, "protected"
        yield from self._waiting()
        yield from self._unsure()
        for clock in self.pool.hands:
            for part in clock.stops:
                found = F(names.of(part)) > 0
                yield self._for_level(clock, found), EXEMPT, SPARED.get(part, "spared")
        yield received.is_present(), PRIVATE, "no_clock"

    @property
    def _count(self) -> DayCount:
        return self.pool.count(self.as_of, self.as_of)

    def _gone(self, day: float, state: str) -> Iterator[Step]:
        safe = self._unprotected(day)
        for clock in self.pool.hands:
            passed = self._passed(clock, day)
            yield passed if safe is None else passed & safe, state, clock.code

    def _waiting(self) -> Iterator[Step]:
        for clock in self.pool.hands:
            running = _all([F(self.names.of(part)) <= 0 for part in clock.stops])
            held = F(self.names.received).is_present() if running is None else running
            if clock.days is None:
                held &= F(self.names.level).one_of(*clock.levels)
            yield held, PRIVATE, "in_time"

    def _unsure(self) -> Iterator[Step]:
        """Nothing is known to stop the clock, and something may."""
        level = F(self.names.level)
        for clock in self.pool.hands:
            stops = [F(self.names.of(part)) for part in clock.stops]
            none = _all([stop.is_missing() | (stop <= 0) for stop in stops])
            if clock.days is None:
                lost = level.is_missing()
                yield lost if none is None else lost & none, UNKNOWN, "level_unknown"
            for part, stop in zip(clock.stops, stops, strict=True):
                found = stop.is_missing() if none is None else stop.is_missing() & none
                yield self._for_level(clock, found), UNKNOWN, UNTOLD.get(part, "spare_unknown")

    def _for_level(self, clock: Clock, condition: Condition) -> Condition:
        """Only for customers for whom the clock has days, or whose level is not known."""
        if clock.days is not None:
            return condition
        level = F(self.names.level)
        return condition & (level.is_missing() | level.one_of(*clock.levels))

    def _passed(self, clock: Clock, day: float) -> Condition:
        """More than its days have passed on a day, and nothing stops it."""
        running = [F(self.names.of(part)) <= 0 for part in clock.stops]
        if not clock.starts:
            safe = self._unprotected(day)
            return Every((*(() if safe is None else (safe,)), *running))
        level = F(self.names.level)
        some: list[Condition] = []
        for word, days in clock.levels.items():
            some.append((level == word) & self._since(clock, day, days))
        if clock.days is not None:
            rest = self._since(clock, day, clock.days)
            others = level.is_missing() | ~level.one_of(*clock.levels) if clock.levels else None
            some.append(rest if others is None else rest & others)
        return Every((Some(tuple(some)), *running))

    def _since(self, clock: Clock, day: float, days: int) -> Condition:
        """All of its days lie far enough back."""
        cut = float(self._count.earlier(np.array([day + 1]), days + 1)[0]) - 1
        limit = as_date(min(cut, self.as_of))
        others = (self.names.of(part) for part in clock.starts if part != "received")
        earlier = (self._before(F(name), limit) for name in others)
        return Every((F(self.names.received) <= limit, *earlier))

    def _before(self, field: F, limit: date) -> Condition:
        """On a day or before it, or never as far as is known."""
        return Some((field.is_missing(), field <= limit, field > as_date(self.as_of)))

    def _unprotected(self, day: float) -> Condition | None:
        """The protection is over before a day; ``None`` where there is none."""
        safe = self.pool.protection
        if safe is None:
            return None
        received, followed = F(self.names.received), F(self.names.followed)
        over = Every((received < self._back(day, safe.default), self._late(followed, day)))
        if safe.maximum is None:
            return over
        return Some((received < self._back(day, safe.maximum), over))

    def _late(self, followed: F, day: float) -> Condition:
        safe = self.pool.protection
        extend = 0 if safe is None else safe.extend
        limit = self._back(day, extend)
        some = (followed.is_missing(), followed < limit, followed > as_date(self.as_of))
        return Some(some)

    def _back(self, day: float, days: int) -> date:
        return as_date(float(self._count.earlier(np.array([day]), days)[0]))


def _all(conditions: Sequence[Condition]) -> Condition | None:
    return Every(tuple(conditions)) if conditions else None


def pooled(names: PoolColumns) -> Step:
    """Who has no owner is in the pool.

    >>> pooled(PoolColumns())[1:]
    ('in_pool', 'in_pool')
    """
    return F(names.owner).is_missing(), IN_POOL, "in_pool"
