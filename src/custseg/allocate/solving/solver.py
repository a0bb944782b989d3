"""What a solver is: points and limits in, a representative for each customer out."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.solution import Solution
from custseg.errors import CapacityError, ConfigError

_MANY: Final = 1 << 40  # more customers than there are


class Solver(Protocol):
    """A way to share customers out: a plug-in has this one method.

    Rows are customers in order of priority (ties by id), columns are representatives by id, so a
    solver that looks at positions alone is still independent of the order of the caller's rows.

    >>> import numpy as np
    >>> from custseg.allocate import Greedy
    >>> solver: Solver = Greedy()
    >>> solver.solve(np.array([[1.0], [0.0]]), np.array([0]), np.array([1])).tolist()
    [0, -1]
    """

    def solve(self, points: Floats, lo: Ints, hi: Ints) -> Index:
        """Choose a representative for each customer.

        Args:
            points: How well each pair goes together, n x m; NaN where the pair is not eligible.
            lo: The fewest customers each representative must get.
            hi: The most customers each may get; never exceeded.

        Returns:
            The column of the representative for each row, -1 where there is none. When not every
            row can be served, the later rows are the ones left out.

        Raises:
            InfeasibleError: No choice reaches ``lo``.
        """
        ...


class Certifies(Protocol):
    """A solver that also tells prices and a bound; found by its method, so it may be left out."""

    def solution(
        self,
        points: Floats,
        lo: Ints,
        hi: Ints,
        *,
        loads: Any = None,  # noqa: ANN401 - compiled loads, of the package beside
        warm: Floats | None = None,
    ) -> Solution:
        """Choose a representative for each customer, and say what places are worth.

        Args:
            points: As for ``Solver.solve``.
            lo: As for ``Solver.solve``.
            hi: As for ``Solver.solve``.
            loads: Compiled loads (``limiting.loads.Loads``) that must be kept too.
            warm: Prices of an earlier solution, to start from: the answer is as good from any.
        """
        ...


class SharesClasses(Protocol):
    """A solver that shares whole classes of customers who are alike; may be left out."""

    def share(self, points: Floats, sizes: Ints, lo: Ints, hi: Ints) -> tuple[Ints, Floats]:
        """Say how many customers of each class each representative gets.

        Args:
            points: How well each class goes with each representative, K x m; NaN: not eligible.
            sizes: How many customers each class has.
            lo: The fewest customers for each representative.
            hi: The most customers for each.

        Returns:
            Amounts K x m, and the prices of the representatives.
        """
        ...


class KnowsIds(Protocol):
    """A solver that asks who somebody is, not where they stand; may be left out."""

    def place(
        self, points: Floats, lo: Ints, hi: Ints, *, ids: tuple[Sequence[object], Sequence[object]]
    ) -> Index:
        """Choose a representative for each customer, knowing the ids of both.

        Args:
            points: As for ``Solver.solve``.
            lo: As for ``Solver.solve``.
            hi: As for ``Solver.solve``.
            ids: The ids of the rows and of the columns, in their order.
        """
        ...


class InfeasibleError(CapacityError):
    """Minimums ask for more customers than are eligible: which ones contradict one another.

    >>> print(InfeasibleError(("Wang", "Li"), 9, 4))
    'Wang', 'Li' must get 9 customers or more together, but 4 are eligible for any of them: \
