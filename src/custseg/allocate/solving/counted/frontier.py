"""Who is cheapest to move from each representative to each other: short lists, never wrong."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.solving.grid import CELLS, Grid
from custseg.allocate.solving.seats.book import running

_KEEP = 16


@attrs.frozen(eq=False)
class Frontier:
    """For each pair of representatives the customers of the one who lose least with the other.

    A customer that is on no list costs no less than the edge of that list. A list whose customers
    have all left is made anew, so the first on a list is always the cheapest of all.

    Attributes:
        grid: The points.
        at: The representative of each row; changes in place.
        cost: What each on the list would lose, m x m x q, in order.
        who: The rows on the lists.
        edge: From which loss on nobody is listed, m x m.
        head: What the first on each list that is still there loses, m x m.
        first: Where on the list that is.
    """

    grid: Grid
    at: Index
    cost: Floats
    who: Index
    edge: Floats
    head: Floats
    first: Index

    @classmethod
    def of(cls, grid: Grid, at: Index) -> "Frontier":
        """Make all lists."""
        m = grid.reps
        keep = int(min(_KEEP, max(4, 2 * grid.size // max(1, m))))
        lists = cls(
            grid,
            at,
            np.full((m, m, keep), np.inf),
            np.full((m, m, keep), -1, dtype=np.int32),
            np.full((m, m), np.inf),
            np.full((m, m), np.inf),
            np.zeros((m, m), dtype=np.intp),
        )
        order = np.argsort(at, kind="stable")
        ends = np.cumsum(np.bincount(at, minlength=m))
        for rep, rows in enumerate(np.split(order, ends[:-1])):
            lists.list_anew(rep, rows)
        return lists

    def list_anew(self, rep: int, rows: Index) -> None:
        """Make the lists of one representative from its rows."""
        m, keep = self.grid.reps, self.cost.shape[2]
        cost: Floats = np.full((m, keep), np.inf)
        who: Index = np.full((m, keep), -1, dtype=np.int32)
        edge = np.full(m, np.inf)
        start, step = 0, 16 * keep
        while start < rows.size:
            some = rows[start : start + step]
            loss = self._loss(some, rep)
            if some.size > keep and not np.isfinite(edge).any():
                edge = np.partition(loss, keep - 1, axis=0)[keep - 1]
            found = np.flatnonzero((loss <= edge) & (loss < np.inf))
            line, taker = np.divmod(found, m)
            cost, who = _shortest(
                (cost, who), taker, (loss.ravel()[found], some[line].astype(np.int32))
            )
            edge = cost[:, -1]
            start, step = start + step, max(16 * keep, CELLS * 4 // m)
        self.cost[rep], self.who[rep], self.edge[rep] = cost, who, edge
        self.first[rep] = 0
        self.head[rep] = cost[:, 0]

    def _loss(self, rows: Index, rep: int) -> Floats:
        """What rows of a representative lose with every other."""
        block = self.grid.read(rows)
        loss: Floats = block[:, rep, None] - block
        loss[:, rep] = np.inf
        return loss

    def leave(self, reps: Index) -> None:
        """Somebody left these: find the first on each list that is still there."""
        who = self.who[reps]
        here: Bools = (self.at[who] == reps[:, None, None]) & (who >= 0)
        first = here.argmax(axis=2)
        cost = np.take_along_axis(self.cost[reps], first[:, :, None], axis=2)[:, :, 0]
        live = np.take_along_axis(here, first[:, :, None], axis=2)[:, :, 0]
        self.first[reps] = first
        self.head[reps] = np.where(live, cost, np.inf)
        dry = (~live & np.isfinite(self.edge[reps])).any(axis=1)
        for rep in reps[dry].tolist():
            self.list_anew(rep, np.flatnonzero(self.at == rep))

    def enter(self, rows: Index) -> None:
        """These came to where they are: put them on the lists of the cheapest."""
        reps = self.at[rows]
        block = self.grid.read(rows)
        loss = block[np.arange(rows.size, dtype=np.intp), reps][:, None] - block
        loss[np.arange(rows.size, dtype=np.intp), reps] = np.inf
        line, taker = np.nonzero((loss <= self.edge[reps]) & (loss < np.inf))
        lists = reps[line] * self.grid.reps + taker
        turn = running(lists, 1 + int(lists.max(initial=0)))
        for number in range(1 + int(turn.max(initial=-1))):
            now = turn == number
            self._insert(lists[now], loss[line[now], taker[now]][:, None], rows[line[now]])

    def _insert(self, lists: Index, loss: Floats, rows: Index) -> None:
        """Put one row on each of these lists, and let the last go where it was full."""
        m, keep = self.grid.reps, self.cost.shape[2]
        costs, ids = self.cost.reshape(m * m, keep), self.who.reshape(m * m, keep)
        cost, who = costs[lists], ids[lists]
        number = np.arange(keep, dtype=np.intp)
        place = (cost < loss).sum(axis=1)[:, None]
        here, later = number == place, np.maximum(number - 1, 0)
        new = np.where(number < place, cost, np.where(here, loss, cost[:, later]))
        edges = self.edge.reshape(m * m)
        edge = edges[lists]
        edges[lists] = np.where(np.isfinite(cost[:, -1]), np.minimum(edge, new[:, -1]), edge)
        costs[lists] = new
        ids[lists] = np.where(number < place, who, np.where(here, rows[:, None], who[:, later]))


def _shortest(
    lists: tuple[Floats, Index], taker: Index, found: tuple[Floats, Index]
) -> tuple[Floats, Index]:
    """Put more candidates on the lists of all takers, and cut them to their length."""
    m, keep = lists[0].shape
    takers = np.concatenate([np.repeat(np.arange(m, dtype=np.intp), keep), taker])
    cost = np.concatenate([lists[0].ravel(), found[0]])
    who = np.concatenate([lists[1].ravel(), found[1]])
    order = np.lexsort((who, cost, takers))
    counts = np.bincount(takers, minlength=m)
    starts = np.cumsum(counts) - counts
    kept = order[(starts[:, None] + np.arange(keep, dtype=np.intp)).ravel()]
    return cost[kept].reshape(m, keep), who[kept].reshape(m, keep)
