"""The sample as every kind of table that is installed here."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from typing import Any, Final

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
    for name in _MAKERS:
        try:
            yield name, as_kind(name, rows)
        except MissingDependencyError:
            continue


def as_kind(name: str, rows: Rows) -> Any:  # noqa: ANN401 - a table of that kind
    """The sample as one kind of table.

    Args:
        name: A name that `kinds` gives, or one that it leaves out since it is slow to start:
            ``dataset``, ``dask``, ``spark`` (the session that runs, or one on this machine).
        rows: Records.

    Raises:
        MissingDependencyError: That library is not installed.

    >>> list(as_kind("generator", [{"a": 1}]))
    [{'a': 1}]
    """
    return (_MAKERS | _NAMED)[name](rows)


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
    words = [*map(_plain, held.words), None]
    return [words[i] for i in held.at.tolist()]


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of a table
    """A date as a date, also where pandas makes midnight of it."""
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == time():
        return value.date()
    return value


def _records(rows: Rows) -> Rows:
    return [dict(row) for row in rows]


def _generator(rows: Rows) -> Iterator[dict[str, Any]]:
    return iter(_records(rows))


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


def _dataset(rows: Rows) -> Any:  # noqa: ANN401 - a dataset of Arrow
    return frames.optional("pyarrow.dataset", extra="arrow").dataset(_typed(rows))


def _dask(rows: Rows) -> Any:  # noqa: ANN401 - a collection of Dask
    dask = frames.optional("dask.dataframe", extra="dask")
    typed = frames.optional(
        "pandas"
    ).ArrowDtype  # of objects Dask makes texts: False becomes "False"
    return dask.from_pandas(_typed(rows).to_pandas(types_mapper=typed), npartitions=3, sort=False)


def _spark(rows: Rows) -> Any:  # noqa: ANN401 - a DataFrame of Spark
    return frames.spark_frame(_typed(rows))


def _typed(rows: Rows) -> Any:  # noqa: ANN401 - an Arrow table
    """Arrow, texts where nothing is known: not every engine has columns without a type."""
    held = _arrow(rows)
    fields = [one.with_type("string") if one.type == "null" else one for one in held.schema]
    return held.cast(frames.optional("pyarrow").schema(fields))


_MAKERS: Final[dict[str, Callable[[Rows], Any]]] = {
    "records": _records,
    "generator": _generator,
    "pandas": _pandas,
    "pandas-object": _pandas_objects,
    "pandas-nullable": _pandas_nullable,
    "pandas-arrow": _pandas_arrow,
    "polars": _polars,
    "polars-lazy": _polars_lazy,
    "arrow": _arrow,
    "duckdb": _duckdb,
}

_NAMED: Final[dict[str, Callable[[Rows], Any]]] = {
    "dataset": _dataset,
    "dask": _dask,
    "spark": _spark,
}
"""Kinds that are made where they are asked for by name: a law would wait for them."""
