"""A table as the rooms see it: columns out, columns back, the caller's kind kept."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

import numpy as np

from custseg._typing import Codes, Column, Days, Floats, Index, Kind, Needs, words
from custseg.errors import DataError, MissingColumnError
from custseg.frames.cells import Cells, Distinct, Keys
from custseg.frames.choosing import asked, chosen
from custseg.frames.letters import Letters
from custseg.frames.moments import Moments
from custseg.frames.money import Money
from custseg.frames.passes import ArrayPasses, Passes
from custseg.frames.vector import holds
from custseg.rules import Condition, Rule, merged

T = TypeVar("T")
Attachable = Column | Sequence[object]


class Table(ABC, Generic[T]):
    """Columns out of a table, and columns back onto it.

    >>> from custseg.frames import table
    >>> people = table([{"id": "00017", "spent": 12}, {"id": "18", "spent": None}])
    >>> people.read({"spent": "number"})["spent"].tolist()
    [12.0, nan]
    >>> people.attach({"rank": [1, 2]})
    [{'id': '00017', 'spent': 12, 'rank': 1}, {'id': '18', 'spent': None, 'rank': 2}]
    """

    __slots__ = ()

    lazy = False
    scattered = False  # whether the rows are in other processes: they come by partitions only

    @property
    def engine(self) -> str:
        """Name of the engine that holds the rows; empty where they are in memory."""
        return ""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""

    @property
    @abstractmethod
    def size(self) -> int:
        """Number of rows."""

    @property
    @abstractmethod
    def native(self) -> T:
        """The caller's own table."""

    @abstractmethod
    def cells(self, name: str) -> Cells:
        """One column that is known to exist."""

    @abstractmethod
    def attach(self, new: Mapping[str, Attachable]) -> T:
        """The caller's kind of table with columns added or replaced."""

    @abstractmethod
    def take(self, rows: Index) -> T:
        """The caller's kind of table with these rows, in this order."""

    @abstractmethod
    def build(self, columns: Mapping[str, Attachable]) -> T:
        """A new table of the caller's kind."""

    @abstractmethod
    def select(self, names: Iterable[str]) -> "Table[Any]":
        """Only these columns; a lazy table fetches them once, and only them."""

    @abstractmethod
    def push(self, rules: Mapping[str, Rule]) -> T:
        """Add the rules' columns; a lazy table stays lazy and its engine does the work."""

    @abstractmethod
    def empty(self, names: Iterable[str] | None = None) -> "Table[Any]":
        """The same columns without rows, in memory: of Arrow where an engine holds the table."""

    def renamed(self, names: Iterable[str]) -> "Table[Any]":  # noqa: ARG002 - frames in memory do
        """The same columns under other names, one for each, in order.

        Raises:
            DataError: It is no frame in memory.
        """
        msg = "only a frame in memory is renamed here; rename the columns before"
        raise DataError(msg)

    def batches(self, names: Iterable[str], *, rows: int = 1 << 20) -> Iterator["Table[Any]"]:
        """Some columns, some rows at a time; an engine lets go of the rows that were given.

        Args:
            names: The columns.
            rows: About how many rows a batch of an engine has; in memory all come at once.
        """
        del rows
        yield self.select(names)

    def kept(self) -> "Table[Any]":
        """A table whose rows are worked out once, however often they are asked for."""
        return self

    def labelled(self, words: Mapping[str, tuple[str, ...]]) -> T:  # noqa: ARG002 - engines have labels
        """Columns of texts as ordered labels, where the kind of table has such a type."""
        return self.native

    def expressions(self, rules: Mapping[str, Rule]) -> dict[str, Any]:
        """Rules as expressions of the table's library, one a column and without a name.

        Args:
            rules: Output column -> tree.

        Raises:
            MissingColumnError: A column that a rule reads is missing.
            DataError: A column does not hold what is needed, or the library has no expressions.
        """
        self.require(merged(rule.needs for rule in rules.values()))
        msg = "a table of this kind has no expressions; Polars, DuckDB and Spark have: use apply"
        raise DataError(msg)

    @abstractmethod
    def counted(self, by: Iterable[str] | str) -> "Table[Any]":
        """How many rows are alike in some columns, as a small table in memory.

        Args:
            by: The columns; null and NaN are alike.

        Returns:
            One row for each group that there is, in any order: the columns, and their number
            ``n``.

        Raises:
            MissingColumnError: A column is missing.
        """

    def joined(
        self,
        other: "Table[Any]",
        on: Iterable[str] | str,
        columns: Iterable[str] | str,
        *,
        theirs: Iterable[str] | str = (),
    ) -> T:
        """Add what another table says of the key of each row; every row stays, once.

        Args:
            other: The opened table; of a lazy table an engine takes in one in memory.
            on: The columns of the key; a row whose key is missing is found nowhere.
            columns: The columns to add; one that is there already is replaced.
            theirs: The columns of the key in the other table, if they have other names.

        Returns:
            The same kind of table; null where the other says nothing.

        Raises:
            MissingColumnError: A column is missing.
            DataError: The keys are of different types, or one stands in two rows of the other
                table (which is not looked at where that table is lazy: it must not).
        """
        keys, names = words(on), words(columns)
        their = words(theirs) or keys
        self.require(keys)
        other.require((*their, *names))
        return self._joined(other, dict(zip(keys, their, strict=True)), names)

    @abstractmethod
    def _joined(self, other: "Table[Any]", on: Mapping[str, str], names: tuple[str, ...]) -> T:
        """Add columns; ``on`` says which columns make the key, here -> there; all are there."""

    def heavy(self, rules: Mapping[str, Rule]) -> bool:  # noqa: ARG002 - engines look at them
        """Whether the engine had better be given the rules' kernel, row by row, than the rules."""
        return False

    def where(self, condition: Condition) -> T:
        """The caller's kind of table with the rows for which a condition holds, as they come.

        >>> from custseg.frames import table
        >>> from custseg.rules import F
        >>> table([{"id": "a", "spent": 12}, {"id": "b", "spent": None}]).where(F("spent") > 3)
        [{'id': 'a', 'spent': 12}]
        """
        self.require(condition.needs)
        if self.lazy:
            return cast("T", chosen(self.push(asked(condition)), self.engine))
        held = holds(condition, self.read(condition.needs), self.size)
        return self.take(np.flatnonzero(held))

    def require(self, names: Iterable[str]) -> None:
        """Refuse with the nearest name where a column is not there.

        Raises:
            MissingColumnError: A column is missing.
        """
        there = self.columns
        for name in names:
            if name not in there:
                raise MissingColumnError(name, there)

    def read(self, needs: Needs) -> dict[str, Column]:
        """Read columns, each as its kind.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A column does not hold its kind.
        """
        return {name: self._read(name, kind) for name, kind in needs.items()}

    def keys(self, name: str) -> Keys:
        """Ids as codes, as they were given."""
        return cast("Keys", self._via(name, "keys"))

    def values(self, name: str) -> Distinct:
        """The distinct Python values of a column."""
        return cast("Distinct", self._via(name, "distinct"))

    def wordless(self, name: str) -> bool:
        """Whether a column holds no texts: its values are there or not."""
        return cast("bool", self._via(name, "wordless"))

    def letters(self, name: str) -> Letters | None:
        """First and last letter of each text; ``None`` where they are not at hand."""
        return cast("Letters | None", self._via(name, "letters"))

    def money(self, name: str) -> Money:
        """Amounts in whole 1/10000 units."""
        return cast("Money", self._via(name, "money"))

    def moments(self, name: str, tz: str) -> Moments:
        """Moments on the civil clock of a zone."""
        return cast("Moments", self._via(name, "moments", tz))

    def passes(self, name: str) -> Passes:
        """Aggregates of a column of numbers by value; a lazy table leaves them to its engine."""
        return ArrayPasses(cast("Floats", self.read({name: "number"})[name]))

    def latest(self, name: str) -> float:
        """The last day of a column, since 1970-01-01; NaN where there is none."""
        days = cast("Floats", self.read({name: "day"})[name])
        return float(np.nanmax(days)) if not np.isnan(days).all() else np.nan

    def _read(self, name: str, kind: Kind) -> Column:
        return cast("Column", self._via(name, "read", kind))

    def _via(self, name: str, method: str, *args: str) -> object:
        self.require((name,))
        try:
            return getattr(self.cells(name), method)(*args)
        except DataError as error:
            raise DataError(error.message, name, error.row) from error


