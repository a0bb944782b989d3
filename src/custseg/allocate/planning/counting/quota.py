"""Classes shared out as counts: how many of each go to whom, without a row a customer."""

from collections.abc import Callable
from typing import cast

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.planning.asking.pairs import Pairs
from custseg.allocate.planning.counting.census import Counted
from custseg.allocate.planning.sharing.classed import amounts_of, limit, told_apart
from custseg.allocate.planning.sharing.settled import Settled, settled
from custseg.allocate.planning.sharing.shared import Shared
from custseg.allocate.planning.sharing.solvers import reached
from custseg.allocate.planning.sharing.violation import Violation, among
from custseg.allocate.solving.solution import GRID
from custseg.allocate.solving.solver import Solver
from custseg.reasons import Reason

Served = Callable[["Crowd"], Ints]


@attrs.frozen(eq=False)
class Crowd:
    """Those who wait, by kind: customers with the same points, whatever else is known of them.

    Attributes:
        points: The points of each kind.
        sizes: How many wait.
        kinds: The kind of each class; -1 for who does not wait.
        hi: The most customers for each representative.
    """

    points: Floats
    sizes: Ints
    kinds: Index
    hi: Ints


@attrs.frozen(eq=False)
class Quota:
    """How many of each kind each representative gets.

    Attributes:
        crowd: Those who were shared out.
        amounts: Kinds x representatives.
        fixed: The representative of each class that was settled before, -1 for none.
        solution: Prices, bound, total and what had to be broken; nobody is named.
    """

    crowd: Crowd
    amounts: Ints
    fixed: Index
    solution: Shared

    @property
    def split(self) -> Bools:
        """The kinds of which not all go to one representative, or not all go to nobody."""
        most = self.amounts.max(axis=1, initial=0)
        return np.asarray((most > 0) & (most < self.crowd.sizes))

    @property
    def whole(self) -> Index:
        """The representative of each class whose customers all have the same, -1 for nobody."""
        first = self.amounts.argmax(axis=1) if self.amounts.size else np.zeros(0, dtype=np.intp)
        one = np.where(self.amounts.any(axis=1), first, -1)
        waits = self.crowd.kinds >= 0
        out = self.fixed.copy()
        out[waits] = one[self.crowd.kinds[waits]]
        return out


def quota(counted: Counted, solver: Solver, served: Served) -> Quota:
    """Share out classes.

    Args:
        counted: Customers by class.
        solver: One that shares classes.
        served: How many of each kind are served; asked where places are short.

    Raises:
        CapacityError: Minimums cannot be reached, or the solver breaks a limit.
    """
    problem, sizes = counted.problem, counted.sizes
    fixed = settled(problem, sizes)
    waiting = (fixed.at < 0) & ~problem.barred
    alike = told_apart(
        Pairs(problem.open_points(), np.arange(sizes.size, dtype=np.intp)), fixed.hi > 0
    )
    kinds = np.where(waiting, cast("Index", alike.at), -1)
    many = np.zeros(len(alike.points), dtype=np.int64)
    np.add.at(many, kinds[waiting], sizes[waiting])
    crowd = Crowd(alike.points, many, kinds, fixed.hi)

    def ask(lo: Ints) -> tuple[Ints, Floats]:
        if not crowd.hi.size:
            return np.zeros(crowd.points.shape, dtype=np.int64), np.zeros(0)
        return amounts_of(solver, crowd.points, many, (lo, crowd.hi), lambda: served(crowd))

    reports = problem.settings is not None and problem.settings.shortfall == "report"
    (amounts, prices), lo, lowered = reached(ask, fixed.lo, problem, report=reports)
    bound = limit(crowd.points, amounts.sum(axis=1), prices, (lo, crowd.hi))
    shared = _told(counted, fixed, (crowd.points, amounts), (prices, bound, lowered))
    return Quota(crowd, amounts, fixed.at, shared)


def _told(
    counted: Counted,
    fixed: Settled,
    given: tuple[Floats, Ints],
    found: tuple[Floats, float, tuple[Violation, ...]],
) -> Shared:
    """Prices, bound and total, settled customers among them."""
    prices, bound, lowered = found
    there = given[1] > 0
    solved = _sum(given[0][there], given[1][there])
    rows = np.flatnonzero(fixed.at >= 0)
    own = counted.problem.open_points()[rows, fixed.at[rows]] if rows.size else np.zeros(0)
    known = ~np.isnan(own)
    total = solved + _sum(own[known], counted.sizes[rows[known]])
    codes = {"owner_locked": rows}
    return Shared(
        fixed.at,
        prices,
        bound=total / GRID + (bound - solved / GRID),
        total=total / GRID,
        told=codes,
        violations=(*fixed.violations, *_refused(counted, rows, own), *lowered),
    )


def _sum(points: Floats, sizes: Ints) -> int:
    """Points of many customers, in whole steps of the grid."""
    steps = np.rint(points * GRID).astype(np.int64).tolist()
    return sum(a * b for a, b in zip(steps, sizes.tolist(), strict=True))


def _refused(counted: Counted, rows: Index, got: Floats) -> tuple[Violation, ...]:
    """Settled customers whose owner would not be eligible."""
    problem = counted.problem
    barred = rows[problem.barred[rows]]
    against = rows[np.isnan(got) & ~problem.barred[rows]]
    return tuple(
        among(Reason(code, {"count": int(counted.sizes[some].sum())}), problem, ())
        for code, some in (("locked_barred", barred), ("locked_not_eligible", against))
        if some.size
    )
