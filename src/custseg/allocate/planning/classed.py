"""Classes of alike customers shared out whole, so that no row a customer is needed."""

from typing import Any, cast

import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.planning.pairs import Pairs
from custseg.allocate.planning.turns import served
from custseg.allocate.solving.book import running
from custseg.allocate.solving.solution import GRID, Solution
from custseg.errors import CapacityError


def shares_classes(solver: object) -> bool:
    """Whether a solver can share whole classes.

    >>> from custseg.allocate import Greedy
    >>> shares_classes(Greedy())
    False
    """
    return callable(getattr(solver, "share", None))


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
    kinds = cast("Index", pairs.at)[rows]
    sizes = np.bincount(kinds, minlength=len(pairs.points))
    amounts, prices = _shared(solver, pairs.points, sizes, lo, hi)
    able = (~np.isnan(pairs.points[:, hi > 0])).any(axis=1)
    if int(amounts.sum()) < int(sizes[able].sum()):
        sizes = _in_turn(pairs.points, kinds, hi)
        amounts, prices = _shared(solver, pairs.points, sizes, lo, hi)
    at: Index = np.full(waiting.size, -1, dtype=np.intp)
    at[rows] = dealt(kinds, amounts)
    bound = limit(pairs.points, amounts.sum(axis=1), prices, (lo, hi))
    return Solution(at, prices, bound=bound)


def _in_turn(points: Floats, kinds: Index, hi: Ints) -> Ints:
    """How many of each class are served when not all can be."""
    choices, alike = np.unique(~np.isnan(points), axis=0, return_inverse=True)
    alike = alike.ravel()
    most = served(choices, alike[kinds], hi)
    turn = running(alike[kinds], len(choices))
    chosen = turn < most[alike[kinds]]
    return np.bincount(kinds[chosen], minlength=len(points))


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


def dealt(kinds: Index, amounts: Ints) -> Index:
    """A representative for each customer, so that amounts come true.

    The first of each class are served. Those of one representative stand as evenly as can be
    among them, so that nobody gets all the more valuable ones.

    Args:
        kinds: The class of each customer, in order of priority.
        amounts: How many of each class each representative gets.

    >>> dealt(np.array([0, 0, 0, 0]), np.array([[1, 2]])).tolist()
    [1, 0, 1, -1]
    """
    kind, rep = np.nonzero(amounts)
    many = amounts[kind, rep]
    of = np.repeat(np.arange(many.size), many)
    step = np.arange(of.size) - np.repeat(np.cumsum(many) - many, many)
    place = (step + 0.5) / many[of]
    order = np.lexsort((rep[of], place, kind[of]))
    line: Index = rep[of][order]
    starts = np.cumsum(amounts.sum(axis=1)) - amounts.sum(axis=1)
    turn = running(kinds, len(amounts))
    at: Index = np.full(kinds.size, -1, dtype=np.intp)
    gets = turn < amounts.sum(axis=1)[kinds]
    at[gets] = line[starts[kinds[gets]] + turn[gets]]
    return at


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
    price = np.rint(prices * GRID)
    there = np.flatnonzero(sizes)
    whole = sum(int(p) * int(hi[j] if p > 0 else lo[j]) for j, p in enumerate(price.tolist()))
    margins = np.fmax.reduce(np.rint(points[there] * GRID) - price, axis=1)
    whole += int((margins.astype(np.int64) * sizes[there]).sum())
    return whole / GRID
