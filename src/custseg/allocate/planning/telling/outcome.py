"""What was asked and what was found, in arrays: the plan and its explanations read from here."""

from collections.abc import Mapping
from functools import cached_property
from math import fsum
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Ints
from custseg.allocate.planning.asking.pairs import Pairs
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.sharing.settled import counted
from custseg.allocate.planning.sharing.shared import gained
from custseg.allocate.planning.sharing.violation import Violation
from custseg.allocate.planning.telling.rivals import MOST, detours
from custseg.allocate.solving.solution import GRID, Solution

BY_ROOM: Final = "by_room"
SETTLED: Final = ("owner_locked", "with_family")
LEFT: Final = (
    "do_not_assign",
    "no_eligible_rep",
    "capacity_full",
    "left_out",
    "rule_pool",
    "load_full",
    "too_large",
    "family_full",
    "family_too_large",
    "family_no_rep",
)


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
        sizes: How many customers each row stands for; ``None``: one.
    """

    problem: Problem
    at: Index
    lead: Index
    got: Floats
    best: Floats
    missed: Bools
    solution: Solution
    sizes: Ints | None = None

    @classmethod
    def of(
        cls, problem: Problem, pairs: Pairs, solution: Solution, sizes: Ints | None = None
    ) -> "Outcome":
        """Look at the points once more, before they are let go.

        Args:
            problem: What was asked.
            pairs: The points of the wishes.
            solution: What was found.
            sizes: How many customers each row stands for; ``None``: one.
        """
        at, places = solution.at, problem.places
        best = pairs.best()
        best[problem.barred] = np.nan
        room = counted(at, places.hi.size, sizes) < places.hi
        missed = (at < 0) & ~problem.barred
        missed[missed] = pairs.reach(room)[missed]
        got = gained(pairs, solution)
        return cls(problem, at, problem.score.leading(at), got, best, missed, solution, sizes)

    @property
    def prices(self) -> Floats:
        """What one more place with each representative is worth, in points."""
        return self.solution.prices

    @property
    def bound(self) -> float | None:
        """What no plan that serves the same customers can exceed; ``None``: no proof."""
        return self.solution.bound

    @property
    def gap(self) -> float | None:
        """The part of the bound that may be missing; 0 is proven best."""
        return getattr(self.solution, "gap", None)

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What had to be broken, and why."""
        return getattr(self.solution, "violations", ())

    @property
    def told(self) -> Mapping[str, Index]:
        """Customers whose reason is not seen from the points, by its code."""
        return getattr(self.solution, "told", {})

    @cached_property
    def detours(self) -> Floats | None:
        """What it costs to make room with one and take a place of another, in points.

        ``None`` where that is not known: families, loads, no proof, or too many pairs.
        """
        problem = self.problem
        apart = problem.families is None and problem.loads is None
        if not apart or self.gap != 0 or problem.size * problem.places.hi.size > MOST:
            return None
        pairs = problem.grouped() or Pairs(problem.points())
        free = (self.given < problem.places.hi, self.given > problem.places.lo)
        locked = problem.locked
        movable = np.ones(self.at.size, np.bool_) if locked is None else ~locked
        return detours(pairs, self.at, free, movable)

    @property
    def given(self) -> Ints:
        """How many customers each representative got."""
        return counted(self.at, self.problem.score.team.size, self.sizes)

    @property
    def held(self) -> Ints:
        """How many of the customers were each representative's before."""
        present, size = self.problem.present, self.problem.score.team.size
        if present is None:
            return np.zeros(size, dtype=np.int64)
        return counted(present, size, self.sizes)

    def reasons(self) -> Codes:
        """The code of each customer: the wish that weighed most, or why there is no owner."""
        wishes = [wish.reason.code for wish in self.problem.score.wishes]
        words = tuple(dict.fromkeys([*wishes, BY_ROOM, *SETTLED, *LEFT]))
        place = np.array([words.index(code) for code in [*wishes, BY_ROOM]], dtype=np.intp)
        barred, nobody, full, missed, pool, *_ = (words.index(code) for code in LEFT)
        left = np.where(self.missed, missed, np.where(np.isnan(self.best), nobody, full))
        left[self._to_pool()] = pool
        left[self.problem.barred] = barred
        found = np.where(self.at >= 0, place[self.lead], left)
        for code, rows in self.told.items():
            found[rows] = words.index(code)
        return Codes(found, words, plain=True)

    def rules(self) -> Codes:
        """The rule that decided about each customer; none where there are no rules."""
        ruled = self.problem.ruled
        if ruled is None:
            return Codes(np.full(self.at.size, -1), (), plain=True)
        words = tuple(dict.fromkeys(ruled.names))
        place = np.array([words.index(name) for name in ruled.names], dtype=np.intp)
        return Codes(place[ruled.at], words, plain=True)

    def pools(self) -> Codes | None:
        """The pool that each customer without an owner stands in; ``None`` if none is named."""
        ruled, settings = self.problem.ruled, self.problem.settings
        usual = None if settings is None else settings.pool
        named = [usual, *(() if ruled is None else ruled.pool)]
        words = tuple(dict.fromkeys(name for name in named if name is not None))
        if not words:
            return None
        place = [words.index(name) if name else -1 for name in (name or usual for name in named)]
        where = np.zeros(self.at.size, dtype=np.intp) if ruled is None else ruled.at + 1
        found = np.array(place, dtype=np.intp)[where]
        found[(self.at >= 0) | self.problem.barred] = -1
        return Codes(found, words, plain=True)

    def _to_pool(self) -> Bools:
        """Whom a rule sends to a pool."""
        ruled = self.problem.ruled
        if ruled is None:
            return np.zeros(self.at.size, dtype=np.bool_)
        pooled = np.array([name is not None for name in ruled.pool], dtype=np.bool_)
        return np.asarray((pooled & ~ruled.open.any(axis=1))[ruled.at])

    def left(self) -> dict[str, int]:
        """How many have no owner, by reason."""
        reasons = self.reasons()
        alone = np.where(self.at < 0, reasons.at, -1)
        counts = counted(alone, len(reasons.words), self.sizes).tolist()
        return {code: n for code, n in zip(reasons.words, counts, strict=True) if n}

    def totals(self) -> Mapping[str, object]:
        """Counts and points of the whole plan."""
        strays, bound = self.problem.strays, self.bound
        return {
            "customers": self._many(np.ones(self.at.size, dtype=np.bool_)),
            "assigned": self._many(self.at >= 0),
            "unassigned": self.left(),
            "kept": self._compared(same=True),
            "moved": self._compared(same=False),
            "orphans": None if strays is None else self._many(strays),
            "points": round(self._points(), 6),
            "points_bound": round(self._bound(), 6),
            "bound": None if bound is None else round(bound, 6),
            "gap": self.gap,
            "violations": len(self.violations),
        }

    def _many(self, rows: Bools) -> int:
        """How many customers some rows stand for."""
        return int(rows.sum() if self.sizes is None else self.sizes[rows].sum())

    def _points(self) -> float:
        known = ~np.isnan(self.got)
        if self.sizes is None:
            return fsum(self.got[known].tolist())
        steps = np.rint(self.got[known] * GRID).astype(np.int64).tolist()
        sizes = self.sizes[known].tolist()
        return float(sum(a * b for a, b in zip(steps, sizes, strict=True)) / GRID)

    def _bound(self) -> float:
        """The best pairs, as many as there are places, each place open to everybody."""
        known = np.flatnonzero(~np.isnan(self.best))
        order = known[np.argsort(-self.best[known], kind="stable")]
        places = int(self.problem.places.hi.sum())
        if self.sizes is None:
            return float(self.best[order][:places].sum())
        upto = np.minimum(np.cumsum(self.sizes[order]), places)
        return float((self.best[order] * np.diff(upto, prepend=0)).sum())

    def _compared(self, *, same: bool) -> int | None:
        present = self.problem.present
        if present is None:
            return None
        both = (present >= 0) & (self.at >= 0)
        return self._many(both & ((present == self.at) == same))
