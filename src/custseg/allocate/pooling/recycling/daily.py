"""The pools on one day as a model: one record, any table, an engine, SQL."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

import attrs
import numpy as np

from custseg._typing import Codes, Columns, Gives, Needs, Record
from custseg.allocate.pooling.recycling.sea import Reach, Sea, charted
from custseg.allocate.pooling.recycling.steps import DaySteps, Step, pooled
from custseg.allocate.pooling.terms.clocks import Clock
from custseg.allocate.pooling.terms.naming import (
    DUE,
    POOL,
    PRIVATE,
    REASON,
    REMIND,
    STATE,
    STATES,
    PoolColumns,
)
from custseg.allocate.pooling.terms.settings import PoolSettings, reasons
from custseg.frames.scalar import day, text
from custseg.model import RowModel
from custseg.reasons import Explanation, Reason
from custseg.rules import Condition, F, Ladder, Rule


def _bare(given: Iterable[PoolSettings]) -> tuple[PoolSettings, ...]:
    """The settings alone, so that a model read from its document equals the one written."""
    fields = [one.name for one in attrs.fields(PoolSettings)]
    return tuple(PoolSettings(**{name: getattr(pool, name) for name in fields}) for pool in given)


@attrs.frozen
class PoolModel(RowModel):
    """Pools on one day, ready to apply: rules without memory.

    Adds ``pool``, ``pool_state`` (in_pool, due, remind, exempt, private or unknown) and
    ``pool_reason``. A lazy table stays lazy and a warehouse can do it in SQL; the days of
    return are in ``Pools.recycle``.

    Attributes:
        pools: The pools; a customer belongs to the first whose condition holds.
        columns: What the columns are called; all that are read must be there.
        as_of: The day.

    >>> from custseg.allocate import NoFollowUp, Pool, PoolColumns, Pools
    >>> pools = Pools([Pool(clocks=[NoFollowUp(30, spares=())])], columns=PoolColumns(locked=None))
    >>> row = {"owner": "R1", "received_at": date(2026, 5, 1), "last_follow_up": None}
    >>> pools.on("2026-05-31").one(row)["pool_state"], pools.on("2026-06-01").one(row)["pool_state"]
    ('private', 'due')
    """

    schema_version: ClassVar[int] = 1

    pools: tuple[PoolSettings, ...] = attrs.field(converter=_bare)
    columns: PoolColumns
    as_of: date

    @property
    def _reach(self) -> Reach:
        return Reach(self.pools, self.columns, float(day(self.as_of)))

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees; none where a follow-up may protect longer than at first."""
        if any(pool.protection and not pool.protection.plain for pool in self.pools):
            return {}
        steps = self._steps()
        when = [(_none(pool.when, self.columns.owner), pool.name) for pool in self.pools]
        return {
            POOL: Ladder(tuple(when), None, tuple(dict.fromkeys(name for _, name in when))),
            STATE: Ladder(tuple((c, state) for c, state, _ in steps), PRIVATE, STATES),
            REASON: Ladder(tuple((c, code) for c, _, code in steps), "no_pool", self._words),
        }

    @property
    def _words(self) -> tuple[str, ...]:
        return reasons(self.pools)

    def _steps(self) -> list[Step]:
        steps = [pooled(self.columns)]
        for pool in self.pools:
            for condition, state, code in DaySteps(pool, self.columns, self._reach.as_of).steps():
                belongs = condition if pool.when is None else pool.when & condition
                steps.append((belongs, state, code))
        return steps

    @property
    def needs(self) -> Needs:
        """The columns that are read."""
        known = [] if self.columns.locked is None else [self.columns.locked]
        return self._reach.needs(known)

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The three columns."""
        names = tuple(dict.fromkeys(pool.name for pool in self.pools))
        return {POOL: names, STATE: STATES, REASON: self._words}

    def kernel(self, cols: Columns) -> Columns:
        """The same over arrays."""
        sea = self._sea(cols)
        names = tuple(dict.fromkeys(pool.name for pool in self.pools))
        places = np.array([*(names.index(pool.name) for pool in self.pools), -1], dtype=np.intp)
        return {
            POOL: Codes(places[sea.pool], names),
            STATE: Codes(sea.state, STATES),
            REASON: Codes(sea.reason, sea.words),
        }

    def _sea(self, cols: Columns) -> Sea:
        column: Any = cols[self.columns.owner]
        return charted(self._reach, cols, len(getattr(column, "at", column)))

    def explain(self, record: Record) -> Explanation:
        """Why a customer is where it is.

        Args:
            record: One customer, with the columns that are read.
        """
        decided = self.one(record)
        given = {name: decided[name] for name in self.gives}
        return Explanation(STATE, given, self._why(given, record))

    def _why(self, given: Mapping[str, object], record: Record) -> tuple[Reason, ...]:
        """The reason of a decision, with the days of the clock that decided."""
        code, names = str(given[REASON]), self.columns
        pool = next((one for one in self.pools if one.name == given[POOL]), None)
        if pool is None:
            return (Reason(code),)
        clock = self._clock(pool, given, record)
        read = () if clock is None else (*clock.starts, *clock.stops)
        columns = dict.fromkeys((names.received, *map(names.of, read)))
        held = {name: record[name] for name in columns if name in record}
        if code == "protected" and pool.protection is not None:
            safe = pool.protection
            most = "-" if safe.maximum is None else safe.maximum
            settings = {"default": safe.default, "extend": safe.extend, "maximum": most}
            return (Reason("protected", settings, held), *_worked(pool))
        if clock is None or given[STATE] not in {DUE, REMIND}:
            return (Reason(code, {}, held),)
        own = (Reason(code, {"days": _days(clock, record, names)}, held), *_worked(pool))
        if given[STATE] == REMIND:
            return (Reason("returns_soon", {"remind": pool.remind_before}), *own)
        return own

    def _clock(
        self, pool: PoolSettings, given: Mapping[str, object], record: Record
    ) -> Clock | None:
        """The clock that decided; of several with one code, the first that decides so alone."""
        some = [clock for clock in pool.hands if clock.code == given[REASON]]
        for clock in some[:-1]:
            alone = attrs.evolve(pool, when=None, clocks=(clock,))
            if attrs.evolve(self, pools=(alone,)).one(record)[STATE] == given[STATE]:
                return clock
        return some[-1] if some else None


def _none(condition: Condition | None, owner: str) -> Condition:
    """A condition that holds of everybody where there is none."""
    if condition is not None:
        return condition
    return F(owner).is_missing() | F(owner).is_present()


def _worked(pool: PoolSettings) -> tuple[Reason, ...]:
    return () if pool.calendar is None else (Reason("working_days"),)


def _days(clock: Clock, record: Mapping[str, object], names: PoolColumns) -> int:
    level = text(record.get(names.level)) or ""
    return clock.levels.get(level, clock.days or 0)
