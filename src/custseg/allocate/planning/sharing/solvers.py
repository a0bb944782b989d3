"""A solver asked by what it can do, and its answer checked, whoever wrote it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.sharing.violation import Violation, among
from custseg.allocate.solving.solution import Solution
from custseg.allocate.solving.solver import InfeasibleError, Solver, check_answer
from custseg.errors import ConfigError
from custseg.reasons import Reason

T = TypeVar("T")


@attrs.frozen(eq=False)
class Question:
    """What a solver is asked: points and limits, in canonical order.

    Attributes:
        points: One row a customer; NaN where not eligible, all NaN for who is settled.
        lo: The fewest for each.
        hi: The most for each.
        loads: What else must be kept.
        warm: Prices to start from.
    """

    points: Floats
    lo: Ints
    hi: Ints
    loads: Loads | None = None
    warm: Floats | None = None


def asked(solver: Solver, question: Question, problem: Problem) -> Solution:
    """Ask a solver for its best: with prices and proof if it can, by ids if it wants them.

    Args:
        solver: Any solver.
        question: What to solve.
        problem: Where the ids stand.

    Raises:
        InfeasibleError: The minimums cannot be reached; names the columns of representatives.
        ConfigError: There are loads, and the solver knows none.
        CapacityError: The answer breaks a limit.
    """
    team = problem.score.team
    if not team.size:
        nobody = np.full(len(question.points), -1, dtype=np.intp)
        return Solution(nobody, np.zeros(0), bound=0.0)
    points = question.points.view()
    points.flags.writeable = False
    found = _answer(solver, attrs.evolve(question, points=points), problem)
    at = np.asarray(found.at, dtype=np.intp)
    least = question.lo if question.loads is None else np.zeros_like(question.lo)
    check_answer(at, question.points, least, question.hi)  # with loads, minimums may be missed
    return attrs.evolve(found, at=at)


def _answer(solver: Any, question: Question, problem: Problem) -> Solution:  # noqa: ANN401 - by what it can do
    points, lo, hi = question.points, question.lo, question.hi
    proves = callable(getattr(solver, "solution", None))
    if question.loads is not None:
        if not proves:
            msg = f"{type(solver).__name__} keeps no loads: use a solver that does, such as Exact"
            raise ConfigError(msg, "allocation.solver")
        return _seen(solver.solution(points, lo, hi, loads=question.loads, warm=question.warm))
    if proves:
        return _seen(solver.solution(points, lo, hi, warm=question.warm))
    if callable(getattr(solver, "place", None)):
        ids = problem.score.people.ids, problem.score.team.ids
        return Solution.bare(solver.place(points, lo, hi, ids=ids), hi.size)
    return Solution.bare(solver.solve(points, lo, hi), hi.size)


def _seen(found: Any) -> Solution:  # noqa: ANN401 - a stranger's answer
    return cast("Solution", found)


def reached(
    ask: Callable[[Ints], T], lo: Ints, problem: Problem, *, report: bool
) -> tuple[T, Ints, tuple[Violation, ...]]:
    """The answer, with minimums that contradict one another lowered as little as it takes.

    Args:
        ask: Answers for some minimums.
        lo: The minimums that are wanted.
        problem: Where the ids stand.
        report: Lower minimums; else refuse.

    Returns:
        The answer, the minimums it keeps, and which of them were lowered.

    Raises:
        InfeasibleError: The minimums cannot be reached; names the representatives by id.
    """
    team, lowered = problem.score.team, list[Violation]()
    while True:
        try:
            return ask(lo), lo, tuple(lowered)
        except InfeasibleError as error:
            reps = [cast("int", rep) for rep in error.reps]
            needed, eligible = error.needed, error.eligible
            if not report or not int(lo[reps].sum()) > eligible >= 0:
                names = tuple(team.ids[rep] for rep in reps)
                raise InfeasibleError(names, needed, eligible) from None
        lo = _cut(lo, np.array(reps, dtype=np.intp), eligible)
        said = Reason("minimum_missed", {"needed": needed, "eligible": eligible})
        lowered.append(among(said, problem, reps))


def _cut(lo: Ints, reps: Index, most: int) -> Ints:
    """Minimums of some lowered to a joint sum, the largest first, so that the rest stay near."""
    low, level = 0, int(lo[reps].max())
    while low < level:
        middle = (low + level) // 2
        if int(np.minimum(lo[reps], middle).sum()) >= most:
            level = middle
        else:
            low = middle + 1
    out = lo.copy()
    out[reps] = np.minimum(lo[reps], level)
    over = int(out[reps].sum()) - most
    tops = reps[out[reps] == level][::-1]
    out[tops[:over]] -= 1
    return out
