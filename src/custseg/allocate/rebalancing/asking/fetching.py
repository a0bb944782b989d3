"""What a rebalancing reads of a lazy table."""

from typing import Any

from custseg.allocate.planning.asking.fetching import read_by_allocation
from custseg.allocate.planning.spec import Allocation
from custseg.allocate.rebalancing.asking.asked import with_signals
from custseg.allocate.rebalancing.settings import Rebalancing
from custseg.frames import Table


def read_by(
    allocation: Allocation, settings: Rebalancing, customers: Table[Any], reps: Table[Any]
) -> set[str]:
    """The columns of the customers that a rebalancing reads, also those that may be absent.

    Args:
        allocation: Wishes and limits.
        settings: Budget, signals, phases.
        customers: The customers; only names of columns are looked at.
        reps: The team; likewise.
    """
    found = read_by_allocation(with_signals(allocation, settings, customers, reps))
    found |= {settings.value, settings.since} | read_by_allocation(allocation)
    for part in (settings.moves, settings.phases):
        if part is not None and part.value is not None:
            found.add(part.value)
    conditions = (settings.cover, settings.protected)
    return found.union(*(one.needs for one in conditions if one is not None))
