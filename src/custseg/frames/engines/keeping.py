"""Rows of an engine that are worked out once, and rows that pass by some at a time."""

from collections.abc import Generator, Iterable
from contextlib import closing
from itertools import count
from typing import Any, Final

from custseg.frames.crossings import noted
from custseg.frames.eager import EagerTable, eager_table
from custseg.frames.engines.duckarrow import arrived, arrived_schema, crossing, types_of
from custseg.frames.engines.duckasking import beside
from custseg.frames.engines.ducklink import Link, in_transaction
from custseg.frames.engines.polarsrows import collected, pulled
from custseg.frames.faults import typed
from custseg.frames.optional import optional
from custseg.frames.sql import literal

_HOME: Final = "custseg_kept"
_THERE: Final = f"SELECT 1 FROM duckdb_databases() WHERE database_name = {literal(_HOME)}"  # noqa: S608 - our own name
_NUMBERS: Final = count(1)


def kept_in_polars(frame: Any) -> Any:
    """A lazy frame over rows that Polars holds in memory.

    Args:
        frame: The lazy frame.

    Raises:
        CustsegError: What a work inside of it raised.
    """
    with typed():
        return collected(frame).lazy()


def kept_in_duckdb(relation: Any) -> Any:
    """A relation over a table that DuckDB holds, in memory or in its folder for what does not fit.

    The table is in a database of its own, attached to the same DuckDB: other connections to it see
    the table too, as they would not see a temporary one. It is there until the last connection is
    closed.

    Args:
        relation: The relation.

    Raises:
        CustsegError: What a work inside of it raised.
    """
    number = next(_NUMBERS)
    with typed():
        if in_transaction(relation):  # it may have written to one database, and then to no other
            place = f"custseg_rows_{number}"
            relation.query("rows", f"CREATE TEMP TABLE {place} AS FROM rows")
        else:
            place = f"{_HOME}.main.rows_{number}"
            if not beside(relation, _THERE).fetchall():
                beside(relation, f"ATTACH IF NOT EXISTS ':memory:' AS {_HOME}")
            relation.create(place)
    return beside(relation, f"SELECT * FROM {place}").set_alias(f"custseg_rows_{number}")  # noqa: S608 - our own name


def streamed_from_polars(frame: Any, names: Iterable[str], rows: int) -> Generator[EagerTable]:
    """Columns of a lazy frame, about so many rows at a time.

    Args:
        frame: The lazy frame.
        names: The columns.
        rows: How many.

    Raises:
        CustsegError: What a work inside of it raised.
    """
    pl = optional("polars", extra="polars")
    for some in _grouped(pulled(frame.select(names)), rows):
        yield _noted("polars", eager_table(pl.concat(some)))


def streamed_from_duckdb(relation: Any, names: Iterable[str], rows: int) -> Generator[EagerTable]:
    """Columns of a relation as Arrow, about so many rows at a time.

    Args:
        relation: The relation.
        names: The columns.
        rows: How many.

    Raises:
        CustsegError: What a work inside of it raised.
    """
    pa = optional("pyarrow", extra="arrow")
    types = types_of(relation)
    link = Link.to(relation.project(crossing(types, names)))
    for some in _grouped(link.query(rows=rows), rows):
        schema = arrived_schema(some[0].schema, types)
        given = pa.Table.from_batches([arrived(batch, schema) for batch in some])
        yield _noted("duckdb", eager_table(given))


def _grouped(frames: Generator[Any], rows: int) -> Generator[list[Any]]:
    """Frames together that have about so many rows."""
    with closing(frames):
        held: list[Any] = []
        for frame in frames:
            held.append(frame)
            if sum(map(len, held)) >= rows:
                yield held
                held = []
        if held:
            yield held


def _noted(engine: str, table: EagerTable) -> EagerTable:
    noted(engine, table.size, table.columns, streamed=True)
    return table
