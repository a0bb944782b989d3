"""Columns that belong together move as one: a city never comes with another record's street."""

from collections.abc import Mapping, Sequence
from typing import overload

import attrs
import numpy as np

from custseg._typing import Columns, Index, words
from custseg.errors import ConfigError
from custseg.frames.held import Held
from custseg.match.merging.field import Field, Filling
from custseg.match.merging.groups import Groups
from custseg.match.merging.quality import MostComplete
from custseg.match.merging.survivorship import Makes, Survivorship


@attrs.frozen
class FieldGroup:
    """Columns whose values survive together, from one record.

    Where that record has no value in one of them the golden record has none either: a street of
    another record would not belong to its city. What gave way stands in the provenance.

    Attributes:
        columns: The columns, at least two.
        by: The strategy that chooses the record, among those that have a value in any of the
            columns; the fullest by default.

    Raises:
        ConfigError: There are fewer than two columns, one is named twice, or the strategy makes
            values instead of choosing.

    >>> from custseg.match import Merge
    >>> cards = [
    ...     {"id": 1, "entity_id": 1, "city": "Ulm", "street": None},
    ...     {"id": 2, "entity_id": 1, "city": "Bonn", "street": "Markt 1"},
    ... ]
    >>> Merge(groups=(FieldGroup(("city", "street")),)).golden(cards).table
    [{'id': 1, 'entity_id': 1, 'city': 'Bonn', 'street': 'Markt 1'}]
    """

    columns: tuple[str, ...] = attrs.field(converter=words)
    by: Survivorship = attrs.field(factory=MostComplete)

    def __attrs_post_init__(self) -> None:
        if len(self.columns) < 2 or len(set(self.columns)) < len(self.columns):  # noqa: PLR2004 - one column is no group
            msg = f"needs two different columns and more, got {list(self.columns)}"
            raise ConfigError(msg, "columns")
        if isinstance(self.by, Makes):
            msg = f"{type(self.by).__name__} makes a value; a group needs one that chooses a record"
            raise ConfigError(msg, "by")

    @property
    def name(self) -> str:
        """The columns as one word."""
        return "+".join(self.columns)

    def field(self, helds: Mapping[str, Held], groups: Groups, beside: Columns) -> Field:
        """The columns as one.

        Args:
            helds: The values of each column.
            groups: The records by entity.
            beside: What the strategy needs besides.
        """
        mine = [helds[name] for name in self.columns]
        return Field(self.name, together(mine), groups, beside, Filling(mine))


def together(columns: Sequence[Held]) -> Held:
    """Columns side by side as one; missing only where all of them are.

    Args:
        columns: The columns, of the same rows.

    >>> city, street = Held(np.array([0, 0, -1]), ["Ulm"]), Held(np.array([0, -1, -1]), ["Markt"])
    >>> both = together([city, street])
    >>> both.at.tolist(), both.values
    ([1, 0, -1], ('Ulm', 'Ulm Markt'))
    """
    at: Index = np.zeros(len(columns[0].at), dtype=np.int64)
    for column in columns:
        width = len(column.uniques) + 1
        at, _ = _compact(at * width + column.at + 1)
    empty = np.logical_and.reduce([column.at < 0 for column in columns])
    places, first = _compact(at[~empty])
    out = np.full(len(at), -1, dtype=np.intp)
    out[~empty] = places
    return Held(out, Lines(columns, np.flatnonzero(~empty)[first]))


def _compact(codes: Index) -> tuple[Index, Index]:
    _, first, place = np.unique(codes, return_index=True, return_inverse=True)
    return place.astype(np.int64), first


@attrs.frozen(eq=False)
class Lines(Sequence[object]):
    """Values of several columns side by side, put together only when they are asked for.

    Attributes:
        columns: The columns.
        rows: For each line a row that holds its values.
    """

    columns: Sequence[Held]
    rows: Index

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> object: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[object]: ...
    def __getitem__(self, place: int | slice) -> object | Sequence[object]:
        """One line or several."""
        return self.tolist()[place]

    def tolist(self) -> list[object]:
        """All lines as texts."""
        sides = [_texts(column, self.rows) for column in self.columns]
        return [" ".join(filter(None, line)) for line in zip(*sides, strict=True)]


def _texts(column: Held, rows: Index) -> list[str]:
    held = [*map(str, column.values), ""]
    return [held[at] for at in column.at[rows].tolist()]
