"""Loads beside the count: what of them was kept, what was not, and who found no room for it."""

import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.limiting.conflict import ConflictError, conflict
from custseg.allocate.limiting.keeping import KeptLoad, kept
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.sharing.solvers import Question
from custseg.allocate.planning.sharing.violation import Violation, among
from custseg.allocate.solving.solution import Solution
from custseg.reasons import Reason

_BLOCK = 1 << 12
_HAIR = 1e-9


def broken(
    problem: Problem, question: Question, found: Solution, *, report: bool
) -> tuple[Violation, ...]:
    """Which limits an answer does not keep.

    Args:
        problem: Where the ids stand.
        question: What was solved.
        found: The answer.
        report: Say what contradicts; else refuse it.

    Raises:
        ConflictError: Minimums contradict other limits or who is eligible; names a smallest set.
    """
    loads = question.loads
    if loads is None:
        return ()
    given = np.bincount(found.at[found.at >= 0], minlength=question.hi.size)
    few = np.flatnonzero(given < question.lo).tolist()
    held = kept(loads, found)
    said: list[Violation] = []
    if few or any(one.short for one in held):
        team = problem.score.team.ids
        bounds = conflict(question.points, question.lo, question.hi, loads, team)
        if bounds and not report:
            raise ConflictError(bounds)
        if bounds:
            named = "; ".join(bound.text() for bound in bounds)
            why = Reason("limits_conflict", {"limits": named})
            said.append(Violation(why, limits=tuple(bounds)))
    for rep in few:
        ends = {"needed": int(question.lo[rep]), "given": int(given[rep])}
        said.append(among(Reason("count_below", ends), problem, (rep,)))
    return (*said, *(one for each in held for one in _ends(each)))


def _ends(one: KeptLoad) -> tuple[Violation, ...]:
    told = {"load": one.load, "held": one.held}
    if one.short:
        return (Violation(Reason("load_below", {**told, "least": one.low}), (one.group,)),)
    if one.over:
        return (Violation(Reason("load_above", {**told, "most": one.high}), (one.group,)),)
    return ()


def without_room(question: Question, at: Index) -> Index:
    """Who has no owner only because everybody with a place would carry too much.

    Args:
        question: What was solved.
        at: Who has whom.
    """
    loads = question.loads
    if loads is None:
        return np.zeros(0, dtype=np.intp)
    spare = [top - by + _HAIR for top, by in zip(loads.hi, loads.held(at), strict=True)]
    places = np.bincount(at[at >= 0], minlength=question.hi.size) < question.hi
    rows: Index = np.flatnonzero(at < 0)
    found = [
        _shut(question.points, loads, spare, places, rows[start : start + _BLOCK])
        for start in range(0, rows.size, _BLOCK)
    ]
    return np.concatenate(found) if found else rows


def _shut(points: Floats, loads: Loads, spare: list[Floats], places: Bools, rows: Index) -> Index:
    roomy = ~np.isnan(points[rows]) & places
    fits = roomy.copy()
    for r, left in enumerate(spare):
        group = loads.group[r]
        factors = loads.of_pairs(r)
        weighs = loads.weight[r, rows][:, None] * (1.0 if factors is None else factors[rows])
        fits &= (weighs <= np.append(left, np.inf)[group]) | (group < 0)
    return rows[roomy.any(axis=1) & ~fits.any(axis=1)]
