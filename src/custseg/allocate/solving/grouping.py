"""Customers who are alike, shared out together: the matrix of all customers is never needed."""

from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.counted.certificate import worth
from custseg.allocate.solving.counted.flows import Flow
from custseg.allocate.solving.grid import Grid
from custseg.allocate.solving.seats.evening import balance
from custseg.allocate.solving.seats.serving import cover, let_in
from custseg.allocate.solving.seats.shares import Shares, alike_rows
from custseg.allocate.solving.solution import Solution, scale_of
from custseg.allocate.solving.solver import InfeasibleError, check_problem, whole


@attrs.frozen
class Classes:
    """The best shares of customers who are alike, ten million at a time.

    Customers with the same points make one class. Whole classes move between representatives, as
    many at once as can, so that the work depends on the number of classes and not of customers.
    The total is the same as that of ``Exact``.

    >>> import numpy as np
    >>> points = np.array([[0.9, 0.8], [0.9, 0.8], [0.7, 0.1]])
    >>> Classes().solve(points, np.array([0, 0]), np.array([1, 2])).tolist()
    [1, 1, 0]
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
            loads: Compiled loads that must be kept too.
            warm: Prices of an earlier solution; they are needed with loads only.

        Raises:
            InfeasibleError: The minimums cannot be reached; names who contradicts whom.
            CapacityError: A limit is negative, or a minimum above its maximum.
        """
        check_problem(points, lo, hi)
        if loads is not None:
            from custseg.allocate.solving.loaded.sharing import priced  # noqa: PLC0415 - only then

            return priced(points, lo, hi, loads, warm=warm)
        rows = cover(points, np.arange(len(points), dtype=np.intp), hi)
        first, group = alike_rows(points, rows)
        sizes = np.bincount(group, minlength=first.size).astype(np.int64)
        shared = shares_of(points[rows[first]], sizes, (lo, hi), scale_of(points))
        at: Index = np.full(len(points), -1, dtype=np.intp)
        at[rows] = dealt(group, shared.amounts)
        return Solution(at, shared.prices, bound=shared.bound)

    def share(self, points: Floats, sizes: Ints, lo: Ints, hi: Ints) -> tuple[Ints, Floats]:
        """Say how many customers of each class each representative gets.

        When places are short, as many as possible are served, and of these the best.

        Args:
            points: How well each class goes with each representative, K x m; NaN: not eligible.
            sizes: How many customers each class has.
            lo: The fewest customers for each.
            hi: The most customers for each.

        Returns:
            Amounts K x m, and the prices of the representatives.

        Raises:
            InfeasibleError: The minimums cannot be reached; names who contradicts whom.
            CapacityError: A limit is negative, or a minimum above its maximum.

        >>> import numpy as np
        >>> points, sizes = np.array([[0.9, 0.5], [0.8, np.nan]]), np.array([60, 50])
        >>> amounts, prices = Classes().share(points, sizes, np.zeros(2), np.array([70, 90]))
        >>> amounts.tolist(), prices.tolist()
        ([[20, 40], [50, 0]], [0.4, 0.0])
        """
        check_problem(points, lo, hi)
        found = shares_of(points, sizes.astype(np.int64), (lo, hi))
        return found.amounts, found.prices


@attrs.frozen(eq=False)
class Shared:
    """Amounts of classes with prices and a proven bound."""

    amounts: Ints
    prices: Floats
    bound: float


