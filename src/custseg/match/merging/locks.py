"""A steward's word: a value that no rule overrides, kept as data beside the records."""

from collections.abc import Iterable, Mapping

import attrs
import numpy as np

from custseg.errors import DataError
from custseg.match.ids import Ids
from custseg.match.merging.field import Field
from custseg.match.merging.winners import Winners
from custseg.showing import Shown
from custseg.values.columns import contact_flag

LOCKED = "steward"
"""The code of the rule in provenance."""


@attrs.frozen
class Lock(Shown):
    """A value that somebody settled by hand.

    It belongs to a record, so it goes where the record goes: to another customer by a merge, and
    back by its undoing. Of two locks on one field of one customer the later holds (by ``at``, as
    text), then that of the record with the smaller id.

    Attributes:
        record: The id of the record.
        field: The column.
        value: The value; None if the field shall be empty.
        at: When, as a text that sorts: ``2026-06-01``.
        actor: Who.

    Raises:
        DataError: The field is one of consent, which survives at its strictest, always.

    >>> Lock("C-1", "city", "Ulm", at="2026-06-01", actor="anna").as_dict()
    {'record': 'C-1', 'field': 'city', 'at': '2026-06-01', 'actor': 'anna'}
    """

    record: object
    field: str
    value: object = None
    at: str = ""
    actor: str = ""

    def __attrs_post_init__(self) -> None:
        if contact_flag(self.field):
            msg = "consent survives at its strictest and cannot be locked; write it into a record"
            raise DataError(msg, self.field)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; the value only when asked."""
        out: dict[str, object] = {"record": self.record, "field": self.field}
        if values:
            out["value"] = self.value
        return {**out, "at": self.at, "actor": self.actor}


@attrs.frozen(eq=False)
class Locks:
    """The locks of a table by column and customer.

    Attributes:
        held: For each column the lock that holds, by the place of its customer.
        overruled: How many locks gave way to a later one.
        unknown: How many locks are on records or columns that are not there.
    """

    held: Mapping[str, Mapping[int, Lock]]
    overruled: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, given: Iterable[Lock], ids: Ids, entity: Mapping[object, int]) -> "Locks":
        """Sort locks by column and customer.

        Args:
            given: The locks.
            ids: The ids of the records.
            entity: The place of the customer of each record id.
        """
        rank = dict(zip(ids.held.values, ids.held.places.tolist(), strict=True))
        held: dict[str, dict[int, Lock]] = {}
        overruled = 0
        every = tuple(given)
        known = [lock for lock in every if lock.record in entity]
        order = sorted(known, key=lambda one: -rank[one.record])
        for lock in sorted(order, key=lambda one: one.at):
            mine = held.setdefault(lock.field, {})
            overruled += entity[lock.record] in mine
            mine[entity[lock.record]] = lock
        return cls(held, overruled, len(every) - len(known))

    def on(self, field: Field, won: Winners, ids: Ids) -> Mapping[int, Lock]:
        """Let the locks of one column have their way.

        Args:
            field: The column.
            won: What survived by rule; it is changed.
            ids: The ids of the records.

        Returns:
            The locks by the place of their customers.
        """
        locks = self.held.get(field.name, {})
        if not locks:
            return locks
        place, rank = {value: at for at, value in enumerate(field.values)}, ids.rank
        for entity, lock in locks.items():
            won.made.pop(entity, None)
            rows = field.groups.members(entity)
            same = rows[field.at[rows] == place.get(lock.value, -2)]
            if len(same):
                won.row[entity] = same[np.argmin(rank[same])]
            else:
                won.row[entity] = -1
                won.made[entity] = lock.value
        return locks


NO_LOCKS = Locks({})
