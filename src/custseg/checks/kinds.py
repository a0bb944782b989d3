"""The sample as every kind of table that is installed here."""

from collections.abc import Iterator, Sequence
from typing import Any

from custseg import frames
from custseg.checks.samples import Rows
from custseg.errors import MissingDependencyError

Answers = dict[Any, tuple[Any, ...]]
"""What a table says of each customer: id -> its answers."""


def kinds(rows: Rows) -> Iterator[tuple[str, Any]]:
    """Each kind by name: records, an iterator of them, pandas of each backing, Polars, Arrow, ...

    >>> next(kinds([{"a": 1}]))
    ('records', [{'a': 1}])
    """
    yield "records", [dict(row) for row in rows]
    yield "generator", iter([dict(row) for row in rows])
    for name, make in _MAKERS.items():
        try:
            yield name, make(rows)
        except MissingDependencyError:
            continue


def answers(table: object, names: Sequence[str], key: str) -> Answers:
    """What a table says of each customer, so that kinds and orders can be compared.

    >>> answers([{"id": "a", "tier": "high"}], ("tier",), "id")
    {'a': ('high',)}
    """
    opened = frames.table(table)
    ids = _listed(opened, key)
    columns = [_listed(opened, name) for name in names]
    rows = zip(*columns, strict=True) if columns else ((),) * len(ids)
    return dict(zip(ids, rows, strict=True))


def contents(table: object) -> dict[str, list[Any]]:
    """Everything that a table holds.

    >>> contents([{"a": 1}, {"a": None}])
    {'a': [1, None]}
    """
    opened = frames.table(table)
    return {name: _listed(opened, name) for name in opened.columns}


def same(left: object, right: object) -> bool:
    """Whether two answers are one; what differs in type only (1 and 1.0) is one too."""
    return left == right or repr(left) == repr(right)


def told(expected: Answers, found: Answers) -> str:
    """Where two sets of answers differ.

    >>> told({"a": (1,)}, {"a": (2,)})
    '1 of 1 differ: a is (2,), not (1,)'
    """
    wrong = [key for key in expected if not same(expected[key], found.get(key))]
    if not wrong:
        return "the customers differ"
    key = wrong[0]
    return f"{len(wrong)} of {len(expected)} differ: {key} is {found.get(key)}, not {expected[key]}"


def _listed(table: frames.Table[Any], name: str) -> list[Any]:
    held = table.values(name)
    words = [*held.words, None]
    return [words[i] for i in held.at.tolist()]


def _pandas(rows: Rows) -> Any:  # noqa: ANN401 - a pandas frame
    return frames.optional("pandas").DataFrame(rows)


def _pandas_objects(rows: Rows) -> Any:  # noqa: ANN401 - a pandas frame
    frame = _pandas(rows)
    return frame.astype({name: object for name, kind in frame.dtypes.items() if kind.kind == "O"})


def _pandas_nullable(rows: Rows) -> Any:  # noqa: ANN401 - a pandas frame
    return _pandas(rows).convert_dtypes()


def _pandas_arrow(rows: Rows) -> Any:  # noqa: ANN401 - a pandas frame
    frames.optional("pyarrow", extra="arrow")
    return _pandas(rows).convert_dtypes(dtype_backend="pyarrow")


def _polars(rows: Rows) -> Any:  # noqa: ANN401 - a Polars frame
    return frames.optional("polars", extra="polars").DataFrame(rows, infer_schema_length=None)


def _polars_lazy(rows: Rows) -> Any:  # noqa: ANN401 - a Polars lazy frame
    return _polars(rows).lazy()


def _arrow(rows: Rows) -> Any:  # noqa: ANN401 - an Arrow table
    return frames.optional("pyarrow", extra="arrow").Table.from_pylist(rows)


def _duckdb(rows: Rows) -> Any:  # noqa: ANN401 - a DuckDB relation
    return frames.optional("duckdb", extra="duckdb").from_arrow(_arrow(rows))


_MAKERS = {
    "pandas": _pandas,
    "pandas-object": _pandas_objects,
    "pandas-nullable": _pandas_nullable,
    "pandas-arrow": _pandas_arrow,
    "polars": _polars,
    "polars-lazy": _polars_lazy,
    "arrow": _arrow,
    "duckdb": _duckdb,
}
