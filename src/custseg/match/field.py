"""One column of the records to be merged, as a survivorship strategy sees it."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Columns, Days, Floats, Index
from custseg.errors import DataError
from custseg.match.groups import Groups
from custseg.match.ids import ascending, places


@attrs.frozen(eq=False)
class Candidate:
    """One record's value, up for survival.

    Attributes:
        value: The value as it stands in the column; it is never missing.
        columns: What the strategy needs besides, as text, number or days since 1970.
    """

    value: object
    columns: Mapping[str, object]


@attrs.frozen(eq=False, slots=False)
class Field:
    """A column of all records, its distinct values as small integers.

    Attributes:
        name: The column.
        at: The value of each record, -1 where it is missing.
        values: The distinct values, as Python values.
        groups: The records by entity.
        columns: What the strategy needs besides.

    >>> groups = Groups.of(np.array([0, 0, 1]), 2)
    >>> field = Field("city", np.array([0, 1, -1]), ("Ulm", "Bonn"), groups, {})
    >>> field.of_values([3.0, 4.0]).tolist()
    [3.0, 4.0, nan]
    """

    name: str
    at: Index
    values: tuple[object, ...]
    groups: Groups
    columns: Columns

    @cached_property
    def filled(self) -> Bools:
        """Which records have a value."""
        return self.at >= 0

    def of_values(self, worth: Sequence[float] | Floats) -> Floats:
        """Spread a number for each distinct value over the records; NaN where missing."""
        return np.append(np.asarray(worth, dtype=np.float64), [np.nan])[self.at]

    @cached_property
    def order(self) -> Floats:
        """The place of each record's value in an order that always exists; NaN where missing."""
        return self.of_values(places(self.values).astype(np.float64))

    @cached_property
    def ranks(self) -> Floats:
        """The place of each record's value in ascending order; NaN where missing.

        Raises:
            DataError: The column mixes values that cannot be compared.
        """
        order = ascending(self.values)
        if order is None:
            msg = "mixes values that cannot be compared; give the column one type"
            raise DataError(msg, self.name)
        place = np.empty(len(order))
        place[order] = np.arange(len(order))
        return self.of_values(place)

    def number(self, column: str) -> Floats:
        """Another column, read as number or day."""
        held = self.columns[column]
        if isinstance(held, Days):
            return held.at
        if isinstance(held, Codes):
            return np.where(held.at >= 0, held.at, np.nan)
        return np.asarray(held, dtype=np.float64)

    def candidates(self, rows: Index) -> tuple[Candidate, ...]:
        """The values of some records, with what the strategy needs besides."""
        beside = {name: _plain(column, rows) for name, column in self.columns.items()}
        return tuple(
            Candidate(self.values[at], {name: held[i] for name, held in beside.items()})
            for i, at in enumerate(self.at[rows].tolist())
        )


def _plain(column: object, rows: Index) -> Sequence[object]:
    if isinstance(column, Codes):
        return Codes(column.at[rows], column.words).texts()
    at = column.at if isinstance(column, Days) else np.asarray(column)
    return [None if value != value else value for value in at[rows].tolist()]  # noqa: PLR0124
