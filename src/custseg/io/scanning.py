"""CSV and Parquet files as lazy tables: an engine reads them, and only what is asked for."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from custseg.errors import ConfigError, DataError, did_you_mean
from custseg.frames import optional
from custseg.frames.sql import literal
from custseg.frames.sql import name as quoted
from custseg.io.delimited import NUMBER, SEPARATORS, header, odd
from custseg.io.formulas import FORMULA
from custseg.io.reading import known_file, read_table

ENGINES: Final = ("duckdb", "polars", "arrow")
_ENDINGS: Final = (*SEPARATORS, ".parquet")


def scan_table(
    path: str | Path,
    *,
    engine: str = "duckdb",
    text: Collection[str] = (),
    connection: Any = None,  # noqa: ANN401 - a connection of DuckDB
) -> Any:  # noqa: ANN401 - the engine's own lazy table
    r"""Open a file as a lazy table: nothing is kept in memory, and results stay in the engine.

    A CSV gives the same columns as `read_table`: it is gone through once to see which of its
    columns are numbers. One that engines read otherwise (not in UTF-8, lines of unequal length,
    blanks around quotes) is read as a whole instead.

    Args:
        path: ``.csv``, ``.tsv`` or ``.parquet``.
        engine: ``duckdb`` gives a relation, ``polars`` a lazy frame, ``arrow`` a dataset of
            PyArrow (Parquet only).
        text: Columns of a CSV that stay text whatever they look like: ids.
        connection: The connection of DuckDB to read on, so that tables can meet; a new one by
            default.

    Raises:
        ConfigError: There is no such engine, or it does not read such files.
        DataError: The file is not there, not readable, or of an unknown kind.
        MissingDependencyError: The engine is not installed.

    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = file.write_text("id,n\n00017,3\n", encoding="utf-8")
    >>> scan_table(file).fetchall()
    [('00017', 3)]
    """
    if engine not in ENGINES:
        msg = f"no engine {engine!r}; there are {list(ENGINES)}.{did_you_mean(engine, ENGINES)}"
        raise ConfigError(msg)
    file = known_file(path, _ENDINGS)
    if engine == "duckdb":
        session = connection or optional("duckdb", extra="duckdb").connect()
        return _duckdb(session, file, text)
    return _polars(file, text) if engine == "polars" else _dataset(file)


def _duckdb(session: Any, file: Path, text: Collection[str]) -> Any:  # noqa: ANN401 - a relation
    duckdb = optional("duckdb", extra="duckdb")
    if file.suffix.lower() == ".parquet":
        try:
            return session.sql(f"FROM read_parquet({literal(str(file))})")
        except duckdb.Error as error:
            msg = f"{file.name!r} is no Parquet file: {error}"
            raise DataError(msg) from error
    names = _plain(file)
    if names is None:
        return _held(session, file, text)
    raw = session.sql(_csv(file, names))
    try:
        return raw.project(_typed(names, _told(raw, names, text)))
    except duckdb.Error:
        return _held(session, file, text)


def _plain(file: Path) -> list[str] | None:
    """The columns of a CSV that engines read as pandas does; ``None``: they do not."""
    try:
        names = header(file)
    except UnicodeDecodeError:
        return None
    return None if len(names) <= 1 or odd(file) else names


def _csv(file: Path, names: list[str]) -> str:
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    mark = literal(SEPARATORS[file.suffix.lower()])
    return (
        f"FROM read_csv({literal(str(file))}, auto_detect = false, header = true, delim = {mark}, "
        f"quote = '\"', escape = '\"', nullstr = '', columns = {{{columns}}}, strict_mode = true)"
    )


def _told(raw: Any, names: list[str], text: Collection[str]) -> dict[str, str]:  # noqa: ANN401 - a relation
    """Columns that are plainly numbers, each with its type; all lines are read."""
    asked = ["count(*)"]
    for name in names:
        q = quoted(name)
        plain = f"bool_and(regexp_full_match({q}, {literal(NUMBER)}))"
        asked += [plain, f"bool_or(contains({q}, '.'))", f"bool_or({q} IS NULL)"]
    found = raw.aggregate(", ".join(asked)).fetchall()[0][1:]
    told: dict[str, str] = {}
    for i, name in enumerate(names):
        plain, broken, lacking = found[3 * i : 3 * i + 3]
        if plain and name not in text:
            told[name] = "DOUBLE" if broken or lacking else "BIGINT"
    return told


def _typed(names: list[str], told: dict[str, str]) -> str:
    casts = {
        name: f"CAST({quoted(name)} AS {kind}) AS {quoted(name)}" for name, kind in told.items()
    }
    return ", ".join(casts.get(name) or _bare(quoted(name)) for name in names)


def _bare(column: str) -> str:
    """A text without the apostrophe that guards it from spreadsheets."""
    mark, pattern = literal("'"), literal(f"^'(?:{FORMULA})")
    return (
        f"CASE WHEN starts_with({column}, {mark}) AND regexp_matches({column}, {pattern}) "
        f"THEN substr({column}, 2) ELSE {column} END AS {column}"
    )


def _held(session: Any, file: Path, text: Collection[str]) -> Any:  # noqa: ANN401 - a relation
    """A file that pandas had to read, as a relation."""
    held = read_table(file, text=text)
    return session.from_df(held)


def _polars(file: Path, text: Collection[str]) -> Any:  # noqa: ANN401 - a lazy frame
    pl = optional("polars", extra="polars")
    try:
        if file.suffix.lower() == ".parquet":
            frame = pl.scan_parquet(file)
            frame.collect_schema()
            return frame
        if (names := _plain(file)) is not None:
            mark = SEPARATORS[file.suffix.lower()]
            raw = pl.scan_csv(file, separator=mark, infer_schema=False, new_columns=names)
            every = pl.all().replace("", None)
            marked = every.str.contains(f"^'(?:{FORMULA})")
            bare = pl.when(marked).then(every.str.slice(1)).otherwise(every).name.keep()
            return _counted(pl, raw.with_columns(bare), text)
    except pl.exceptions.PolarsError as error:
        if file.suffix.lower() == ".parquet":
            msg = f"{file.name!r} is no Parquet file: {error}"
            raise DataError(msg) from error
    return pl.from_pandas(read_table(file, text=text)).lazy()


def _counted(pl: Any, raw: Any, text: Collection[str]) -> Any:  # noqa: ANN401 - a lazy frame
    """The columns that are plainly numbers as numbers; all lines are read."""
    every = pl.all()
    plain = every.str.contains(f"^(?:{NUMBER})$").all()
    some, broken = every.is_not_null().any(), every.str.contains(".", literal=True).any()
    asked = (plain, some, broken, every.is_null().any())
    found = [raw.select(each).collect(engine="streaming").row(0, named=True) for each in asked]
    numbers, known, broken, lacking = found
    kinds = {
        name: pl.Float64 if broken[name] or lacking[name] else pl.Int64
        for name in raw.collect_schema().names()
        if numbers[name] and known[name] and name not in text
    }
    return raw.cast(kinds)


def _dataset(file: Path) -> Any:  # noqa: ANN401 - a dataset
    if file.suffix.lower() != ".parquet":
        msg = f"engine 'arrow' reads Parquet, not {file.suffix!r}; take 'duckdb' or 'polars'"
        raise ConfigError(msg)
    arrow = optional("pyarrow", extra="arrow")
    dataset = optional("pyarrow.dataset", extra="arrow")
    try:
        return dataset.dataset(str(file), format="parquet")
    except arrow.ArrowInvalid as error:
        msg = f"{file.name!r} is no Parquet file: {error}"
        raise DataError(msg) from error
