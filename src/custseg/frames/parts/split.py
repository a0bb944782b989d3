"""Tables read a few cells of their keys at a time, so that what is held of them fits."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import count
from math import inf
from typing import Any, Final

import attrs

from custseg._typing import Index
from custseg.frames.crossings import noted
from custseg.frames.eager import eager_table
from custseg.frames.parts.load import Load, packed
from custseg.frames.parts.task import Task
from custseg.frames.table import Table

ROOM: Final = 768 * 2**20
"""Bytes of Arrow that are held together: what does not fit waits for another pass."""

_PARTS: Final = 12  # of what is held: work on a part takes three to four times as much as the part


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
    def batches(self, cells: range | None = None) -> Generator[tuple[Any, Index]]:
        """Record batches, and the cell of each row: below ``CELLS``, by the hash of its key.

        Args:
            cells: Only rows of these cells; none: all rows, whatever their key.
        """


@attrs.frozen(eq=False)
class Split:
    """Work on tables part by part, read in as few passes as there is room for.

    Attributes:
        scans: Table -> how it is read.
        task: What is done with a part.
        room: Bytes that are held together.
    """

    scans: Mapping[str, Scan]
    task: Task
    room: int = ROOM

    def answers(self) -> Generator[Any]:
        """The Arrow table that each part gives; parts without rows give none.

        Raises:
            CustsegError: What the work raised, with the part.
        """
        numbers, full = count(), self.room / _PARTS
        load = self._read(Load(self.room, full))
        yield from self._answers(load, numbers)
        done, left = load.stop, load.sizes[load.stop :]
        for some in packed(left, self.room):
            load = self._read(Load(inf, full), range(some.start + done, some.stop + done))
            yield from self._answers(load, numbers)

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

    def _read(self, load: Load, cells: range | None = None) -> Load:
        """One pass over every table."""
        for name, scan in self.scans.items():
            with closing(scan.batches(cells)) as rows:
                for batch, cell in rows:
                    load.add(name, batch, cell)
        return load

    def _answers(self, load: Load, numbers: Iterator[int]) -> Generator[Any]:
        for some in load.parts():
            held = {name: self._table(name, some.get(name, ())) for name in self.scans}
            yield self.task.run(held, next(numbers))

    def _table(self, name: str, batches: Iterable[Any]) -> Any:
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        scan = self.scans[name]
        held = pa.Table.from_batches(batches, scan.empty().schema)
        noted(scan.engine, held.num_rows, tuple(held.column_names), streamed=True)
        return held
