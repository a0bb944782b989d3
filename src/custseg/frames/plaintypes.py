"""Types of Arrow that Spark, Dask, DuckDB and Polars all have."""

from typing import Any

from custseg.errors import DataError


def plain_schema(schema: Any) -> Any:
    """The same columns with types that every engine has; labels are texts.

    Args:
        schema: A schema of Arrow.

    Raises:
        DataError: A column has no type.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    return pa.schema([pa.field(one.name, _plain(one.name, one.type)) for one in schema])


def worded(held: Any) -> Any:
    """An Arrow table whose columns of nothing but nulls are texts: work on them needs a type.

    >>> import pyarrow as pa
    >>> worded(pa.table({"note": pa.nulls(2)})).schema.field("note").type
    DataType(string)
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    if not any(pa.types.is_null(kind) for kind in held.schema.types):
        return held
    fields = (f.with_type(pa.string()) if pa.types.is_null(f.type) else f for f in held.schema)
    return held.cast(pa.schema(list(fields)))


def _plain(name: str, kind: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only where an engine works

    types = pa.types
    if types.is_null(kind):
        msg = "has no type where there are no rows: build it from an array, not from a list"
        raise DataError(msg, name)
    if types.is_dictionary(kind):
        return _plain(name, kind.value_type)
    if types.is_large_string(kind) or types.is_string_view(kind):
        return pa.string()
    if types.is_timestamp(kind):
        return pa.timestamp("us", kind.tz)
    if types.is_date(kind):
        return pa.date32()
    if types.is_unsigned_integer(kind):
        return pa.int64()
    return pa.float64() if types.is_float16(kind) else kind
