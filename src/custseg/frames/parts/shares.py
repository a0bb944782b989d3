"""What of a table travels to the work: a few columns, kept together by a key."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs
import numpy as np

from custseg.frames.table import Table

Work = Callable[[Mapping[str, Table[Any]]], object]
"""Opened tables of one partition, by name -> a native table made with `build` of one of them.

It is pure, and importable by name: a function of a module, or an attrs object of one.
"""

RowWork = Callable[[Table[Any]], object]
"""One opened table of some rows -> a native table of new columns, row for row."""


def _names(given: Iterable[str] | str) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


@attrs.frozen(eq=False)
class Share:
    """The columns of a table that travel, and the key that keeps its rows together.

    Attributes:
        table: The opened table.
        key: One column, or several; all rows of a key are worked on together.
        columns: The columns that travel; the key is one of them whether named or not.
        known_only: Rows without a key stay behind; else they are all worked on together.

    >>> from custseg.frames import table
    >>> orders = table([{"id": "a", "paid": 3, "note": "x"}])
    >>> Share(orders, key="id", columns=("paid",)).columns
    ('id', 'paid')
    """

    table: Table[Any]
    key: tuple[str, ...] = attrs.field(converter=_names)
    columns: tuple[str, ...] = attrs.field(converter=_names)
    known_only: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse columns that are not there; the key travels.

        Raises:
            MissingColumnError: A column is missing.
        """
        chosen = tuple(dict.fromkeys((*self.key, *self.columns)))
        self.table.require(chosen)
        object.__setattr__(self, "columns", chosen)

    def fetched(self) -> Table[Any]:
        """These columns in memory; a lazy table is fetched, and noted."""
        held = self.table.select(self.columns)
        if not self.known_only:
            return held
        known = np.ones(held.size, dtype=np.bool_)
        for name in self.key:
            known &= held.keys(name).at >= 0
        from custseg.frames.door import table  # noqa: PLC0415 - the door opens every kind

        return held if known.all() else table(held.take(np.flatnonzero(known)))
