"""Transactions as they came: an old lot and newer ones, copied seldom."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools
from custseg.features.rows import Rows, Small

_FEWER: Final = 2  # an older batch is at least so many times as long as the next


@attrs.frozen(eq=False)
class Batch:
    """Transactions that came together.

    Attributes:
        rows: Customer, day and money of each transaction.
        second: Second of the day of each transaction.
    """

    rows: Rows
    second: Small

    def __len__(self) -> int:
        """Number of transactions."""
        return len(self.second)

    def where(self, kept: Bools) -> "Batch":
        """Some of the transactions."""
        return Batch(self.rows.take(kept), self.second[kept])

    @classmethod
    def joined(cls, batches: Sequence["Batch"], size: int) -> "Batch":
        """The transactions of several batches, in their order."""
        rows = Rows.joined([batch.rows for batch in batches], size)
        if len(batches) == 1:
            return cls(rows, batches[0].second)
        return cls(rows, np.concatenate([batch.second for batch in batches]))


def piled(batches: Sequence[Batch], new: Batch) -> tuple[Batch, ...]:
    """Put a batch on the pile; batches that are not much longer than the next are joined.

    So a transaction is copied as often as the pile doubles, not each time that some are added.

    >>> import numpy as np
    >>> def batch(n):
    ...     code = np.zeros(n, "i4")
    ...     return Batch(Rows(code, code, code.astype("i8"), 1), code)
    >>> [len(each) for each in piled([batch(900), batch(300), batch(90)], batch(50))]
    [900, 300, 140]
    """
    pile = [*batches, new]
    while len(pile) > 1 and len(pile[-2]) <= _FEWER * len(pile[-1]):
        last = pile.pop()
        pile.append(Batch.joined((pile.pop(), last), new.rows.size))
    return tuple(pile)
