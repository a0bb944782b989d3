"""Families kept whole: parted for the solver, then put together, or as one row each."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.planning.asking.pairs import Pairs
from custseg.allocate.planning.sharing.families import Families, nobody, seated, too_large
from custseg.allocate.planning.sharing.job import Found, Job, ask
from custseg.allocate.planning.sharing.settled import counted
from custseg.allocate.planning.sharing.shared import gained, summed
from custseg.allocate.planning.sharing.solvers import Question
from custseg.allocate.solving.solution import Solution

_NEAR = 1e-4
"""The part of the bound that is not worth a second, slower way."""


def kept_whole(job: Job, points: Floats, families: Families) -> Found:
    """Share out families as one: each whole, or left out whole.

    Args:
        job: What is left to be solved.
        points: The points of each customer; families are changed in place.
        families: Those of two or more.
    """
    hi = job.fixed.hi
    large, none = too_large(families, hi), nobody(families)
    families.points[large] = np.nan  # so that they are not served in part either
    found = (
        _by_load(job, points, families) if job.loads is not None else _both(job, points, families)
    )
    at = found.solution.at
    out = at[families.rows[families.start]] < 0
    tight = out & families.tight(hi - counted(at, hi.size))
    reasons = {"family_full": np.flatnonzero(tight), "family_too_large": large}
    told = {code: families.members(which) for code, which in reasons.items()}
    told["family_no_rep"] = families.members(none)
    return attrs.evolve(found, told={**found.told, **told})


def _both(job: Job, points: Floats, families: Families) -> Found:
    """Two ways to whole families; the better answer, and the nearer of both proofs."""
    first = _Way.of(_by_places(job, points, families), points, families)
    if first.sure or not callable(getattr(job.solver, "solution", None)):
        return first.found
    second = _Way.of(_by_load(job, points, families), points, families)
    return first.better(second)


@attrs.frozen(eq=False)
class _Way:
    """One answer with whole families.

    Attributes:
        found: The answer.
        served: Who has a representative.
        total: Its points.
    """

    found: Found
    served: Bools
    total: float

    @classmethod
    def of(cls, found: Found, points: Floats, families: Families) -> "_Way":
        at = found.solution.at
        alone = np.where(np.bincount(families.rows, minlength=at.size) > 0, -1, at)
        singles = gained(Pairs(points), Solution.bare(alone, points.shape[1]))
        heads = at[families.rows[families.start]]
        whole = gained(Pairs(families.points), Solution.bare(heads, points.shape[1]))
        return cls(found, at >= 0, summed(np.concatenate([singles, whole])))

    @property
    def sure(self) -> bool:
        """Whether nothing much better is to be hoped for."""
        bound = self.found.solution.bound
        if bound is None or self.found.violations:
            return False
        return bound - self.total <= _NEAR * abs(bound)

    def better(self, other: "_Way") -> Found:
        """The one that breaks less, serves the earlier customers, and has more points."""
        differs = np.flatnonzero(self.served != other.served)
        rank = [
            (-len(way.found.violations), bool(differs.size and way.served[differs[0]]), way.total)
            for way in (self, other)
        ]
        best = (self if rank[0] >= rank[1] else other).found
        bounds = [way.found.solution.bound for way in (self, other)]
        known = [bound for bound in bounds if bound is not None]
        bound = min(known) if known and not differs.size else best.solution.bound
        prices = self.found.solution.prices  # of one place each, not of a whole family
        return attrs.evolve(best, solution=attrs.evolve(best.solution, bound=bound, prices=prices))


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
    lo, hi = job.fixed.lo, job.fixed.hi
    sizes = np.bincount(unit, minlength=heads.size)
    free = np.zeros_like(lo), np.full_like(hi, heads.size)
    limits = Loads.of_one("customers", sizes.astype(float), lo.astype(float), hi.astype(float))
    if job.loads is not None:
        limits = job.loads.joined(joint, heads.size).with_counts(sizes, lo, hi)
    ids = tuple(job.problem.score.team.ids)
    wide = attrs.evolve(limits, groups=(*limits.groups[:-1], ids))
    found = ask(job, Question(points[heads], *free, wide))
    one = found.solution
    at = np.where(joint >= 0, one.at[joint], -1)
    told = {code: np.flatnonzero(np.isin(joint, rows)) for code, rows in found.told.items()}
    splits = tuple((int(heads[row]), rep, part) for row, rep, part in one.splits)
    prices = one.load_prices[-1] if one.load_prices else one.prices
    return Found(
        Solution(at, prices, one.load_prices[:-1], one.bound, splits), told, found.violations
    )
