"""Which columns of a table are learnt from, and how each is cut into cells?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import attrs

from custseg._typing import Bools, Codes
from custseg.errors import NotEnoughDataError
from custseg.frames import Table
from custseg.scoring.binning.reading import Given
from custseg.scoring.effects.field import Field, quantile_edges
from custseg.scoring.woe.choosing import Why, chosen


@attrs.frozen
class Choice:
    """The columns that are learnt from.

    Attributes:
        fields: Those, with their cells.
        left: Which columns are left out, by why they are.
    """

    fields: tuple[Field, ...]
    left: Mapping[Why, tuple[str, ...]] = attrs.field(factory=dict[Why, tuple[str, ...]])

    @property
    def notes(self) -> tuple[str, ...]:
        """What is left out, and why, as notes of a card."""
        return tuple(f"learnt_{why}: {', '.join(names)}" for why, names in self.left.items())

    def needed(self) -> Self:
        """The choice itself, for who cannot do without any column.

        Raises:
            NotEnoughDataError: No column is left.
        """
        if self.fields:
            return self
        left = [name for names in self.left.values() for name in names]
        msg = f"no column to learn from: {left} cannot be used; name columns=..."
        raise NotEnoughDataError(msg)


def choice(
    table: Table[Any],
    rows: Bools,
    columns: Sequence[str],
    barred: Iterable[str | None],
    *,
    bands: int,
) -> Choice:
    """Choose columns and cut them.

    Args:
        table: The table.
        rows: The rows that are learnt from.
        columns: The columns; none: all that can be used.
        barred: Columns that are not, asked for or not.
        bands: The most bands of a number; of equally many rows.

    Raises:
        MissingColumnError: A column that is asked for is missing.

    >>> import numpy as np
    >>> from custseg import frames
    >>> people = frames.table([{"id": i, "age": 20 + i % 7, "city": "x"} for i in range(40)])
    >>> found = choice(people, np.ones(40, dtype=np.bool_), (), (), bands=2)
    >>> [field.column for field in found.fields], found.notes
    (['age'], ('learnt_id: id', 'learnt_constant: city'))
    """
    found = chosen(table, rows, columns, [name for name in barred if name is not None])
    fields = tuple(_cut(given, bands) for given in found.columns.values())
    return Choice(fields, found.left)


def _cut(given: Given, bands: int) -> Field:
    if isinstance(given.values, Codes):
        return Field(given.column, words=given.values.words)
    return Field(given.column, quantile_edges(given.values, bands))
