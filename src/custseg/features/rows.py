"""Transactions as small integers, and what makes purchases one occasion."""

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Index, Ints
from custseg.features.periods import Unit

Small = NDArray[np.int32]


@attrs.frozen
class Counting:
    """What makes purchases one occasion.

    Attributes:
        merge: Purchases in the same day, week, month, ... are one occasion; it is on the day of
            the first of them.
        net_days: Whether a day on which refunds outweigh purchases, or all money is 0, is none.
    """

    merge: Unit = "day"
    net_days: bool = False


@attrs.frozen(eq=False)
class Rows:
    """Transactions.

    Attributes:
        code: Customer of each row, 0 to ``size`` - 1.
        day: Civil day since 1970-01-01.
        units: Money in whole 1/10000; below 0 it is a refund, which is no purchase.
        size: Number of customers, with those that have no row.
        counting: What makes purchases one occasion.
    """

    code: Small
    day: Small
    units: Ints
    size: int
    counting: Counting = Counting()

    @property
    def dated(self) -> Ints:
        """Customer and day of each row in one number."""
        if not len(self.day):
            return np.empty(0, dtype=np.int64)
        low = int(self.day.min())
        days = int(self.day.max()) - low + 1
        return self.code.astype(np.int64) * days + (self.day - low)

    def take(self, rows: Index | Bools | slice) -> "Rows":
        """Some of the rows."""
        code, day, units = self.code[rows], self.day[rows], self.units[rows]
        return Rows(code, day, units, self.size, self.counting)

    @classmethod
    def joined(cls, parts: Sequence["Rows"], size: int) -> "Rows":
        """The rows of several parts, one after the other.

        >>> one = Rows(np.array([0], "i4"), np.array([5], "i4"), np.array([10]), 1)
        >>> len(Rows.joined([one, one], 1).code)
        2
        """
        if len(parts) == 1:
            return attrs.evolve(parts[0], size=size)
        code, day, units = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("code", "day", "units")
        )
        return cls(code, day, units, size, parts[0].counting)
