"""Classes of alike customers shared out whole, so that no row a customer is needed."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.planning.asking.pairs import Pairs, in_turn
from custseg.allocate.solving.grouping import dealt
from custseg.allocate.solving.seats.serving import served
from custseg.allocate.solving.seats.shares import alike_rows
from custseg.allocate.solving.solution import GRID, Solution
from custseg.allocate.solving.solver import eligible
from custseg.errors import CapacityError


def shares_classes(solver: object) -> bool:
    """Whether a solver can share whole classes.

    >>> from custseg.allocate import Greedy
    >>> shares_classes(Greedy())
    False
    """
    return callable(getattr(solver, "share", None))


def enough_alike(classes: int, customers: int) -> bool:
    """Whether there are two customers a class or more, so that classes are shared out whole.

    It is asked of classes with different points, whatever else tells customers apart, so that the
    answer is the same wherever they were counted.

    >>> enough_alike(2, 4), enough_alike(2, 3)
    (True, False)
    """
    return 2 * classes <= customers


def alike(points: Floats) -> Pairs | None:
    """The same points by classes, where there are enough customers for each.

    Args:
        points: One row a customer.

    >>> found = alike(np.array([[0.5], [0.5]]))
    >>> found.points.tolist(), found.at.tolist(), alike(np.array([[0.5], [0.6]]))
    ([[0.5]], [0, 0], None)
    """
    first, group = alike_rows(points, np.arange(len(points), dtype=np.intp))
    if not enough_alike(first.size, len(points)):
        return None
    return in_turn(Pairs(points[first], group))


def by_classes(solver: object, pairs: Pairs, waiting: Bools, lo: Ints, hi: Ints) -> Solution:
    """Share out classes, then deal each to its customers in order of priority.

    Args:
        solver: One that shares classes.
        pairs: The points of the classes, and the class of each customer.
        waiting: Who is to be shared out.
        lo: The fewest customers for each.
        hi: The most customers for each.

    Raises:
        InfeasibleError: The minimums cannot be reached.
        CapacityError: The answer breaks a limit.
    """
    rows: Index = np.flatnonzero(waiting)
    alike = told_apart(pairs, hi > 0)
    points, kinds = alike.points, cast("Index", alike.at)[rows]
    sizes = np.bincount(kinds, minlength=len(points))
    amounts, prices = amounts_of(
        solver, points, sizes, (lo, hi), lambda: _served(points, kinds, hi)
    )
    at: Index = np.full(waiting.size, -1, dtype=np.intp)
    at[rows] = dealt(kinds, amounts)
    bound = limit(points, amounts.sum(axis=1), prices, (lo, hi))
    return Solution(at, prices, bound=bound)


def amounts_of(
    solver: object,
    points: Floats,
    sizes: Ints,
    limits: tuple[Ints, Ints],
    served: Callable[[], Ints],
) -> tuple[Ints, Floats]:
    """How many of each class each representative gets, and the prices.

    Args:
        solver: One that shares classes.
        points: The points of the classes.
        sizes: How many of each are to be shared out.
        limits: The fewest and the most customers for each.
        served: How many of each class are served; asked where places are short.

    Raises:
        InfeasibleError: The minimums cannot be reached.
        CapacityError: The answer breaks a limit.
    """
    lo, hi = limits
    amounts, prices = _shared(solver, points, sizes, lo, hi)
    able = (~np.isnan(points[:, hi > 0])).any(axis=1)
    if int(amounts.sum()) < int(sizes[able].sum()):
        amounts, prices = _shared(solver, points, served(), lo, hi)
    return amounts, prices


def told_apart(pairs: Pairs, able: Bools) -> Pairs:
    """Classes that those with places tell apart: whoever has none changes nothing."""
    seen = pairs.points if able.all() else pairs.points[:, able]
    first, group = alike_rows(seen, np.arange(len(seen)))
    return in_turn(Pairs(pairs.points[first], group[cast("Index", pairs.at)]))


def _served(points: Floats, kinds: Index, hi: Ints) -> Ints:
    """How many of each class are served when not all can be."""
    rows = served(kinds, eligible(points, hi), hi)
    return np.bincount(kinds[rows], minlength=len(points))


def _shared(
    solver: Any,  # noqa: ANN401 - by what it can do
    points: Floats,
    sizes: Ints,
    lo: Ints,
    hi: Ints,
) -> tuple[Ints, Floats]:
    given, prices = solver.share(points, sizes, lo, hi)
    amounts = np.asarray(given, dtype=np.int64)
    load = amounts.sum(axis=0)
    fine = (
        amounts.shape == points.shape
        and bool((amounts >= 0).all() and (amounts.sum(axis=1) <= sizes).all())
        and not amounts[np.isnan(points)].any()
        and bool((load <= hi).all() and (load >= lo).all())
    )
    if not fine:
        msg = "the solver breaks the limits of classes: sizes, eligible pairs, fewest or most"
        raise CapacityError(msg)
    return amounts, np.asarray(prices, dtype=np.float64)


def limit(points: Floats, sizes: Ints, prices: Floats, limits: tuple[Ints, Ints]) -> float:
    """What no plan can exceed that serves these customers, by weak duality, on a grid of 1e-9.

    Args:
        points: The points of each class.
        sizes: How many of each class are served.
        prices: Any prices; the better they are, the nearer is the limit.
        limits: The fewest and the most customers for each.

    Source:
        Weak duality of linear programs: Dantzig, "Linear Programming and Extensions" (1963).

    >>> one = np.array([1])
    >>> limit(np.array([[0.25]]), one, np.array([0.0]), (one, one))
    0.25
    """
    lo, hi = limits
    price, there, able = np.rint(prices * GRID), np.flatnonzero(sizes), hi > 0
    whole = sum(int(p) * int(hi[j] if p > 0 else lo[j]) for j, p in enumerate(price.tolist()))
    # Whoever has no place has no price either: nobody can be there.
    worth = np.rint(points[np.ix_(there, able)] * GRID) - price[able]
    margins = np.fmax.reduce(worth, axis=1, initial=-np.inf)
    whole += int((margins.astype(np.int64) * sizes[there]).sum())
    return whole / GRID
