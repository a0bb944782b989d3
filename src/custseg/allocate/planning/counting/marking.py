"""Who is alike for a plan: one number for all that it knows of a customer, the same anywhere."""

from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.ruling.ruled import Ruled
from custseg.allocate.solving.grid import scramble

Marks: TypeAlias = NDArray[np.uint64]

_FLAGS = 8


def marks(problem: Problem) -> Ints:
    """A number for each customer, equal for those of whom a plan knows the same.

    That is: the points of every wish and gate with every representative, the decision of the
    rules, the owner before, and whether somebody is barred, locked or of an owner who is gone. It
    does not depend on the other customers. Of ten thousand different ones, two would share a number
    once in 300 billion plans.

    Args:
        problem: Customers, all or some of them.

    >>> from custseg.allocate import Allocation, Match
    >>> from custseg.frames import table
    >>> people = [{"customer_id": k, "city": city} for k, city in enumerate("aab")]
    >>> asked = Allocation(wishes=[Match("city")])
    >>> problem = asked.problem(
    ...     table(people), table([{"rep_id": 1, "city": "b", "capacity": 9}]), None
    ... )
    >>> len(set(marks(problem).tolist()))
    2
    """
    mixed = _flags(problem)
    for score in (problem.score, problem.gates):
        if score is not None:
            for found in score.marks(row_marks):
                mixed = _stirred(mixed, found)
    if problem.ruled is not None:
        mixed = _stirred(mixed, _decisions(problem.ruled)[problem.ruled.at])
    return mixed.view(np.int64)


def row_marks(points: Floats) -> Marks:
    """A number for each row of points; NaN is one value, and so is 0."""
    plain = np.where(np.isnan(points), np.nan, points + 0.0)
    bits = np.ascontiguousarray(plain, dtype=np.float64).view(np.int64)
    factors = scramble(np.arange(bits.shape[1], dtype=np.intp)) | np.uint64(1)
    summed: Marks = (scramble(bits) * factors).sum(axis=1, dtype=np.uint64)
    return scramble(summed.view(np.int64))


def _stirred(mixed: Marks, more: Marks) -> Marks:
    return scramble((mixed ^ more).view(np.int64))


def _flags(problem: Problem) -> Marks:
    size = problem.size
    present = np.full(size, -1, dtype=np.int64) if problem.present is None else problem.present
    code = (np.asarray(present, dtype=np.int64) + 1) * _FLAGS + problem.barred
    code += 2 * _there(problem.locked, size)
    code += 4 * _there(problem.strays, size)
    return scramble(code)


def _there(flag: Bools | None, size: int) -> Index:
    return np.zeros(size, dtype=np.intp) if flag is None else flag.astype(np.intp)


def _decisions(ruled: Ruled) -> Marks:
    """A number for each decision: its rules, its pool, whom it allows."""
    told = zip(ruled.names, ruled.pool, ruled.instead, strict=True)
    said = b"".join(blake2b(repr(one).encode(), digest_size=8).digest() for one in told)
    names: Marks = np.frombuffer(said, dtype="<u8").astype(np.uint64)
    return _stirred(names, row_marks(ruled.open.astype(np.float64)))
