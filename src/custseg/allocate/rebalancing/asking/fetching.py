"""What is read of a lazy table, and the answers put back into it by id."""

from collections.abc import Iterable
from typing import Any

from custseg.allocate.planning.settings import BARRED
from custseg.allocate.planning.spec import Allocation
from custseg.allocate.rebalancing.asking.asked import present_column, with_signals
from custseg.allocate.rebalancing.settings import Rebalancing
from custseg.frames import Table


def read_by_allocation(allocation: Allocation) -> set[str]:
    """The columns of the customers that an allocation reads, also those that may be absent."""
    own = {allocation.customer_id, allocation.owner, allocation.do_not_assign, BARRED}
    return {*own, present_column(allocation), *allocation.needs}


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


def fetched(customers: Table[Any], names: Iterable[str]) -> Table[Any]:
    """These columns of a lazy table in memory, as far as they are there; any other as it is.

    >>> from custseg.frames import table
    >>> fetched(table([{"customer_id": 1, "note": "x"}]), ["customer_id"]).columns
    ('customer_id', 'note')
    """
    if not customers.lazy:
        return customers
    wanted = set(names)
    return customers.select([name for name in customers.columns if name in wanted])


def put_back(
    customers: Table[Any], held: Table[Any], answer: Table[Any], allocation: Allocation
) -> Any:  # noqa: ANN401 - the caller's kind of table
    """A lazy table with the columns of an answer, joined in the engine by id.

    Args:
        customers: The lazy table.
        held: The columns of it that were fetched.
        answer: What was made of them.
        allocation: What the columns of ids and owners are called.
    """
    read = set(held.columns) - {allocation.owner}
    new = [name for name in answer.columns if name not in read]
    return customers.joined(answer, allocation.customer_id, new)
