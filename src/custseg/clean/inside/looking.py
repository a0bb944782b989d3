"""What the columns of a table hold, asked of an engine: texts, something else, or nothing."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import attrs
import numpy as np

from custseg import frames
from custseg.clean.inside.cleaning import texts_of
from custseg.errors import DataError
from custseg.frames import Share, Table

Seen = Literal["nothing", "texts", "other", "unreadable"]
_WORST: Final[tuple[Seen, ...]] = ("nothing", "texts", "other", "unreadable")


@attrs.frozen
class SeenColumns:
    """Work on some rows: what each column holds.

    Attributes:
        names: The columns.
    """

    names: tuple[str, ...]

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row a column."""
        table = given["rows"]
        seen = [_WORST.index(seen_in(table, name)) for name in self.names]
        return table.build({"column": texts_of(self.names), "seen": np.array(seen, dtype=np.int64)})


def seen_in(table: Table[Any], name: str) -> Seen:
    """What a column of a table in memory holds.

    Args:
        table: The opened table.
        name: The column.

    >>> from custseg.frames import table
    >>> seen_in(table([{"n": 1, "city": "Ulm"}]), "city")
    'texts'
    """
    try:
        found = table.values(name).words
    except DataError:  # lists and the like
        return "unreadable"
    if not found:
        return "nothing"
    return "texts" if all(isinstance(value, str) for value in found) else "other"


def looked_at(table: Table[Any], names: Iterable[str]) -> dict[str, Seen]:
    """What columns hold; a lazy table is asked in its engine, and hands out no rows.

    Args:
        table: The opened table.
        names: The columns.
    """
    wanted = tuple(names)
    if not table.lazy:
        return {name: seen_in(table, name) for name in wanted}
    share = Share(table, wanted[:1], wanted)
    parts = frames.totals({"rows": share}, SeenColumns(wanted))
    read: Any = parts.read({"column": "text", "seen": "number"})
    found: dict[str, Seen] = dict.fromkeys(wanted, "nothing")
    for name, seen in zip(read["column"].texts(), read["seen"].tolist(), strict=True):
        found[name] = _WORST[max(_WORST.index(found[name]), int(seen))]
    return found
