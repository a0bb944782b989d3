"""Work on datasets and streams of Arrow: read part by part, without any engine."""

from collections.abc import Generator, Mapping
from typing import Any

import attrs
import numpy as np

from custseg._typing import Index
from custseg.frames.arrowed import arrowed
from custseg.frames.arrowstream import Stream
from custseg.frames.eager import EagerTable
from custseg.frames.engines.dataset import DatasetTable, dataset_table
from custseg.frames.optional import optional
from custseg.frames.parts.hashing import kinds_of, mixed
from custseg.frames.parts.load import CELLS, DEALT
from custseg.frames.parts.runner import Runner
from custseg.frames.parts.shares import RowWork, Share, Work
from custseg.frames.parts.split import Scan, Split
from custseg.frames.parts.task import OnRows, Task
from custseg.frames.table import Table


class DatasetRunner(Runner):
    """A part at a time; the answer is a stream."""

    __slots__ = ()

    def by_customer(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Any:  # noqa: ARG002 - one protocol
        """A stream of the answers of the parts; nothing is read before it is asked."""
        split = _split(given, work)
        return Stream(split.task.schema, split.answers)

    def by_row(
        self, table: Table[Any], work: RowWork, needs: tuple[str, ...], replaces: tuple[str, ...]
    ) -> Any:
        """A stream of the rows with their new columns."""
        held = dataset_table(table.native)
        task = Task.of(OnRows(work), {"rows": held.empty(needs).native})
        return held.mapped(_Rows(task, needs, frozenset(replaces)))

    def totals(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Table[Any]:  # noqa: ARG002 - one protocol
        """The sums of all parts, at once."""
        return _split(given, work).totals()


def _split(given: Mapping[str, Share], work: Work) -> Split:
    opened = {name: _opened(share) for name, share in given.items()}
    keys = [[opened[n].native.schema.field(k).type for k in s.key] for n, s in given.items()]
    kinds = kinds_of(keys)
    tables = {n: DatasetScan(opened[n], share, kinds) for n, share in given.items()}
    return Split(tables, Task.of(work, {name: one.empty() for name, one in tables.items()}))


@attrs.frozen(eq=False)
class _Rows:
    """Work on the rows of a batch.

    Attributes:
        task: What is done.
        needs: The columns that are read.
        replaces: Columns to leave out.
    """

    task: Task
    needs: tuple[str, ...]
    replaces: frozenset[str]

    def __call__(self, rows: EagerTable) -> Any:
        """The batch with the new columns.

        Raises:
            CustsegError: What the work raised.
        """
        held = rows.native
        new = self.task.run({"rows": held.select(list(self.needs))}, 0)
        gone = self.replaces - set(new.column_names)
        for name, column in zip(new.column_names, new.columns, strict=True):
            if name in held.column_names:
                held = held.set_column(held.column_names.index(name), name, column)
            else:
                held = held.append_column(name, column)
        return held.select([name for name in held.column_names if name not in gone])


@attrs.frozen(eq=False)
class DatasetScan(Scan):
    """One table of a work on datasets.

    Attributes:
        table: The table.
        share: The columns that travel, and their key.
        kinds: How the key is hashed.
    """

    table: DatasetTable
    share: Share
    kinds: tuple[str, ...]

    @property
    def engine(self) -> str:
        """As it is called in the account of what crosses."""
        return "dataset"

    def empty(self) -> Any:
        """The columns without rows."""
        return self.table.empty(self.share.columns).native

    def batches(self) -> Generator[tuple[Any, Index]]:
        """Read them in one pass."""
        for batch in self.table.pulled(self.share.columns, DEALT):
            held = self._known(batch)
            yield held, self._cells(held)

    def _known(self, batch: Any) -> Any:
        if not self.share.known_only:
            return batch
        pc = optional("pyarrow.compute", extra="arrow")
        for name in self.share.key:
            batch = batch.filter(pc.is_valid(batch.column(name)))
        return batch

    def _cells(self, batch: Any) -> Index:
        mix = mixed([_column(batch.column(name)) for name in self.share.key], self.kinds)
        cell = mix & (CELLS - 1)
        return cell.astype(np.int16)


def _column(array: Any) -> Any:
    """A column of a key as one of pandas; ids stay whole numbers where some are missing."""
    pa, pd = optional("pyarrow", extra="arrow"), optional("pandas")
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if isinstance(array, pa.DictionaryArray):
        array = array.dictionary_decode()
    return pd.Series(pd.arrays.ArrowExtensionArray(array))


def _opened(share: Share) -> DatasetTable:
    """The columns that travel; those of a table in memory as a dataset."""
    if isinstance(share.table, DatasetTable):
        return share.table
    held = arrowed(share.fetched(), share.columns)
    return dataset_table(optional("pyarrow.dataset", extra="arrow").dataset(held))
