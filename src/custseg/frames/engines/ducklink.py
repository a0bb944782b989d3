"""A relation read from inside a query on its own connection: through a second one."""

from collections.abc import Generator
from contextlib import closing, suppress
from typing import Any, cast

import attrs

from custseg.frames.crossings import noted
from custseg.frames.engines.duckasking import beside, given
from custseg.frames.faults import typed
from custseg.frames.optional import optional
from custseg.frames.sql import literal

ROWS = 1 << 18  # of a batch
_OURS = "__custseg_"


@attrs.frozen(eq=False)
class Link:
    """How to read a relation while its connection is busy with a query that pulls this.

    DuckDB refuses a query inside another on one connection, and a relation does not tell others
    what only its connection sees: temporary tables, what an open transaction wrote. So the
    relation is read through a second connection to the same database where that sees the same,
    and is fetched at once where it does not.

    Attributes:
        relation: The relation; as long as it lives, so do the tables in memory that it reads.
        sql: Its text.
        values: Values of the parameters in the text.
        settings: Settings of its session that change what its text means.
        held: The rows, where a second connection would not see them.
    """

    relation: Any
    sql: str = ""
    values: Any = None
    settings: tuple[tuple[str, str], ...] = ()
    held: Any = None

    @classmethod
    def to(cls, relation: Any) -> "Link":
        """The link to a relation that is a projection.

        Args:
            relation: What is to be read later.
        """
        settings = _settings(relation)
        if settings is not None:
            sql, values = relation._statement()  # noqa: SLF001 - the text alone leaves out the values
            link = cls(relation, sql, values, settings)
            with suppress(optional("duckdb").Error), closing(link.cursor()) as cursor:
                if _same(link.of(cursor), relation):
                    return link
        with typed():
            held = relation.to_arrow_table()
        names = (name for name in held.column_names if not name.startswith(_OURS))
        noted("duckdb", held.num_rows, tuple(names))
        return cls(relation, held=held)

    def cursor(self) -> Any:
        """A connection of one's own."""
        if self.held is not None:
            return optional("duckdb").connect()
        cursor = self.relation._con.cursor()  # noqa: SLF001 - a relation tells its connection nowhere else
        there = cursor.sql(_SETTING).fetchall()[0] if self.settings else ()
        for (name, value), found in zip(self.settings, there, strict=True):
            if value != str(found):  # or every relation would be bound anew
                cursor.execute(f"SET {name} = {literal(value)}")
        return cursor

    def of(self, cursor: Any, some: str = "") -> Any:
        """The relation on another connection, or a query on it."""
        if self.held is not None:
            held = cursor.from_arrow(self.held)
            return held.query("rows", some) if some else held
        sql = f"WITH rows AS ({self.sql}) {some}" if some else self.sql
        return cursor.sql(sql, **given(self.values))

    def query(self, some: str = "", *, rows: int = ROWS) -> Generator[Any]:
        """Record batches of the relation, or of a query on it, which calls it ``rows``."""
        with typed(), closing(self.cursor()) as cursor:
            reader = self.of(cursor, some).to_arrow_reader(rows)
            with closing(reader):
                yield from reader


def _settings(relation: Any) -> tuple[tuple[str, str], ...] | None:
    """Settings of the session; ``None`` where a second connection would not see the same."""
    (*found, first), (*_, second) = (_asked(relation, f"{_SETTING}, {_NUMBER}") for _ in range(2))
    return None if first == second else tuple(zip(_SETTINGS, map(str, found), strict=True))


_SETTINGS = ("TimeZone", "search_path")
_SETTING = f"SELECT {', '.join(f'current_setting({literal(one)})' for one in _SETTINGS)}"
_NUMBER = "txid_current()"
"""Outside of a transaction each statement is one of its own, with a number of its own."""


def in_transaction(relation: Any) -> bool:
    """Whether a transaction is open on the connection of a relation.

    Args:
        relation: The relation.
    """
    first, second = (_asked(relation, f"SELECT {_NUMBER}") for _ in range(2))
    return bool(first == second)


def _asked(relation: Any, sql: str) -> tuple[Any, ...]:
    """The one row of a question to the connection."""
    return cast("tuple[Any, ...]", beside(relation, sql).fetchall()[0])


def _same(there: Any, relation: Any) -> bool:
    return bool(there.columns == relation.columns and there.types == relation.types)
