"""What strategies read besides the column that they merge, each column read once."""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import numpy as np

from custseg._typing import Column, Columns, Days, Kind, Needs
from custseg.frames import Table
from custseg.frames.held import Held
from custseg.match.merging.survivorship import Survivorship

_DAY = 86_400.0
_NO_HELDS: Mapping[str, Held] = {}


@attrs.frozen(eq=False)
class Beside:
    """Columns by name and by how they were read.

    Attributes:
        columns: The columns; moments are days with the time of day as their fraction.
        unreadable: Columns of dates and how many of their values are none.
    """

    columns: Mapping[tuple[str, Kind], Column]
    unreadable: tuple[tuple[str, int], ...]

    def of(self, needs: Needs) -> Columns:
        """The columns that one strategy needs."""
        return {name: self.columns[name, kind] for name, kind in needs.items()}


def beside(
    table: Table[Any], strategies: Iterable[Survivorship], helds: Mapping[str, Held] = _NO_HELDS
) -> Beside:
    """Read what strategies need.

    Args:
        table: The records.
        strategies: Who reads.
        helds: Columns that are at hand already.

    Raises:
        MissingColumnError: A column is not there.
        DataError: A column does not hold what is needed.
    """
    wanted: dict[tuple[str, Kind], None] = {
        need: None for strategy in strategies for need in strategy.needs.items()
    }
    columns: dict[tuple[str, Kind], Column] = {}
    unreadable: list[tuple[str, int]] = []
    for name, kind in wanted:
        if kind == "text" and name in helds:
            columns[name, kind] = helds[name].texts
            continue
        if kind != "day":
            columns[name, kind] = table.read({name: kind})[name]
            continue
        moments = table.moments(name, "UTC")
        columns[name, kind] = Days(np.where(moments.known, moments.second / _DAY, np.nan))
        if moments.unreadable.any():
            unreadable.append((name, int(moments.unreadable.sum())))
    return Beside(columns, tuple(unreadable))
