"""Tables read again and again, a few cells of their keys at a time, so that each part fits."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Ints
from custseg.frames.crossings import noted
from custseg.frames.eager import eager_table
from custseg.frames.parts.task import Task
from custseg.frames.table import Table

CELLS: Final = 4096
"""Keys fall into so many cells by their hash; a part is some cells that follow one another."""

FULL: Final = 256 * 2**20
"""Bytes of a part as Arrow, before the work: what works on it takes three to four times as much."""

_WIDTH: Final = 16  # bytes of a cell of a table that nothing was read of yet


class Scan(ABC):
    """The columns of a table that travel; reading costs one pass each time."""

    __slots__ = ()

    @property
    @abstractmethod
    def engine(self) -> str:
        """Name of the engine, for the account of what crosses."""

    @abstractmethod
    def empty(self) -> Any:
        """An Arrow table without rows."""

    @abstractmethod
    def batches(self, cells: range | None = None) -> Generator[Any]:
        """Record batches of all rows, or of those whose key falls into some cells.

        Args:
            cells: The cells; none: all rows, whatever their key.
        """

    @abstractmethod
    def counts(self) -> Ints:
        """The number of rows in each cell."""


@attrs.frozen(eq=False)
class Split:
    """Work on tables part by part, each part read when its turn comes.

    Attributes:
        scans: Table -> how it is read.
        task: What is done with a part.
        full: Bytes of a part.
    """

    scans: Mapping[str, Scan]
    task: Task
    full: int = FULL

    def answers(self) -> Generator[Any]:
        """The Arrow table that each part gives; parts without rows give none.

        Raises:
            CustsegError: What the work raised, with the part.
        """
        seen = self._beginnings()
        if all(one.whole for one in seen.values()):
            held = {name: self._table(name, one.batches) for name, one in seen.items()}
            del seen
            if any(one.num_rows for one in held.values()):
                yield self.task.run(held, 0)
            return
        widths = {name: one.width for name, one in seen.items()}
        del seen
        for part, cells in enumerate(self._parts(widths)):
            yield self._answer(cells, part)

    def totals(self) -> Table[Any]:
        """The few rows of all parts in memory, noted as sums.

        Raises:
            CustsegError: What the work raised, with the part.
        """
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        held = pa.concat_tables([self.task.schema.empty_table(), *self.answers()])
        engine = next(iter(self.scans.values())).engine
        noted(engine, held.num_rows, tuple(held.column_names), sums=True)
        return eager_table(held)

    def _beginnings(self) -> dict[str, "_Beginning"]:
        """What fits into one part, table by table; of the others the first rows."""
        seen: dict[str, _Beginning] = {}
        room = self.full
        for name, scan in self.scans.items():
            seen[name] = _Beginning.of(scan, room)
            room = room - seen[name].size if seen[name].whole else 0
        return seen

    def _answer(self, cells: range, part: int) -> Any:
        held = {name: self._table(name, one.batches(cells)) for name, one in self.scans.items()}
        return self.task.run(held, part)

    def _parts(self, widths: Mapping[str, float]) -> Iterator[range]:
        """Cells that follow one another, as many as fit."""
        sizes = np.zeros(CELLS)
        for name, scan in self.scans.items():
            sizes += scan.counts() * widths[name]
        yield from packed(sizes, self.full)

    def _table(self, name: str, batches: Iterable[Any]) -> Any:
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        scan = self.scans[name]
        held = pa.Table.from_batches(batches, scan.empty().schema)
        noted(scan.engine, held.num_rows, tuple(held.column_names), streamed=True)
        return held


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


@attrs.frozen(eq=False)
class _Beginning:
    """The first rows of a table.

    Attributes:
        batches: What was read.
        whole: Whether that is all.
        columns: Number of columns.
    """

    batches: list[Any]
    whole: bool
    columns: int

    @classmethod
    def of(cls, scan: Scan, room: int) -> "_Beginning":
        """Read until there is too much to hold; what is left of that tells how wide a row is."""
        held: list[Any] = []
        size, columns = 0, len(scan.empty().column_names)
        with closing(scan.batches()) as rows:
            for batch in rows:
                held.append(batch)
                size += batch.nbytes
                if size > room:
                    return cls(held[:1], whole=False, columns=columns)
        return cls(held, whole=True, columns=columns)

    @property
    def size(self) -> int:
        """Bytes of what was read."""
        return sum(batch.nbytes for batch in self.batches)

    @property
    def width(self) -> float:
        """Bytes of a row."""
        rows = sum(batch.num_rows for batch in self.batches)
        return self.size / rows if rows else float(_WIDTH * self.columns)
