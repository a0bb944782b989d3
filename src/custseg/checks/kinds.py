"""The sample as every kind of table that is installed here."""

from collections.abc import Iterator
from typing import Any

from custseg import frames
from custseg.checks.samples import Rows
from custseg.errors import MissingDependencyError


def kinds(rows: Rows) -> Iterator[tuple[str, Any]]:
    """Each kind by name: records, pandas, Polars eager and lazy, Arrow, DuckDB.

    >>> next(kinds([{"a": 1}]))
    ('records', [{'a': 1}])
    """
    yield "records", [dict(row) for row in rows]
    for name, make in (
        ("pandas", _pandas),
        ("polars", _polars),
        ("polars-lazy", _polars_lazy),
        ("arrow", _arrow),
        ("duckdb", _duckdb),
    ):
        try:
            yield name, make(rows)
        except MissingDependencyError:
            continue


def answers(table: object, names: tuple[str, ...], id_: str) -> dict[Any, tuple[Any, ...]]:
    """What a table says of each customer, so that kinds and orders can be compared."""
    opened = frames.table(table)
    ids = _listed(opened, id_)
    columns = [_listed(opened, name) for name in names]
    return dict(zip(ids, zip(*columns, strict=True), strict=True))


def _listed(table: frames.Table[Any], name: str) -> list[Any]:
    held = table.values(name)
    words = [*held.words, None]
    return [words[i] for i in held.at.tolist()]


def _pandas(rows: Rows) -> Any:  # noqa: ANN401 - a pandas frame
    return frames.optional("pandas").DataFrame(rows)


def _polars(rows: Rows) -> Any:  # noqa: ANN401 - a Polars frame
    return frames.optional("polars", extra="polars").DataFrame(rows, infer_schema_length=None)


def _polars_lazy(rows: Rows) -> Any:  # noqa: ANN401 - a Polars lazy frame
    return _polars(rows).lazy()


def _arrow(rows: Rows) -> Any:  # noqa: ANN401 - an Arrow table
    return frames.optional("pyarrow", extra="arrow").Table.from_pylist(rows)


def _duckdb(rows: Rows) -> Any:  # noqa: ANN401 - a DuckDB relation
    return frames.optional("duckdb", extra="duckdb").from_arrow(_arrow(rows))
