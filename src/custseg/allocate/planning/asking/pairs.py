"""How well each pair goes together: one row a customer, or one row a class of alike customers."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index

_BLOCK = 1 << 16


@attrs.frozen(eq=False)
class Pairs:
    """Points of customers with representatives.

    Attributes:
        points: One row a customer, or a class; NaN where a pair is not eligible.
        at: The class of each customer; ``None`` where each has a row of its own.

    >>> alike = Pairs(np.array([[0.5, np.nan]]), np.array([0, 0]))
    >>> alike.best().tolist(), alike.of(np.array([0, -1])).tolist()
    ([0.5, 0.5], [0.5, nan])
    """

    points: Floats
    at: Index | None = None

    @property
    def size(self) -> int:
        """How many customers there are."""
        return len(self.points) if self.at is None else self.at.size

    def of(self, reps: Index) -> Floats:
        """The points of each customer with one representative; NaN for -1."""
        got = np.full(self.size, np.nan)
        rows = np.flatnonzero(reps >= 0)
        got[rows] = self.points[rows if self.at is None else self.at[rows], reps[rows]]
        return got

    def best(self) -> Floats:
        """The points if nobody were ever full, NaN where nobody is eligible."""
        rows, reps = self.points.shape
        most = np.full(rows, np.nan)
        for start in range(0, rows if reps else 0, _BLOCK):
            np.fmax.reduce(self.points[start : start + _BLOCK], axis=1, out=most[start:][:_BLOCK])
        return most if self.at is None else most[self.at]

    def reach(self, reps: Bools) -> Bools:
        """Who is eligible for any of some representatives."""
        found = np.zeros(len(self.points), dtype=np.bool_)
        for rep in np.flatnonzero(reps).tolist():
            found |= ~np.isnan(self.points[:, rep])
        return found if self.at is None else found[self.at]


def in_turn(pairs: Pairs) -> Pairs:
    """Classes numbered by their first customer, and none without any.

    The numbers that wishes give follow the order in which words were read; what is decided between
    equal classes may not.

    >>> turned = in_turn(Pairs(np.array([[0.1], [0.2], [0.3]]), np.array([2, 0, 2])))
    >>> turned.at.tolist(), turned.points.tolist()
    ([0, 1, 0], [[0.3], [0.1]])
    """
    if pairs.at is None:
        return pairs
    first = np.full(len(pairs.points), pairs.at.size, dtype=np.intp)
    first[pairs.at[::-1]] = np.arange(pairs.at.size)[::-1]  # the last to be written is the first
    order = np.argsort(first, kind="stable")[: int((first < pairs.at.size).sum())]
    place = np.empty(first.size, dtype=np.intp)
    place[order] = np.arange(order.size)
    return Pairs(pairs.points[order], place[pairs.at])
