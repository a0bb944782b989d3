"""A first true solver: whoever has most to lose chooses first; chains of moves mend the rest."""

from typing import Literal

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.seats.book import Book, running
from custseg.allocate.solving.seats.serving import cover
from custseg.allocate.solving.solver import check_problem, eligible, floats, whole

_BLOCK = 4096


@attrs.frozen
class Greedy:
    """Fast and never wrong about limits, but not always the best total.

    Regret order reaches 99 % of the best total on average and 97 to 99 % on large cases, order of
    priority 92 to 97 %; a single case of a few customers may fall to 80 %.

    Equally good representatives share their customers evenly, by the part of their free places
    that is used. A customer is left out only if no exchange at all could make room without
    leaving out an earlier one, so with rows in order of value the less valuable wait.

    Attributes:
        order: ``"regret"``: the customer who would lose most with the second choice is served
            first. ``"priority"``: customers choose in the order of the rows.

    Source:
        Regret order: Martello and Toth, "Knapsack Problems" (1990), ch. 7, heuristic MTHG.
        Who is left out: the greedy algorithm on a transversal matroid (Edmonds and Fulkerson 1965).

    >>> import numpy as np
    >>> points = np.array([[0.9, 0.8], [0.9, 0.1]])
    >>> Greedy().solve(points, np.array([0, 0]), np.array([1, 1])).tolist()
    [1, 0]
    >>> Greedy(order="priority").solve(points, np.array([0, 0]), np.array([1, 1])).tolist()
    [0, 1]
    """

    order: Literal["regret", "priority"] = attrs.field(
        default="regret", validator=attrs.validators.in_(("regret", "priority"))
    )

    def solve(self, points: Floats, lo: Ints, hi: Ints) -> Index:
        """Give each row the column of its representative, -1 for none.

        Args:
            points: How well each pair goes together, n x m; NaN where not eligible.
            lo: The fewest customers for each.
            hi: The most customers for each.

        Raises:
            InfeasibleError: The minimums cannot be reached; names who contradicts whom.
            CapacityError: A limit is negative, or a minimum above its maximum.
        """
        check_problem(points, lo, hi)
        points, lo = floats(points), whole(lo, up=True)
        hi = np.minimum(whole(hi), len(points))
        allowed = eligible(points, hi)
        rows: Index = np.flatnonzero(allowed.any(axis=1))
        at = self._seat(points, rows, hi)
        if (at[rows] < 0).any():
            rows = cover(points, rows, hi)
            at = self._seat(points, rows, hi)
        return _mend(Book.of(points, at, hi), rows, lo)

    def _seat(self, points: Floats, rows: Index, hi: Ints) -> Index:
        at = np.full(len(points), -1, dtype=np.intp)
        if rows.size:
            queue = _Queue.of(points[rows], hi)
            queue.serve(in_turn=self.order == "priority")
            at[rows] = queue.at
        return at


def _mend(book: Book, rows: Index, lo: Ints) -> Index:
    """Bring in those the queue could not place, then reach the minimums."""
    for row in rows[book.at[rows] < 0].tolist():
        book.admit(row)
    book.fill(lo)
    return book.at


@attrs.frozen(eq=False)
class _Queue:
    """Rows that wait for a place; arrays change in place.

    ``best`` and ``spare`` are the first and second choice among those who still have room,
    ``regret`` is what the second choice would cost.
    """

    points: Floats
    size: Ints
    room: Ints
    at: Index
    best: Index
    spare: Index
    top: Floats
    regret: Floats

    @classmethod
    def of(cls, points: Floats, hi: Ints) -> "_Queue":
        """Everybody waits."""
        n = len(points)
        points[~eligible(points, hi)] = -np.inf
        at, best, spare = np.full((3, n), -1, dtype=np.intp)
        queue = cls(points, hi, hi.copy(), at, best, spare, np.zeros(n), np.zeros(n))
        queue.look(np.arange(n))
        return queue

    def look(self, rows: Index) -> None:
        """Find the two best choices of these rows."""
        for start in range(0, rows.size, _BLOCK):
            some = rows[start : start + _BLOCK]
            block = self.points[some]
            line = np.arange(some.size)
            self.best[some] = best = block.argmax(axis=1)
            self.top[some] = top = block[line, best]
            block[line, best] = -np.inf
            self.spare[some] = spare = block.argmax(axis=1)
            second = block[line, spare]
            none = np.isneginf(second)
            self.regret[some] = np.where(none, np.inf, top - np.where(none, 0.0, second))

    def serve(self, *, in_turn: bool) -> None:
        """Place rows until nobody waits or nobody has room."""
        waiting = np.flatnonzero(np.isfinite(self.top))
        while waiting.size:
            shut = self.room == 0
            keen = waiting[self.regret[waiting] > 0]
            if keen.size and not in_turn:
                self._place_keen(keen)
            else:
                self._place_each(waiting)
            waiting = waiting[self.at[waiting] < 0]
            shut ^= self.room == 0
            self.points[:, shut] = -np.inf
            self.look(waiting[shut[self.best[waiting]] | shut[self.spare[waiting]]])
            waiting = waiting[np.isfinite(self.top[waiting])]

    def _place_keen(self, keen: Index) -> None:
        """Place rows with one clear choice, the keenest first, until somebody is full."""
        keen = keen[np.argsort(-self.regret[keen], kind="stable")]
        wanted = self.best[keen]
        last = np.flatnonzero(running(wanted, self.room.size) == self.room[wanted] - 1)
        stop = int(last[0]) + 1 if last.size else keen.size
        self.at[keen[:stop]] = wanted[:stop]
        self.room[:] -= np.bincount(wanted[:stop], minlength=self.room.size)

    def _place_each(self, rows: Index) -> None:
        """Place rows one by one, ties where the least part of the places is used."""
        used = (self.size - self.room + 1) / np.maximum(self.size, 1)  # after one more
        for start in range(0, rows.size, _BLOCK):
            some = rows[start : start + _BLOCK]
            tied: Bools = self.points[some] == self.top[some, None]
            for row, equal in zip(some.tolist(), tied, strict=True):
                choice = np.flatnonzero(equal)
                rep = int(choice[used[choice].argmin()])
                self.at[row] = rep
                self.room[rep] -= 1
                used[rep] = (self.size[rep] - self.room[rep] + 1) / self.size[rep]
                if self.room[rep] == 0:
                    return
