"""Who is served when places are short, by counts: many at once, one by one only where it ends."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.allocate.planning.counting.quota import Crowd
from custseg.allocate.solving.seats.serving import inside, let_in
from custseg.allocate.solving.seats.shares import Shares
from custseg.allocate.solving.solver import eligible

Within: TypeAlias = Callable[[list[int]], Mapping[int, Index]]
"""Buckets -> the kinds of the customers of each, in their order."""

Counts: TypeAlias = Callable[[Index], tuple[Ints, Within]]
"""Kinds that compete -> how many of each stand in each bucket of the order, and who is in some."""


def served_in_turn(crowd: Crowd, counts: Counts) -> Ints:
    """How many of each kind are served: earlier customers first, whatever exchange it takes.

    Args:
        crowd: Those who wait.
        counts: Tells the order; asked only for the kinds that compete for too few places.

    Source:
        The greedy algorithm on a transversal matroid: Edmonds and Fulkerson, "Transversals and
        matroid partition", J. Res. NBS 69B (1965).
    """
    allowed = eligible(crowd.points, crowd.hi)
    able = allowed.any(axis=1)
    out = np.where(able, crowd.sizes, 0)
    shares, room = Shares.of(np.zeros(allowed.shape, dtype=np.int64), allowed), crowd.hi.copy()
    left = let_in(shares, out, room)
    if not left.any():
        return out
    starts: Bools = np.logical_or.reduce(allowed[left > 0], axis=0)
    short = np.greater_equal(shares.way(starts), 0)
    tight = np.flatnonzero(inside(allowed, short) & able & (out > 0))
    buckets, within = counts(tight)
    few, hi = allowed[np.ix_(tight, short)], crowd.hi[short]
    turns = _Turns.of(few, hi)
    turns.over(buckets, _Looked(within, within(_guessed(few, hi, buckets))).at)
    out[tight] = turns.kept
    return out


def _guessed(allowed: Bools, hi: Ints, buckets: Ints) -> list[int]:
    """The buckets in which places will run out, as if each held its kinds one after the other.

    Counts tell nearly where; all these are asked for at once, as each question is a job of its own.
    """
    asked: list[int] = []

    def in_a_row(bucket: int) -> Index:
        asked.append(bucket)
        return np.repeat(np.arange(len(allowed), dtype=np.intp), buckets[bucket])

    _Turns.of(allowed, hi).over(buckets, in_a_row)
    return asked


@attrs.frozen(eq=False)
class _Looked:
    """Buckets that were looked into; any other is asked for when it is needed."""

    within: Within
    known: Mapping[int, Index]

    def at(self, bucket: int) -> Index:
        found = self.known.get(bucket)
        return self.within([bucket])[bucket] if found is None else found


@attrs.frozen(eq=False)
class _Turns:
    """Who has been let in so far; arrays change in place.

    Attributes:
        shares: Where they sit.
        room: Free places.
        kept: How many of each kind were let in.
        shut: The kinds of which nobody finds a place any more.
    """

    shares: Shares
    room: Ints
    kept: Ints
    shut: Bools

    @classmethod
    def of(cls, allowed: Bools, hi: Ints) -> "_Turns":
        size = len(allowed)
        shares = Shares.of(np.zeros(allowed.shape, dtype=np.int64), allowed)
        nobody = np.zeros(size, dtype=np.int64)
        return cls(shares, hi.copy(), nobody, np.zeros(size, dtype=np.bool_))

    def over(self, buckets: Ints, within: Callable[[int], Index]) -> None:
        """Let in bucket after bucket, as many as find a place together."""
        place, run = 0, len(buckets)
        while place < len(buckets) and not self.shut.all():
            ahead = np.where(self.shut, 0, buckets[place : place + run].sum(axis=0))
            if self._let_in(ahead):
                place, run = place + run, 2 * run
            elif run > 1:
                run = min(run, len(buckets) - place) // 2 or 1
            else:
                self._one_by_one(within(place))
                place += 1

    def _one_by_one(self, waiting: Index) -> None:
        """Let in the customers of one bucket, in runs as long as all of them find a place."""
        waiting = waiting[~self.shut[waiting]]
        run = waiting.size
        while waiting.size:
            some = waiting[:run]
            if self._let_in(np.bincount(some, minlength=self.kept.size)):
                waiting, run = waiting[run:], 2 * run
            elif run > 1:
                run = min(run, waiting.size) // 2 or 1
            else:
                self._close(int(waiting[0]))
                waiting = waiting[~self.shut[waiting]]
                run = max(waiting.size, 1)

    def _let_in(self, many: Ints) -> bool:
        shares, room = self.shares, self.room
        saved = shares.amounts.copy(), shares.links.copy(), room.copy()
        if let_in(shares, many, room).any():
            shares.amounts[:], shares.links[:], room[:] = saved
            return False
        self.kept[:] += many
        return True

    def _close(self, kind: int) -> None:
        """Nobody of this kind finds a place, nor of those who could go nowhere else."""
        allowed = self.shares.open
        full = np.greater_equal(self.shares.way(allowed[kind]), 0)
        self.shut[:] |= inside(allowed, full)
