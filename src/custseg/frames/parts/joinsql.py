"""Rows that share a value, in engines that are asked in SQL: DuckDB, Polars, Spark."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Final

import attrs

from custseg.frames.engines.duckasking import over
from custseg.frames.marks import SPARE
from custseg.frames.parts.joins import BLOCK, PLACE, Crowds
from custseg.frames.sql import name as quoted

_HELD: Final = f"{SPARE}held"


@attrs.frozen(eq=False)
class SqlCrowds(Crowds):
    """One text for all of them; they differ in how a name is quoted and a text is asked."""

    def only(self, names: Sequence[str]) -> Any:
        """A native lazy table of some columns."""
        return self._asked(f"SELECT {', '.join(map(self._quoted, names))} FROM {{t}}")  # noqa: S608 - names are quoted

    def crowded(self, names: Sequence[str], most: Sequence[int], columns: Sequence[str]) -> Any:
        """The rows of each value that at least two and at most so many share."""
        more = "".join(f", t.{self._quoted(one)} AS {self._quoted(one)}" for one in columns)
        parts = [
            f"SELECT {place} AS {PLACE}, c.block AS {BLOCK}{more} FROM {{t}} AS t JOIN "  # noqa: S608 - names are quoted
            f"{self._counts(name)} AS c ON t.{self._quoted(name)} = c.block "
            f"WHERE c.held > 1 AND c.held <= {int(cap)}"
            for place, (name, cap) in enumerate(zip(names, most, strict=True))
        ]
        return self._asked(" UNION ALL ".join(parts))

    def _sizes(self, names: tuple[str, ...]) -> Any:
        return self._each(
            names,
            lambda place, counts: (
                f"SELECT {place} AS place, c.held AS held, count(*) AS blocks "  # noqa: S608 - places and names of our own
                f"FROM {counts} AS c GROUP BY c.held"
            ),
        )

    def _above(self, names: tuple[str, ...], least: tuple[int, ...]) -> Any:
        return self._each(
            names,
            lambda place, counts: (
                f"SELECT {place} AS place, c.block AS block, c.held AS held "  # noqa: S608 - same
                f"FROM {counts} AS c WHERE c.held > {int(least[place])}"
            ),
        )

    def _each(self, names: tuple[str, ...], query: Callable[[int, str], str]) -> Any:
        parts = [query(place, self._counts(name)) for place, name in enumerate(names)]
        return self._asked(" UNION ALL ".join(parts))

    def _counts(self, name: str) -> str:
        column = self._quoted(name)
        return (
            f"(SELECT {column} AS block, CAST(count(*) AS BIGINT) AS held FROM {{t}} "  # noqa: S608 - names are quoted
            f"WHERE {column} <> 0 GROUP BY {column})"
        )

    def _quoted(self, name: str) -> str:
        """A name as the engine writes it; braces stand for the table and are doubled."""
        text = '"' + name.replace('"', '""') + '"'
        return text.replace("{", "{{").replace("}", "}}")

    @abstractmethod
    def _asked(self, query: str) -> Any:
        """The native answer of a query in which ``{t}`` stands for the table."""


@attrs.frozen(eq=False)
class PolarsCrowds(SqlCrowds):
    """A lazy frame of Polars."""

    def _asked(self, query: str) -> Any:
        import polars as pl  # noqa: PLC0415 - loaded only with a Polars frame

        context = pl.SQLContext(custseg_rows=self.opened.native)
        return context.execute(query.format(t="custseg_rows"), eager=False)

    def _held(self, native: Any) -> Any:
        return native.collect()


@attrs.frozen(eq=False)
class LongCrowds(SqlCrowds):
    """Engines that put the columns below one another: one exchange of rows a question."""

    def crowded(self, names: Sequence[str], most: Sequence[int], columns: Sequence[str]) -> Any:
        """The rows of each value that at least two and at most so many share."""
        more = "".join(f", {self._quoted(one)}" for one in columns)
        return self._asked(
            f"SELECT {PLACE}, {BLOCK}{more} FROM (SELECT *, count(*) OVER "  # noqa: S608 - names are quoted
            f"(PARTITION BY {PLACE}, {BLOCK}) AS {_HELD} FROM {self._long(names, columns)} AS l) "
            f"AS c WHERE {_HELD} > 1 AND {_HELD} <= {self._listed(most, PLACE)}"
        )

    def _sizes(self, names: tuple[str, ...]) -> Any:
        return self._asked(
            f"SELECT place, held, count(*) AS blocks FROM {self._held_by(names)} AS c "  # noqa: S608 - same
            "GROUP BY place, held"
        )

    def _above(self, names: tuple[str, ...], least: tuple[int, ...]) -> Any:
        return self._asked(
            f"SELECT place, block, held FROM {self._held_by(names)} AS c "  # noqa: S608 - same
            f"WHERE held > {self._listed(least, 'place')}"
        )

    def _held_by(self, names: Sequence[str]) -> str:
        return (
            f"(SELECT {PLACE} AS place, {BLOCK} AS block, count(*) AS held "  # noqa: S608 - same
            f"FROM {self._long(names, ())} AS l GROUP BY {PLACE}, {BLOCK})"
        )

    def _long(self, names: Sequence[str], columns: Sequence[str]) -> str:
        """A row for each row and column."""
        more = "".join(f"{self._quoted(one)}, " for one in columns)
        longed = self._longed(more, list(map(self._quoted, names)))
        return f"(SELECT * FROM ({longed}) AS a WHERE {BLOCK} <> 0)"  # noqa: S608 - same

    @abstractmethod
    def _longed(self, more: str, marks: Sequence[str]) -> str:
        """The query that puts columns below one another, with their places."""

    @abstractmethod
    def _listed(self, bounds: Sequence[int], place: str) -> str:
        """The bound of a row, by the column with its place."""


@attrs.frozen(eq=False)
class DuckCrowds(LongCrowds):
    """A relation of DuckDB."""

    def only(self, names: Sequence[str]) -> Any:
        """A relation of some columns."""
        return self.opened.native.project(", ".join(map(quoted, names)))

    def crowded(self, names: Sequence[str], most: Sequence[int], columns: Sequence[str]) -> Any:
        """The rows of each value that at least two and at most so many share: held, not planned.

        Work by partition asks for them once for each partition.
        """
        from custseg.frames.engines.keeping import kept_in_duckdb  # noqa: PLC0415 - only here

        return kept_in_duckdb(super().crowded(names, most, columns))

    def _longed(self, more: str, marks: Sequence[str]) -> str:
        listed = ", ".join(marks)
        return (
            f"SELECT {more}unnest([{listed}]) AS {BLOCK}, "  # noqa: S608 - names are quoted
            f"unnest(range({len(marks)})) AS {PLACE} FROM {{t}}"
        )

    def _listed(self, bounds: Sequence[int], place: str) -> str:
        held = ", ".join(f"CAST({int(bound)} AS BIGINT)" for bound in bounds)
        return f"list_extract([{held}], {place} + 1)"

    def _asked(self, query: str) -> Any:
        return over(self.opened.native, query.format(t="custseg_rows"))

    def _held(self, native: Any) -> Any:
        return native.to_arrow_table()


@attrs.frozen(eq=False)
class SparkCrowds(LongCrowds):
    """A data frame of Spark, classic or Connect."""

    def _longed(self, more: str, marks: Sequence[str]) -> str:
        listed = ", ".join(marks)
        return f"SELECT {more}posexplode(array({listed})) AS ({PLACE}, {BLOCK}) FROM {{t}}"  # noqa: S608 - names are quoted

    def _listed(self, bounds: Sequence[int], place: str) -> str:
        held = ", ".join(f"CAST({int(bound)} AS BIGINT)" for bound in bounds)
        return f"element_at(array({held}), {place} + 1)"

    def _asked(self, query: str) -> Any:
        frame = self.opened.native
        return frame.sparkSession.sql(query, t=frame)

    def _held(self, native: Any) -> Any:
        return native.toArrow()

    def _quoted(self, name: str) -> str:
        text = "`" + name.replace("`", "``") + "`"
        return text.replace("{", "{{").replace("}", "}}")
