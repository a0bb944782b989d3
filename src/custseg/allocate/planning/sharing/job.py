"""One piece of work for a solver, and what came of it."""

from collections.abc import Mapping

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.sharing.carrying import broken, without_room
from custseg.allocate.planning.sharing.settled import Settled
from custseg.allocate.planning.sharing.solvers import Question, asked, reached
from custseg.allocate.planning.sharing.violation import Violation
from custseg.allocate.solving.solution import Solution
from custseg.allocate.solving.solver import Solver


@attrs.frozen(eq=False)
class Job:
    """What is left to be solved.

    Attributes:
        problem: What is asked.
        solver: How customers are shared out.
        waiting: Who is to be shared out.
        fixed: Who is settled, and what that leaves.
        warm: Prices to start from.
        reports: Minimums that contradict are lowered and reported, not refused.
    """

    problem: Problem
    solver: Solver
    waiting: Bools
    fixed: Settled
    warm: Floats | None = None
    reports: bool = False

    @property
    def loads(self) -> Loads | None:
        """What the settled customers leave of the loads."""
        loads = self.problem.loads
        if loads is None or not (self.fixed.at >= 0).any():
            return loads
        held = loads.held(self.fixed.at)
        hi = tuple(np.maximum(top - by, 0) for top, by in zip(loads.hi, held, strict=True))
        lo = tuple(
            np.minimum(np.maximum(low - by, 0), top)
            for low, by, top in zip(loads.lo, held, hi, strict=True)
        )
        return attrs.evolve(loads, lo=lo, hi=hi)


@attrs.frozen(eq=False)
class Found:
    """What a solver found.

    Attributes:
        solution: The answer over all customers, -1 for those who did not wait.
        told: Customers whose reason is not seen from the points, by its code.
        violations: What had to be broken.
    """

    solution: Solution
    told: Mapping[str, Index] = attrs.field(factory=dict[str, Index])
    violations: tuple[Violation, ...] = ()


def solved(job: Job, points: Floats) -> Found:
    """Ask the solver, with a row a customer.

    Args:
        job: What is left to be solved.
        points: NaN where not eligible or not waiting.
    """
    return ask(job, Question(points, job.fixed.lo, job.fixed.hi, job.loads, job.warm))


def ask(job: Job, question: Question) -> Found:
    """Ask the solver; minimums are lowered where that is what the settings say.

    Args:
        job: What is left to be solved.
        question: What to solve of it.
    """
    found, _, lowered = reached(
        lambda lo: asked(job.solver, attrs.evolve(question, lo=lo), job.problem),
        question.lo,
        job.problem,
        report=job.reports,
    )
    if question.loads is None:
        return Found(found, violations=lowered)
    wrong = broken(job.problem, question, found, report=job.reports)
    shut = without_room(question, found.at)
    return Found(found, {"load_full": shut}, (*lowered, *wrong))
