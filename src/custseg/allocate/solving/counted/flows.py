"""The best shares of whole classes: as many as can move at once along the cheapest paths."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.counted.repair import aims, distances
from custseg.allocate.solving.seats.book import reached
from custseg.allocate.solving.solver import InfeasibleError

_MOST: Final = 2**31 - 1  # what an arc of the maximum flow can carry


@attrs.frozen(eq=False)
class Flow:
    """Classes shared out on their way to the limits; arrays change in place.

    Attributes:
        points: Classes by representatives in whole steps; -inf where not eligible.
        sizes: How many customers each class has.
        lo: The fewest customers for each representative.
        hi: The most.
        amounts: How many of each class each representative has.
        prices: The price of each representative; last, the free places of nobody: 0.
        aim: How many customers each should have, by its price.
    """

    points: Floats
    sizes: Ints
    lo: Ints
    hi: Ints
    amounts: Ints
    prices: Floats
    aim: Ints

    @classmethod
    def of(cls, points: Floats, sizes: Ints, limits: tuple[Ints, Ints]) -> "Flow":
        """Everybody where it is best, ties by size; nothing has a price."""
        m = int(points.shape[1])
        best = points == points.max(axis=1)[:, None]
        weights = best * np.maximum(limits[1], 1)
        part = sizes[:, None] * (weights / weights.sum(axis=1)[:, None])
        amounts = np.floor(part).astype(np.int64)
        amounts[np.arange(len(points), dtype=np.intp), best.argmax(axis=1)] += sizes - amounts.sum(
            axis=1
        )
        aim = aims(amounts.sum(axis=0), limits, np.zeros(m, dtype=np.float64))
        return cls(points, sizes, *limits, amounts, np.zeros(m + 1, dtype=np.float64), aim)

    def run(self) -> None:
        """Move until all limits hold.

        Raises:
            InfeasibleError: They cannot.
        """
        while (excess := self.excess()).any():
            slack = self._slack()
            away = distances(slack, excess > 0)
            sinks = (excess < 0) & np.isfinite(away)
            if not sinks.any():
                raise self._conflict(excess, np.isfinite(slack), np.isfinite(away))
            away = np.minimum(away, away[sinks].max())
            self.prices[:] -= away
            self.prices[:] -= self.prices[-1]
            self.move(excess)

    def excess(self) -> Ints:
        """How many more each has than it should, and last the free places of nobody."""
        load = self.amounts.sum(axis=0)
        return np.append(load - self.aim, int(self.aim.sum() - load.sum()))

    def head(self) -> Floats:
        """What moving one from each representative to each other costs at least."""
        m = self.lo.size
        out = np.full((m, m), np.inf)
        reps, groups = np.nonzero(self.amounts.T)
        cuts = np.searchsorted(reps, np.arange(m + 1, dtype=np.intp))
        for rep in np.flatnonzero(np.diff(cuts)).tolist():
            some = self.points[groups[cuts[rep] : cuts[rep + 1]]]
            out[rep] = (some[:, rep, None] - some).min(axis=0)
        np.fill_diagonal(out, np.inf)
        return out

    def tight(self) -> Bools:
        """Whom each class likes best at these prices."""
        worth = self.points - self.prices[:-1]
        return np.asarray(worth == worth.max(axis=1)[:, None])

    def _slack(self) -> Floats:
        m, prices = self.lo.size, self.prices
        out = np.full((m + 1, m + 1), np.inf)
        np.subtract(self.head(), prices[:m, None] - prices[:m], out=out[:m, :m])
        out[:m, m] = np.where(self.aim < self.hi, -prices[:m], np.inf)
        out[m, :m] = np.where(self.aim > self.lo, prices[:m], np.inf)
        return out

    def move(self, excess: Ints) -> None:
        """Send as much of the excess as can go without loss, all at once."""
        net = _Net.of(self, excess)
        starts, ends, moved = net.solved()
        m, k = self.lo.size, len(self.points)
        out = (starts < m) & (ends > m) & (ends <= m + k)
        back = (ends < m) & (starts > m) & (starts <= m + k)
        self.amounts[ends[out] - m - 1, starts[out]] -= moved[out]
        self.amounts[starts[back] - m - 1, ends[back]] += moved[back]
        spare, taken = (starts < m) & (ends == m), (starts == m) & (ends < m)
        self.aim[starts[spare]] += moved[spare]
        self.aim[ends[taken]] -= moved[taken]

    def _conflict(self, excess: Ints, links: Bools, near: Bools) -> InfeasibleError:
        """Whoever could give to one that lacks customers is at the minimum too."""
        m = self.lo.size
        lacking = np.flatnonzero((excess[:m] < 0) & ~near[:m])
        first = np.arange(m, dtype=np.intp) == lacking[0]
        reach = reached(links[:m, :m].T, first)
        here = int(self.amounts[:, reach].sum())
        return InfeasibleError(
            tuple(np.flatnonzero(reach).tolist()), int(self.lo[reach].sum()), here
        )


@attrs.frozen(eq=False)
class _Net:
    """Steps without loss, and how many may go: representatives, nobody, classes, source, sink."""

    starts: Index
    ends: Index
    room: Ints
    size: int

    @classmethod
    def of(cls, flow: Flow, excess: Ints) -> "_Net":
        m, k = flow.lo.size, len(flow.points)
        group, rep = np.nonzero(flow.tight())
        free = np.flatnonzero(flow.prices[:-1] == 0)
        over, under = np.flatnonzero(excess > 0), np.flatnonzero(excess < 0)
        parts = [
            (rep, m + 1 + group, flow.amounts[group, rep]),
            (m + 1 + group, rep, flow.sizes[group]),
            (free, np.full(free.size, m), (flow.hi - flow.aim)[free]),
            (np.full(free.size, m), free, (flow.aim - flow.lo)[free]),
            (np.full(over.size, m + 1 + k), over, excess[over]),
            (under, np.full(under.size, m + 2 + k), -excess[under]),
        ]
        starts, ends, room = (np.concatenate(column) for column in zip(*parts, strict=True))
        some = room > 0
        return cls(starts[some], ends[some], np.minimum(room[some], _MOST), m + 3 + k)

    def solved(self) -> tuple[Index, Index, Ints]:
        """As much as can go: from where, to where, how many."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - loaded where it is used
        from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415 - loaded where it is used

        # Older releases of scipy take whole numbers of 32 bits alone, also as places.
        room, starts, ends = (a.astype(np.int32) for a in (self.room, self.starts, self.ends))
        graph: Any = csr_array((room, (starts, ends)), shape=(self.size, self.size))
        flow: Any = maximum_flow(graph, self.size - 2, self.size - 1).flow.tocoo()
        some = flow.data > 0
        return flow.row[some], flow.col[some], flow.data[some].astype(np.int64)
