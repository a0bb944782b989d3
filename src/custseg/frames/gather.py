"""A column of a table at other rows, its type kept: what merging and naming copy from."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np

from custseg._typing import Index
from custseg.errors import DataError
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
    series = _series(table, name)
    return cast("Attachable", _taken(series, series.to_native(), rows))


def first_known(table: Table[Any], names: Sequence[str]) -> Attachable:
    """For each row the first value there is in some columns of one type.

    Args:
        table: A table in memory.
        names: The columns, the first one first.

    Raises:
        MissingColumnError: There is no such column.

    >>> from custseg.frames.records import record_table
    >>> first_known(record_table([{"a": None, "b": 1}, {"a": 2, "b": 3}]), ["a", "b"])
    [1, 2]
    """
    table.require(names)
    if isinstance(table, RecordTable):
        found = ([row.get(name) for name in names] for row in table.rows)
        return [next((one for one in held if one is not None), None) for held in found]
    columns = [_series(table, name) for name in names]
    if columns[0].implementation.is_pyarrow():  # what takes rows takes UUIDs too
        columns = [columns[0], *(_cast(column, columns[0]) for column in columns[1:])]
        known = np.stack([~column.is_null().to_numpy() for column in columns])
        at = known.argmax(axis=0) * table.size + np.arange(table.size)
        whole = cast("Any", _concatenated(columns))
        return cast("Attachable", _taken(whole, whole.to_native(), at))
    best = columns[0]
    for column in columns[1:]:
        best = best.zip_with(~best.is_null(), column)
    return cast("Attachable", best)


def recoded(table: Table[Any], name: str, at: Index, values: Sequence[object]) -> Attachable:
    """A column made of other values, of the type that a column has where they fit it.

    Args:
        table: The table whose column gives the type.
        name: That column.
        at: For each row the place of its value, -1 for none.
        values: The values.

    Raises:
        MissingColumnError: There is no such column.

    >>> from custseg.frames.records import record_table
    >>> recoded(record_table([{"id": "007"}]), "id", np.array([0, 1, -1]), ["a", "b"])
    ['a', 'b', None]
    """
    table.require((name,))
    if isinstance(table, RecordTable):
        held = [*values, None]
        return [held[place] for place in at.tolist()]
    series = _series(table, name)
    made = _made(series, list(values))
    return cast("Attachable", _taken(series, made, np.asarray(at, dtype=np.intp)))


def stacked(tables: Sequence[Table[Any]], name: str) -> Attachable:
    """One column of ids of several tables, one after the other, as the first table has it.

    Args:
        tables: The tables, of one kind or of several.
        name: The column, which each of them has, with no id twice and none missing.

    Raises:
        MissingColumnError: One of them has no such column.

    >>> from custseg.frames.records import record_table
    >>> stacked([record_table([{"id": "007"}]), record_table([{"id": "008"}])], "id")
    ['007', '008']
    """
    if not any(isinstance(table, RecordTable) for table in tables):
        columns = [_series(table, name) for table in tables]
        if all(_alike(columns[0], each) for each in columns):
            return _concatenated(columns)
    every: list[object] = []
    for keys in (table.keys(name) for table in tables):
        ids = keys.ids()
        every += (ids[at] for at in keys.at.tolist())
    return recoded(tables[0], name, np.arange(len(every)), every)


def prolonged(table: Table[Any], name: str, parts: Sequence[Attachable]) -> Attachable:
    """A column of a frame with more below it, which `recoded` or `gathered` made for it.

    Args:
        table: The frame, eager or lazy, but not records.
        name: The column.
        parts: What comes below.

    Raises:
        DataError: What comes below is of another type.

    >>> import polars as pl
    >>> from custseg.frames import table
    >>> people = table(pl.DataFrame({"id": [7, 8]}))
    >>> prolonged(people, "id", [recoded(people, "id", np.array([0]), [9])]).to_list()
    [7, 8, 9]
    """
    columns: list[Any] = [_series(table, name), *parts]
    pandas = columns[0].implementation.is_pandas_like()  # it finds a type for both by itself
    if not pandas and not all(_alike(columns[0], each) for each in columns):
        msg = f"holds values of another type in the rows to add than in the {table.size} rows there"
        raise DataError(msg, name)
    return _concatenated([each.alias(name) for each in columns])


def _alike(one: Any, other: Any) -> bool:
    """Whether two columns are of one library and one type."""
    if one.implementation is not other.implementation:
        return False
    mine, theirs = one.to_native(), other.to_native()
    if one.implementation.is_pyarrow():
        return bool(mine.type == theirs.type)
    return bool(mine.dtype == theirs.dtype)


def _cast(column: Any, like: Any) -> Any:
    """A column of Arrow as another of one type but for how it is held: labels, widths."""
    if _alike(column, like):
        return column
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - records need no frame library

    held = column.to_native().cast(like.to_native().type)
    return nw.from_native(held, series_only=True).alias(column.name)


def _concatenated(columns: Sequence[Any]) -> Attachable:
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - records need no frame library

    frames = [column.alias("column").to_frame() for column in columns]
    return cast("Attachable", nw.concat(frames)["column"])


def _series(table: Table[Any], name: str) -> Any:
    return cast("Any", getattr(table, "landed", table)).frame[name]


def _taken(series: Any, native: Any, rows: Index) -> Any:
    """Rows of a native column of the library that a series belongs to."""
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - records need no frame library

    library = series.implementation
    if library.is_pandas_like():
        taken = _pandas(native, rows)
    elif library.is_polars():
        taken = _polars(native, rows)
    elif library.is_pyarrow():
        taken = _arrow(native, rows)
    else:
        held = [*nw.from_native(native, series_only=True).to_list(), None]
        return nw.new_series(series.name, [held[row] for row in rows.tolist()], backend=library)
    return nw.from_native(taken, series_only=True).alias(series.name)


def _made(series: Any, values: list[object]) -> Any:
    """Values as a native column, of the series' own type where they fit it."""
    library, native = series.implementation, series.to_native()
    if library.is_polars():
        import polars as pl  # noqa: PLC0415 - loaded only with a Polars frame

        return _fitted(
            lambda kind: pl.Series(values, dtype=kind, strict=kind is not None), native.dtype
        )
    if library.is_pyarrow():
        import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow table

        return _fitted(lambda kind: pa.chunked_array([pa.array(values, type=kind)]), native.type)
    import pandas as pd  # noqa: PLC0415 - loaded only with a pandas frame

    # A categorical would turn words it does not know into missing values without a word.
    kind = object if isinstance(native.dtype, pd.CategoricalDtype) else native.dtype
    return _fitted(lambda kind: pd.Series(values, dtype=kind), kind)


def _fitted(make: Callable[[Any], Any], kind: object) -> Any:
    try:
        return make(kind)
    except Exception:  # noqa: BLE001 - each library has errors of its own for what does not fit
        return make(None)


def _pandas(native: Any, rows: Index) -> Any:
    held = native.reset_index(drop=True)
    if not (rows < 0).any():
        return held.take(rows).reset_index(drop=True)
    return held.reindex(np.where(rows < 0, len(held), rows)).reset_index(drop=True)


def _polars(native: Any, rows: Index) -> Any:
    import polars as pl  # noqa: PLC0415 - loaded only with a Polars frame

    at = pl.Series(rows.astype(np.int64))
    return native.gather(at.set(at < 0, None) if len(at) else at)


def _arrow(native: Any, rows: Index) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only with an Arrow table

    return native.take(pa.array(rows.astype(np.int64), mask=np.asarray(rows < 0)))
