"""Columns of a table in memory as an Arrow table, to be brought into an engine."""

from collections.abc import Iterable
from typing import Any

from custseg.frames.eager import EagerTable, eager_table
from custseg.frames.optional import optional
from custseg.frames.records import RecordTable
from custseg.frames.table import Table


def arrowed(table: Table[Any], names: Iterable[str]) -> Any:
    """Columns as an Arrow table; those of a lazy table are fetched.

    Args:
        table: The opened table.
        names: The columns.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A column holds values of several types.

    >>> from custseg.frames import table
    >>> arrowed(table([{"id": "007", "paid": 3}]), ["id"]).to_pydict()
    {'id': ['007']}
    """
    chosen = tuple(dict.fromkeys(names))
    held = table.select(chosen)
    if isinstance(held, EagerTable):
        return held.frame.select(*chosen).to_arrow().replace_schema_metadata(None)
    rows = held.rows if isinstance(held, RecordTable) else ()
    nothing = eager_table(optional("pyarrow", extra="arrow").table({}))
    return nothing.build({name: [row.get(name) for row in rows] for name in chosen})
