"""Few large accounts that take some more work than others: a search with a proven gap."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.branching.pairs import Pairs
from custseg.allocate.solving.branching.search import Effort, better, branch, lowered
from custseg.allocate.solving.loaded.answer import Answer, check_counts, nothing
from custseg.allocate.solving.pricing.grid import Grid
from custseg.allocate.solving.pricing.problem import gridded
from custseg.allocate.solving.solution import Solution, total
from custseg.allocate.solving.solver import check_problem
from custseg.errors import ConfigError

_EVERY = 200_000
"""Up to so many pairs a limit that is missed is looked at with every pair."""


@attrs.frozen
class Milp:
    """Branch and bound over whole customers: the generalised assignment problem.

    For some thousand customers at most, and where every one of them matters. Prices of the
    limits first tell which pairs can still be part of a better answer; only those are searched.
    The answer has a proven bound, also when time runs out. Needs scipy.

    Attributes:
        gap: The part of the points that may be left open.
        near: How many representatives of each customer to look at; ``None``: all that matter.
        seconds: The most time for the search. What is found in a limited time depends on the
            machine; ``None``: no limit, the same answer everywhere.
        nodes: The most branches; ``None``: no limit.

    Source:
        Martello and Toth (1990), "Knapsack Problems", ch. 7; the branch and bound is HiGHS
        (Huangfu and Hall 2018).

    >>> points = np.array([[5.0, 4.0], [5.0, 1.0], [3.0, 3.0]])
    >>> Milp().solve(points, np.array([0, 0]), np.array([2, 2])).tolist()
    [0, 0, 1]
    """

    gap: float = 1e-4
    near: int | None = attrs.field(default=None, kw_only=True)
    seconds: float | None = attrs.field(default=None, kw_only=True)
    nodes: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse limits that leave nothing to search.

        Raises:
            ConfigError: A limit is below what makes sense.
        """
        if not (np.isfinite(self.gap) and self.gap >= 0):
            msg = f"gap must be 0 or more, got {self.gap:g}"
            raise ConfigError(msg, "milp.gap")
        for name in ("near", "nodes", "seconds"):
            given: Any = getattr(self, name)
            if given is not None and not given > 0:
                msg = f"{name} must be above 0, got {given:g}"
                raise ConfigError(msg, f"milp.{name}")

    def solve(self, points: Floats, lo: Ints, hi: Ints) -> Index:
        """Give each row the column of its representative, -1 for none.

        Args:
            points: How well each pair goes together, n x m; NaN where not eligible.
            lo: The fewest customers for each.
            hi: The most customers for each.
        """
        return self.solution(points, lo, hi).at

    def solution(
        self,
        points: Floats,
        lo: Ints,
        hi: Ints,
        *,
        loads: Loads | None = None,
        warm: Floats | None = None,
    ) -> Solution:
        """The same under loads, with prices and a proven bound.

        Args:
            points: How well each pair goes together, n x m; NaN where not eligible.
            lo: The fewest customers for each.
            hi: The most customers for each.
            loads: What else is limited; nobody is cut.
            warm: The prices of an earlier answer, as for ``priced``.

        Raises:
            InfeasibleError: The fewest customers of somebody cannot be reached.
        """
        check_problem(points, lo, hi)
        n, m = points.shape
        loads = no_loads(n, m) if loads is None else loads
        if not points.size:
            return nothing(points, lo, loads)
        grid = gridded(points, lo, np.maximum(np.minimum(hi, n), lo), loads)
        found = self._searched(Answer.of(grid, loads, warm))
        check_counts(found, points, lo, hi)
        return found

    def _searched(self, first: Answer) -> Solution:
        """Search the pairs that can still matter, after the prices."""
        grid, desk, found = first.grid, first.desk, first.solution()
        effort = Effort(self.gap, self.nodes, self.seconds)
        missed = bool(desk.outside().any())
        if missed and grid.rows * desk.nobody <= _EVERY:
            pairs = Pairs.near(grid, np.zeros(grid.size), np.inf, grid.slot.shape[1])
        else:
            gap = self._open(grid, found)
            pairs = Pairs.near(grid, first.prices, gap, self.near or grid.slot.shape[1])
            pairs = pairs.with_answer(grid, desk.at)
        best = branch(grid, pairs, effort)
        if best.infeasible:
            best = branch(lowered(grid, pairs, effort), pairs, effort)
        return better(desk, found, best, pairs, effort)

    @staticmethod
    def _open(grid: Grid, found: Solution) -> float:
        """How far the best known answer is from the bound, a little more for rounding."""
        if found.bound is None or (found.at < 0).any():
            return np.inf
        gap = found.bound - total(grid.points, found.at)
        return gap + 1e-9 * max(1.0, grid.width)


def no_loads(n: int, m: int) -> Loads:
    """Nothing but the number of customers is limited.

    >>> no_loads(3, 2).size
    0
    """
    return Loads((), np.zeros((0, n)), np.zeros((0, m), dtype=np.intp), (), ())
