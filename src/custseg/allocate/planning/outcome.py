"""What was asked and what was found, in arrays: the plan and its explanations read from here."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Ints
from custseg.allocate.planning.problem import Problem
from custseg.allocate.planning.violation import Violation

BY_ROOM: Final = "by_room"
LEFT: Final = ("do_not_assign", "no_eligible_rep", "capacity_full", "left_out")


@attrs.frozen(eq=False)
class Outcome:
    """Who got whom.

    Attributes:
        problem: What was asked.
        at: The representative of each customer, -1 for none.
        lead: The wish that weighed most, -1 for none.
        got: The points of each customer with its owner, NaN without one.
        best: The points if nobody were ever full, NaN where nobody is eligible.
        missed: Who was left out though somebody eligible had room.
        solution: What the solver found, with prices and a bound if it proves any.
        violations: What had to be broken, and why.
    """

    problem: Problem
    at: Index
    lead: Index
    got: Floats
    best: Floats
    missed: Bools
    solution: Any = None
    violations: tuple[Violation, ...] = ()

    @classmethod
    def of(cls, problem: Problem, points: Floats, at: Index) -> "Outcome":
        """Look at the points once more, before they are let go."""
        got, best = np.full((2, len(points)), np.nan)
        seated = np.flatnonzero(at >= 0)
        got[seated] = points[seated, at[seated]]
        known = np.flatnonzero(~np.isnan(points).all(axis=1)) if points.size else seated
        best[known] = np.nanmax(points[known], axis=1) if known.size else 0.0
        room = _count(at, points.shape[1]) < problem.places.hi
        missed = at < 0
        missed[missed] = (~np.isnan(points[missed][:, room])).any(axis=1)
        return cls(problem, at, problem.score.leading(at), got, best, missed)

    @property
    def prices(self) -> Floats:
        """What one more place with each representative is worth, in points."""
        known = self.solution is not None
        return self.solution.prices if known else np.zeros(self.problem.score.team.size)

    @property
    def bound(self) -> float | None:
        """What no plan that serves the same customers can exceed; ``None``: no proof."""
        return None if self.solution is None else self.solution.bound

    @property
    def gap(self) -> float | None:
        """The part of the bound that may be missing; 0 is proven best."""
        bound = self.bound
        if bound is None:
            return None
        return max(0.0, 1 - float(np.nansum(self.got)) / bound) if bound > 0 else 0.0

    @property
    def given(self) -> Ints:
        """How many customers each representative got."""
        return _count(self.at, self.problem.score.team.size)

    @property
    def held(self) -> Ints:
        """How many of the customers were each representative's before."""
        present, size = self.problem.present, self.problem.score.team.size
        return np.zeros(size, dtype=np.int64) if present is None else _count(present, size)

    def reasons(self) -> Codes:
        """The code of each customer: the wish that weighed most, or why there is no owner."""
        wishes = [wish.reason.code for wish in self.problem.score.wishes]
        words = tuple(dict.fromkeys([*wishes, BY_ROOM, *LEFT]))
        place = np.array([words.index(code) for code in [*wishes, BY_ROOM]], dtype=np.intp)
        barred, nobody, full, missed = (words.index(code) for code in LEFT)
        left = np.where(self.missed, missed, np.where(np.isnan(self.best), nobody, full))
        left = np.where(self.problem.barred, barred, left)
        return Codes(np.where(self.at >= 0, place[self.lead], left), words, plain=True)

    def left(self) -> dict[str, int]:
        """How many have no owner, by reason."""
        reasons = self.reasons()
        counts = np.bincount(reasons.at[self.at < 0], minlength=len(reasons.words)).tolist()
        return {code: n for code, n in zip(reasons.words, counts, strict=True) if n}

    def totals(self) -> Mapping[str, object]:
        """Counts and points of the whole plan."""
        return {
            "customers": int(self.at.size),
            "assigned": int((self.at >= 0).sum()),
            "unassigned": self.left(),
            "kept": self._compared(same=True),
            "moved": self._compared(same=False),
            "points": round(float(np.nansum(self.got)), 6),
            "points_bound": round(self._bound(), 6),
        }

    def _bound(self) -> float:
        """The best pairs, as many as there are places, each place open to everybody."""
        best = np.sort(self.best[~np.isnan(self.best)])[::-1]
        return float(best[: int(self.problem.places.hi.sum())].sum())

    def _compared(self, *, same: bool) -> int | None:
        present = self.problem.present
        if present is None:
            return None
        both = (present >= 0) & (self.at >= 0)
        return int((both & ((present == self.at) == same)).sum())


def _count(at: Index, size: int) -> Ints:
    counted: Ints = np.bincount(at[at >= 0], minlength=size)
    return counted
