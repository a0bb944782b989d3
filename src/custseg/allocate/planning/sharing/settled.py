"""Who is settled before anybody is shared out: locked customers, and families that follow them."""

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.sharing.violation import Violation, among
from custseg.reasons import Reason


@attrs.frozen(eq=False)
class Settled:
    """What locks leave to be solved.

    Attributes:
        at: The representative of each settled customer, -1 for who is still to be shared out.
        lo: The fewest customers that are still to be given.
        hi: The most.
        violations: Limits that locks break.
    """

    at: Index
    lo: Ints
    hi: Ints
    violations: tuple[Violation, ...]


def settled(problem: Problem, sizes: Ints | None = None) -> Settled:
    """Give locked customers to their owners, and their families with them.

    A lock wins over every limit, rule and gate. A family with a locked member follows it; with
    locks on several owners, it follows most of them, and each lock holds.

    Args:
        problem: What is asked.
        sizes: How many customers each row stands for; ``None``: one.
    """
    places = problem.places
    at: Index = np.full(problem.size, -1, dtype=np.intp)
    if problem.locked is None or problem.present is None or not problem.score.team.size:
        return Settled(at, places.lo, places.hi, ())
    held = problem.locked & (problem.present >= 0)
    at[held] = problem.present[held]
    torn = _follow(problem, held, at)
    given = counted(at, places.hi.size, sizes)
    hi = np.maximum(places.hi - given, 0)
    lo = np.minimum(np.maximum(places.lo - given, 0), hi)
    told = at if sizes is None else np.full_like(at, -1)
    return Settled(at, lo, hi, (*_over(problem, given, told), *torn))


def counted(at: Index, size: int, sizes: Ints | None = None) -> Ints:
    """How many customers each representative has.

    Args:
        at: The representative of each row, -1 for none.
        size: How many representatives there are.
        sizes: How many customers each row stands for; ``None``: one.

    >>> counted(np.array([1, -1, 1]), 2).tolist(), counted(np.array([0]), 1, np.array([7])).tolist()
    ([0, 2], [7])
    """
    rows = np.flatnonzero(at >= 0)
    if sizes is None:
        return np.bincount(at[rows], minlength=size)
    found = np.zeros(size, dtype=np.int64)
    np.add.at(found, at[rows], sizes[rows])
    return found


def _follow(problem: Problem, held: Bools, at: Index) -> tuple[Violation, ...]:
    """Put the families of locked customers where most of their locks are."""
    families, present = problem.families, problem.present
    if families is None or present is None or not held.any():
        return ()
    size = problem.score.team.size
    votes, count = np.unique(families[held] * size + present[held], return_counts=True)
    family, rep = np.divmod(votes, size)
    order = np.lexsort((rep, -count, family))  # most locks first, then the first id
    leads, first = np.unique(family[order], return_index=True)
    goes = np.full(int(families.max()) + 1, -1, dtype=np.intp)
    goes[leads] = rep[order][first]
    follows = ~held & ~problem.barred & (goes[families] >= 0)
    at[follows] = goes[families[follows]]
    several = np.unique(family)[np.unique(family, return_counts=True)[1] > 1]
    torn = np.flatnonzero(held & np.isin(families, several))
    if not torn.size:
        return ()
    return (among(Reason("family_torn", {"families": int(several.size)}), problem, (), torn),)


def _over(problem: Problem, given: Ints, at: Index) -> tuple[Violation, ...]:
    """Whose places locked customers exceed."""
    places = problem.places
    room = np.maximum(np.floor(places.capacity) - places.load, 0)
    return tuple(
        among(
            Reason("locked_over", {"places": int(room[rep]), "locked": int(given[rep])}),
            problem,
            (rep,),
            np.flatnonzero(at == rep),
        )
        for rep in np.flatnonzero(given > room).tolist()
    )
