"""A stranger's solver: one after the other takes the next customer who may be theirs."""

import attrs
import numpy as np

import custseg as cs
from custseg.allocate import InfeasibleError


@cs.strategy("rotation")
@attrs.frozen
class Rotation:
    """Whoever has the fewest so far takes the next customer; minimums are filled first.

    Attributes:
        by_points: Whether points break a tie before the order of representatives does.
    """

    by_points: bool = True

    def solve(self, points, lo, hi):
        """One column a row, -1 where nobody has room."""
        at, load = np.full(len(points), -1), np.zeros(len(hi), dtype=np.int64)
        for limit in (lo, hi):
            for row in np.flatnonzero(at < 0):
                free = np.flatnonzero(~np.isnan(points[row]) & (load < limit))
                if free.size:
                    worth = -points[row, free] if self.by_points else np.zeros(free.size)
                    at[row] = free[np.lexsort((free, worth, load[free]))[0]]
                    load[at[row]] += 1
        if short := tuple(np.flatnonzero(load < lo).tolist()):
            needed = int(lo[list(short)].sum())
            raise InfeasibleError(short, needed, int(load[list(short)].sum()))
        return at
