"""Who stands in while the owner is on leave: for a time, beside the owner."""

from collections.abc import Mapping

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.rebalancing.asking.asked import Asked
from custseg.allocate.rebalancing.asking.scene import leave_days


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


def leaves(question: Asked, as_of: float, team: Mapping[str, tuple[float, float]]) -> Floats:
    """First and last day of leave of each representative of the team, 2 x m; NaN without leave.

    Args:
        question: The question.
        as_of: The day of the plan: leave that is over does not count.
        team: Leave as the team's table has it, by id as text.
    """
    ids = [str(one) for one in question.problem.score.team.ids]
    out = np.full((2, len(ids)), np.nan)
    for at, name in enumerate(ids):
        if name in team and question.away[at]:
            out[:, at] = max(team[name][0], as_of), team[name][1]
    for event in question.scene.leave:
        first, last = leave_days(event)
        if event.rep in ids and last >= as_of:
            out[:, ids.index(event.rep)] = max(first, as_of), last
    return out


def covered(question: Asked, at: Index, wanted: Bools, days: Floats) -> Covers:
    """Find stand-ins with room for the time; whoever is away meanwhile is none.

    Args:
        question: The question.
        at: The owners of the plan.
        wanted: Customers who are to be covered if their owner goes on leave.
        days: Leave of each representative, 2 x m.
    """
    first, last = days[0], np.where(np.isnan(days[1]), np.inf, days[1])
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
    room = np.maximum(np.where(gone, 0, places.hi - given), 0)
    found = np.asarray(question.spec.solver.solve(points, np.zeros_like(room), room))
    out.at[rows] = found
    seated = rows[found >= 0]
    out.first[seated], out.last[seated] = days[0][at[seated]], days[1][at[seated]]
    return out
