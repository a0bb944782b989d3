"""A place for each row in turn, where hardly two have the same choices: bits, and moves in bulk."""

from itertools import pairwise

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.grid import CELLS, scramble
from custseg.allocate.solving.seats.book import chain, reached, running

_DRAWS = 1024


def seated(words: Ints, hi: Ints) -> Index:
    """The rows that find a place if earlier ones are never turned out again, but may move.

    Args:
        words: The choices of each row as bits (``shares.packed``).
        hi: The places of each representative.

    >>> import numpy as np
    >>> from custseg.allocate.solving.seats.shares import packed
    >>> only_first, both = [True, False], [True, True]
    >>> words = packed(np.array([both, only_first, only_first]))
    >>> seated(words, np.array([1, 1])).tolist()  # the first moves on, the third finds no place
    [0, 1]
    """
    seats = _Seats.of(words, hi)
    step, row = max(1, CELLS // max(1, hi.size)), 0
    while row < len(words) and seats.room.any():
        end = min(row + step, len(words))
        row += seats.take(row, end)
        if row < end:
            seats.make_room(row)
    return np.flatnonzero(seats.at >= 0)


@attrs.frozen(eq=False)
class _Seats:
    """Who sits where; arrays change in place.

    Attributes:
        choices: The choices of each row as bits, in bytes.
        at: The representative of each row, -1 for none.
        room: Free places of each representative.
        links: How many customers of one representative (row) may move to another (column).
        shut: Representatives who are full for good: whoever is there has no other choice.
        draws: Lots, over and over, so that those with the same choices spread.
    """

    choices: NDArray[np.uint8]
    at: Index
    room: Ints
    links: Ints
    shut: Bools
    draws: Floats

    @classmethod
    def of(cls, words: Ints, hi: Ints) -> "_Seats":
        m = hi.size
        lots = scramble(np.arange(_DRAWS * m, dtype=np.intp)) >> np.uint64(11)
        return cls(
            np.ascontiguousarray(words).view(np.uint8),
            np.full(len(words), -1, dtype=np.int32),
            hi.astype(np.int64),
            np.zeros((m, m), dtype=np.int64),
            np.zeros(m, dtype=np.bool_),
            -np.log((lots.astype(np.float64) + 0.5) / 2.0**53).reshape(_DRAWS, m),
        )

    def open(self, rows: "Index | slice") -> Bools:
        """The choices of some rows."""
        bits = np.unpackbits(self.choices[rows], axis=1, count=self.room.size)
        return bits.view(np.bool_)

    def take(self, start: int, end: int) -> int:
        """Seat rows by lot and by room, up to the first that finds none; how many were dealt with.

        Source:
            Lots by room: weighted rendezvous, Thaler and Ravishankar (1998).
        """
        open_ = self.open(slice(start, end))
        wants = open_ & (self.room > 0)
        number = np.arange(start, end, dtype=np.intp) % _DRAWS
        lots = np.where(wants, self.draws[number] / np.maximum(self.room, 1), np.inf)
        choice = lots.argmin(axis=1)
        none: Bools = ~np.logical_or.reduce(wants, axis=1)
        stop: Bools = none & np.logical_or.reduce(open_ & ~self.shut, axis=1)
        some = np.flatnonzero(~none)
        stop[some[running(choice[some], self.room.size) >= self.room[choice[some]]]] = True
        count = int(stop.argmax()) if stop.any() else end - start
        some = some[some < count]
        self._sit(start + some, choice[some], open_[some])
        return count

    def _sit(self, rows: Index, reps: Index, open_: Bools) -> None:
        self.at[rows] = reps
        self.room[:] -= np.bincount(reps, minlength=self.room.size)
        order = np.argsort(reps, kind="stable")
        there, first = np.unique(reps[order], return_index=True)
        if there.size:
            self.links[there] += np.add.reduceat(open_[order], first, axis=0, dtype=np.int64)

    def make_room(self, row: int) -> None:
        """Move others along so that a row finds a place; if none exists, say so for good.

        Half of the room at the end of the way comes along at once: others will want it too.
        """
        mine, links = self.open(slice(row, row + 1))[0], self.links > 0
        if (mine & (self.room > 0)).any():
            return
        path = chain(links, mine, self.room > self.room.max() // 2)
        path = path or chain(links, mine, self.room > 0)
        if not path:
            np.logical_or(self.shut, reached(links, mine), out=self.shut)
            return
        steps = list(pairwise(path))
        count = min((int(self.links[step]) for step in steps), default=1)
        count = min(count, -(-int(self.room[path[-1]]) // 2))
        for giver, taker in reversed(steps):
            self._move(giver, taker, count)

    def _move(self, giver: int, taker: int, count: int) -> None:
        rows = np.flatnonzero(self.at == giver)
        bits = self.choices[rows, taker >> 3] >> np.uint8(7 - (taker & 7)) & np.uint8(1)
        rows = rows[bits > 0][:count]
        moved = self.open(rows).sum(axis=0)
        self.at[rows] = taker
        self.links[giver] -= moved
        self.links[taker] += moved
        self.room[giver] += count
        self.room[taker] -= count
