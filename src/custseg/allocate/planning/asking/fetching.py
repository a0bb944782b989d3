"""What is read of a lazy table, and the answers put back into it by id."""

from collections.abc import Iterable
from typing import Any

from custseg.allocate.planning.settings import BARRED, Settings
from custseg.allocate.wishing.staying import Stay
from custseg.frames import Table


def read_by_allocation(settings: Settings) -> set[str]:
    """The columns of the customers that an allocation reads, also those that may be absent.

    >>> sorted(read_by_allocation(Settings(owner="rep")))
    ['customer_id', 'do_not_assign', 'rep']
    """
    own = {settings.customer_id, settings.owner, settings.do_not_assign, BARRED}
    kept = {wish.column for wish in settings.wishes if isinstance(wish, Stay)}
    return {*own, *kept, *settings.needs}


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
    customers: Table[Any], held: Table[Any], answer: Table[Any], settings: Settings
) -> Any:  # noqa: ANN401 - the caller's kind of table
    """A lazy table with the columns of an answer, joined in the engine by id.

    Args:
        customers: The lazy table.
        held: The columns of it that were fetched.
        answer: What was made of them.
        settings: What the columns of ids and owners are called.
    """
    read = set(held.columns) - {settings.owner}
    new = [name for name in answer.columns if name not in read]
    return customers.joined(answer, settings.customer_id, new)
