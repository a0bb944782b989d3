"""Several columns of small codes as one: the combinations that occur, each once."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Index

MOST: Final = 1 << 22
"""More combinations than these are not tried: memory for them is no longer small."""

_CLOSE: Final = 1 << 13  # combinations that are kept without asking whether they occur


@attrs.frozen(eq=False)
class Axis:
    """One column in a few classes.

    Attributes:
        at: The class of each row.
        size: How many classes there are.
    """

    at: Index
    size: int


@attrs.frozen(eq=False)
class Joint:
    """Rows by combination.

    Attributes:
        at: The combination of each row.
        cells: For each combination the class on each axis.

    >>> two = Axis(np.array([0, 1, 1]), 2), Axis(np.array([2, 0, 0]), 3)
    >>> found = Joint.of(two, 3)
    >>> found.cells[found.at].tolist()
    [[0, 2], [1, 0], [1, 0]]
    """

    at: Index
    cells: Index

    @classmethod
    def of(cls, axes: Sequence[Axis], rows: int, most: int = MOST) -> "Joint | None":
        """Put axes together; None where there are too many combinations.

        Args:
            axes: The columns.
            rows: Number of rows.
            most: The most combinations of what occurs so far and the classes of one more column.
        """
        at: Index = np.zeros(rows, dtype=np.int32)
        cells: Index = np.zeros((1, 0), dtype=np.int32)
        for axis in axes:
            if len(cells) * axis.size > most:
                at, cells = _occurring(at, cells)
            if len(cells) * axis.size > most:
                return None
            at = _widened(at, axis, len(cells) == 1)
            cells = np.column_stack(
                (
                    np.repeat(cells, axis.size, axis=0),
                    np.tile(np.arange(axis.size, dtype=np.int32), len(cells)),
                )
            )
            if len(cells) > _CLOSE:
                at, cells = _occurring(at, cells)
        return cls(at, cells)


def _widened(at: Index, axis: Axis, first: bool) -> Index:  # noqa: FBT001 - nothing before it
    if first:
        return axis.at.astype(np.int32)
    out = at * np.int32(axis.size)
    out += axis.at
    return out


def _occurring(at: Index, cells: Index) -> tuple[Index, Index]:
    """Only the combinations that a row has."""
    there = np.zeros(len(cells), dtype=np.bool_)
    there[at] = True
    if there.all():
        return at, cells
    place = np.cumsum(there, dtype=np.int32) - np.int32(1)
    return place.take(at), cells[there]
