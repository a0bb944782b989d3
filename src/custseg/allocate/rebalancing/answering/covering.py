"""Who stands in while the owner is on leave: for a time, beside the owner."""

from collections.abc import Mapping

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.rebalancing.asking.asked import Asked
from custseg.allocate.rebalancing.asking.scene import leave_days
from custseg.allocate.wishing.columns import codes, days


@attrs.frozen(eq=False)
class Covers:
    """Stand-ins of the customers whose owner is away.

    Attributes:
        needed: The customers that are to be covered.
        at: Who stands in for each of all customers, -1 for nobody.
        first: The first day of the cover, NaN without one.
        last: The last day, NaN where it is not known.
    """

    needed: Bools
    at: Index
    first: Floats
    last: Floats

    @property
    def missing(self) -> int:
        """How many are to be covered, and are not."""
        return int((self.needed & (self.at < 0)).sum())


def leaves(question: Asked, as_of: float) -> Floats:
    """First and last day of leave of each representative of the team, 2 x m; NaN without leave.

    Args:
        question: The question.
        as_of: The day of the plan: leave that is over does not count.
    """
    ids = codes(question.problem.score.team.columns, question.spec.rep_id).texts()
    out, team = np.full((2, len(ids)), np.nan), _known(question)
    for at, name in enumerate(map(str, ids)):
        first, last = team.get(name, (np.nan, np.nan))
        if not np.isnan(first) and not last < as_of:
            out[:, at] = max(first, as_of), last
    for event in question.scene.leave:
        first, last = leave_days(event)
        if event.rep in ids and last >= as_of:
            out[:, ids.index(event.rep)] = max(first, as_of), last
    return out


def covered(question: Asked, at: Index, wanted: Bools, away: Floats) -> Covers:
    """Find stand-ins with room for the time; whoever is away meanwhile is none.

    Args:
        question: The question.
        at: The owners of the plan.
        wanted: Customers who are to be covered if their owner goes on leave.
        away: Leave of each representative, 2 x m.
    """
    first, last = away[0], np.where(np.isnan(away[1]), np.inf, away[1])
    gone = ~np.isnan(first)
    needed = wanted & (at >= 0) & gone[np.maximum(at, 0)] if gone.size else np.zeros_like(wanted)
    rows = np.flatnonzero(needed)
    out = Covers(needed, np.full(at.size, -1, dtype=np.intp), *np.full((2, at.size), np.nan))
    if not rows.size:
        return out
    points = np.array(question.points[rows])
    meets = (first[None, :] <= last[:, None]) & (first[:, None] <= last[None, :])
    points[meets[at[rows]] & gone[None, :]] = np.nan
    points[np.arange(rows.size), at[rows]] = np.nan
    places = question.problem.places
    given = np.bincount(at[at >= 0], minlength=gone.size)
    room = np.maximum(places.hi - given, 0)
    found = np.asarray(question.spec.solver.solve(points, np.zeros_like(room), room))
    out.at[rows] = found
    seated = rows[found >= 0]
    out.first[seated], out.last[seated] = away[0][at[seated]], away[1][at[seated]]
    return out


def _known(question: Asked) -> Mapping[str, tuple[float, float]]:
    """Leave as the team's table has it: first and last day, NaN without and without an end."""
    limits, reps, name = question.spec.limits, question.scene.everybody, question.spec.rep_id
    first, last = (
        days(reps.read({each: "day"}), each) if each in reps.columns else np.full(reps.size, np.nan)
        for each in (limits.leave_from, limits.leave_until)
    )
    first = np.where(np.isnan(first) & ~np.isnan(last), -np.inf, first)
    ids = codes(reps.read({name: "text"}), name).texts()
    return {str(one): (float(a), float(b)) for one, a, b in zip(ids, first, last, strict=True)}
