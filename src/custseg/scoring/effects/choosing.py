"""Which columns of a table are learnt from, and how each is cut into cells?"""

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from custseg._typing import Bools, Codes
from custseg.errors import NotEnoughDataError
from custseg.frames import Table
from custseg.scoring.binning.reading import Given
from custseg.scoring.effects.field import Field, quantile_edges
from custseg.scoring.woe.choosing import chosen


@attrs.frozen
class Choice:
    """The columns that are learnt from.

    Attributes:
        fields: Those, with their cells.
        notes: Which columns are left out, and why, as notes of a card.
    """

    fields: tuple[Field, ...]
    notes: tuple[str, ...] = ()


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
        NotEnoughDataError: No column is left.

    >>> import numpy as np
    >>> from custseg import frames
    >>> people = frames.table([{"id": i, "age": 20 + i % 7, "city": "x"} for i in range(40)])
    >>> found = choice(people, np.ones(40, dtype=np.bool_), (), (), bands=2)
    >>> [field.column for field in found.fields], found.notes
    (['age'], ('learnt_id: id', 'learnt_constant: city'))
    """
    found = chosen(table, rows, columns, [name for name in barred if name is not None])
    fields = tuple(_cut(given, bands) for given in found.columns.values())
    notes = tuple(f"learnt_{why}: {', '.join(names)}" for why, names in found.left.items())
    if not fields:
        left = [name for names in found.left.values() for name in names]
        msg = f"no column to learn from: {left} cannot be used; name columns=..."
        raise NotEnoughDataError(msg)
    return Choice(fields, notes)


def _cut(given: Given, bands: int) -> Field:
    if isinstance(given.values, Codes):
        return Field(given.column, words=given.values.words)
    return Field(given.column, quantile_edges(given.values, bands))
