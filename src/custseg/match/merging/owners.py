"""Customers that several people looked after before their records were merged."""

from collections.abc import Mapping

import attrs
import numpy as np

from custseg.match.merging.provenance import Provenance, Trace
from custseg.showing import Shown


@attrs.frozen
class OwnerConflict(Shown):
    """One customer with several owners.

    Attributes:
        entity: The id of the customer.
        kept: The owner that the golden record bears.
        owners: For each owner the ids of the records that were theirs.

    >>> OwnerConflict("C-1", "An", {"An": ("C-1",), "Bo": ("C-7",)}).as_dict()
    {'entity': 'C-1', 'kept': 'An', 'owners': {'An': ['C-1'], 'Bo': ['C-7']}}
    """

    entity: object
    kept: object
    owners: Mapping[object, tuple[object, ...]]

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        owners = {owner: list(records) for owner, records in self.owners.items()}
        return {"entity": self.entity, "kept": self.kept, "owners": owners}


def owner_conflicts(past: Provenance, column: str) -> tuple[OwnerConflict, ...]:
    """The customers whose records have several owners.

    Args:
        past: Where every value comes from.
        column: The column with the owner.
    """
    trace = next(trace for trace in past.traces if trace.field.name == column)
    several = np.flatnonzero(trace.field.groups.count(trace.lost) > 0)
    return tuple(_conflict(past, trace, entity) for entity in several.tolist())


def _conflict(past: Provenance, trace: Trace, entity: int) -> OwnerConflict:
    field, rank = trace.field, past.ids.rank
    rows = field.groups.members(entity)
    rows = rows[field.filled[rows]]
    rows = rows[np.argsort(rank[rows], kind="stable")]
    owners: dict[object, tuple[object, ...]] = {}
    for row in rows.tolist():
        owner = field.values[int(field.at[row])]
        owners[owner] = (*owners.get(owner, ()), past.ids.id_of(row))
    kept = int(trace.won.row[entity])
    value = field.values[int(field.at[kept])] if kept >= 0 else trace.won.made.get(entity)
    return OwnerConflict(past.whose.id_of(int(rows[0])), value, owners)