lower their minimums, or let more customers be eligible
    """

    def __init__(self, reps: tuple[object, ...], needed: int, eligible: int) -> None:
        """Keep who, how many they need and how many there are."""
        self.reps = reps
        self.needed = needed
        self.eligible = eligible
        super().__init__(reps, needed, eligible)

    def __str__(self) -> str:
        """Name the representatives and both counts."""
        who = ", ".join(repr(rep) for rep in self.reps)
        return (
            f"{who} must get {self.needed} customers or more together, but {self.eligible} are "
            "eligible for any of them: lower their minimums, or let more customers be eligible"
        )


def check_problem(points: Floats, lo: Ints, hi: Ints) -> None:
    """Refuse points and limits that do not fit together.

    Raises:
        ConfigError: The shapes differ, or points are no numbers.
        CapacityError: A limit is missing or negative, or a minimum is above its maximum.

    >>> import numpy as np
    >>> check_problem(np.ones((2, 1)), np.array([0]), np.array([-1]))
    Traceback (most recent call last):
        ...
    custseg.errors.CapacityError: representative 0 has limits 0 to -1: give 0 <= minimum <= maximum
    """
    if points.dtype.kind not in "biuf":
        msg = f"points are {points.dtype}: give numbers"
        raise ConfigError(msg)
    if points.ndim != 2 or lo.shape != hi.shape or lo.shape != points.shape[1:]:  # noqa: PLR2004
        msg = f"points are {points.shape}, limits {lo.shape} and {hi.shape}: give n x m, m and m"
        raise ConfigError(msg)
    wrong = np.flatnonzero(~((lo >= 0) & (np.ceil(lo) <= np.floor(hi))))
    if wrong.size:
        j = int(wrong[0])
        msg = f"representative {j} has limits {lo[j]} to {hi[j]}: give 0 <= minimum <= maximum"
        raise CapacityError(msg)


def whole(limits: NDArray[Any], *, up: bool = False) -> Ints:
    """Limits as whole numbers of customers, so that sums of them are numbers too.

    >>> import numpy as np
    >>> whole(np.array([2.5, 7.0])).tolist(), whole(np.array([2.5]), up=True).tolist()
    ([2, 7], [3])
    >>> whole(np.array([np.inf])).tolist() == whole(np.array([2**63 - 1])).tolist()
    True
    """
    if limits.dtype.kind == "f":
        limits = np.minimum(np.ceil(limits) if up else np.floor(limits), float(_MANY))
    elif limits.dtype.kind == "u":
        limits = np.minimum(limits.astype(np.uint64), _MANY)
    return np.minimum(limits.astype(np.int64), _MANY)


def check_answer(at: Index, points: Floats, lo: Ints, hi: Ints) -> None:
    """Refuse what a solver may not do, whoever wrote it.

    Raises:
        CapacityError: It left the limits or used a pair that is not eligible.

    >>> import numpy as np
    >>> one = np.array([1])
    >>> check_answer(np.array([0, 0]), np.ones((2, 1)), one, one)
    Traceback (most recent call last):
        ...
    custseg.errors.CapacityError: the solver gave representative 0 2 customers, limits are 1 to 1
    """
    n, m = points.shape
    if at.shape != (n,) or (n and (int(at.min()) < -1 or int(at.max()) >= m)):
        msg = f"the solver must give {n} columns from -1 to {m - 1}, got shape {at.shape}"
        raise CapacityError(msg)
    seated = np.flatnonzero(at >= 0)
    if not known(points[seated, at[seated]]).all():
        msg = "the solver used a pair that is not eligible"
        raise CapacityError(msg)
    load = np.bincount(at[seated], minlength=m)
    wrong = np.flatnonzero((load > hi) | (load < lo))
    if wrong.size:
        j = int(wrong[0])
        msg = (
            f"the solver gave representative {j} {load[j]} customers, limits are {lo[j]} to {hi[j]}"
        )
        raise CapacityError(msg)


def eligible(points: Floats, hi: Ints) -> Bools:
    """Which pairs may be used at all: both sides allow it and there is a place.

    >>> import numpy as np
    >>> eligible(np.array([[1.0, np.nan, 0.0]]), np.array([1, 1, 0])).tolist()
    [[True, False, False]]
    """
    allowed: Bools = known(points) & (hi > 0)
    return allowed


def floats(points: NDArray[Any]) -> Floats:
    """Whole numbers as floats with NaN where a pair is not eligible; floats as they are.

    >>> import numpy as np
    >>> floats(np.array([[3, -128]], dtype=np.int8)).tolist()
    [[3.0, nan]]
    """
    if points.dtype.kind == "f":
        return points
    return np.where(known(points), points.astype(np.float64), np.nan)


def known(points: NDArray[Any]) -> Bools:
    """Where both sides allow it: not NaN, and not the smallest of whole numbers.

    >>> import numpy as np
    >>> known(np.array([[1.0, np.nan]])).tolist(), known(np.array([[-128]], dtype=np.int8)).item()
    ([[True, False]], False)
    """
    if np.issubdtype(points.dtype, np.integer):
        return np.asarray(points != int(np.iinfo(points.dtype).min), dtype=np.bool_)
    return np.asarray(~np.isnan(points))
