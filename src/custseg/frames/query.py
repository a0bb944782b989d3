"""Rules as one query, in the dialect of a warehouse."""

from collections.abc import Collection, Mapping
from typing import Final, cast

from custseg.frames.optional import optional
from custseg.frames.sql import Reader, name, written
from custseg.frames.sqlite import SqliteReader
from custseg.rules import Rule, merged

_READERS: Final = {"duckdb": Reader, "sqlite": SqliteReader}
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
    reader = _READERS.get(dialect, Reader)(needs, frozenset(floating))
    columns = ",\n  ".join(f"{written(rule, reader)} AS {name(out)}" for out, rule in rules.items())
    text = f"SELECT\n  *,\n  {columns}\nFROM {name(table)}"
    if dialect in _READERS:
        return text
    glot = optional("sqlglot", extra="sql")
    return cast("str", glot.transpile(text, read="duckdb", write=dialect, pretty=True)[0])
