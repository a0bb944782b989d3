"""Tables whose rows are elsewhere: a few columns are fetched when asked for, or all of them."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from custseg._typing import Index
from custseg.frames.cells import Cells
from custseg.frames.eager import EagerTable
from custseg.frames.table import Attachable, Table

NOTHING: Mapping[str, Attachable] = {}


@attrs.define(eq=False)
class FetchedTable(Table[Any]):
    """A table whose rows an engine holds, or workers, or files.

    Its kinds say how columns are fetched and how rows are handed back; what needs no more than
    that is said here.
    """

    _landed: EagerTable | None = attrs.field(default=None, init=False)

    lazy = True

    @property
    def landed(self) -> EagerTable:
        """All rows and columns, fetched once."""
        if self._landed is None:
            self._landed = self._fetch(self.columns)
        return self._landed

    def cells(self, name: str) -> Cells:
        """One column of the fetched rows."""
        return self.landed.cells(name)

    def attach(self, new: Mapping[str, Attachable]) -> Any:
        """Columns by position need rows with a position: the fetched ones."""
        return self._lazy_again(self.landed.attach(new), new)

    def take(self, rows: Index) -> Any:
        """These rows of the fetched ones."""
        return self._lazy_again(self.landed.take(rows))

    def select(self, names: Iterable[str]) -> EagerTable:
        """Fetch these columns once, and only them; what is fetched already is at hand."""
        chosen = self._chosen(names)
        return self._fetch(chosen) if self._landed is None else self._landed.select(chosen)

    def empty(self, names: Iterable[str] | None = None) -> EagerTable:
        """No rows, as an Arrow table."""
        return self._nothing(self._chosen(self.columns if names is None else names))

    def batches(self, names: Iterable[str], *, rows: int = 1 << 20) -> Iterator[EagerTable]:
        """Some columns, some rows at a time; they pass by and are let go."""
        return self._passing(self._chosen(names), rows)

    def _chosen(self, names: Iterable[str]) -> tuple[str, ...]:
        chosen = tuple(dict.fromkeys(names))
        self.require(chosen)
        return chosen

    @abstractmethod
    def _fetch(self, names: tuple[str, ...]) -> EagerTable:
        """These columns of all rows, noted as a crossing."""

    @abstractmethod
    def _nothing(self, names: tuple[str, ...]) -> EagerTable:
        """These columns without rows."""

    @abstractmethod
    def _passing(self, names: tuple[str, ...], rows: int) -> Iterator[EagerTable]:
        """These columns, about so many rows at a time."""

    @abstractmethod
    def _lazy_again(self, held: Any, new: Mapping[str, Attachable] = NOTHING) -> Any:
        """Rows in memory as the caller's kind of table, some of their columns new."""
