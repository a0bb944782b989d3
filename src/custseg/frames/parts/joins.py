"""Rows of an engine that share a value with others: counted there, and brought together there."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import attrs

from custseg.errors import DataError
from custseg.frames.crossings import noted
from custseg.frames.marks import SPARE
from custseg.frames.optional import optional
from custseg.frames.table import Table

PLACE: Final = f"{SPARE}place"
BLOCK: Final = f"{SPARE}block"
"""Which column a row is there for, and the value in it, among the rows of shared values."""

_HOMES: Final = {
    "dask": "joindask:DaskCrowds",
    "duckdb": "joinsql:DuckCrowds",
    "polars": "joinsql:PolarsCrowds",
    "spark": "joinsql:SparkCrowds",
}


@attrs.frozen(eq=False)
class Crowds(ABC):
    """Which rows share a value of some columns of whole numbers, such as the marks of keys.

    A 0, or a null, is shared with nobody. Columns are told apart by their place among the names.

    Attributes:
        opened: The lazy table.
    """

    opened: Table[Any]

    def sizes(self, names: Sequence[str]) -> Table[Any]:
        """How many values are held by how many rows: ``place``, ``held``, ``blocks``; sums.

        Args:
            names: The columns.
        """
        return self._collected(self._sizes(tuple(names)))

    def above(self, names: Sequence[str], least: Sequence[int]) -> Table[Any]:
        """The values that many rows hold: ``place``, ``block``, ``held``; sums.

        Args:
            names: The columns.
            least: For each column how many rows hold a value at most that is not told.
        """
        return self._collected(self._above(tuple(names), tuple(least)))

    @abstractmethod
    def only(self, names: Sequence[str]) -> Any:
        """A native lazy table of some columns.

        Args:
            names: The columns.
        """

    @abstractmethod
    def crowded(self, names: Sequence[str], most: Sequence[int], columns: Sequence[str]) -> Any:
        """The rows of each value that at least two and at most so many share.

        Args:
            names: The columns.
            most: For each column how many rows may share a value.
            columns: What comes along.

        Returns:
            A native lazy table with `PLACE`, `BLOCK` and these: a row for each row and column.
        """

    @abstractmethod
    def _sizes(self, names: tuple[str, ...]) -> Any:
        """The native table of `sizes`."""

    @abstractmethod
    def _above(self, names: tuple[str, ...], least: tuple[int, ...]) -> Any:
        """The native table of `above`."""

    @abstractmethod
    def _held(self, native: Any) -> Any:
        """A small native table in memory."""

    def _collected(self, native: Any) -> Table[Any]:
        from custseg.frames.eager import eager_table  # noqa: PLC0415 - records need no frame library

        held = eager_table(self._held(native))
        noted(self.opened.engine, held.size, held.columns, sums=True)
        return held


def crowds(table: Table[Any]) -> Crowds:
    """Who shares values in an engine.

    Args:
        table: A lazy table; best one that is kept, since it is asked several times.

    Raises:
        DataError: No such engine.

    >>> import polars as pl
    >>> from custseg.frames import table
    >>> marks = table(pl.DataFrame({"id": [1, 2, 3], "k": [7, 7, 0]}).lazy())
    >>> crowds(marks).sizes(["k"]).native.rows()
    [(0, 2, 1)]
    >>> crowds(marks).crowded(["k"], [9], ["id"]).collect().rows()
    [(0, 7, 1), (0, 7, 2)]
    """
    if not crowding(table):
        msg = f"tables of {table.engine or 'memory'} are not asked for who shares values"
        raise DataError(msg)
    home, _, kind = _HOMES[table.engine].partition(":")
    made: Crowds = getattr(import_module(f"custseg.frames.parts.{home}"), kind)(table)
    return made


def crowding(table: Table[Any]) -> bool:
    """Whether an engine can be asked who shares values.

    >>> from custseg.frames import table
    >>> crowding(table([]))
    False
    """
    return table.lazy and table.engine in _HOMES


def joinable(one: Table[Any], other: Table[Any]) -> bool:
    """Whether an engine can join two lazy tables: relations of DuckDB only of one connection.

    Args:
        one: A lazy table.
        other: Another.
    """
    if one.engine != "duckdb" or other.engine != "duckdb":
        return one.engine == other.engine
    duckdb = optional("duckdb", extra="duckdb")
    sides = (table.native.limit(0).project("1 AS one") for table in (one, other))
    try:
        next(sides).union(next(sides))
    except duckdb.InvalidInputException:
        return False
    return True
