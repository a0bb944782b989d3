"""One table being merged, column by column: each column is read once."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs

from custseg._typing import Floats
from custseg.frames import Table
from custseg.frames.held import Held
from custseg.match.ids import Ids
from custseg.match.merging.beside import Beside
from custseg.match.merging.field import Field, Filling
from custseg.match.merging.fieldgroup import FieldGroup
from custseg.match.merging.groups import Groups
from custseg.match.merging.locks import Locks
from custseg.match.merging.provenance import Trace
from custseg.match.merging.survivorship import Survivorship
from custseg.match.merging.winners import Winners, winners


@attrs.frozen(eq=False)
class Work:
    """One table being merged.

    Attributes:
        table: The records.
        groups: The records by customer.
        ids: Their ids.
        beside: What the strategies read besides the column that they merge.
        locks: Values that somebody settled by hand.
        helds: The values of the columns that are merged.
    """

    table: Table[Any]
    groups: Groups
    ids: Ids
    beside: Beside
    locks: Locks
    helds: Mapping[str, Held]

    def trace(self, name: str, strategy: Survivorship) -> Trace:
        """Let one column's strategy choose."""
        columns = self.beside.of(strategy.needs)
        field = Field(name, self.helds[name], self.groups, columns, self._filling)
        won = winners(field, strategy, self._ties(field))
        return self._trace(field, strategy, won)

    def together(self, groups: Iterable[FieldGroup]) -> dict[str, Trace]:
        """Let each group's strategy choose a record for all its columns."""
        traces: dict[str, Trace] = {}
        for group in groups:
            columns = self.beside.of(group.by.needs)
            field = group.field(self.helds, self.groups, columns)
            won = winners(field, group.by, self._ties(field))
            for name in group.columns:
                mine = Field(name, self.helds[name], self.groups, columns)
                traces[name] = self._trace(mine, group.by, Winners(won.row.copy(), {}))
        return traces

    @cached_property
    def _filling(self) -> Filling:
        return Filling(tuple(self.helds.values()))

    def _trace(self, field: Field, strategy: Survivorship, won: Winners) -> Trace:
        locks = self.locks.on(field, won, self.ids)
        return Trace(field, code_of(strategy), won, locks)

    def _ties(self, field: Field) -> tuple[Floats, ...]:
        if self.groups.ranked:
            return ()
        if self.ids.column is None:
            return (field.order,)
        return (self.ids.rank, field.order)


def code_of(strategy: Survivorship) -> str:
    """The code that names a strategy in provenance: its class in small letters.

    >>> from custseg.match import MostRecent
    >>> code_of(MostRecent())
    'most_recent'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(strategy).__name__).lower()
