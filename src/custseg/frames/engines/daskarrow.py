"""Partitions of Dask as Arrow and back: what pandas leaves open is settled once for all of them."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from custseg.errors import DataError
from custseg.frames.plaintypes import plain_schema

_UNKNOWN: Final = "__UNKNOWN_CATEGORIES__"  # what Dask writes where it does not know them
_ASKED: Final = 64  # rows that tell what a column of objects holds


def meta_of(frame: Any) -> Any:
    """The pandas frame without rows that Dask keeps of a DataFrame."""
    return frame._meta  # noqa: SLF001 - Dask shows it under no other name


def schema_of(frame: Any, names: Iterable[str]) -> Any:
    """The Arrow types that every partition is given in; labels are texts.

    A column of objects does not tell its type: the first rows are asked, and it is one of texts
    where they are missing.

    Args:
        frame: The DataFrame.
        names: The columns.

    Raises:
        DataError: A column of objects holds values of several types.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    chosen = list(names)
    held = meta_of(frame)[chosen]
    objects = [name for name in chosen if _objects(held[name].dtype)]
    first = frame[objects].head(_ASKED, npartitions=-1) if objects else held
    kinds = (_kind((first if name in objects else held)[name]) for name in chosen)
    return plain_schema(pa.schema(list(zip(chosen, kinds, strict=True))))


def _kind(column: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    values = column.cat.categories if hasattr(column, "cat") else column
    if list(values[:1]) == [_UNKNOWN]:
        return pa.string()
    try:
        kind = pa.array(values, from_pandas=True).type
    except pa.ArrowException as error:
        msg = "holds values of several types, which a column of Arrow cannot; use one type"
        raise DataError(msg, str(column.name)) from error
    return pa.string() if pa.types.is_null(kind) else kind


def arrow_part(part: Any, schema: Any) -> Any:
    """A partition as an Arrow table of the types that all have.

    Args:
        part: The pandas frame.
        schema: The types.

    Raises:
        DataError: A column holds what does not fit the type that it has elsewhere.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    return pa.table([_column(part[one.name], one) for one in schema], schema=schema)


def _column(column: Any, promised: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    values = column.astype(column.cat.categories.dtype) if hasattr(column, "cat") else column
    try:
        held = pa.array(values, from_pandas=True)
        return held.cast(promised.type, safe=not pa.types.is_timestamp(promised.type))
    except pa.ArrowException as error:
        msg = f"holds values that do not fit the {promised.type} of the other partitions"
        raise DataError(msg, promised.name) from error


def dtypes_of(schema: Any, like: Any = None) -> dict[str, Any]:
    """The pandas types of an answer, the same in every partition.

    Args:
        schema: The Arrow types of the answer.
        like: A DataFrame of Dask whose columns keep their own type.
    """
    own: Mapping[str, Any] = {}
    if like is not None:
        held = meta_of(like)
        kept = [n for n in schema.names if n in held.columns and _plain(held[n].dtype)]
        types = schema_of(like, kept)
        own = {n: held[n].dtype for n in kept if types.field(n).type == schema.field(n).type}
    return {one.name: own.get(one.name, _dtype(one.type)) for one in schema}


def _plain(dtype: Any) -> bool:
    return not _objects(dtype) and not hasattr(dtype, "categories")


def _objects(dtype: Any) -> bool:
    return isinstance(dtype, np.dtype) and dtype.kind == "O"


def _dtype(kind: Any) -> Any:
    """Whole numbers and flags of pandas that know missing values; dates as moments at midnight."""
    import pandas as pd  # noqa: PLC0415 - loaded only where an engine works
    import pyarrow as pa  # noqa: PLC0415 - same reason

    if pa.types.is_integer(kind):
        return pd.Int64Dtype()
    if pa.types.is_boolean(kind):
        return pd.BooleanDtype()
    if pa.types.is_string(kind):
        return pd.Series(["word"]).dtype  # `str` in pandas 3, `object` before
    if pa.types.is_date(kind):
        return "datetime64[s]"
    simple = pa.types.is_floating(kind) or pa.types.is_timestamp(kind)
    return kind.to_pandas_dtype() if simple else object


def pandas_part(answer: Any, dtypes: Mapping[str, Any]) -> Any:
    """An answer as a pandas frame of these types.

    Args:
        answer: An Arrow table.
        dtypes: Column -> its type.

    Raises:
        DataError: A value is missing where the type of the column knows no missing values.
    """
    import pandas as pd  # noqa: PLC0415 - loaded only where an engine works
    import pyarrow as pa  # noqa: PLC0415 - same reason

    whole = {pa.int64(): pd.Int64Dtype(), pa.int32(): pd.Int32Dtype(), pa.int16(): pd.Int16Dtype()}
    whole |= {pa.int8(): pd.Int8Dtype(), pa.bool_(): pd.BooleanDtype()}
    held = answer.to_pandas(types_mapper=whole.get, date_as_object=False)
    made = {}
    for name, dtype in dtypes.items():
        try:
            made[name] = held[name].astype(dtype)
        except (TypeError, ValueError) as error:
            msg = f"has missing or other values, which a column of {dtype} cannot hold"
            raise DataError(msg, name) from error
    return pd.DataFrame(made, index=held.index)
