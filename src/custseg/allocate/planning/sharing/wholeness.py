"""Families kept whole: parted for the solver, then put together where they fit."""

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.planning.sharing.families import Families, nobody, seated, too_large
from custseg.allocate.planning.sharing.job import Found, Job, ask, counted
from custseg.allocate.planning.sharing.solvers import Question
from custseg.allocate.solving.solution import Solution


def kept_whole(job: Job, points: Floats, families: Families) -> Found:
    """Share out families as one: each whole, or left out whole.

    Args:
        job: What is left to be solved.
        points: The points of each customer; families are changed in place.
        families: Those of two or more.
    """
    large, none = too_large(families, job.fixed.hi), nobody(families)
    families.points[large] = np.nan  # so that they are not served in part either
    keep = _by_load if job.loads is not None else _by_places
    found = keep(job, points, families)
    out = found.solution.at[families.rows] < 0
    told = {
        code: families.rows[out & np.isin(families.at, which)]
        for code, which in (("family_too_large", large), ("family_no_rep", none))
    }
    return attrs.evolve(found, told={**found.told, **told})


def _by_places(job: Job, points: Floats, families: Families) -> Found:
    """Relax, keep whom that leaves whole, place the others by size, then the rest exactly."""
    hi = job.fixed.hi
    families.parted(points)
    first = ask(job, Question(points, job.fixed.lo, hi, None, job.warm))
    relaxed = first.solution
    reps = families.whole(relaxed.at)
    room = hi - np.bincount(reps[reps >= 0], families.size[reps >= 0], hi.size).astype(np.int64)
    meant = families.meant(relaxed.at)
    seated(families, reps, np.flatnonzero((reps < 0) & meant), room, relaxed.prices)
    families.apart(points)
    least = np.minimum(np.maximum(job.fixed.lo - (hi - room), 0), room)
    rest = Question(points, least, room, None, relaxed.prices)
    found = ask(attrs.evolve(job, reports=True), rest)
    at = found.solution.at.copy()
    room = room - counted(at, hi.size)
    seated(families, reps, np.flatnonzero(reps < 0), room, relaxed.prices)
    families.placed(at, reps)
    proven = relaxed.bound is not None and bool(((at >= 0) == (relaxed.at >= 0)).all())
    solution = Solution(at, relaxed.prices, bound=relaxed.bound if proven else None)
    return Found(solution, violations=found.violations or first.violations)


def _by_load(job: Job, points: Floats, families: Families) -> Found:
    """One row a family, whose size is a load like any other."""
    rows: Index = np.flatnonzero(job.waiting)
    first = np.arange(len(points))
    first[families.rows] = families.rows[families.start][families.at]
    heads, unit = np.unique(first[rows], return_inverse=True)
    joint = np.full(len(points), -1, dtype=np.intp)
    joint[rows] = unit
    points[families.rows[families.start]] = families.points
    loads = job.loads
    if loads is None:  # for the type alone: who has no loads keeps families by places
        return Found(Solution.bare(joint, 0))
    lo, hi = job.fixed.lo, job.fixed.hi
    sizes = np.bincount(unit, minlength=heads.size)
    free = np.zeros_like(lo), np.full_like(hi, heads.size)
    wide = loads.joined(joint, heads.size).with_counts(sizes, lo, hi)
    ids = tuple(job.problem.score.team.ids)
    wide = attrs.evolve(wide, groups=(*wide.groups[:-1], ids))
    found = ask(job, Question(points[heads], *free, wide))
    one = found.solution
    at = np.where(joint >= 0, one.at[joint], -1)
    told = {code: np.flatnonzero(np.isin(joint, rows)) for code, rows in found.told.items()}
    splits = tuple((int(heads[row]), rep, part) for row, rep, part in one.splits)
    prices = one.load_prices[-1] if one.load_prices else one.prices
    return Found(
        Solution(at, prices, one.load_prices[:-1], one.bound, splits), told, found.violations
    )
