"""Numbers of groups of rows: total, mean with its interval, median; the same in any order."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.measures import quantile, ratio

_FEW: Final = 1 << 16


@attrs.frozen(eq=False)
class Spread:
    """Numbers group by group.

    Attributes:
        known: How many are known.
        total: Their sum.
        deviation: Their standard deviation, NaN of fewer than two.
        median: The one in the middle, NaN where none is known.

    >>> found = Spread.of(np.array([1.0, np.nan, 4.0, 1.0]), np.array([0, 0, 0, 1]), 3)
    >>> found.known.tolist(), found.total.tolist(), found.median.tolist()
    ([2, 1, 0], [5.0, 1.0, 0.0], [2.5, 1.0, nan])
    """

    known: Ints
    total: Floats
    deviation: Floats
    median: Floats

    @classmethod
    def of(cls, values: Floats, group: Index, size: int) -> "Spread":
        """Sort the numbers of each group and add them up from the smallest.

        Args:
            values: One number a row, NaN where it is not known.
            group: The group of each row.
            size: How many groups there are.
        """
        there = np.flatnonzero(~np.isnan(values))
        order = there[np.argsort(values[there])]
        small = group[order].astype(np.uint16 if size <= _FEW else np.int64)
        order = order[np.argsort(small, kind="stable")]  # small numbers are sorted by counting
        ordered, home = values[order], group[order]
        known = np.bincount(home, minlength=size)
        start = np.cumsum(known) - known
        total = _summed(ordered, known, start)
        mean = ratio(total, known)
        squares = _summed((ordered - mean[home]) ** 2, known, start)
        deviation = np.sqrt(ratio(squares, np.where(known > 1, known - 1, 0)))
        return cls(known, total, deviation, _middle(ordered, known, start))

    @property
    def mean(self) -> Floats:
        """Means; NaN where none is known."""
        return ratio(self.total, self.known)

    def interval(self, level: float) -> tuple[Floats, Floats]:
        """Lower and upper ends of the means; NaN where there are fewer than two.

        Source: Student 1908, "The Probable Error of a Mean", Biometrika 6(1).

        Args:
            level: Share of repetitions in which such an interval holds the true mean.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.

        >>> two = Spread.of(np.array([1.0, 3.0]), np.array([0, 0]), 1)
        >>> [ends.round(2).tolist() for ends in two.interval(0.95)]
        [[-10.71], [14.71]]
        """
        from scipy.special import stdtrit  # noqa: PLC0415 - loaded where it is used

        quantile(level)  # refuses what is no level
        many = np.where(self.known > 1, self.known, 2)
        half = stdtrit(many - 1, 0.5 + level / 2) * self.deviation / np.sqrt(many)
        return self.mean - half, self.mean + half


def _summed(ordered: Floats, known: Ints, start: Ints) -> Floats:
    out = np.zeros(len(known))
    some = np.flatnonzero(known)
    if len(some):
        out[some] = np.add.reduceat(ordered, start[some])
    return out


def _middle(ordered: Floats, known: Ints, start: Ints) -> Floats:
    out = np.full(len(known), np.nan)
    some = np.flatnonzero(known)
    low, high = (ordered[start[some] + (known[some] - less) // 2] for less in (1, 0))
    out[some] = low + (high - low) / 2
    return out
