"""Rules as one query, in the dialect of a warehouse."""

from collections.abc import Collection, Mapping
from typing import Final, cast

from custseg.frames.optional import optional
from custseg.frames.sql import Reader, name, written
from custseg.frames.sqlite import SqliteReader
from custseg.rules import Rule, merged

_READERS: Final[Mapping[str, type[Reader]]] = {"duckdb": Reader, "sqlite": SqliteReader}
"""The dialects that are written here; sqlglot writes all others."""


def statement(
    rules: Mapping[str, Rule],
    *,
    table: str,
    dialect: str = "duckdb",
    floating: Collection[str] = (),
) -> str:
    """A SELECT that adds the rules' columns to a table.

    Args:
        rules: Output column -> tree.
        table: Name of the table that holds the needed columns.
        dialect: ``duckdb``, ``sqlite``, or any that sqlglot writes (extra ``sql``).
        floating: Columns of floats that rules read as text or ask for presence; engines spell
            floats apart, so their words are compared as numbers.

    Raises:
        MissingDependencyError: Another dialect is asked for and sqlglot is not installed.

    >>> from custseg.rules import F, Ladder
    >>> statement({"big": Ladder(((F("n") > 3, "yes"),), "no")}, table="people").splitlines()[-1]
    'FROM "people"'
    """
    needs = merged(rule.needs for rule in rules.values())
    reader = reader_of(dialect)(needs, frozenset(floating))
    columns = {out: written(rule, reader) for out, rule in rules.items()}
    return selected(columns, table=table, dialect=dialect)


def reader_of(dialect: str) -> type[Reader]:
    """How columns are read in a dialect.

    Args:
        dialect: Its name.
    """
    return _READERS.get(dialect, Reader)


def selected(columns: Mapping[str, str], *, table: str, dialect: str) -> str:
    """A SELECT that adds columns to a table.

    Args:
        columns: Output column -> its expression, read by `reader_of` the dialect.
        table: Name of the table.
        dialect: ``duckdb``, ``sqlite``, or any that sqlglot writes.

    Raises:
        MissingDependencyError: Another dialect is asked for and sqlglot is not installed.
    """
    made = ",\n  ".join(f"{text} AS {name(out)}" for out, text in columns.items())
    text = f"SELECT\n  *,\n  {made}\nFROM {name(table)}"
    if dialect in _READERS:
        return text
    glot = optional("sqlglot", extra="sql")
    return cast("str", glot.transpile(text, read="duckdb", write=dialect, pretty=True)[0])
