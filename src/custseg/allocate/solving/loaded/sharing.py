"""Count, value, hours and more at once: prices, whole customers, and a proof of how good it is."""

from typing import Final

import numpy as np

from custseg._typing import Floats, Ints
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.loaded.answer import Answer, check_counts, nothing
from custseg.allocate.solving.loaded.pieces import cut_up
from custseg.allocate.solving.pricing.problem import floats, gridded
from custseg.allocate.solving.solution import Solution

_CUSTOMERS: Final = 1.0
"""Minimums short of no more than so many customers of mean weight are near enough."""


def priced(
    points: Floats, lo: Ints, hi: Ints, loads: Loads, *, warm: Floats | None = None
) -> Solution:
    """Share rows out under limits on their number and on loads.

    No limit above is ever exceeded, but that a fairness band gives way to a single customer
    larger than it. Minimums of loads are met if they can be; what is missing is read off the answer
    (``limiting.keeping``). Rows that find no place are -1, the later ones first.

    Args:
        points: How well each pair goes together, n x m; NaN where not eligible.
        lo: The fewest customers for each.
        hi: The most customers for each.
        loads: What else is limited.
        warm: The prices of an earlier answer with the same limits: ``prices`` and then all
            ``load_prices``, in one row.

    Raises:
        InfeasibleError: The fewest customers of somebody cannot be reached beside the loads.

    Source:
        Lagrangian dual of the assignment problem with resources; smoothing as in Cuturi (2013),
        "Sinkhorn distances", with damped Newton steps; the bound holds by weak duality.

    >>> value = Loads.of_one("value", np.array([6.0, 5.0, 1.0]), np.zeros(2), np.array([7.0, 7.0]))
    >>> points = np.array([[1.0, 0.2], [0.9, 0.5], [0.8, 0.1]])
    >>> found = priced(points, np.array([0, 0]), np.array([3, 3]), value)
    >>> found.at.tolist(), round(found.bound, 3)
    ([0, 1, 0], 2.3)
    """
    if not points.size:
        return nothing(points, lo, loads)
    found = _nearest(points, lo, hi, loads, warm).proven()
    if loads.cut is not None and loads.cut.any() and not _fits(found, points, lo, loads):
        found = cut_up(points, lo, hi, loads)
    check_counts(found, points, lo, hi)
    return found


def _nearest(points: Floats, lo: Ints, hi: Ints, loads: Loads, warm: Floats | None) -> Answer:
    """The answer by prices; minimums that contradict other limits ask for what is possible.

    Prices of minimums that nobody can reach grow without end, and then say nothing about points.
    """
    first = Answer.of(gridded(points, lo, hi, loads), loads, warm)
    if first.few or first.missing(first.grid) <= _CUSTOMERS:
        return first
    from custseg.allocate.limiting.conflict import reachable  # noqa: PLC0415 - loads scipy

    known = floats(points)
    lower = reachable(known, lo, hi, loads)
    if all(np.array_equal(*both) for both in zip(lower.lo, loads.lo, strict=True)):
        return first
    second = Answer.of(gridded(points, lo, hi, lower), lower)
    return min(second, first, key=lambda it: it.missing(first.grid))


def _fits(found: Solution, points: Floats, lo: Ints, loads: Loads) -> bool:
    """Whether whole customers keep every limit and everybody eligible is served."""
    counted = np.bincount(found.at[found.at >= 0], minlength=lo.size)
    fine = bool((counted >= lo).all())
    for held, low, high in zip(loads.held(found.at), loads.lo, loads.hi, strict=True):
        slack = 1e-6 * np.maximum(1.0, np.abs(held))
        fine = fine and bool(((held >= low - slack) & (held <= high + slack)).all())
    return fine and bool((found.at[~np.isnan(points).all(axis=1)] >= 0).all())
