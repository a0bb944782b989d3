"""The best answer there is, with what places are worth and a proof that none is better."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.counted.certificate import certified, worth
from custseg.allocate.solving.counted.frontier import Frontier
from custseg.allocate.solving.counted.nudging import nudged
from custseg.allocate.solving.counted.repair import Repair
from custseg.allocate.solving.counted.settling import settled
from custseg.allocate.solving.counted.starting import start
from custseg.allocate.solving.grid import Grid, sample
from custseg.allocate.solving.grouping import Classes, dealt, refuse_any, shares_of
from custseg.allocate.solving.seats.book import reached
from custseg.allocate.solving.seats.evening import even
from custseg.allocate.solving.seats.serving import cover
from custseg.allocate.solving.seats.shares import alike_rows
from custseg.allocate.solving.solution import Solution
from custseg.allocate.solving.solver import InfeasibleError, check_problem, whole
from custseg.progress import each

_FIRST: Final = 1000
_RATIO: Final = 4
_FEW: Final = 4096
_ALIKE: Final = 8
_FAR: Final = 0.1  # of all are astray: known prices are no better than none
_NEAR: Final = 0.05  # of the noise of a sample: nearer prices would not be better prices


@attrs.frozen
class Exact:
    """The most points there can be, proven, for a million customers in seconds.

    Limits on numbers of customers make a transportation problem: one price for each
    representative decides everything. Prices come from samples; the last customers are moved
    along cheapest paths, on whole numbers, so that the answer is exact and the prices prove it.

    Earlier rows are served first when places are short. Among equally good answers it takes one
    whose loads are even, by the part of the places that is used. Points count in steps of 1e-9
    (larger ones where they are above 1e4); whole numbers count as they are up to 8e12, and the
    smallest one of their type stands for a pair that is not eligible.

    Source:
        Successive shortest paths with prices: Ahuja, Magnanti and Orlin, "Network Flows" (1993),
        ch. 9.7; prices of representatives: Bertsekas and Castanon, LIDS-P-1850 (1989).

    >>> import numpy as np
    >>> points = np.array([[0.9, 0.8], [0.9, 0.1], [0.7, 0.6]])
    >>> found = Exact().solution(points, np.array([0, 0]), np.array([1, 2]))
    >>> found.at.tolist(), found.prices.tolist(), found.bound
    ([1, 0, 1], [0.1, 0.0], 2.3)
    """

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
        return self.solution(points, lo, hi).at

    def share(self, points: Floats, sizes: Ints, lo: Ints, hi: Ints) -> tuple[Ints, Floats]:
        """Share whole classes of alike customers, as ``Classes`` does.

        Args:
            points: How well each class goes with each representative, K x m; NaN: not eligible.
            sizes: How many customers each class has.
            lo: The fewest customers for each.
            hi: The most customers for each.

        Returns:
            Amounts K x m, and the prices of the representatives.
        """
        return Classes().share(points, sizes, lo, hi)

    def solution(
        self,
        points: Floats,
        lo: Ints,
        hi: Ints,
        *,
        loads: Any = None,  # noqa: ANN401 - compiled loads, of the package beside
        warm: Floats | None = None,
    ) -> Solution:
        """The same with prices and a bound that equals the total.

        Args:
            points: How well each pair goes together, n x m; NaN where not eligible.
            lo: The fewest customers for each.
            hi: The most customers for each.
            loads: Compiled loads that must be kept too: then the bound may be above the total.
            warm: Prices of an earlier solution, to start from; only the speed depends on them.
                What cannot be a price, or is one for another number of them, is not used.

        Raises:
            InfeasibleError: The minimums cannot be reached; names who contradicts whom.
            CapacityError: A limit is negative, or a minimum above its maximum.
        """
        check_problem(points, lo, hi)
        if loads is not None:
            from custseg.allocate.solving.loaded.sharing import priced  # noqa: PLC0415 - only then

            return priced(points, lo, hi, loads, warm=warm)
        least, most = whole(lo, up=True), whole(hi)
        most = np.maximum(np.minimum(most, len(points)), least)
        grid = Grid.of(points, most)
        served = _served(points, grid, most)
        if served is not None:
            grid = grid.part(served)
        at = np.full(len(points), -1, dtype=np.intp)
        if not grid.size:
            refuse_any(least)
            return attrs.evolve(Solution.bare(at, least.size), bound=0.0)
        own, prices, bound = _solved(grid, (least, most), warm)
        at[slice(None) if served is None else served] = own
        return Solution(at, prices, bound=bound)


def _served(points: Floats, grid: Grid, hi: Ints) -> Index | None:
    """The rows that get somebody; ``None``: all."""
    n = len(points)
    if not grid.holes:
        return None if hi.sum() >= n else np.arange(int(hi.sum()), dtype=np.intp)
    rows = cover(points, np.arange(n, dtype=np.intp), hi)
    return None if rows.size == n else rows


def _solved(
    grid: Grid, limits: tuple[Ints, Ints], warm: Floats | None
) -> tuple[Index, Floats, float]:
    lo, hi = limits
    if not grid.holes and lo.sum() > grid.size:
        raise InfeasibleError(tuple(np.flatnonzero(lo).tolist()), int(lo.sum()), grid.size)
    tied = grid.tied()
    if tied and grid.size > _FEW:
        found = _by_classes(grid, limits)
        if found is not None:
            return found
    told = grid.twisted() if tied else grid
    work = _best(told, limits, warm)
    grid = attrs.evolve(told, twist=None)
    if told.twist is not None and np.abs(work.prices).max() > grid.high:
        work = _best(grid, limits, warm)
    at = work.lists.at.astype(np.intp)
    prices = worth(np.rint(work.lists.head), np.bincount(at, minlength=lo.size), limits)
    steps, ties = certified(grid, prices, limits)
    even(at, ties, prices, lo, hi)
    return at, prices * grid.unit / grid.scale, steps * grid.unit / grid.scale


def _by_classes(grid: Grid, limits: tuple[Ints, Ints]) -> tuple[Index, Floats, float] | None:
    """The same by classes, if customers are so much alike that it is less work."""
    rows = np.arange(grid.size, dtype=np.intp) if grid.rows is None else grid.rows
    some = rows[sample(rows.size, _FEW)]
    if 2 * alike_rows(grid.points, some)[0].size > some.size:
        return None
    first, group = alike_rows(grid.points, rows)
    if _ALIKE * first.size > rows.size:
        return None
    sizes = np.bincount(group, minlength=first.size).astype(np.int64)
    shared = shares_of(grid.points[rows[first]], sizes, limits, grid.scale)
    return dealt(group, shared.amounts), shared.prices, shared.bound


def _best(grid: Grid, limits: tuple[Ints, Ints], warm: Floats | None) -> Repair:
    work = None if warm is None else _at(grid, limits, _known(warm, grid))
    if work is None or work.astray() > _FAR * grid.size:
        work = _levels(grid, limits)
    if not work.run():
        raise _conflict(work, limits[0])
    return work


def _known(warm: Floats, grid: Grid) -> Floats:
    """Prices of an earlier time in steps; what cannot be one of now counts as 0."""
    if np.shape(warm) != (grid.reps,):
        return np.zeros(grid.reps)
    with np.errstate(over="ignore"):
        steps = np.rint(np.asarray(warm, dtype=np.float64) * grid.scale / grid.unit)
    return np.where(np.abs(steps) < grid.high / 2, steps, 0.0)


def _at(grid: Grid, limits: tuple[Ints, Ints], prices: Floats) -> Repair:
    at = settled(grid, prices, limits) if grid.twist is None else grid.best(prices)
    return Repair.of(Frontier.of(grid, at), *limits, prices)


def _levels(grid: Grid, limits: tuple[Ints, Ints]) -> Repair:
    """Prices of ever larger samples, each starting from those before it."""
    lo, hi = limits
    sizes = _sizes(grid.size, grid.reps)
    part, share = grid.part(sample(grid.size, sizes[0])), sizes[0] / grid.size
    prices = start(part, np.floor(lo * share), np.ceil(hi * share))
    work: Repair | None = None
    for size in each("solve", sizes):
        part = grid.part(sample(grid.size, size)) if size < grid.size else grid
        share = size / grid.size
        some = np.floor(lo * share).astype(np.int64), np.ceil(hi * share).astype(np.int64)
        if size == grid.size:
            some = limits
        at, prices = nudged(part, some, prices, work)
        work = Repair.of(Frontier.of(part, at), *some, prices)
        if size < grid.size:
            work.run(int(_NEAR * np.sqrt(size * grid.reps)))
            prices = work.prices[:-1].copy()
    return work or _at(grid, limits, prices)


def _sizes(n: int, m: int) -> list[int]:
    """Sizes of the samples, each four times the one before; the last is everybody."""
    first = min(n, max(_FIRST, 20 * m))
    sizes = [n]
    while sizes[-1] > first * _RATIO:
        sizes.append(sizes[-1] // _RATIO)
    if sizes[-1] > 1.5 * first:
        sizes.append(first)
    return sizes[::-1]


def _conflict(work: Repair, lo: Ints) -> InfeasibleError:
    """Whoever could give to one that lacks customers is at the minimum too."""
    m = lo.size
    links: Bools = np.isfinite(work.lists.head)
    lacking = np.flatnonzero((work.excess[:m] < 0) & ~work.reached()[:m])
    reach = reached(links.T, np.arange(m, dtype=np.intp) == lacking[0])
    here = int(np.bincount(work.lists.at, minlength=m)[reach].sum())
    return InfeasibleError(tuple(np.flatnonzero(reach).tolist()), int(lo[reach].sum()), here)
