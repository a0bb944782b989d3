"""Rows held together: those of as many cells as fit, dealt into parts once all of them are read."""

from collections.abc import Generator, Iterator, Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index

CELLS: Final = 4096
"""Keys fall into so many cells by their hash; a part is some cells that follow one another."""


@attrs.define(eq=False)
class Load:
    """Rows of the cells below an end that comes down when there are too many.

    Attributes:
        room: Bytes that may be held; one cell is held whatever its size.
        full: Bytes of a part.
        stop: The end.
        dealt: Whether the rows of a batch stand cell by cell, as they do from the second part on.
        sizes: Bytes of each cell in what was read, whether it is held or not.
        held: Table -> its record batches, and the cell of each row.
    """

    room: float
    full: float
    stop: int = CELLS
    dealt: bool = False
    sizes: Floats = attrs.field(factory=lambda: np.zeros(CELLS))
    held: dict[str, list[tuple[Any, Index]]] = attrs.field(factory=dict)

    def add(self, name: str, batch: Any, cells: Index) -> None:
        """Hold the rows of a batch that are of cells below the end.

        Args:
            name: The table.
            batch: The batch.
            cells: The cell of each row.
        """
        if not len(cells):
            return
        self.sizes += np.bincount(cells, minlength=CELLS) * (batch.nbytes / len(cells))
        self.held.setdefault(name, []).append(
            self._below(batch, cells) if self.dealt else (batch, cells)
        )
        if not self.dealt and self.sizes.sum() > self.full:
            self.dealt = True
            self._cut()
        while self.sizes[: self.stop].sum() > self.room and self._halved():
            self._cut()

    def parts(self) -> Generator[Mapping[str, list[Any]]]:
        """The record batches of each part, table by table; nothing is held after the last one."""
        held, self.held = self.held, {}
        if not self.dealt and held:
            yield {name: [batch for batch, _ in some] for name, some in held.items()}
        elif held:
            for part in packed(self.sizes[: self.stop], self.full):
                yield {name: list(_of(some, part)) for name, some in held.items()}

    def _halved(self) -> bool:
        """Bring the end down so that about half stays; whether it came down."""
        below = np.cumsum(self.sizes[: self.stop])
        first = int(np.searchsorted(below, 0, side="right"))
        before = self.stop
        self.stop = max(int(np.searchsorted(below, below[-1] / 2, side="right")), first + 1)
        return self.stop < before

    def _cut(self) -> None:
        for some in self.held.values():
            for at, (batch, cells) in enumerate(some):
                some[at] = self._below(batch, cells)

    def _below(self, batch: Any, cells: Index) -> tuple[Any, Index]:
        """The rows of cells below the end, cell by cell: a copy, so that the others are let go."""
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        order = np.argsort(cells, kind="stable")  # of small numbers it counts, and compares nothing
        there = cells[order]
        some = slice(0, int(np.searchsorted(there, self.stop)))
        return batch.take(pa.array(order[some])), there[some].copy()


def _of(held: list[tuple[Any, Index]], part: range) -> Iterator[Any]:
    """The rows of some cells in batches that stand cell by cell; nothing is copied."""
    for batch, cells in held:
        low, end = np.searchsorted(cells, (part.start, part.stop)).tolist()
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
