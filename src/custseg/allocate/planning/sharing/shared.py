"""Who was given whom: a solver's answer for all customers, with what had to be broken for it."""

from collections.abc import Mapping

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.planning.asking.pairs import Pairs
from custseg.allocate.planning.sharing.violation import Violation
from custseg.allocate.solving.solution import Solution, total


@attrs.frozen(eq=False)
class Shared(Solution):
    """An answer over all customers of a problem.

    ``bound`` is for the customers served here, in the points that were solved; ``None``: no proof.

    Attributes:
        total: The points of the answer, exactly, on the grid of the bound.
        told: Customers whose reason is not seen from the points, by its code.
        violations: What had to be broken.
    """

    total: float = 0.0
    told: Mapping[str, Index] = attrs.field(factory=dict[str, Index])
    violations: tuple[Violation, ...] = ()

    @property
    def gap(self) -> float | None:
        """The part of the bound that may be missing: 0 is proven best; ``None``: no proof."""
        if self.bound is None:
            return None
        missing = max(0.0, self.bound - self.total)
        return missing / abs(self.bound) if missing else 0.0


def summed(got: Floats) -> float:
    """Points of customers added up without error; NaN counts nothing.

    >>> summed(np.array([0.1, 0.2, np.nan])) == 0.3
    True
    """
    known = got[~np.isnan(got)]
    return total(known[:, None], np.zeros(known.size, dtype=np.intp))


def gained(pairs: Pairs, solution: Solution) -> Floats:
    """The points of each customer with its owner, by parts where it is split; NaN without one.

    Args:
        pairs: The points.
        solution: Who has whom.

    >>> split = Solution(np.array([0]), np.zeros(2), splits=((0, 0, 0.75), (0, 1, 0.25)))
    >>> gained(Pairs(np.array([[1.0, 0.0]])), split).tolist()
    [0.75]
    """
    got = pairs.of(solution.at)
    if not solution.splits:
        return got
    rows, reps, parts = (np.array(each) for each in zip(*solution.splits, strict=True))
    points = pairs.points[rows if pairs.at is None else pairs.at[rows], reps]
    sums = np.bincount(rows, parts * points, minlength=got.size)
    cut = np.unique(rows)
    got[cut] = np.round(sums[cut], 9)
    return got
