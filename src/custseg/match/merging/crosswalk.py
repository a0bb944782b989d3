"""From the old id of each record to the customer it turned out to be."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index
from custseg.frames import Keys
from custseg.frames.gather import gathered, recoded
from custseg.frames.held import Held
from custseg.labels import label
from custseg.showing import Shown

T = TypeVar("T")


@attrs.frozen(eq=False)
class Crosswalk(Shown):
    """The map for everything that points at records: orders, tickets, visits.

    Attributes:
        records: The ids of the records.
        entities: The ids of the customers.
        at: For each distinct id of a record the place of its customer's, -1 if that has none.

    >>> ids = Keys(np.array([0, 1]), ["C-1", "C-2"])
    >>> walk = Crosswalk(ids, Held(np.array([0, 0]), ["C-1"]), np.array([0, 0]))
    >>> walk.rekey([{"customer_id": "C-2", "amount": 5.0}], "customer_id")
    [{'customer_id': 'C-1', 'amount': 5.0}]
    """

    records: Keys
    entities: Held
    at: Index

    def __len__(self) -> int:
        """How many records have an id."""
        return len(self.at)

    def of(self, record: object) -> object:
        """The id of the customer that a record is; None for a record that was not there.

        Args:
            record: The id of the record.
        """
        return self._known.get(record)

    def rekey(self, table: T, column: str = "customer_id", *, origin: str | None = None) -> T:
        """Point the rows of another table at customers instead of records.

        Args:
            table: Orders, tickets: whatever bears the ids of records.
            column: The column that bears them.
            origin: A column for the id of the record itself, filled from ``column`` the first time
                and read ever after: so the rows find back when a merge is undone.

        Returns:
            The same kind of table. Ids that no record had stay as they are (see `unknown`).

        Raises:
            MissingColumnError: The column is not there.
            DataError: The ids are of another type, so that none is found.

        >>> apart = Keys(np.array([0, 1]), ["C-1", "C-2"])
        >>> then = Crosswalk(apart, Held(np.array([0, 1]), ["C-1", "C-2"]), np.array([0, 0]))
        >>> now = Crosswalk(apart, Held(np.array([0, 1]), ["C-1", "C-2"]), np.array([0, 1]))
        >>> orders = then.rekey([{"customer_id": "C-2"}], origin="record_id")
        >>> orders
        [{'customer_id': 'C-1', 'record_id': 'C-2'}]
        >>> now.rekey(orders, origin="record_id")
        [{'customer_id': 'C-2', 'record_id': 'C-2'}]
        """
        there = frames.table(table)
        there.require([column])
        read = origin if origin is not None and origin in there.columns else column
        keys = there.keys(read)
        found = np.append(self.at, [-1])[frames.align(self.records, keys)]
        pairs = zip(keys.ids(), found.tolist(), strict=True)
        mine = [self.entities.values[at] if at >= 0 else old for old, at in pairs]
        columns = {column: recoded(there, read, keys.at, mine)}
        if origin is not None and read != origin:
            columns[origin] = gathered(there, column, np.arange(len(keys.at)))
        return cast("T", there.attach(columns))

    def unknown(self, table: object, column: str = "customer_id") -> int:
        """How many rows of another table bear an id that no record had, or none.

        Args:
            table: Orders, tickets: whatever bears the ids of records.
            column: The column that bears them.
        """
        keys = frames.table(table).keys(column)
        found = np.append(frames.align(self.records, keys), [-1])
        return int((found[keys.at] < 0).sum())

    @property
    def moved(self) -> Mapping[object, object]:
        """The records that became another id, with that id."""
        return {old: new for old, new in self._known.items() if old != new}

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """How many ids there were and how many changed; the whole map when asked."""
        out: dict[str, Any] = {"records": len(self), "moved": len(self.moved)}
        if values:
            out["map"] = [{"record": a, "entity": b} for a, b in self._known.items()]
        return out

    def text(self, locale: str = "en") -> str:
        """One line to read."""
        return (
            f"{label('match.records', locale)} {len(self):,}, "
            f"{label('match.moved', locale)} {len(self.moved):,}"
        )

    @cached_property
    def _known(self) -> dict[object, object]:
        pairs = zip(self.records.ids(), self.at.tolist(), strict=True)
        return {old: self.entities.values[at] for old, at in pairs if at >= 0}
