"""Generated tables as data frames: the right type for every column, also for an empty one."""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Literal

from custseg.datasets.schema import CONTACTS, SCHEMA, CellKind
from custseg.errors import ConfigError, did_you_mean
from custseg.frames.optional import optional

Column = list[object]
Columns = dict[str, Column]
TableKind = Literal["records", "pandas", "polars", "arrow"]
"""The kinds of table that generated data comes as."""


def records(columns: Columns) -> list[dict[str, object]]:
    """Turn columns into records.

    >>> records({"a": [1, 2], "b": ["x", None]})
    [{'a': 1, 'b': 'x'}, {'a': 2, 'b': None}]
    """
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def export(name: str, columns: Columns, kind: str) -> object:
    """Turn the columns of a generated table into a table of a kind.

    Args:
        name: Name of the table, as in ``SCHEMA`` or ``CONTACTS``.
        columns: Its columns.
        kind: ``records``, ``pandas``, ``polars`` or ``arrow``.

    Raises:
        ConfigError: If the kind is unknown.
        MissingDependencyError: If its library is not installed.

    >>> export("visits", {"customer_id": ["C1"], "pages": [3]}, "records")
    [{'customer_id': 'C1', 'pages': 3}]
    """
    makers: dict[str, Callable[[Columns, Mapping[str, CellKind]], object]] = {
        "records": lambda columns, _: records(columns),
        "pandas": _pandas,
        "polars": _polars,
        "arrow": _arrow,
    }
    if kind not in makers:
        message = f"kind is one of {', '.join(makers)}, got {kind!r}.{did_you_mean(kind, makers)}"
        raise ConfigError(message, "kind")
    return makers[kind](columns, {**SCHEMA, **CONTACTS}[name])


def _pandas(columns: Columns, kinds: Mapping[str, CellKind]) -> object:
    pandas = optional("pandas")
    return pandas.DataFrame(
        {name: _series(pandas, column, kinds[name]) for name, column in columns.items()}
    )


def _series(pandas: ModuleType, column: Column, kind: CellKind) -> object:
    gaps = None in column
    types: dict[CellKind, str | None] = {
        "text": None,
        "number": "float64",
        "whole": "Int64" if gaps else "int64",
        "flag": "boolean" if gaps else "bool",
        "time": "datetime64[us]",
        "date": "datetime64[us]",
    }
    return pandas.Series(column, dtype=types[kind] or _text(pandas))


def _text(pandas: ModuleType) -> object:
    # `str` is the text type from pandas 3 on; before, it would write None as 'None'.
    return "str" if int(pandas.__version__.partition(".")[0]) > 2 else "object"  # noqa: PLR2004


def _polars(columns: Columns, kinds: Mapping[str, CellKind]) -> object:
    polars = optional("polars", extra="polars")
    types = {
        "text": polars.String,
        "number": polars.Float64,
        "whole": polars.Int64,
        "flag": polars.Boolean,
        "time": polars.Datetime("us"),
        "date": polars.Date,
    }
    return polars.DataFrame(columns, schema={name: types[kinds[name]] for name in columns})


def _arrow(columns: Columns, kinds: Mapping[str, CellKind]) -> object:
    arrow = optional("pyarrow", extra="arrow")
    types = {
        "text": arrow.string(),
        "number": arrow.float64(),
        "whole": arrow.int64(),
        "flag": arrow.bool_(),
        "time": arrow.timestamp("us"),
        "date": arrow.date32(),
    }
    schema = arrow.schema([(name, types[kinds[name]]) for name in columns])
    return arrow.table(columns, schema=schema)
