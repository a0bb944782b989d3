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
        order = np.argsort(key)  # equal keys in any order: they are the same in every column
        fresh = np.diff(key[order], prepend=-1) > 0
        place = np.empty(cases.size, dtype=np.intp)
        place[order] = np.cumsum(fresh) - 1
        first = order[fresh]
        rows, won = cases.counts(place, len(first))
        at = np.empty((len(first), len(columns)), dtype=np.intp)
        for i, column in enumerate(columns):
            at[:, i] = column[first]
        return cls(at, rows, won)
