"""From prices to the best answer: customers move along the cheapest paths until all limits hold."""

from itertools import count, pairwise

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.counted.frontier import Frontier
from custseg.progress import tell


@attrs.frozen(eq=False)
class Repair:
    """Loads on their way to the limits; arrays change in place.

    Nodes are the representatives and, last, the free places that belong to nobody: whoever is
    between the limits trades with it at price 0.

    Attributes:
        lists: Who is cheapest to move.
        lo: The fewest customers for each.
        hi: The most customers for each.
        prices: The price of each node.
        aim: How many customers each should have, by its price.
        excess: How many more each has; below 0, how many fewer.
    """

    lists: Frontier
    lo: Ints
    hi: Ints
    prices: Floats
    aim: Ints
    excess: Ints

    @classmethod
    def of(cls, lists: Frontier, lo: Ints, hi: Ints, prices: Floats) -> "Repair":
        """Where each representative is the best for its customers at these prices."""
        load = np.bincount(lists.at, minlength=lo.size)
        aim = aims(load, (lo, hi), prices)
        excess = np.append(load - aim, int(aim.sum()) - lists.grid.size)
        return cls(lists, lo, hi, np.append(prices, 0.0), aim, excess)

    def run(self, until: int = 0) -> bool:
        """Move until at most ``until`` are too many somewhere; False where limits cannot hold."""
        turns = count()
        while self.astray() > until:
            tell("rounds", next(turns))
            slack = self.slack()
            away = distances(slack, self.excess > 0)
            sinks = (self.excess < 0) & np.isfinite(away)
            if not sinks.any():
                return False
            away = np.minimum(away, away[sinks].max())
            tight = slack + away[:, None] == away
            self.prices[:] -= away
            self.prices[:] -= self.prices[-1]
            self._settle(self._augment(tight))
        return True

    def astray(self) -> int:
        """How many are too many somewhere."""
        return int(self.excess[self.excess > 0].sum())

    def reached(self) -> Bools:
        """Who could take some of what is too much."""
        return np.isfinite(distances(self.slack(), self.excess > 0))

    def slack(self) -> Floats:
        """What each step between nodes costs beyond their prices; 0 where it is for free."""
        m, prices = self.lo.size, self.prices
        out = np.full((m + 1, m + 1), np.inf)
        np.subtract(self.lists.head, (prices[:m, None] - prices[:m]), out=out[:m, :m])
        out[:m, m] = np.where(self.aim < self.hi, -prices[:m], np.inf)
        out[m, :m] = np.where(self.aim > self.lo, prices[:m], np.inf)
        return out

    def _augment(self, tight: Bools) -> list[tuple[int, int, int]]:
        """Send the excess along free steps, each customer once; who moved from where to where."""
        paths = _Paths.of(self, tight)
        for source in np.flatnonzero(self.excess > 0).tolist():
            while self.excess[source] > 0:
                path = paths.find(source)
                if not path:
                    break
                self.excess[source] -= 1
                self.excess[path[-1]] += 1
                paths.walk(path)
        return paths.moved

    def _settle(self, moved: list[tuple[int, int, int]]) -> None:
        """Bring the lists up to date."""
        if not moved:
            return
        rows, givers, takers = np.array(moved, dtype=np.intp).T
        self.lists.at[rows] = takers
        self.lists.enter(rows)
        self.lists.leave(np.unique(np.concatenate([givers, takers])))


@attrs.frozen(eq=False)
class _Paths:
    """Free steps between nodes, and who has moved along them in this round."""

    work: Repair
    steps: list[list[int]]
    first: Index
    used: set[int] = attrs.field(factory=set)
    moved: list[tuple[int, int, int]] = attrs.field(factory=list)

    @classmethod
    def of(cls, work: Repair, tight: Bools) -> "_Paths":
        starts, ends = np.nonzero(tight)
        cuts = np.searchsorted(starts, np.arange(len(tight) + 1, dtype=np.intp)).tolist()
        ways = ends.tolist()
        steps = [ways[a:b] for a, b in pairwise(cuts)]
        lists, m = work.lists, work.lo.size
        line = np.arange(m, dtype=np.intp)
        return cls(work, steps, lists.who[line[:, None], line, lists.first])

    def find(self, source: int) -> list[int]:
        """A way from an excess to a lack, deepest first."""
        came, stack = {source: -1}, [source]
        while stack:
            node = stack.pop()
            if self.work.excess[node] < 0:
                return _back(came, node)
            for other in self.steps[node]:
                if other not in came and self._free(node, other):
                    came[other] = node
                    stack.append(other)
        return []

    def _free(self, node: int, other: int) -> bool:
        work, m = self.work, self.work.lo.size
        if other == m:
            return bool(work.aim[node] < work.hi[node])
        if node == m:
            return bool(work.aim[other] > work.lo[other])
        return int(self.first[node, other]) not in self.used

    def walk(self, path: list[int]) -> None:
        """Move one along each step."""
        work, m = self.work, self.work.lo.size
        for node, other in pairwise(path):
            if other == m:
                work.aim[node] += 1
            elif node == m:
                work.aim[other] -= 1
            else:
                row = int(self.first[node, other])
                self.used.add(row)
                self.moved.append((row, node, other))


def _back(came: dict[int, int], end: int) -> list[int]:
    path = [end]
    while came[path[-1]] >= 0:
        path.append(came[path[-1]])
    return path[::-1]


def aims(load: Ints, limits: tuple[Ints, Ints], prices: Floats) -> Ints:
    """Whoever has a price is at a limit: above 0 at the most, below 0 at the fewest.

    >>> import numpy as np
    >>> limits = np.array([1, 1, 1]), np.array([5, 5, 5])
    >>> aims(np.array([3, 3, 9]), limits, np.array([0.5, -0.5, 0.0])).tolist()
    [5, 1, 5]
    """
    lo, hi = limits
    return np.where(prices > 0, hi, np.where(prices < 0, lo, np.clip(load, lo, hi)))


def distances(slack: Floats, sources: Bools) -> Floats:
    """The cheapest way from any source to each node; inf where there is none.

    >>> import numpy as np
    >>> step = np.array([[np.inf, 1.0, 5.0], [np.inf, np.inf, 2.0], [np.inf] * 3])
    >>> distances(step, np.array([True, False, False])).tolist()
    [0.0, 1.0, 3.0]
    """
    away = np.where(sources, 0.0, np.inf)
    fresh = np.flatnonzero(sources)
    while fresh.size:
        new = np.minimum(away, (away[fresh, None] + slack[fresh]).min(axis=0))
        fresh = np.flatnonzero(new < away)
        away = new
    return away
