"""Rows held together, and dealt into parts by the cell of their key once all of them are read."""

from collections.abc import Generator, Iterator, Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index

CELLS: Final = 4096
"""Keys fall into so many cells by their hash; a part is some cells that follow one another."""

Held = dict[str, list[tuple[Any, Index]]]
"""Table -> its record batches, and the cell of each row."""

DEALT: Final = 1 << 16
"""Rows that are dealt at once: they are put in order inside the cache."""


@attrs.define(eq=False)
class Load:
    """Rows that are held.

    Attributes:
        full: Bytes of a part.
        dealt: Whether the rows of a batch stand cell by cell, as they do from the second part on.
        sizes: Bytes of each cell.
        held: The rows.
    """

    full: float
    dealt: bool = False
    sizes: Floats = attrs.field(factory=lambda: np.zeros(CELLS))
    held: Held = attrs.field(factory=dict)

    @property
    def size(self) -> float:
        """Bytes of all that is held."""
        return float(self.sizes.sum())

    def add(self, name: str, batch: Any, cells: Index) -> None:
        """Hold the rows of a batch.

        Args:
            name: The table.
            batch: The batch.
            cells: The cell of each row.
        """
        if not len(cells):
            return
        self.sizes += np.bincount(cells, minlength=CELLS) * (batch.nbytes / len(cells))
        held = self.held.setdefault(name, [])
        held.extend(_dealt(batch, cells) if self.dealt else ((batch, cells),))
        if not self.dealt and self.size > self.full:
            self.dealt = True
            self.held = {
                name: [one for pair in some for one in _dealt(*pair)]
                for name, some in self.held.items()
            }

    def emptied(self) -> Held:
        """What is held, cell by cell in each batch; nothing is held any more."""
        held = self._let_go()
        if self.dealt:
            return held
        return {
            name: [one for pair in some for one in _dealt(*pair)] for name, some in held.items()
        }

    def parts(self) -> Generator[Mapping[str, list[Any]]]:
        """The record batches of each part, table by table; nothing is held after the last one."""
        sizes, dealt, held = self.sizes, self.dealt, self._let_go()
        self.dealt = False
        if not dealt and held:
            yield {name: [batch for batch, _ in some] for name, some in held.items()}
        elif held:
            for part in packed(sizes, self.full):
                yield {name: list(_of(some, part)) for name, some in held.items()}

    def _let_go(self) -> Held:
        held, self.held = self.held, {}
        self.sizes = np.zeros(CELLS)
        return held


def _dealt(batch: Any, cells: Index) -> Generator[tuple[Any, Index]]:
    """The rows cell by cell: copies, so that what the engine gave is let go."""
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works
    import pyarrow.compute as pc  # noqa: PLC0415 - loaded only where an engine works

    pool = pa.system_memory_pool()  # others give pages back all the time, and ask for them again
    for low in range(0, len(cells), DEALT):
        some = cells[low : low + DEALT]
        order = np.argsort(some, kind="stable")  # of small numbers it counts, and compares nothing
        yield pc.take(batch, pa.array(low + order), memory_pool=pool), some[order]


def _of(held: list[tuple[Any, Index]], part: range) -> Iterator[Any]:
    """The rows of some cells in batches that stand cell by cell; nothing is copied."""
    for batch, cells in held:
        low, end = cells.searchsorted(np.array((part.start, part.stop), dtype=cells.dtype)).tolist()
        if end > low:
            yield batch.slice(low, end - low)


def packed(sizes: Any, full: float) -> Iterator[range]:
    """Cells that follow one another, as many as fit together; a cell that does not is alone.

    Args:
        sizes: Of each cell.
        full: The size of a part.

    >>> import numpy as np
    >>> list(packed(np.array([3, 3, 0, 9, 1]), 6))
    [range(0, 3), range(3, 4), range(4, 5)]
    """
    low, total = 0, 0.0
    for cell, size in enumerate(sizes.tolist()):
        if total and total + size > full:
            yield range(low, cell)
            low, total = cell, 0.0
        total += size
    if total:
        yield range(low, len(sizes))
