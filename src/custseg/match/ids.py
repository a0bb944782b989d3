"""The ids of records: which column holds them, and which of two comes first."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.errors import DataError
from custseg.frames import Table
from custseg.frames.held import Held, held

USUAL: Final = ("customer_id", "record_id", "id")
"""Columns that are taken for the id when none is named, the first that is there."""


@attrs.frozen(eq=False)
class Ids:
    """The id of each record.

    Attributes:
        column: The column that holds them; None if rows are counted instead.
        held: The ids, as they were given.
    """

    column: str | None
    held: Held

    @property
    def at(self) -> Index:
        """The id of each record among the distinct ones, -1 where it has none."""
        return self.held.at

    @property
    def rank(self) -> Floats:
        """The place of each record's id in ascending order; NaN where it has none."""
        return np.append(self.held.places.astype(np.float64), [np.nan])[self.at]

    def id_of(self, row: int) -> object:
        """The id of one record, None where it has none."""
        at = int(self.at[row])
        return self.held.values[at] if at >= 0 else None

    @property
    def distinct(self) -> bool:
        """Whether every record has an id of its own."""
        return len(self.held.uniques) >= len(self.at) and bool((self.at >= 0).all())

    def refuse_repeats(self) -> None:
        """Make sure that no two records bear the same id.

        Raises:
            DataError: Two do.
        """
        rows = np.flatnonzero(self.at >= 0)
        _, first = np.unique(self.at[rows], return_index=True)
        if len(first) == len(rows):
            return
        again = np.delete(rows, first)
        raise DataError(repeated(len(again)), self.column or "", int(again[0]))


def repeated(many: int) -> str:
    """What to say of records that bear an id that another bears.

    Args:
        many: How many they are.
    """
    return (
        f"{many} records bear an id that another record bears too; give each an id of "
        "its own (its source with its number), or say repeated_ids='merge' if they are copies"
    )


def ids_of(table: Table[Any], column: str | None) -> Ids:
    """Read the ids of a table.

    Args:
        table: The records.
        column: The column with their ids; None takes ``customer_id``, ``record_id`` or ``id``,
            and counts the rows where there is none of these.

    Raises:
        MissingColumnError: The column that was named is not there.
    """
    if column is None:
        column = next((name for name in USUAL if name in table.columns), None)
    if column is None:
        rows = np.arange(table.size)
        return Ids(None, Held(rows, rows.tolist()))
    return Ids(column, held(table, column))
