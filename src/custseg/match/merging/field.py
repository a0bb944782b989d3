"""One column of the records to be merged, as a survivorship strategy sees it."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Columns, Days, Floats, Index
from custseg.errors import DataError
from custseg.frames.held import Held
from custseg.match.merging.groups import Groups
from custseg.match.merging.worth import worth


@attrs.frozen(eq=False)
class Candidate:
    """One record's value, up for survival.

    Attributes:
        value: The value as it stands in the column; it is never missing.
        columns: What the strategy needs besides, as text, number or days since 1970.

    >>> Candidate("Li Lei", {"source": "shop"}).columns["source"]
    'shop'
    """

    value: object
    columns: Mapping[str, object]


@attrs.frozen(eq=False)
class Filling:
    """How much of each record is filled in.

    Attributes:
        columns: The columns that count.

    >>> from custseg import frames
    >>> from custseg.frames.held import held
    >>> people = frames.table([{"city": "Ulm", "phone": ""}, {"city": "Bonn", "phone": "1"}])
    >>> Filling([held(people, "city"), held(people, "phone")]).counts.tolist()
    [1.0, 2.0]
    """

    columns: Sequence[Held]

    @cached_property
    def counts(self) -> Floats:
        """How many of the columns each record has a value in."""
        counts = sum(((held.at >= 0).astype(np.float64) for held in self.columns), np.zeros(1))
        return np.asarray(counts, dtype=np.float64)


@attrs.frozen(eq=False)
class Field:
    """A column of all records, or a group of columns that move as one.

    Attributes:
        name: The column.
        held: Its values.
        groups: The records by entity.
        columns: What the strategy needs besides.
        filling: How much of each record is filled in; of a group of columns, how much of it.

    >>> from custseg import frames
    >>> from custseg.frames.held import held
    >>> cities = held(frames.table([{"city": "Ulm"}, {"city": "Bonn"}, {"city": None}]), "city")
    >>> field = Field("city", cities, Groups.of(np.array([0, 0, 1]), 2), {})
    >>> field.of_values([3.0, 4.0]).tolist(), field.ranks.tolist()
    ([3.0, 4.0, nan], [1.0, 0.0, nan])
    """

    name: str
    held: Held
    groups: Groups
    columns: Columns
    filling: Filling = attrs.field(factory=lambda: Filling(()))

    @property
    def at(self) -> Index:
        """The value of each record among the distinct ones, -1 where it is missing."""
        return self.held.at

    @property
    def values(self) -> Sequence[object]:
        """The distinct values, as Python values."""
        return self.held.values

    @cached_property
    def filled(self) -> Bools:
        """Which records have a value."""
        return self.at >= 0

    def of_values(self, worth: Sequence[float] | Floats) -> Floats:
        """Spread a number for each distinct value over the records; NaN where missing."""
        return np.append(np.asarray(worth, dtype=np.float64), [np.nan])[self.at]

    @property
    def order(self) -> Floats:
        """The place of each record's value in an order that always exists; NaN where missing."""
        return self.of_values(self.held.places.astype(np.float64))

    @property
    def ranks(self) -> Floats:
        """The place of each record's value in ascending order; NaN where missing.

        Texts that are numbers or dates stand in the order of these; one that is neither is NaN.

        Raises:
            DataError: The column mixes values that cannot be compared.
        """
        if self.held.ascending is None:
            msg = "mixes values that cannot be compared; give the column one type"
            raise DataError(msg, self.name)
        read = worth(self.values)
        return self.order if read is None else self.of_values(read)

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
