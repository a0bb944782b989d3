"""Values that customers gave one after the other: the latest, the mean, the worst, the trend."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints

MICRO: Final = 1_000_000
"""Values are kept in whole millionths: sums are exact, so the order of rows never matters."""


@attrs.frozen(eq=False)
class Ratings:
    """Values of customers in whole millionths, in any order.

    Attributes:
        code: Customer of each value.
        moment: When, in civil seconds.
        micro: The value in millionths.
        size: Number of customers.

    >>> given = Ratings(np.array([0, 0, 0]), np.array([1, 2, 2]), np.array([-4, 1, 3]) * MICRO, 2)
    >>> given.latest.tolist(), given.mean.tolist(), given.worst.tolist()
    ([2.0, nan], [0.0, nan], [-4.0, nan])
    >>> given.trend.tolist()  # 2 now, -4 before
    [6.0, nan]
    """

    code: Index
    moment: Ints
    micro: Ints
    size: int

    @property
    def count(self) -> Ints:
        """Values of each customer."""
        return np.bincount(self.code, minlength=self.size)

    @property
    def mean(self) -> Floats:
        """Mean of all, NaN where there is none."""
        return self._mean(np.ones(len(self.code), dtype=np.bool_))

    @property
    def latest(self) -> Floats:
        """The latest, NaN where there is none; several at one moment are equals."""
        return self._mean(self._last)

    @property
    def trend(self) -> Floats:
        """The latest less the mean of all before it, NaN where there is none before."""
        last = self._last
        return self._mean(last) - self._mean(~last)

    @property
    def worst(self) -> Floats:
        """The least, NaN where there is none."""
        least = np.full(self.size, np.iinfo(np.int64).max, dtype=np.int64)
        np.minimum.at(least, self.code, self.micro)
        return np.where(self.count > 0, least / MICRO, np.nan)

    @property
    def negative(self) -> Floats:
        """Share of values below 0, NaN where there is none."""
        below = np.bincount(self.code[self.micro < 0], minlength=self.size)
        count = self.count
        return np.where(count > 0, below / np.maximum(count, 1), np.nan)

    @property
    def _last(self) -> Bools:
        last = np.full(self.size, np.iinfo(np.int64).min, dtype=np.int64)
        np.maximum.at(last, self.code, self.moment)
        return np.asarray(self.moment == last[self.code])

    def _mean(self, where: Bools) -> Floats:
        total = np.zeros(self.size, dtype=np.int64)
        np.add.at(total, self.code[where], self.micro[where])
        count = np.bincount(self.code[where], minlength=self.size)
        return np.where(count > 0, total / np.maximum(count, 1) / MICRO, np.nan)
