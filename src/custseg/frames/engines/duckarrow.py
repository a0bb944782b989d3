"""Columns of DuckDB as Arrow and back, with the types that Arrow has no room for."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from custseg.frames.engines.duckasking import beside
from custseg.frames.optional import optional
from custseg.frames.sql import name as quoted

_AS_TEXT: Final = frozenset({"HUGEINT", "UHUGEINT", "BIT", "BIGNUM", "VARINT"})
"""They would come back as other numbers, or as bytes."""


def types_of(relation: Any) -> dict[str, str]:
    """Column -> the name of its type."""
    return dict(zip(relation.columns, map(str, relation.types), strict=True))


def schema_of(relation: Any, types: Mapping[str, str], chosen: str) -> Any:
    """The types of Arrow that a selection crosses as; no row is looked at, nor a step planned.

    Args:
        relation: A relation.
        types: Column -> its type.
        chosen: What is selected of it; nothing is a schema without columns.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where rows cross as Arrow

    if not chosen:
        return pa.schema([])
    none = ", ".join(f"CAST(NULL AS {kind}) AS {quoted(n)}" for n, kind in types.items())
    try:
        like = beside(relation, f"SELECT {chosen} FROM (SELECT {none}) LIMIT 0")  # noqa: S608 - names are quoted
        return like.to_arrow_table().schema
    except optional("duckdb").Error:  # a type whose name is not read back
        return relation.project(chosen).limit(0).to_arrow_table().schema


def crossing(types: Mapping[str, str], names: Iterable[str]) -> str:
    r"""What is selected so that columns can be read: a UUID crosses as its sixteen bytes.

    Args:
        types: Column -> its type.
        names: The columns.

    >>> crossing({"id": "UUID", "n": "BIGINT"}, ["n", "id"])
    '"n" AS "n", unhex(replace(CAST("id" AS VARCHAR), \'-\', \'\')) AS "id"'
    """
    return ", ".join(f"{read(name, types[name])} AS {quoted(name)}" for name in names)


def passing(types: Mapping[str, str], names: Iterable[str]) -> str:
    """What is selected so that columns come back as they were: nobody reads them.

    Args:
        types: Column -> its type.
        names: The columns.

    >>> passing({"n": "HUGEINT", "b": "BIGINT"}, ["n", "b"])
    'CAST("n" AS VARCHAR) AS "n", "b"'
    """
    return ", ".join(
        f"CAST({quoted(n)} AS VARCHAR) AS {quoted(n)}" if types[n] in _AS_TEXT else quoted(n)
        for n in names
    )


def arrived(batch: Any, schema: Any) -> Any:
    """A record batch of what `crossing` selected, with UUIDs where sixteen bytes stand.

    Args:
        batch: The batch.
        schema: What `arrived_schema` gave.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where rows cross as Arrow

    if batch.schema.equals(schema):
        return batch
    columns = [_arrived(batch.column(at), one.type) for at, one in enumerate(schema)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def arrived_schema(schema: Any, types: Mapping[str, str]) -> Any:
    """The schema of batches once their UUIDs are made.

    Args:
        schema: Of what `crossing` selected.
        types: Column -> its type in DuckDB.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded only where rows cross as Arrow

    ids = {one.name for one in schema if _as_bytes(types.get(one.name, ""))}
    kinds = (pa.uuid() if one.name in ids else one.type for one in schema)
    return pa.schema(list(zip(schema.names, kinds, strict=True)))


def _arrived(column: Any, kind: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only where rows cross as Arrow

    if column.type == kind:
        return column
    if isinstance(kind, pa.ExtensionType):
        return pa.ExtensionArray.from_storage(kind, column.cast(kind.storage_type))
    labels = pa.types.is_dictionary(kind)  # rows that were fetched have them as texts
    return (column.dictionary_encode() if labels else column).cast(kind)


def read(name: str, kind: str) -> str:
    """A column as an expression that can cross.

    Args:
        name: The column.
        kind: Its type in DuckDB.
    """
    if not _as_bytes(kind):
        return quoted(name)
    return f"unhex(replace(CAST({quoted(name)} AS VARCHAR), '-', ''))"


def _as_bytes(kind: str) -> bool:
    import pyarrow as pa  # noqa: PLC0415 - loaded only where rows cross as Arrow

    return kind == "UUID" and hasattr(pa, "uuid")
