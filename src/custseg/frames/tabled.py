"""Results that are a table: any library of Arrow reads them as they stand."""

from typing import Any, Final

from custseg.frames.arrowstream import Stream
from custseg.frames.door import table
from custseg.showing import Shown

_OWN: Final = frozenset({"_duckdb", "duckdb", "polars", "pyarrow"})
"""Libraries whose tables stream themselves, part by part where they can."""

_INDEXED: Final = frozenset({"modin", "pandas"})


class Tabled(Shown):
    """A result that holds a table.

    PyArrow, pandas, Polars and DuckDB read it as they read any Arrow stream
    (``pyarrow.table(run)``, ``pandas.DataFrame.from_arrow(run)``, ``polars.DataFrame(run)``,
    ``duckdb.sql("FROM run")``), and so do the rooms, wherever they take a table.

    >>> import attrs
    >>> import pyarrow as pa
    >>> @attrs.frozen
    ... class Found(Tabled):
    ...     table: object
    >>> pa.table(Found([{"customer_id": "007"}])).to_pylist()
    [{'customer_id': '007'}]
    """

    __slots__ = ()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A new stream of the rows for any library of Arrow."""
        native = self._native()
        streams = isinstance(native, Stream) or type(native).__module__.split(".")[0] in _OWN
        if streams and hasattr(native, "__arrow_c_stream__"):
            return native.__arrow_c_stream__(requested_schema)
        from custseg.frames.arrowed import arrowed  # noqa: PLC0415 - records need no frame library

        opened = table(_unindexed(native))
        held = arrowed(opened, opened.columns)
        return held.__arrow_c_stream__(requested_schema)

    def _native(self) -> Any:
        """The table, of the caller's kind: that which is called so, at once or when asked."""
        held: Any = self
        return held.table() if callable(held.table) else held.table


def _unindexed(native: Any) -> Any:
    """A frame of pandas whose index has a name holds a column there: ids, mostly."""
    if type(native).__module__.partition(".")[0] not in _INDEXED:
        return native
    return native.reset_index() if any(native.index.names) else native
