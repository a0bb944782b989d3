"""Which columns of a table are learnt from, and how each is cut into cells?"""

import re
from collections.abc import Sequence
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats
from custseg.errors import NotEnoughDataError
from custseg.frames import Table
from custseg.scoring.effects.field import Field, as_numbers, counts_of, quantile_edges

_ID: Final = re.compile(r"(^|[^a-z])(id|uuid|guid|key|code|no|nr|number|num)$|ID$|Id$", re.ASCII)
_SPELLED: Final = 0.5  # words of their own in more than so many rows: names, notes, addresses
_FEW: Final = 20


@attrs.frozen
class Choice:
    """The columns that are learnt from.

    Attributes:
        fields: Those, with their cells.
        left_out: Columns that were not asked for and cannot be learnt from: ids, dates, texts of
            their own in most rows, and those that say the same of everybody.
    """

    fields: tuple[Field, ...]
    left_out: tuple[str, ...] = ()


def chosen(
    table: Table[Any],
    rows: Bools,
    columns: Sequence[str],
    barred: Sequence[str | None],
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

    >>> from custseg import frames
    >>> people = frames.table([{"id": i, "age": 20 + i % 7, "city": "x"} for i in range(40)])
    >>> found = chosen(people, np.ones(40, dtype=np.bool_), (), (), bands=2)
    >>> [field.column for field in found.fields], found.left_out
    (['age'], ('id', 'city'))
    """
    asked = tuple(column for column in columns or table.columns if column not in set(barred))
    fields, left_out = list[Field](), list[str]()
    for column in asked:
        field = _cut(table, column, rows, bands)
        if field is None or (not columns and _useless(table, field, rows)):
            left_out.append(column)
        else:
            fields.append(field)
    if not fields:
        msg = f"no column to learn from among {list(asked)}: all are ids, dates, texts of their own"
        msg += " or the same in every row; name columns=..."
        raise NotEnoughDataError(msg)
    return Choice(tuple(fields), tuple(left_out))


def _cut(table: Table[Any], column: str, rows: Bools, bands: int) -> Field | None:
    numbers = as_numbers(table, column)
    if numbers is None:
        codes = cast("Codes", table.read({column: "text"})[column])
        return Field(column, words=tuple(counts_of(Codes(codes.at[rows], codes.words))))
    if _numbered(column, numbers[rows]):
        return None
    return Field(column, quantile_edges(numbers[rows], bands))


def _numbered(column: str, numbers: Floats) -> bool:
    """Whether a column of numbers is one of ids: named like one, and never twice the same."""
    known = numbers[~np.isnan(numbers)]
    return bool(_ID.search(column)) and len(np.unique(known)) == len(known)


def _useless(table: Table[Any], field: Field, rows: Bools) -> bool:
    known = int(np.count_nonzero(rows))
    if field.edges is None and field.size > max(_FEW, _SPELLED * known):
        return True
    return len(np.unique(field.at(table)[rows])) < 2  # noqa: PLR2004 - nothing to tell apart
