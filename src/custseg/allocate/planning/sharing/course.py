"""One problem shared out: locks first, families whole, the rest by the solver."""

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.planning.asking.pairs import Pairs
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.sharing.classed import alike, by_classes, shares_classes
from custseg.allocate.planning.sharing.families import Families
from custseg.allocate.planning.sharing.job import Found, Job, solved
from custseg.allocate.planning.sharing.settled import settled
from custseg.allocate.planning.sharing.shared import Shared, gained, summed
from custseg.allocate.planning.sharing.solvers import reached
from custseg.allocate.planning.sharing.violation import Violation, among
from custseg.allocate.planning.sharing.wholeness import kept_whole
from custseg.allocate.solving.solver import Solver
from custseg.reasons import Reason


def pairs_of(problem: Problem, solver: Solver) -> Pairs:
    """The points: by classes where the solver shares classes and nothing needs single customers.

    Points alone decide whether there are classes: words that make no difference do not.

    Args:
        problem: What is asked.
        solver: Who will solve it.
    """
    single = problem.families is not None or problem.loads is not None
    if single or not problem.score.team.size or not shares_classes(solver):
        return Pairs(problem.points())
    found = problem.grouped()
    if found is not None:
        return found
    points = problem.open_points()
    found = alike(points)
    if found is not None:
        return found
    points[problem.barred] = np.nan
    return Pairs(points)


def shared_out(
    problem: Problem, solver: Solver, pairs: Pairs, warm: Floats | None = None
) -> Shared:
    """Give every customer a representative, as far as limits allow.

    Args:
        problem: What is asked.
        solver: How customers are shared out.
        pairs: The points; left as they are.
        warm: Prices to start from.

    Raises:
        CapacityError: Minimums cannot be reached, or the solver breaks a limit.
    """
    fixed = settled(problem)
    reports = problem.settings is not None and problem.settings.shortfall == "report"
    waiting = (fixed.at < 0) & ~problem.barred
    job = Job(problem, solver, waiting, fixed, warm, reports)
    found = _singly(job, pairs.points) if pairs.at is None else _classes(job, pairs)
    return _whole(job, pairs, found)


def _classes(job: Job, pairs: Pairs) -> Found:
    """Solve with a row a class."""
    hi = job.fixed.hi
    found, _, lowered = reached(
        lambda lo: by_classes(job.solver, pairs, job.waiting, lo, hi),
        job.fixed.lo,
        job.problem,
        report=job.reports,
    )
    return Found(found, violations=lowered)


def _singly(job: Job, points: Floats) -> Found:
    """Solve with a row a customer; who does not wait is taken out for the time being."""
    families = Families.of(job.problem, points, job.waiting)
    out = ~job.waiting
    if families is not None:
        out[families.rows] = True
    kept = points[out]
    points[~job.waiting] = np.nan
    try:
        return solved(job, points) if families is None else kept_whole(job, points, families)
    finally:
        points[out] = kept


def _whole(job: Job, pairs: Pairs, found: Found) -> Shared:
    """Settled and solved customers in one answer."""
    problem, fixed, solution = job.problem, job.fixed, found.solution
    missing = None
    if solution.bound is not None:
        missing = solution.bound - summed(gained(pairs, solution))
    at = np.where(fixed.at >= 0, fixed.at, solution.at)
    got = gained(pairs, attrs.evolve(solution, at=at))
    total = summed(got)
    held = np.zeros(at.size, dtype=np.bool_) if problem.locked is None else problem.locked
    rows = np.flatnonzero(fixed.at >= 0)
    told = {
        "owner_locked": rows[held[rows]],
        "with_family": rows[~held[rows]],
        **found.told,
    }
    return Shared(
        at,
        solution.prices,
        solution.load_prices,
        None if missing is None else total + missing,
        solution.splits,
        total,
        told,
        (*fixed.violations, *_refused(problem, rows, got), *found.violations),
    )


def _refused(problem: Problem, rows: Index, got: Floats) -> tuple[Violation, ...]:
    """Settled customers whose owner would not be eligible."""
    barred = rows[problem.barred[rows]]
    against = rows[np.isnan(got[rows]) & ~problem.barred[rows]]
    return tuple(
        among(Reason(code, {"count": int(some.size)}), problem, (), some)
        for code, some in (("locked_barred", barred), ("locked_not_eligible", against))
        if some.size
    )