def plain(column: Attachable) -> list[Any]:
    """Python values of a column; NaN becomes ``None``, days become dates."""
    if isinstance(column, Codes):
        return column.texts()
    if isinstance(column, Days):
        return cast("list[Any]", dates(column).tolist())
    if not isinstance(column, np.ndarray):
        return list(column)
    if column.dtype.kind == "f":
        return [None if x != x else x for x in column.tolist()]  # noqa: PLR0124 - NaN test
    return cast("list[Any]", column.tolist())


def unknown(kind: Kind, size: int) -> Column:
    """A column of which nothing is known, read as its kind.

    >>> unknown("text", 2).texts(), unknown("day", 1).tolist()
    ([None, None], [nan])
    """
    if kind == "text":
        return Codes(np.full(size, -1, dtype=np.intp), ())
    return np.zeros(size, dtype=np.bool_) if kind == "any" else np.full(size, np.nan)


def sized(columns: Mapping[str, Attachable], size: int | None = None) -> None:
    """Refuse columns that are not as long as the table.

    Raises:
        DataError: A column has another length.
    """
    for name, column in columns.items():
        length = len(column.at if isinstance(column, Codes | Days) else column)
        size = length if size is None else size
        if length != size:
            msg = f"has {length} values for {size} rows"
            raise DataError(msg, name)


def dates(column: Days) -> Any:
    """Days as a numpy array of dates."""
    known = ~np.isnan(column.at)
    whole = np.where(known, column.at, 0).astype(np.int64).astype("datetime64[D]")
    whole[~known] = np.datetime64("NaT", "D")
    return whole
