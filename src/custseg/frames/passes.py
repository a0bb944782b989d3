"""Aggregates of one column by bucket of value: what cut points need, without the rows."""

from abc import ABC, abstractmethod

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import DataError


@attrs.frozen(eq=False)
class Buckets:
    """The finite values of a column, summed up by bucket.

    Bucket ``i`` holds the values from ``edges[i - 1]`` (included) to ``edges[i]`` (excluded); there
    is one more than there are edges. Counts, smallest and largest values are exact; sums are
    floats, added in the order of the engine, and not finite where they leave the range of floats.

    Attributes:
        low: Smallest value in each bucket; NaN where it is empty.
        high: Largest value in each bucket; NaN where it is empty.
        count: Number of values.
        total: Sum of ``value - centre``.
        squares: Sum of ``(value - centre) ** 2``.
        missing: Number of rows without a value.
        infinite: Number of rows whose value is infinite.
    """

    low: Floats
    high: Floats
    count: Ints
    total: Floats
    squares: Floats
    missing: int
    infinite: int


@attrs.frozen(eq=False)
class Tally:
    """Distinct values of a column and how often each occurs.

    Attributes:
        values: The values, ascending.
        counts: Number of rows of each.
    """

    values: Floats
    counts: Ints


class Passes(ABC):
    """Questions about one column of numbers that an engine answers in one pass each.

    >>> from custseg.frames import table
    >>> spent = table([{"x": 1.0}, {"x": 2.5}, {"x": 9.0}, {"x": None}]).passes("x")
    >>> found = spent.buckets(np.array([2.0, 5.0]))
    >>> found.count.tolist(), found.low.tolist(), found.total.tolist(), found.missing
    ([1, 1, 1], [1.0, 2.5, 9.0], [1.0, 2.5, 9.0], 1)
    >>> spent.tally([(1.0, 5.0)]).values.tolist()
    [1.0, 2.5]
    """

    __slots__ = ()

    @abstractmethod
    def buckets(self, edges: Floats, *, centre: Floats | float = 0.0) -> Buckets:
        """Sum up the finite values by bucket.

        Args:
            edges: Finite numbers, ascending and different; none: all values in one bucket.
            centre: What is taken off a value before it is summed: one number for all, or one for
                each bucket (sums of values near their centre keep their digits).
        """

    @abstractmethod
    def tally(self, ranges: list[tuple[float, float]]) -> Tally:
        """Fetch the distinct finite values within closed ranges, and how often each occurs.

        Args:
            ranges: Pairs of the smallest and the largest value, ascending, not overlapping.
        """


@attrs.frozen(eq=False)
class ArrayPasses(Passes):
    """The same of values in memory.

    Attributes:
        values: The column; NaN is missing.
    """

    values: Floats

    def buckets(self, edges: Floats, *, centre: Floats | float = 0.0) -> Buckets:
        """Sort and sum up."""
        missing, infinite = np.isnan(self.values), np.isinf(self.values)
        there = np.sort(self.values[~(missing | infinite)])
        ends = np.concatenate(([0], np.searchsorted(there, checked(edges)), [len(there)]))
        count = np.diff(ends)
        off = there - np.repeat(centres(centre, len(count)), count)
        full = np.flatnonzero(count)
        low, high = np.full((2, len(count)), np.nan)
        low[full], high[full] = there[ends[full]], there[ends[full + 1] - 1]
        total, squares = np.zeros((2, len(count)))
        if full.size:
            with np.errstate(over="ignore", invalid="ignore"):
                total[full] = np.add.reduceat(off, ends[full])
                squares[full] = np.add.reduceat(off * off, ends[full])
        gone = int(missing.sum()), int(infinite.sum())
        return Buckets(low, high, count.astype(np.int64), total, squares, *gone)

    def tally(self, ranges: list[tuple[float, float]]) -> Tally:
        """Look at each value."""
        lows, highs = np.array(ranges, dtype=np.float64).reshape(-1, 2).T
        at = np.searchsorted(lows, self.values, "right") - 1
        with np.errstate(invalid="ignore"):
            inside = (at >= 0) & (self.values <= np.append(highs, -np.inf)[at])
        values, counts = np.unique(self.values[inside], return_counts=True)
        return Tally(values, counts.astype(np.int64))


def checked(edges: Floats) -> Floats:
    """Edges that are finite and ascend.

    Raises:
        DataError: They are not.

    >>> checked(np.array([1.0, 2.0])).tolist()
    [1.0, 2.0]
    """
    given = np.asarray(edges, dtype=np.float64)
    if not np.isfinite(given).all() or (np.diff(given) <= 0).any():
        msg = f"edges of buckets must be finite and ascend, each once; got {given.size} that do not"
        raise DataError(msg)
    return given


def centres(centre: Floats | float, size: int) -> Floats:
    """One centre for each bucket.

    >>> centres(1.5, 2).tolist()
    [1.5, 1.5]
    """
    return np.broadcast_to(np.asarray(centre, dtype=np.float64), (size,))
