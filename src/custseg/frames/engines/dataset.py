"""Files and streams of Arrow as lazy tables: rows pass by in batches, without any engine."""

from collections.abc import Callable, Generator, Iterable, Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import words
from custseg.frames.arrowed import arrowed
from custseg.frames.arrowstream import Stream
from custseg.frames.crossings import noted
from custseg.frames.eager import EagerTable, eager_table
from custseg.frames.engines.datasetwork import (
    Chosen,
    Joined,
    Mapped,
    Pushed,
    StreamPasses,
    added,
)
from custseg.frames.engines.fetching import NOTHING, FetchedTable
from custseg.frames.faults import typed
from custseg.frames.optional import optional
from custseg.frames.passes import Passes
from custseg.frames.table import Attachable, Table
from custseg.rules import Condition, Rule, merged

ROWS: Final = 1 << 18  # of a batch


@attrs.define(eq=False)
class DatasetTable(FetchedTable):
    """A dataset of PyArrow, or a stream that a work on one gave.

    Attributes:
        source: The dataset or stream.
    """

    source: Any

    @property
    def engine(self) -> str:
        """None of its own: PyArrow reads, numpy works."""
        return "dataset"

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.source.schema.names)

    @property
    def size(self) -> int:
        """Number of rows; of files it stands in them, a stream is gone through."""
        if hasattr(self.source, "count_rows"):
            return int(self.source.count_rows())
        return sum(batch.num_rows for batch in self.pulled(()))

    @property
    def native(self) -> Any:
        """The caller's dataset."""
        return self.source

    def build(self, columns: Mapping[str, Attachable]) -> Any:
        """A dataset in memory."""
        return _dataset(self.empty().build(columns))

    def adopted(self, held: Any) -> Any:
        """An Arrow table as a dataset in memory."""
        return _dataset(held)

    def pulled(self, names: tuple[str, ...], rows: int = ROWS) -> Generator[Any]:
        """Record batches of some columns.

        Args:
            names: The columns.
            rows: At most so many rows a batch.

        Raises:
            CustsegError: What a work inside of it raised.
        """
        with typed():
            if isinstance(self.source, Stream):
                for batch in self.source.to_batches():
                    yield batch.select(list(names))
            else:  # a few batches ahead: by default dozens are read before the first is used
                how = {"batch_size": rows, "batch_readahead": 2, "fragment_readahead": 1}
                # Other pools give the pages of each batch back, and ask for them again.
                pool = optional("pyarrow", extra="arrow").system_memory_pool()
                yield from self.source.to_batches(columns=list(names), memory_pool=pool, **how)

    def kept(self) -> "DatasetTable":
        """A stream as a dataset in memory; files are read again."""
        if not isinstance(self.source, Stream):
            return self
        return DatasetTable(_dataset(self.source.to_table()))

    def push(self, rules: Mapping[str, Rule]) -> Any:
        """A stream of the rows with the rules' columns, evaluated batch by batch."""
        self.require(merged(rule.needs for rule in rules.values()))
        return self.mapped(Pushed(rules))

    def where(self, condition: Condition) -> Any:
        """A stream of the rows for which a condition holds."""
        self.require(condition.needs)
        return self.mapped(Chosen(condition))

    def passes(self, name: str) -> Passes:
        """Aggregates of a column, added up batch by batch."""
        self.empty().read({name: "number"})
        return StreamPasses(self, name, "dataset")

    def latest(self, name: str) -> float:
        """The last day of a column."""
        self.require((name,))
        known = [x for part in self.batches((name,)) if not np.isnan(x := part.latest(name))]
        return max(known, default=np.nan)

    def counted(self, by: Iterable[str] | str) -> EagerTable:
        """Count batch by batch; the counts are added up."""
        names = words(by)
        self.require(names)
        pa = optional("pyarrow", extra="arrow")
        parts = [part.counted(names).native for part in self.batches(names)]
        held = eager_table(pa.concat_tables([self.empty(names).counted(names).native, *parts]))
        return added(held, names)

    def mapped(self, work: Callable[[EagerTable], Any]) -> Stream:
        """A stream of what a function makes of each batch.

        Args:
            work: An opened Arrow table -> an Arrow table.
        """
        return Stream(work(self.empty()).schema, Mapped(self, work))

    def _joined(self, other: Table[Any], on: Mapping[str, str], names: tuple[str, ...]) -> Any:
        """A stream of the rows with what the other table says; that is held in memory."""
        held = arrowed(other, (*on.values(), *names))
        return self.mapped(Joined(eager_table(held), on, names))

    def _schema(self, names: Iterable[str]) -> Any:
        pa = optional("pyarrow", extra="arrow")
        return pa.schema([self.source.schema.field(name) for name in names])

    def _fetch(self, names: tuple[str, ...]) -> EagerTable:
        pa = optional("pyarrow", extra="arrow")
        held = pa.Table.from_batches(self.pulled(names), self._schema(names))
        noted("dataset", held.num_rows, names)
        return eager_table(held)

    def _nothing(self, names: tuple[str, ...]) -> EagerTable:
        return eager_table(self._schema(names).empty_table())

    def _passing(self, names: tuple[str, ...], rows: int) -> Generator[EagerTable]:
        pa = optional("pyarrow", extra="arrow")
        for batch in self.pulled(names, rows):
            noted("dataset", batch.num_rows, names, streamed=True)
            yield eager_table(pa.Table.from_batches([batch]))

    def _lazy_again(self, held: Any, new: Mapping[str, Attachable] = NOTHING) -> Any:
        del new
        return _dataset(held)


def _dataset(held: Any) -> Any:
    return optional("pyarrow.dataset", extra="arrow").dataset(held)


def dataset_table(native: Any) -> DatasetTable:
    """Open a dataset of PyArrow, or a stream.

    Args:
        native: The dataset or stream.
    """
    return DatasetTable(native)
