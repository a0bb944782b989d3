"""Which kind of table is this?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from custseg.errors import DataError
from custseg.frames.arrowstream import Stream
from custseg.frames.optional import optional
from custseg.frames.records import record_table
from custseg.frames.table import Attachable, Table


def table(data: object) -> Table[Any]:
    """Open records or a frame.

    Args:
        data: A list, tuple or iterator of dicts, attrs or dataclass objects; a pandas, Polars
            (eager or lazy) or PyArrow table; a DuckDB relation; a DataFrame of Spark or
            Dask; a dataset of PyArrow or a `Stream`; an object with ``__arrow_c_stream__``; an
            opened table.

    Raises:
        DataError: It is none of these, or its column names are not unique.

    >>> table([{"customer_id": "00017"}]).columns
    ('customer_id',)
    """
    if isinstance(data, Table):
        return data
    if type(data).__module__.startswith("pyspark."):
        return _of_spark(data)  # first: a DataFrame of Connect says that it has every attribute
    if isinstance(data, Mapping | str | bytes) or hasattr(data, "_asdict"):
        raise DataError(_hint(data))
    streams = hasattr(data, "__arrow_c_stream__")
    if isinstance(data, list | tuple) or (isinstance(data, Iterator) and not streams):
        return record_table(cast("Sequence[object]", data))
    return _frame(data)


def columns_table(columns: Mapping[str, Attachable]) -> Table[Any]:
    """Open columns that are arrays already, as a table of pandas.

    Args:
        columns: Name -> column, all of one length.

    >>> columns_table({"revenue": [120.0, 8.5]}).read({"revenue": "number"})["revenue"].tolist()
    [120.0, 8.5]
    """
    import pandas as pd  # noqa: PLC0415 - records need no frame library

    from custseg.frames.eager import eager_table  # noqa: PLC0415 - same reason

    return eager_table(eager_table(pd.DataFrame()).build(columns))


def _frame(data: object) -> Table[Any]:
    _refuse_repeated(data)
    if type(data).__module__.startswith("dask.") and type(data).__name__ == "DataFrame":
        from custseg.frames.engines.dask import dask_table  # noqa: PLC0415 - if Dask is there

        return dask_table(data)
    if isinstance(data, Stream) or type(data).__module__ == "pyarrow._dataset":
        from custseg.frames.engines.dataset import dataset_table  # noqa: PLC0415 - if Arrow is there

        return dataset_table(data)
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - records need no frame library

    from custseg.frames.eager import EagerTable  # noqa: PLC0415 - same reason
    from custseg.frames.engines.lazy import LazyTable  # noqa: PLC0415 - same reason

    frame = nw.from_native(cast("Any", data), pass_through=True)
    if isinstance(frame, nw.DataFrame):
        return EagerTable(frame)
    if isinstance(frame, nw.LazyFrame):
        return LazyTable(frame)
    if hasattr(data, "__arrow_c_stream__") and not hasattr(data, "dtype"):
        return EagerTable(nw.from_native(optional("pyarrow", extra="arrow").table(data)))
    raise DataError(_hint(data))


def _of_spark(data: object) -> Table[Any]:
    kind = type(data)
    if kind.__name__ != "DataFrame":
        msg = f"a table of Spark is a DataFrame; got {kind.__name__}"
        raise DataError(msg)
    if kind.__module__.startswith("pyspark.pandas"):
        msg = "this is a DataFrame of pandas on Spark: pass that of Spark, df.to_spark()"
        raise DataError(msg)
    from custseg.frames.engines.spark import spark_table  # noqa: PLC0415 - if Spark is there

    return spark_table(data)


def _refuse_repeated(data: object) -> None:
    given = list(_names(data))
    if any(isinstance(name, tuple) for name in given):
        msg = (
            "column names have several levels; flatten them: df.columns = ['_'.join(c) for c in df]"
        )
        raise DataError(msg)
    names = [str(name) for name in given]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        msg = f"column names must be unique; these occur more than once: {repeated}"
        raise DataError(msg)


def _names(data: Any) -> Sequence[object]:
    if hasattr(data, "collect_schema"):
        return []  # a Polars frame cannot repeat a name, and asking a lazy one is costly
    return cast("Sequence[object]", getattr(data, "column_names", getattr(data, "columns", [])))


def _hint(data: object) -> str:
    kinds = "a list of records, or a pandas, Polars, PyArrow or DuckDB table"
    if isinstance(data, Mapping) or hasattr(data, "_asdict"):
        return f"one record is not a table: pass {kinds}; a model takes one record by .one(record)"
    if isinstance(data, str | bytes):
        return f"a text or path is not a table: read the file first, then pass {kinds}"
    if hasattr(data, "dtype"):
        return f"one column is not a table: pass {kinds}"
    return f"a table is {kinds}; got {type(data).__name__}"
