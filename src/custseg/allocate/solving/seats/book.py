"""Who has whom while a solver works, and chains of moves that make room without loss of people."""

from itertools import pairwise

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.solver import InfeasibleError, eligible


@attrs.frozen(eq=False)
class Book:
    """Customers and their representatives; its arrays change in place while a solver works.

    Attributes:
        points: How well each pair goes together.
        open: Which pairs are eligible.
        at: The representative of each customer, -1 for none.
        room: Free places of each representative.
        links: How many customers of one representative (row) may move to another (column).

    >>> import numpy as np
    >>> both, first = [0.9, 0.8], [0.7, np.nan]
    >>> book = Book.of(np.array([both, first]), np.array([0, -1]), np.array([1, 1]))
    >>> book.admit(1), book.at.tolist()  # the second can only have place 0: the first moves
    (True, [1, 0])
    """

    points: Floats
    open: Bools
    at: Index
    room: Ints
    links: Ints

    @classmethod
    def of(cls, points: Floats, at: Index, hi: Ints) -> "Book":
        """Write down a first answer."""
        allowed = eligible(points, hi)
        m = hi.size
        links = np.zeros((m, m), dtype=np.int64)
        for rep in range(m):
            links[rep] = allowed[at == rep].sum(axis=0)
        room = hi - np.bincount(at[at >= 0], minlength=m)
        return cls(points, allowed, at, room, links)

    def put(self, row: int, rep: int) -> None:
        """Give a customer to a representative."""
        self.at[row] = rep
        self.room[rep] -= 1
        self.links[rep] += self.open[row]

    def lift(self, row: int) -> None:
        """Take a customer away."""
        rep = self.at[row]
        self.at[row] = -1
        self.room[rep] += 1
        self.links[rep] -= self.open[row]

    def admit(self, row: int) -> bool:
        """Find a place for a customer, moving others along if need be; False if none exists."""
        free = np.where(self.open[row], self.room, 0)
        roomy = int(free.argmax()) if free.size else 0
        if free.size and free[roomy] > 0:
            self.put(row, roomy)
            return True
        path = chain(self.links > 0, self.open[row], self.room > 0)
        if not path:
            return False
        self.shift(path)
        self.put(row, path[0])
        return True

    def shift(self, path: list[int]) -> None:
        """Move one customer along each step of a path, the last step first."""
        for giver, taker in reversed(list(pairwise(path))):
            rows = np.flatnonzero((self.at == giver) & self.open[:, taker])
            loss = self.points[rows, giver] - self.points[rows, taker]
            row = int(rows[loss.argmin()])
            self.lift(row)
            self.put(row, taker)

    def fill(self, lo: Ints) -> None:
        """Bring everyone up to the minimum, at the least loss of points that is near.

        Raises:
            InfeasibleError: It cannot be done; names a set of minimums that contradict.
        """
        for rep in np.flatnonzero(self._load() < lo).tolist():
            self._draw(rep, lo)
            while (load := self._load())[rep] < lo[rep]:
                target = np.arange(lo.size) == rep
                path = chain(self.links > 0, load > lo, target)
                if not path:
                    raise self._contradiction(rep, lo)
                self.shift(path)

    def _load(self) -> Ints:
        load: Ints = np.bincount(self.at[self.at >= 0], minlength=self.room.size)
        return load

    def _draw(self, rep: int, lo: Ints) -> None:
        """Take the cheapest customers of those who have more than their own minimum."""
        load = self._load()
        spare = np.maximum(load - lo, 0)
        mine = self.at
        rows = np.flatnonzero((mine >= 0) & (mine != rep) & self.open[:, rep])
        loss = self.points[rows, mine[rows]] - self.points[rows, rep]
        rows = rows[np.argsort(loss, kind="stable")]
        rows = rows[running(mine[rows], lo.size) < spare[mine[rows]]]
        for row in rows[: lo[rep] - load[rep]].tolist():
            self.lift(row)
            self.put(row, rep)

    def _contradiction(self, rep: int, lo: Ints) -> InfeasibleError:
        """Whoever could give to ``rep`` is at the minimum too: together they ask too much."""
        reach = reached(self.links.T > 0, np.arange(lo.size) == rep)
        who = tuple(np.flatnonzero(reach).tolist())
        return InfeasibleError(
            who, int(lo[reach].sum()), int(self.open[:, reach].any(axis=1).sum())
        )


def chain(links: Bools, starts: Bools, goals: Bools) -> list[int]:
    """The shortest way from any start to any goal, empty if there is none.

    >>> import numpy as np
    >>> step = np.array([[False, True, False], [False, False, True], [False, False, False]])
    >>> chain(step, np.array([True, False, False]), np.array([False, False, True]))
    [0, 1, 2]
    """
    came = np.where(starts, np.arange(starts.size), -1)
    edge = np.flatnonzero(starts)
    while edge.size:
        hit = edge[goals[edge]]
        if hit.size:
            return _back(came, int(hit[0]))
        reach = links[edge]
        new = np.flatnonzero(reach.any(axis=0) & (came < 0))
        came[new] = edge[reach[:, new].argmax(axis=0)]
        edge = new
    return []


def _back(came: Index, end: int) -> list[int]:
    path = [end]
    while came[path[-1]] != path[-1]:
        path.append(int(came[path[-1]]))
    return path[::-1]


def reached(links: Bools, starts: Bools) -> Bools:
    """Whoever can be reached from any start.

    >>> import numpy as np
    >>> step = np.array([[False, True, False], [False, False, False], [True, False, False]])
    >>> reached(step, np.array([True, False, False])).tolist()
    [True, True, False]
    """
    found = starts
    while True:
        wider: Bools = found | np.logical_or.reduce(links[found], axis=0)
        if (wider == found).all():
            return found
        found = wider


def running(groups: Index, size: int) -> Index:
    """Number each row within its group: 0, 1, 2, ...

    >>> import numpy as np
    >>> running(np.array([1, 0, 1, 1]), 2).tolist()
    [0, 0, 1, 2]
    """
    order = np.argsort(groups, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(groups, minlength=size))[:-1]])
    out = np.empty(groups.size, dtype=np.intp)
    out[order] = np.arange(groups.size) - starts[groups[order]]
    return out
