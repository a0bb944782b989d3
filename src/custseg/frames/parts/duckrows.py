"""New columns row by row on DuckDB: the rows stream by, what is not read as it is."""

from collections.abc import Generator, Mapping
from typing import Any

import attrs

from custseg.frames.arrowstream import Stream
from custseg.frames.crossings import noted
from custseg.frames.engines.duckarrow import (
    arrived,
    arrived_schema,
    crossing,
    passing,
    read,
    schema_of,
    types_of,
)
from custseg.frames.engines.ducklink import Link
from custseg.frames.parts.duckstream import related
from custseg.frames.parts.shares import RowWork
from custseg.frames.parts.task import OnRows, Task
from custseg.frames.sql import name as quoted
from custseg.frames.table import Table
from custseg.progress.telling import within

_READ = "__custseg_read_"


@attrs.frozen(eq=False)
class _Rows:
    """A relation whose rows get new columns.

    Attributes:
        link: How it is read: the columns that pass by, then those that are read.
        beside: The schema of those that pass by.
        read: The schema of those that are read.
        task: What is done with them.
    """

    link: Link
    beside: Any
    read: Any
    task: Task

    @property
    def schema(self) -> Any:
        """Columns that pass by, then new ones."""
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        return pa.schema([*self.beside, *self.task.schema])

    def tables(self) -> Generator[Any]:
        """The rows with their new columns, a batch at a time."""
        import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

        many, read = len(self.beside), 0
        for part, batch in enumerate(self.link.query()):
            columns = batch.columns
            raw = pa.RecordBatch.from_arrays(columns[many:], names=self.read.names)
            given = pa.Table.from_batches([arrived(raw, self.read)])
            noted("duckdb", batch.num_rows, tuple(self.read.names), streamed=True)
            with within("rows", read):
                new = self.task.run({"rows": given}, part)
            read += batch.num_rows
            yield pa.Table.from_arrays([*columns[:many], *new.columns], schema=self.schema)


def by_row_of(
    table: Table[Any], work: RowWork, needs: tuple[str, ...], replaces: tuple[str, ...]
) -> Any:
    """A relation with new columns, of which nothing is worked out before it is asked.

    Args:
        table: The opened relation.
        work: Some rows -> new columns.
        needs: The columns that it reads.
        replaces: Columns to leave out.
    """
    relation = table.native
    types = types_of(relation)
    read = arrived_schema(schema_of(relation, types, crossing(types, needs)), types)
    task = Task.of(OnRows(work), {"rows": read.empty_table()})
    new = task.schema.names
    beside = [n for n in types if n not in new and n not in replaces]
    passed = schema_of(relation, types, passing(types, beside))
    chosen = ", ".join(filter(None, (passing(types, beside), _numbered(types, needs))))
    rows = _Rows(Link.to(relation.project(chosen)), passed, read, task)
    made = related(relation, Stream(rows.schema, rows.tables), {})
    return _placed(made, types, new, beside)


def _numbered(types: Mapping[str, str], needs: tuple[str, ...]) -> str:
    """What is read, under names that no column has."""
    return ", ".join(
        f"{read(name, types[name])} AS {quoted(f'{_READ}{at}')}" for at, name in enumerate(needs)
    )


def _placed(made: Any, types: Mapping[str, str], new: list[str], beside: list[str]) -> Any:
    """Columns where they stood, new ones at the end, each with its type of DuckDB again."""
    there = types_of(made)
    order = [name for name in types if name in beside or name in new]
    order += [name for name in new if name not in types]
    chosen = (
        quoted(name)
        if name in new or there[name] == types[name]
        else f"CAST({quoted(name)} AS {types[name]}) AS {quoted(name)}"
        for name in order
    )
    return made.project(", ".join(chosen))
