"""Times as whole days, and several columns as one whole number a row."""

from collections.abc import Iterator
from typing import Final, cast

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.lifetime.quadrature import blocks

_PER_UNIT: Final = (1.0, 7.0)  # whole days, or weeks counted in days
_BLOCK: Final = 32_768
_EXACT: Final = 2.0**53  # beyond it floats leave out whole numbers
_SHORT: Final = 2.0**32


@attrs.frozen
class Axis:
    """A column of whole numbers, or of times that may be whole days.

    Attributes:
        values: 0 or more, finite.
        timed: Whether they are times.
    """

    values: Floats
    timed: bool = True

    def size(self, per: float) -> int:
        """How many whole numbers there may be."""
        most = float(self.values.max())
        return int(np.rint(most * per if self.timed else most)) + 1

    def whole(self, rows: slice, per: float) -> Floats | None:
        """Some of the values as whole numbers; ``None`` where one is not."""
        values = self.values[rows]
        if not self.timed:
            return values
        near = np.rint(values if per == 1.0 else values * per)
        same = near == values if per == 1.0 else near / per == values
        return near if same.all() else None


@attrs.frozen(eq=False)
class Lattice:
    """Several columns as one whole number a row, in the order of the first, then the second, ...

    Attributes:
        per: Days in a unit of time.
        sizes: How many whole numbers each column may have.
        keys: The number of each row.
    """

    per: float
    sizes: tuple[int, ...]
    keys: Ints

    @classmethod
    def of(cls, *axes: Axis, cells: float = _EXACT, short: bool = False) -> "Lattice | None":
        """Make one number of each row; ``None`` where times are no whole days, or many cells.

        Args:
            axes: The columns.
            cells: How many different numbers there may be at most.
            short: Whether to take 32 bits where they suffice, which are sorted in half the time.

        >>> Lattice.of(Axis(np.array([3 / 7, 2.0])), Axis(np.array([1.0, 2.0]), timed=False))
        Lattice(per=7.0, sizes=(15, 3), keys=array([10, 44]))
        >>> Lattice.of(Axis(np.array([0.123]))) is None
        True
        """
        for per in _PER_UNIT:
            sizes = tuple(axis.size(per) for axis in axes)
            whole = float(np.prod([float(size) for size in sizes]))
            if whole > min(cells, _EXACT):
                return None
            kind = np.uint32 if short and whole <= _SHORT else np.int64
            keys = cast("Ints", np.empty(len(axes[0].values), dtype=kind))
            if all(_pack(axes, sizes, per, keys)):
                return cls(per, sizes, keys)
        return None

    def columns(self, keys: Ints) -> list[Floats]:
        """The columns of some numbers, times in days."""
        found: list[Floats] = []
        for size in self.sizes[:0:-1]:
            rest = keys // size
            found.append((keys - rest * size).astype(np.float64))
            keys = rest
        return [keys.astype(np.float64), *reversed(found)]


def _pack(axes: tuple[Axis, ...], sizes: tuple[int, ...], per: float, keys: Ints) -> Iterator[bool]:
    """Whether each block of rows is on the grid; its numbers are filled in."""
    for rows in blocks(len(keys), _BLOCK):
        total = axes[0].whole(rows, per)
        for axis, size in zip(axes[1:], sizes[1:], strict=True):
            part = None if total is None else axis.whole(rows, per)
            if part is None or total is None:
                total = None
                break
            total = total * size
            total += part
        if total is not None:
            keys[rows] = total
        yield total is not None
