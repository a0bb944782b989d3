"""Transactions as they came: an old lot and newer ones, copied seldom."""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Bools
from custseg.features.rows import Rows, Small


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
