"""Rows for which there is no room: they wait in a file, by groups of cells."""

from collections.abc import Generator
from tempfile import TemporaryFile
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.errors import DataError
from custseg.frames.parts.load import CELLS, Held

_GROUPS: Final = 64
_CELL: Final = "__custseg_cell"


@attrs.frozen(eq=False)
class Aside:
    """A file that has no name, so that it goes away with the process whatever happens to it.

    Attributes:
        file: The file.
        places: Group of cells -> where its rows start in the file, with the table that they are of.
        schemas: Table -> its columns.
        sizes: Bytes of each group.
    """

    file: Any
    places: list[list[tuple[str, int]]] = attrs.field(factory=lambda: [[] for _ in range(_GROUPS)])
    schemas: dict[str, Any] = attrs.field(factory=dict)
    sizes: Floats = attrs.field(factory=lambda: np.zeros(_GROUPS))

    @classmethod
    def new(cls) -> "Aside":
        """An empty one, in the folder for temporary files.

        Raises:
            DataError: There is no such folder.
        """
        try:
            return cls(TemporaryFile(prefix="custseg-"))
        except OSError as error:
            raise _refused(error) from error

    def close(self) -> None:
        """Let the rows go."""
        self.file.close()

    def put(self, held: Held) -> None:
        """Lay rows aside.

        Args:
            held: Batches whose rows stand cell by cell.

        Raises:
            DataError: The disk is full.
        """
        for name, some in held.items():
            self.schemas.setdefault(name, some[0][0].schema)
            runs = [(_celled(batch, cells), _ends(cells)) for batch, cells in some]
            for group in range(_GROUPS):
                rows = [run.slice(ends[group], ends[group + 1] - ends[group]) for run, ends in runs]
                try:
                    self._write(name, group, [one for one in rows if one.num_rows])
                except OSError as error:
                    raise _refused(error) from error

    def rows(self, groups: range) -> Generator[tuple[str, Any, Index]]:
        """The batches of some groups, each with its table and the cell of each row.

        Args:
            groups: The groups.
        """
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        for group in groups:
            for name, place in self.places[group]:
                self.file.seek(place)
                for batch in pa.ipc.open_stream(self.file):
                    rows = pa.RecordBatch.from_arrays(batch.columns[:-1], schema=self.schemas[name])
                    yield name, rows, batch.column(rows.num_columns).to_numpy()

    def _write(self, name: str, group: int, rows: list[Any]) -> None:
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        if not rows:
            return
        held = pa.Table.from_batches(rows).combine_chunks()
        self.sizes[group] += held.nbytes
        self.places[group].append((name, self.file.seek(0, 2)))
        with pa.ipc.new_stream(self.file, held.schema) as stream:
            stream.write_table(held)


def _celled(batch: Any, cells: Index) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    names = [*batch.schema.names, _CELL]
    return pa.RecordBatch.from_arrays([*batch.columns, pa.array(cells)], names=names)


def _ends(cells: Index) -> list[int]:
    """Where the rows of each group start, and where the last one ends."""
    edges = np.arange(0, CELLS + 1, CELLS // _GROUPS).astype(cells.dtype)
    ends: list[int] = cells.searchsorted(edges).tolist()
    return ends


def _refused(error: OSError) -> DataError:
    msg = (
        f"does not fit into memory, and cannot be laid aside in the folder for temporary files "
        f"({error.strerror or error}); name a larger one by TMPDIR"
    )
    return DataError(msg)
