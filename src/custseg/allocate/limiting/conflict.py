"""Which limits contradict one another: a smallest set that cannot be kept together."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.allocate.limiting.classes import classes_of
from custseg.allocate.limiting.conflicting import ConflictingLimit
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.limiting.program import Contradicts, Few, Limits, Program
from custseg.errors import CapacityError

_FEW: Final = 400
_FINE: Final = 48
_ROOM: Final = 0.02


class ConflictError(CapacityError):
    """Limits that cannot be kept together, none of which can be spared from the list.

    >>> print(ConflictError((ConflictingLimit("revenue", "R1", least=True, value=50.0),)))
    these limits contradict one another and who is eligible: revenue of R1 at least 50; relax \
one of them, or let more customers be eligible
    """

    def __init__(self, bounds: tuple[ConflictingLimit, ...]) -> None:
        """Keep the limits."""
        self.bounds = bounds
        super().__init__(bounds)

    def __str__(self) -> str:
        """Name them all."""
        said = "; ".join(bound.text() for bound in self.bounds)
        return (
            f"these limits contradict one another and who is eligible: {said}; relax one of "
            "them, or let more customers be eligible"
        )


def conflict(
    points: Floats, lo: Ints, hi: Ints, loads: Loads, reps: Sequence[object] = ()
) -> tuple[ConflictingLimit, ...]:
    """A smallest set of limits that no plan can keep together; empty if none is found.

    What is found is proven. Where there are few pairs, whole customers are tried, and none of the
    set can be spared. Where there are many, the set contradicts even if customers could be cut at
    will; limits that contradict only because customers are whole are not found.

    Args:
        points: How well each pair goes together, n x m; NaN where not eligible.
        lo: The fewest customers for each.
        hi: The most customers for each.
        loads: What else is limited.
        reps: What the representatives are called.

    Source:
        Deletion filter for irreducible infeasible subsystems: Chinneck and Dravnieks (1991),
        "Locating minimal infeasible constraint sets in linear programs".

    >>> loads = Loads.of_one("value", np.array([2.0, 3.0]), np.array([4.0, 0.0]), np.full(2, 9.0))
    >>> found = conflict(np.ones((2, 2)), np.array([0, 0]), np.array([1, 1]), loads)
    >>> [bound.text() for bound in found]
    ['customers of 0 at most 1', 'value of 0 at least 4']
    """
    if not points.size:
        return ()
    every = Limits.of(_counts(lo, hi, reps), loads)
    if np.isnan(points).all():
        return tuple(every.bound(place) for place in np.flatnonzero(every.least)[:1].tolist())
    program: Contradicts = Program.of(classes_of(points, loads), every, loads)
    left = program.support(np.ones(every.value.size, dtype=np.bool_))
    if points.size <= _FEW:
        program = Few(points, every, loads)
        some = np.ones(every.value.size, dtype=np.bool_) if left is None else left
        left = program.support(some)
    if left is None:
        return ()
    for place in np.flatnonzero(left).tolist():
        less = left.copy()
        less[place] = False
        shorter = program.support(less)
        left = left if shorter is None else shorter
    return tuple(every.bound(place) for place in np.flatnonzero(left).tolist())


def reachable(points: Floats, lo: Ints, hi: Ints, loads: Loads) -> Loads:
    """The same loads, with minimums no higher than all of them together can be reached.

    What is missing is shared: a minimum gives way by a tenth before any gives way by two tenths,
    unless it alone stands against the others. A fiftieth is left for customers being whole.

    Args:
        points: How well each pair goes together, n x m; NaN where not eligible.
        lo: The fewest customers for each.
        hi: The most customers for each.
        loads: What else is limited.

    >>> value = Loads.of_one("value", np.array([2.0, 2.0]), np.full(2, 4.0), np.full(2, 9.0))
    >>> reachable(np.ones((2, 2)), np.zeros(2), np.full(2, 2), value).lo[0].round(6).tolist()
    [1.96, 1.96]
    """
    sharp = loads.sharpened()
    every = Limits.of(_counts(lo, hi, ()), sharp)
    missing = Program.of(classes_of(points, sharp, _FINE), every, sharp).missing()
    lows = [low.copy() for low in loads.lo]
    for place in np.flatnonzero(missing > 0).tolist():
        r, g = int(every.load[place]), int(every.group[place])
        if r:
            lows[r - 1][g] = max((1 - _ROOM) * (lows[r - 1][g] - missing[place]), 0.0)
    return attrs.evolve(loads, lo=tuple(lows))


def _counts(lo: Ints, hi: Ints, reps: Sequence[object]) -> Loads:
    """The numbers of customers as a load."""
    counts = Loads.of_one("customers", np.ones(1), lo.astype(float), hi.astype(float))
    return attrs.evolve(counts, groups=(tuple(reps) or counts.groups[0],))
