"""A column of a table at other rows, its type kept: what merging and naming copy from."""

from typing import Any, cast

import numpy as np

from custseg._typing import Index
from custseg.frames.records import RecordTable
from custseg.frames.table import Attachable, Table


def gathered(table: Table[Any], name: str, rows: Index) -> Attachable:
    """One column at some rows, to attach or to build with.

    Args:
        table: The table that holds the column.
        name: The column.
        rows: For each new row the row whose value it takes, -1 for none.

    Raises:
        MissingColumnError: There is no such column.

    >>> from custseg.frames.records import record_table
    >>> people = record_table([{"id": "007"}, {"id": "008"}])
    >>> gathered(people, "id", np.array([1, 1, -1]))
    ['008', '008', None]
    """
    table.require((name,))
    if isinstance(table, RecordTable):
        return [table.rows[row].get(name) if row >= 0 else None for row in rows.tolist()]
    return cast("Attachable", _native(table, name, rows))


def _native(table: Table[Any], name: str, rows: Index) -> Any:
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - records need no frame library

    from custseg.frames.lazy import LazyTable  # noqa: PLC0415 - same reason

    frame = cast("Any", table.landed if isinstance(table, LazyTable) else table).frame
    series, library = frame[name], frame.implementation
    if library.is_pandas_like():
        taken = _pandas(series.to_native(), rows)
    elif library.is_polars():
        taken = _polars(series.to_native(), rows)
    elif library.is_pyarrow():
        taken = _arrow(series.to_native(), rows)
    else:
        held = [*series.to_list(), None]
        return nw.new_series(name, [held[row] for row in rows.tolist()], backend=library)
    return nw.from_native(taken, series_only=True).alias(name)


def _pandas(native: Any, rows: Index) -> Any:
    if not (rows < 0).any():
        return native.take(rows).reset_index(drop=True)
    return (
        native.reset_index(drop=True)
        .reindex(np.where(rows < 0, len(native), rows))
        .reset_index(drop=True)
    )


def _polars(native: Any, rows: Index) -> Any:
    import polars as pl  # noqa: PLC0415 - loaded only with a Polars frame

    at = pl.Series(rows.astype(np.int64))
    return native.gather(at.set(at < 0, None) if len(at) else at)


def _arrow(native: Any, rows: Index) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow table

    return native.take(pa.array(rows.astype(np.int64), mask=np.asarray(rows < 0)))
