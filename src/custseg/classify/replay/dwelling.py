"""States that are kept a while before they decay: changes after hysteresis."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.classify.ladder import StateLadder
from custseg.classify.replay.timeline import Changes


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
    ladder: StateLadder,
    changes: Changes,
    dwell_days: int,
    standing: Standing,
    *,
    until: int,
) -> Changes:
    """The changes that are left when a state is kept at least so many days before it decays.

    Whoever comes back is not kept waiting; a change that has to wait happens on the first day that
    it may, if the steps still say so then.

    Args:
        ladder: The steps.
        changes: What they say, by customer and then by day.
        dwell_days: Days.
        standing: Where each customer stands before the first change; it is changed.
        until: The last day that counts.
    """
    rank = np.array([*(ladder.rank(state) for state in ladder.states), -1])
    work = _Settling(changes, rank, dwell_days, standing, [])
    count = np.bincount(changes.code, minlength=len(standing.state))
    first = np.cumsum(count) - count
    for k in range(int(count.max(initial=0))):
        who = np.flatnonzero(count > k)
        work.step(who, first[who] + k)
    work.release(np.arange(len(standing.state)), np.full(len(standing.state), until + 1))
    return work.result()


@attrs.frozen(eq=False)
class _Settling:
    changes: Changes
    rank: Index
    dwell: int
    standing: Standing
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
        now.state[who], now.since[who], now.waiting[who] = changes.state[row], day, -1
        self.out.append(Changes(who, day, changes.state[row], changes.place[row]))

    def result(self) -> Changes:
        """All that happened, by customer and then by day."""
        names = ("code", "day", "state", "place")
        joined = Changes(*(np.concatenate([getattr(c, n) for c in self.out]) for n in names))
        return joined.take(np.lexsort((joined.day, joined.code)))
