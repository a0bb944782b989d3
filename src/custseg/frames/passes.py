"""Aggregates of one column by bucket of value: what cut points need, without the rows."""

from abc import ABC, abstractmethod
from math import ldexp
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import DataError
from custseg.frames.money import UNITS

LIMB: Final = 32  # bits of a piece: two thousand million of them add up within 63
LARGEST: Final = 2.0**53  # units of money: beyond, floats do not tell ten-thousandths apart


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


@attrs.frozen
class Unit:
    """What values are whole multiples of, so that their sums are exact in any order.

    Money of up to four decimals is counted in ten-thousandths, as it is meant; other floats in a
    power of two that divides them, as they are stored.

    Attributes:
        power: Values are counted in ``2 ** power``; ``None``: in 1/10000.
        limbs: Number of pieces of 32 bits that hold a value.
    """

    power: int | None = None
    limbs: int = 2

    @classmethod
    def of(cls, smallest: float, largest: float) -> "Unit":
        """The power of two that divides all floats of this size.

        Args:
            smallest: Smallest size of a value, above 0.
            largest: Largest size of a value.

        >>> Unit.of(0.5, 3.0)
        Unit(power=-53, limbs=2)
        """
        power = int(np.frexp(smallest)[1]) - 53
        bits = int(np.frexp(largest)[1]) - power
        return cls(power, -(-bits // LIMB))

    @property
    def top(self) -> int:
        """The power of two of the highest piece."""
        return (self.power or 0) + LIMB * (self.limbs - 1)

    def whole(self, value: float) -> int:
        """A value counted in the unit.

        >>> Unit().whole(0.29), Unit(-2).whole(0.75)
        (2900, 3)
        """
        return int(np.rint(value * UNITS)) if self.power is None else int(ldexp(value, -self.power))


@attrs.frozen(eq=False)
class Sums:
    """The finite values of a column, added up exactly by bucket.

    Attributes:
        low: Smallest value in each bucket; NaN where it is empty.
        high: Largest value in each bucket; NaN where it is empty.
        count: Number of values.
        whole: Exact sum in the unit, of the values that are whole multiples of it.
        finer: Number of values that are no whole multiples of the unit.
        missing: Number of rows without a value.
        infinite: Number of rows whose value is infinite.
    """

    low: Floats
    high: Floats
    count: Ints
    whole: tuple[int, ...]
    finer: Ints
    missing: int
    infinite: int


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
    def sums(self, edges: Floats, unit: Unit) -> Sums:
        """Add up exactly the finite values by bucket.

        Args:
            edges: Finite numbers, ascending and different.
            unit: What is counted in; of a power of two the pieces must hold the largest value.
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

    def sums(self, edges: Floats, unit: Unit) -> Sums:
        """Count in whole units."""
        there = np.sort(self.values[np.isfinite(self.values)])
        found = ArrayPasses(there).buckets(edges)
        scaled, finer = wholes(there, unit)
        ends = np.concatenate(([0], np.cumsum(found.count)))
        whole = np.zeros(len(found.count), dtype=object)
        for piece in pieces(scaled, unit):
            through = np.concatenate(([0], np.cumsum(piece)))
            whole = (whole << LIMB) + np.diff(through[ends]).astype(object)
        missed = np.diff(np.concatenate(([0], np.cumsum(finer)))[ends])
        gone = int(np.isnan(self.values).sum()), int(np.isinf(self.values).sum())
        return Sums(found.low, found.high, found.count, tuple(whole.tolist()), missed, *gone)

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


def wholes(values: Floats, unit: Unit) -> tuple[Floats, Ints]:
    """Values on the scale of the unit's lowest piece (0 where finer), and which are finer.

    >>> wholes(np.array([0.29, 0.00001]), Unit())[0].tolist()
    [2900.0, 0.0]
    """
    if unit.power is not None:
        return values, np.zeros(len(values), dtype=np.int64)
    with np.errstate(over="ignore"):
        scaled = np.rint(values * UNITS)
    finer = (scaled / UNITS != values) | (np.abs(scaled) > LARGEST)
    return np.where(finer, 0.0, scaled), finer.astype(np.int64)


def pieces(values: Floats, unit: Unit) -> list[Ints]:
    """Values as pieces of 32 bits, the highest first; splitting by powers of two is exact.

    >>> [piece.tolist() for piece in pieces(np.array([2.0**33 + 5]), Unit(0, 2))]
    [[2], [5]]
    """
    rest, found = np.ldexp(values, -unit.top), []
    for _ in range(unit.limbs):
        above = np.trunc(rest)
        found.append(above.astype(np.int64))
        rest = np.ldexp(rest - above, LIMB)
    return found
