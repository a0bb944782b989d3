"""States that are kept a while before they decay: changes after hysteresis."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.classify.replay.chapters import Events
from custseg.classify.replay.timeline import Changes
from custseg.classify.states import LifecycleModel


@attrs.frozen(eq=False)
class Standing:
    """The state of each customer, kept while changes are looked through.

    Attributes:
        state: The state, -1 before the first.
        since: Day since when, NaN where unknown.
        waiting: Change that waits until the state is old enough, -1 where none does.
    """

    state: Index
    since: Floats
    waiting: Index

    @classmethod
    def blank(cls, size: int) -> "Standing":
        """Nobody has a state yet."""
        return cls(np.full(size, -1), np.full(size, np.nan), np.full(size, -1))


def settled(
    model: LifecycleModel,
    changes: Changes,
    standing: Standing,
    *,
    until: int,
    opening: Index | None = None,
) -> Changes:
    """The changes that are left when a state is kept a while before it decays.

    Whoever comes back is not kept waiting; a change that has to wait happens on the first day that
    it may, if the steps still say so then.

    Args:
        model: The model, with the days that a state is kept.
        changes: What its steps say, by customer and then by day.
        standing: Where each customer stands before the first change; it is changed.
        until: The last day that counts.
        opening: The day from which each customer is known: nobody knows since when it has been so.
    """
    ladder = model.ladder
    rank = np.array([*(ladder.rank(state) for state in ladder.states), -1])
    work = _Settling(changes, rank, model.calm.dwell_days, standing, opening, [])
    count = np.bincount(changes.code, minlength=len(standing.state))
    first = np.cumsum(count) - count
    for k in range(int(count.max(initial=0))):
        who = np.flatnonzero(count > k)
        work.step(who, first[who] + k)
    work.release(np.arange(len(standing.state)), np.full(len(standing.state), until + 1))
    return work.result()


def calmed(model: LifecycleModel, changes: Changes, events: Events, *, until: int) -> Changes:
    """The changes of state of customers of whom nothing was known before.

    Args:
        model: The model.
        changes: What its steps say.
        events: What happened to the customers.
        until: The last day that counts.
    """
    if not model.calm.dwell_days:
        return changes.of_state
    blank = Standing.blank(events.bought.size)
    return settled(model, changes, blank, until=until, opening=events.opening)


@attrs.frozen(eq=False)
class _Settling:
    changes: Changes
    rank: Index
    dwell: int
    standing: Standing
    opening: Index | None
    out: list[Changes]

    def step(self, who: Index, row: Index) -> None:
        """One more change of some customers."""
        day, state = self.changes.day[row], self.changes.state[row]
        self.release(who, day)
        now = self.standing
        was = now.state[who]
        worse = (self.rank[was] >= 1) & (self.rank[state] > self.rank[was])
        young = worse & (day - now.since[who] < self.dwell)
        now.waiting[who] = np.where(young & (state != was), row, -1)
        moves = ~young & (state != was)
        self._move(who[moves], row[moves], day[moves])

    def release(self, who: Index, before: Index) -> None:
        """Let changes happen that have waited long enough before a day."""
        now = self.standing
        free = now.since[who] + self.dwell
        ripe: Bools = (now.waiting[who] >= 0) & (free < before)
        some = who[ripe]
        self._move(some, now.waiting[some], free[ripe].astype(np.int64))

    def _move(self, who: Index, row: Index, day: Index) -> None:
        now, changes = self.standing, self.changes
        since = day if self.opening is None else np.where(day == self.opening[who], np.nan, day)
        now.state[who], now.since[who], now.waiting[who] = changes.state[row], since, -1
        self.out.append(Changes(who, day, changes.state[row], changes.place[row]))

    def result(self) -> Changes:
        """All that happened, by customer and then by day."""
        names = ("code", "day", "state", "place")
        joined = Changes(*(np.concatenate([getattr(c, n) for c in self.out]) for n in names))
        return joined.take(np.lexsort((joined.day, joined.code)))
