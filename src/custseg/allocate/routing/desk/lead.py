"""Leads, read: one from a record, or many from a table; a row of them is a lead."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from custseg._typing import Codes, Column, Columns, Days, Kind, Needs
from custseg.allocate.wishing.columns import taken
from custseg.errors import DataError, MissingColumnError
from custseg.frames.scalar import READERS, missing, text


@attrs.frozen(eq=False)
class Lead:
    """One lead of some.

    Attributes:
        given: The id as it was given.
        columns: What was read of the leads.
        row: Which of them it is.
    """

    given: object
    columns: Columns
    row: int = 0

    @property
    def id(self) -> str:
        """The id as text."""
        return text(self.given) or ""

    def word(self, name: str) -> str | None:
        """A word of it, ``None`` where it is missing or not read."""
        found = self.columns.get(name)
        if not isinstance(found, Codes):
            return None
        at = int(found.at[self.row])
        return None if at < 0 else found.words[at]

    def one(self, name: str) -> Column:
        """A column of it alone.

        Args:
            name: A column that was read.
        """
        return taken(self.columns[name], slice(self.row, self.row + 1))


@attrs.frozen
class Reading:
    """Which columns of the leads are read.

    Attributes:
        lead_id: The column of their ids.
        needs: Columns that must be there.
        optional: Columns of words that may be absent.
    """

    lead_id: str
    needs: Mapping[str, Kind]
    optional: tuple[str, ...]

    def wanted(self, there: Any) -> Needs:  # noqa: ANN401 - whatever answers ``in``
        """The columns to read, of those that are there."""
        extra: dict[str, Kind] = {
            name: "text" for name in self.optional if name in there and name not in self.needs
        }
        return {**self.needs, **extra}

    def record(self, record: Mapping[str, object]) -> tuple[Lead, tuple[object, ...]]:
        """Read one record.

        Args:
            record: Column -> value.

        Returns:
            The lead, and its values as a key.

        Raises:
            MissingColumnError: A column is not there.
            DataError: A value is not of its kind, or the id is missing.
        """
        if self.lead_id not in record:
            raise MissingColumnError(self.lead_id, record)
        if missing(record[self.lead_id]):
            msg = "is empty: every lead needs an id"
            raise DataError(msg, self.lead_id, 0)
        columns: dict[str, Column] = {}
        said: list[object] = []
        for name, kind in self.wanted(record).items():
            if name not in record:
                raise MissingColumnError(name, record)
            value = _read(record[name], name, kind)
            said.append(value)
            columns[name] = _column(value, kind)
        return Lead(record[self.lead_id], columns), tuple(said)


def _read(value: object, name: str, kind: Kind) -> object:
    try:
        return READERS[kind](value)
    except DataError as error:
        raise DataError(error.message, name) from error


def _column(value: Any, kind: Kind) -> Column:  # noqa: ANN401 - as its kind
    if kind == "text":
        none = value is None
        return Codes(np.array([-1 if none else 0]), () if none else (value,))
    if kind == "any":
        return np.array([bool(value)])
    found = np.array([value], dtype=np.float64)
    return Days(found) if kind == "day" else found


def some_rows(columns: Columns, names: Sequence[str], rows: slice) -> dict[str, Column]:
    """Some rows of some columns, without the words that none of them has.

    >>> import numpy as np
    >>> all_ = {"x": Codes(np.array([2, 0, -1]), ("a", "b", "c"))}
    >>> some_rows(all_, ["x"], slice(1, 3))["x"].words
    ('a',)
    """
    return {name: _compact(taken(columns[name], rows)) for name in names}


def _compact(column: Column) -> Column:
    if not isinstance(column, Codes):
        return column
    used = np.unique(column.at)
    used = used[used >= 0]
    place = np.full(len(column.words) + 1, -1, dtype=np.intp)
    place[used] = np.arange(used.size)
    places: list[int] = used.tolist()
    words = tuple(column.words[i] for i in places)
    return Codes(place[column.at], words, column.plain)
