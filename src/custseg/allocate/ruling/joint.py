"""Several columns of classes as one: the combinations that occur, each once."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Index

_FLAGS: Final = 1 << 22  # combinations that are ticked off rather than sorted


@attrs.frozen(eq=False)
class Joint:
    """Rows by combination.

    Attributes:
        at: The combination of each row.
        cells: For each combination the class of each column.

    >>> none = Joint(np.zeros(3, dtype=np.int32), np.zeros((1, 0), dtype=np.int32))
    >>> found = none.beside(np.array([0, 1, 1]), 2).beside(np.array([2, 0, 0]), 3)
    >>> found.at.tolist(), found.cells.tolist()
    ([0, 1, 1], [[0, 2], [1, 0]])
    """

    at: Index
    cells: Index

    def beside(self, classes: Index, size: int) -> "Joint":
        """With one more column.

        Args:
            classes: The class of each row.
            size: How many classes there are.
        """
        most = len(self.cells) * size
        code: Any = self.at.astype(np.int32 if most <= np.iinfo(np.int32).max else np.int64)
        code *= size
        code += classes
        if most <= _FLAGS:
            there = np.zeros(most, dtype=np.bool_)
            there[code] = True
            place = np.cumsum(there, dtype=np.int32) - np.int32(1)
            used, at = np.flatnonzero(there), np.asarray(place.take(code), dtype=np.int32)
        else:
            used, inverse = np.unique(code, return_inverse=True)
            at = np.asarray(inverse, dtype=np.int32)
        cells = np.column_stack((self.cells[used // size], (used % size).astype(np.int32)))
        return Joint(at, cells)
