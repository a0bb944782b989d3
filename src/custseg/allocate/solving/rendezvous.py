"""Customers shared out by a hash of the ids: no state, and few move when the team changes."""

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats, Index, Ints
from custseg.allocate.solving.drawing import drawn, keys
from custseg.allocate.solving.grid import CELLS, scramble
from custseg.allocate.solving.seats.book import Book, running
from custseg.allocate.solving.seats.serving import cover
from custseg.allocate.solving.solver import check_problem, eligible, floats, whole


@attrs.frozen
class Hash:
    """Weighted rendezvous: each pair of ids draws a number, and the customer goes to the best.

    It needs no state and looks at no points but at who is eligible. Shares follow the places. If
    a representative goes, only the customers of that one move; if one comes, only those who move
    there. Where somebody is full, earlier rows stay and later ones take their next draw.

    Attributes:
        by_places: Draw in proportion to the places; otherwise all alike.

    Source:
        Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM
        Transactions on Networking 6 (1998); weights: -w / ln(u).

    >>> import numpy as np
    >>> free, none = np.zeros((4, 3)), np.zeros(3, dtype=int)
    >>> names = ["C1", "C2", "C3", "C4"], ["R1", "R2", "R3"]
    >>> before = Hash().place(free, none, none + 4, ids=names)
    >>> after = Hash().place(free[:, 1:], none[1:], none[1:] + 4, ids=(names[0], names[1][1:]))
    >>> [bool(b == a + 1) for b, a in zip(before, after) if b > 0]  # those of R2 and R3 stay
    [True, True, True]
    """

    by_places: bool = attrs.field(default=True, kw_only=True)

    def solve(self, points: Floats, lo: Ints, hi: Ints) -> Index:
        """The same where nobody says who is who: positions take the place of ids.

        Args:
            points: NaN where a pair is not eligible, n x m.
            lo: The fewest customers for each.
            hi: The most customers for each.

        Raises:
            InfeasibleError: The minimums cannot be reached; names who contradicts whom.
            CapacityError: A limit is negative, or a minimum above its maximum.
        """
        n, m = points.shape
        return self._placed(
            points,
            (lo, hi),
            (scramble(np.arange(n, dtype=np.intp)), scramble(np.arange(m, dtype=np.intp))),
        )

    def place(
        self, points: Floats, lo: Ints, hi: Ints, *, ids: tuple[Sequence[object], Sequence[object]]
    ) -> Index:
        """Give each row the column of its representative, -1 for none.

        Args:
            points: NaN where a pair is not eligible, n x m.
            lo: The fewest customers for each.
            hi: The most customers for each.
            ids: The ids of the customers and of the representatives.

        Raises:
            InfeasibleError: The minimums cannot be reached; names who contradicts whom.
            CapacityError: A limit is negative, or a minimum above its maximum.
        """
        return self._placed(points, (lo, hi), (keys(ids[0]), keys(ids[1])))

    def _placed(
        self,
        points: Floats,
        limits: tuple[Ints, Ints],
        names: tuple[NDArray[np.uint64], NDArray[np.uint64]],
    ) -> Index:
        check_problem(points, *limits)
        lo, hi = whole(limits[0], up=True), whole(limits[1])
        hi = np.minimum(hi, len(points))
        hi = np.maximum(hi, lo)
        rows = cover(points, np.arange(len(points), dtype=np.intp), hi)
        at: Index = np.full(len(points), -1, dtype=np.intp)
        weights = (
            np.maximum(limits[1], 1).astype(np.float64) if self.by_places else np.ones(lo.size)
        )
        draw = _Draw(points, hi, names, weights)
        if rows.size:
            at[rows] = draw.settled(rows)
        load = np.bincount(at[at >= 0], minlength=lo.size)
        if (at[rows] >= 0).all() and (load >= lo).all():
            return at
        book = Book.of(floats(points), at, hi)
        for row in rows[at[rows] < 0].tolist():
            book.admit(row)
        book.fill(lo)
        return book.at


@attrs.frozen(eq=False)
class _Draw:
    """The numbers that pairs draw."""

    points: Floats
    hi: Ints
    names: tuple[NDArray[np.uint64], NDArray[np.uint64]]
    weights: Floats

    def settled(self, rows: Index) -> Index:
        """Everybody at the best draw that has room; earlier rows keep their place."""
        m = self.hi.size
        last = np.full(m, len(self.points))  # the last row that each still takes
        at = self.best(rows, last)
        while True:
            mine = np.flatnonzero(at >= 0)
            number = running(at[mine], m)
            over = mine[number >= self.hi[at[mine]]]
            if not over.size:
                return at
            kept = mine[number == self.hi[at[mine]] - 1]
            last[at[kept]] = np.minimum(last[at[kept]], rows[kept])
            at[over] = self.best(rows[over], last)

    def best(self, rows: Index, last: Ints) -> Index:
        """The best draw of each row among those who still take it; -1 where nobody does."""
        out = np.empty(rows.size, dtype=np.intp)
        step = max(1, CELLS // self.hi.size)
        for start in range(0, rows.size, step):
            some = rows[start : start + step]
            cost = drawn(self.names[0][some], self.names[1]) / self.weights
            cost[~eligible(self.points[some], self.hi) | (some[:, None] > last)] = np.inf
            best = cost.argmin(axis=1)
            none = np.isinf(cost[np.arange(some.size, dtype=np.intp), best])
            out[start : start + step] = np.where(none, -1, best)
        return out
