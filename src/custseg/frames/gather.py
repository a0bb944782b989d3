"""A column of a table at other rows, its type kept: what merging and naming copy from."""

from typing import Any, cast

import narwhals.stable.v2 as nw
import numpy as np

from custseg._typing import Index
from custseg.frames.eager import EagerTable
from custseg.frames.lazy import LazyTable
from custseg.frames.table import Attachable, Table


def gathered(table: Table[Any], name: str, rows: Index) -> Attachable:
    """One column at some rows, to be attached or built with; -1 is missing.

    Args:
        table: The table that holds the column.
        name: The column.
        rows: For each new row the row whose value it takes, -1 for none.

    Raises:
        MissingColumnError: There is no such column.

    >>> from custseg import frames
    >>> people = frames.table([{"id": "007"}, {"id": "008"}])
    >>> gathered(people, "id", np.array([1, 1, -1]))
    ['008', '008', None]
    """
    table.require((name,))
    if isinstance(table, LazyTable):
        table = table.landed
    if isinstance(table, EagerTable):
        return cast("Attachable", _series(table.frame[name], rows))
    held = [*table.cells(name).plain(), None]
    return [held[row] for row in rows.tolist()]