def shares_of(
    points: NDArray[Any], sizes: Ints, limits: tuple[Ints, Ints], scale: float = 0.0
) -> Shared:
    """The best amounts K x m, evened out among equals; scale 0: the grid the points ask for."""
    m = int(points.shape[1])
    n = int(sizes.sum())
    lo, hi = whole(limits[0], up=True), whole(limits[1])
    hi = np.maximum(np.minimum(hi, n), lo)
    grid = Grid.of(points, hi)
    if scale:
        grid = attrs.evolve(grid, scale=scale)
    steps = grid.read(slice(0, grid.size))
    some = np.flatnonzero((sizes > 0) & (steps > -np.inf).any(axis=1))
    amounts = np.zeros((len(points), m), dtype=np.int64)
    if not some.size:
        refuse_any(lo)
        return Shared(amounts, np.zeros(m, dtype=np.float64), 0.0)
    flow = _flow(steps[some], sizes[some], (lo, hi))
    flow.run()
    flow.prices[:-1] = worth(flow.head(), flow.amounts.sum(axis=0), (flow.lo, flow.hi))
    bound = _bound(flow)
    _even(flow)
    amounts[some] = flow.amounts[:, :m]
    return Shared(amounts, flow.prices[:m] / grid.scale, bound / grid.scale)


def _flow(steps: Floats, sizes: Ints, limits: tuple[Ints, Ints]) -> Flow:
    """Where not all can be served, one more takes as many as cannot: anybody, without points."""
    waiting = _waiting(steps > -np.inf, sizes, limits[1])
    if waiting:
        steps = np.column_stack([steps, np.zeros(len(steps))])
        limits = np.append(limits[0], waiting), np.append(limits[1], waiting)
    return Flow.of(steps, sizes, limits)


def refuse_any(lo: Ints) -> None:
    """There is nobody to share out: nobody may have to get any.

    Raises:
        InfeasibleError: Somebody has a minimum.
    """
    if lo.any():
        who = tuple(np.flatnonzero(lo).tolist())
        raise InfeasibleError(who, int(lo.sum()), 0)


def _waiting(allowed: Bools, sizes: Ints, hi: Ints) -> int:
    """How many cannot be served at all."""
    if allowed.all():
        return max(0, int(sizes.sum() - hi.sum()))
    shares = Shares.of(np.zeros(allowed.shape, dtype=np.int64), allowed)
    return int(let_in(shares, sizes, hi.copy()).sum())


def _bound(flow: Flow) -> int:
    """What the prices alone allow at most, in steps."""
    best = (flow.points - flow.prices[:-1]).max(axis=1)
    steps = _dot(flow.sizes, best)
    return steps + _dot(np.where(flow.prices[:-1] > 0, flow.hi, flow.lo), flow.prices[:-1])


def _dot(counts: Ints, steps: Floats) -> int:
    """A sum that is exact however large it grows."""
    return sum(a * int(b) for a, b in zip(counts.tolist(), steps.tolist(), strict=True))


def _even(flow: Flow) -> None:
    tight = flow.tight()
    tied = np.flatnonzero(tight.sum(axis=1) > 1)
    if tied.size:
        shares = Shares.of(flow.amounts[tied], tight[tied])
        load = flow.amounts.sum(axis=0)
        balance(shares, load, flow.prices[:-1] == 0, (flow.lo, flow.hi))
        flow.amounts[tied] = shares.amounts


def dealt(group: Index, amounts: Ints) -> Index:
    """Deal the rows of each class to its representatives, each spread over the whole class.

    Rows are in order of priority: so everybody gets as many of the first as of the last.

    >>> import numpy as np
    >>> dealt(np.array([0, 0, 0, 0, 0, 0]), np.array([[4, 2]])).tolist()
    [0, 1, 0, 0, 1, 0]
    """
    at = np.full(group.size, -1, dtype=np.intp)
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(np.bincount(group, minlength=len(amounts)))
    starts = ends - np.diff(ends, prepend=0)
    for number in np.flatnonzero(amounts.any(axis=1)).tolist():
        reps = np.flatnonzero(amounts[number])
        counts = amounts[number, reps]
        rows = order[starts[number] : ends[number]]
        if reps.size == 1:
            at[rows[: counts[0]]] = reps[0]
            continue
        turn = np.concatenate([(np.arange(c, dtype=np.intp) + 0.5) / c for c in counts.tolist()])
        queue = np.argsort(turn, kind="stable")
        at[rows[: queue.size]] = np.repeat(reps, counts)[queue]
    return at
