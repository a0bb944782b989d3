"""How well each pair goes together: one row a customer, or one row a class of alike customers."""

from typing import Any

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


def merged(points: Floats) -> tuple[Index, Index]:
    """Equal rows as one: the number of each row, and the first row of each number.

    >>> same = np.array([[0.1, np.nan], [0.2, 0.2], [0.1, np.nan]])
    >>> [found.tolist() for found in merged(same)]
    [[0, 1, 0], [0, 1]]
    """
    size, width = points.shape
    odd = np.arange(1, 2 * width, 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    sums = np.zeros(size, dtype=np.uint64)
    for start in range(0, size, _BLOCK):
        block = _plain(points[start : start + _BLOCK])
        sums[start : start + _BLOCK] = (_mixed(block.view(np.uint64)) * odd).sum(axis=1)
    found, first, at = np.unique(sums, return_index=True, return_inverse=True)
    if not np.array_equal(points, points[first[at]], equal_nan=True):  # two rows by one sum
        found, first, at = np.unique(_plain(points), axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty(len(found), dtype=np.intp)
    place[order] = np.arange(order.size)
    return place[at.reshape(-1)], first[order]


def _plain(points: Floats) -> Floats:
    """One number for each NaN, and one zero."""
    return np.where(np.isnan(points), -np.inf, points) + 0.0


def _mixed(bits: Any) -> Any:  # noqa: ANN401 - an array of whole numbers without sign
    """Bits of numbers spread, so that sums of them tell rows apart."""
    bits ^= bits >> np.uint64(29)
    bits *= np.uint64(0xBF58476D1CE4E5B9)
    return bits ^ (bits >> np.uint64(32))
