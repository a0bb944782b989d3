"""Prices, whole customers and a bound: one problem answered."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.placing.admission import admit, evict
from custseg.allocate.solving.placing.desk import Desk
from custseg.allocate.solving.placing.exchange import swap
from custseg.allocate.solving.placing.moves import Moves, drawn, polish, settle
from custseg.allocate.solving.placing.trading import trade
from custseg.allocate.solving.pricing.grid import Grid, Near
from custseg.allocate.solving.pricing.search import Scale, coolest, search
from custseg.allocate.solving.regret import Greedy
from custseg.allocate.solving.solution import Solution, total
from custseg.allocate.solving.solver import InfeasibleError

SMALL: Final = 3000
"""Up to so many pairs a search of whole customers proves or betters the answer."""
_PAIRS: Final = 4_000_000
_CLOSE: Final = 1e-9
_HOPE: Final = 0.8
_WIDER: Final = (1.0, 8.0, 64.0)
_ENOUGH: Final = 5e-4


@attrs.frozen(eq=False)
class Answer:
    """Where the rows went, and the prices that sent them there.

    Attributes:
        grid: The problem.
        prices: One an unknown, for a customer of mean weight.
        near: The pairs near the best of their row.
        desk: Whole rows within the limits.
        units: How many steps make 1 of each unknown's measure.
        sizes: How many unknowns count and each load have.
    """

    grid: Grid
    prices: Floats
    near: Near
    desk: Desk
    units: Floats
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, grid: Grid, loads: Loads, warm: Floats | None = None) -> "Answer":
        """Search prices, then seat whole rows.

        Args:
            grid: The problem.
            loads: The loads it was made of.
            warm: The prices of an earlier answer, count first, then each load.
        """
        sizes = [low.size for low in loads.lo]
        sizes = [grid.size - sum(sizes), *sizes]
        units = np.repeat([1.0, *(loads.unit(r) for r in range(loads.size))], sizes)
        start = None if warm is None or warm.size != grid.size else warm * grid.mean / units
        prices = search(grid, start)
        heft = np.maximum(grid.heft(), 0.5)
        near = Near.of(grid, prices, Scale.of(grid).spread / 40 * heft)
        made = cls(grid, prices, near, _seated(grid, near, prices), units, tuple(sizes))
        made.bettered()
        return made

    @property
    def few(self) -> bool:
        """Whether there are so few pairs that a search settles everything."""
        return self.grid.rows * self.desk.nobody <= SMALL

    def missing(self, grid: Grid) -> float:
        """How far minimums of loads are from being reached, in customers of mean weight.

        Args:
            grid: The problem whose minimums count.
        """
        short = np.maximum(grid.lo - self.desk.held[:-1], 0.0) / grid.mean
        return float(np.sort(short[self.sizes[0] :]).sum())

    def bettered(self) -> None:
        """Couples of moves, near ones and then wider ones, where single moves left a gap."""
        grid, desk = self.grid, self.desk
        margin = Scale.of(grid).spread / 40
        for wider in _WIDER:
            if self._closed():
                return
            near = Near.of(grid, self.prices, wider * margin * np.maximum(grid.heft(), 0.5))
            if near.row.size > _PAIRS:
                return
            moves = Moves.of(grid, near, self.prices)
            trade(desk, moves, self.prices)
            polish(desk, moves)

    def _closed(self) -> bool:
        found = self.solution()
        got, bound = total(self.grid.points, found.at), found.bound or 0.0
        return bound - got <= _ENOUGH * max(abs(bound), 1e-300)

    def solution(self) -> Solution:
        """The answer in the caller's terms."""
        grid, desk = self.grid, self.desk
        at = np.where(desk.at == desk.nobody, -1, desk.at)
        kept = attrs.evolve(grid, lo=np.minimum(grid.lo, desk.held[:-1]))
        rows = np.sort(self.near.top[at >= 0])
        bound = max(float(rows.sum()) + kept.worth(self.prices), total(grid.points, at))
        plain = self.prices / grid.mean * self.units
        first, *parts = np.split(plain, np.cumsum(self.sizes)[:-1])
        return Solution(at, first, tuple(parts), bound)

    def proven(self) -> Solution:
        """The same; of few pairs, searched where prices leave a gap or a limit is missed."""
        found, desk = self.solution(), self.desk
        if not self.few:
            return found
        bound = found.bound or 0.0
        close = bound - total(self.grid.points, found.at) <= _CLOSE * max(1.0, abs(bound))
        if close and not desk.outside().any() and bool((found.at >= 0).all()):
            return found
        from custseg.allocate.solving.branching.search import whole  # noqa: PLC0415 - loads scipy

        return whole(desk, found)


def _seated(grid: Grid, near: Near, prices: Floats) -> Desk:
    """Whole customers within the limits, with a wider choice where that is not enough."""
    moves = Moves.of(grid, near, prices)
    first, even = Desk.of(grid, near.best), Desk.of(grid, drawn(moves, near.best, coolest(grid)))
    desk = min(first, even, key=lambda it: float(it.outside().sum()))
    settle(desk, moves)
    margin, size, last = Scale.of(grid).spread / 40, near.row.size, np.inf
    while desk.outside().any() and size < min(_PAIRS, grid.rows * desk.nobody):
        swap(desk)
        wrong = float(desk.outside().sum())
        if wrong > _HOPE * last:
            break
        last = wrong
        margin *= 4
        wide = Near.of(grid, prices, margin * np.maximum(grid.heft(), 0.5))
        size = max(wide.row.size, size + 1)
        settle(desk, Moves.of(grid, wide, prices))
    swap(desk)
    evict(desk)
    admit(desk)
    polish(desk, moves)
    return desk


def nothing(points: Floats, lo: Ints, loads: Loads) -> Solution:
    """The answer where there are no rows or no columns.

    Raises:
        InfeasibleError: Somebody must get customers.
    """
    at = np.full(len(points), -1, dtype=np.intp)
    none = np.zeros_like(lo, dtype=np.float64)
    zeros = tuple(np.zeros_like(low) for low in loads.lo)
    found = Solution(at, none, zeros, 0.0)
    check_counts(found, points, lo, lo)
    return found


def check_counts(found: Solution, points: Floats, lo: Ints, hi: Ints) -> None:
    """Minimums of customers that are missed are refused, as every solver does.

    Raises:
        InfeasibleError: Somebody has fewer than the fewest.
    """
    counted = np.bincount(found.at[found.at >= 0], minlength=lo.size)
    short = np.flatnonzero(counted < lo)
    if short.size:
        if len(points):
            Greedy().solve(points.copy(), lo, hi)  # names who contradicts whom by counts alone
        who = tuple(short.tolist())
        raise InfeasibleError(who, int(lo[short].sum()), int(counted[short].sum()))
