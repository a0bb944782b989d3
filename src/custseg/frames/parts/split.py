"""Tables read once, and worked on part by part: what does not fit waits in a file."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from itertools import count
from typing import Any, Final

import attrs

from custseg._typing import Index
from custseg.frames.crossings import noted
from custseg.frames.eager import eager_table
from custseg.frames.parts.aside import Aside
from custseg.frames.parts.load import Load, packed
from custseg.frames.parts.task import Task
from custseg.frames.table import Table
from custseg.progress.telling import tell, within

ROOM: Final = 768 * 2**20
"""Bytes of Arrow that are held together; if there is more, all of it waits in a file."""

_PARTS: Final = 12  # of what is held: work on a part takes three to four times as much as the part
_RUNS: Final = 4  # of what is held: what goes to the file at once


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
    def batches(self) -> Generator[tuple[Any, Index]]:
        """Record batches, and the cell of each row: below ``CELLS``, by the hash of its key."""


@attrs.frozen(eq=False)
class Split:
    """Work on tables part by part.

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
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        numbers, load = count(), Load(self.room / _PARTS)
        with ExitStack() as stack:
            stack.callback(pa.system_memory_pool().release_unused)
            aside = self._read(load, stack)
            if aside is None:
                yield from self._answers(load, numbers)
                return
            for groups in packed(aside.sizes, load.full):
                for name, batch, cells in aside.rows(groups):
                    load.add(name, batch, cells)
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

    def _read(self, load: Load, stack: ExitStack) -> Aside | None:
        """One pass over every table: all rows are held, or all are laid aside."""
        aside, room = None, float(self.room)
        read = 0
        for name, batch, cells in self._batches():
            tell("rows", read)
            read += batch.num_rows
            load.add(name, batch, cells)
            if load.size > room:
                aside = aside or stack.enter_context(closing(Aside.new()))
                aside.put(load.emptied())
                room = self.room / _RUNS
        if aside is not None:
            aside.put(load.emptied())
        return aside

    def _batches(self) -> Generator[tuple[str, Any, Index]]:
        for name, scan in self.scans.items():
            with closing(scan.batches()) as rows:
                for batch, cells in rows:
                    yield name, batch, cells

    def _answers(self, load: Load, numbers: Iterator[int]) -> Generator[Any]:
        for some in load.parts():
            held = {name: self._table(name, some.get(name, ())) for name in self.scans}
            number = next(numbers)
            with within("parts", number):
                answer = self.task.run(held, number)
            yield answer

    def _table(self, name: str, batches: Iterable[Any]) -> Any:
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        scan = self.scans[name]
        held = pa.Table.from_batches(batches, scan.empty().schema)
        noted(scan.engine, held.num_rows, tuple(held.column_names), streamed=True)
        return held
