"""Customers who are alike in every bin, counted together."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.scoring.binning.cases import Cases

_ROOM: Final = 1 << 62


@attrs.frozen(eq=False)
class Patterns:
    """Every combination of bins that occurs, in a fixed order, with its customers.

    Sums over patterns are the same however the rows were ordered.

    Attributes:
        at: The bin of each pattern (row) in each column.
        rows: Customers of each pattern.
        cases: Won customers of each pattern.

    >>> cases = Cases(np.array([True, False, True]))
    >>> both = Patterns.of([np.array([1, 0, 1]), np.array([0, 0, 0])], [2, 1], cases)
    >>> both.at.tolist(), both.rows.tolist(), both.cases.tolist()
    ([[0, 0], [1, 0]], [1.0, 2.0], [0.0, 2.0])
    """

    at: Index
    rows: Floats
    cases: Floats

    @classmethod
    def of(cls, columns: Sequence[Index], sizes: Sequence[int], cases: Cases) -> "Patterns":
        """Count customers by their bins in all columns."""
        key = np.zeros(cases.size, dtype=np.int64)
        span = 1
        for at, size in zip(columns, sizes, strict=True):
            if span * size >= _ROOM:
                key = np.unique(key, return_inverse=True)[1]
                span = len(key)
            key = key * size + at
            span *= size
        _, first, place = np.unique(key, return_index=True, return_inverse=True)
        rows, won = cases.counts(place, len(first))
        at = np.stack([column[first] for column in columns], axis=1)
        return cls(at, rows, won)
