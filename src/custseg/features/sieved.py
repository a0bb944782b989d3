"""Which rows of a table are left out, and why: the rows behind the counts of a report."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import numpy as np

from custseg import frames
from custseg._typing import Codes
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import day_of
from custseg.features.deals import read_deals
from custseg.features.events import Events, People, Sieve, Source, read_events
from custseg.features.ledger import read_ledger
from custseg.features.names import ROLES, Names
from custseg.features.periods import known

_NEVER: Final = day_of(date.max)


def left_out(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    rows: object,
    names: Names | None = None,
    *,
    conventions: Conventions | None = None,
    customers: object = None,
    as_of: date | str | None = None,
    table: str = "transactions",
) -> Any:  # noqa: ANN401 - the caller's kind of table
    """The rows that a log or a profile leaves out, with the reason of each.

    Args:
        rows: Records or a frame.
        names: What its columns are called.
        conventions: How days and money are counted.
        customers: The customers of a profile: rows of others are left out.
        as_of: The last day that counts; without it no row is too late.
        table: What the rows are: ``transactions``, ``interactions``, ``feedback``, ``visits`` or
            ``opportunities``.

    Returns:
        These rows, the same kind of table, with ``row`` (their number, from 0) and ``left_out``
        (a code: ``cs.label("left_out." + code)`` says it in words) added.

    Raises:
        MissingColumnError: A column that is needed is not there.
        DataError: As in ``TransactionLog.of``.
        ConfigError: There is no such table.

    >>> orders = [
    ...     {"customer_id": "a", "at": "2026-01-05", "amount": 40},
    ...     {"customer_id": None, "at": "2026-01-15", "amount": 9},
    ... ]
    >>> left_out(orders)
    [{'customer_id': None, 'at': '2026-01-15', 'amount': 9, 'row': 1, 'left_out': 'null_id'}]
    """
    known(table, [name for name in ROLES if name != "customers"], "table")
    opened, how = frames.table(rows), conventions or Conventions()
    called = names or Names()
    source = Source.whole(table, opened, called, how)  # fetched once: rows keep their number
    people = People()
    if customers is not None:
        buyers = frames.table(customers)
        people = People(buyers.keys(called.need("customer", buyers.columns)))
    until = _NEVER if as_of is None else how.day(as_of)
    sieve = _reader(table)(source, people, until).sieve
    fallen, reason = _fallen(sieve)
    told = Codes(reason, tuple(sieve.left_out), plain=True)
    return frames.table(opened.take(fallen)).attach({"row": fallen, "left_out": told})


def _reader(table: str) -> Callable[[Source, People, int], Events]:
    if table == "transactions":
        return lambda source, people, until: read_ledger(source, people, until).events
    return read_deals if table == "opportunities" else read_events


def _fallen(sieve: Sieve) -> tuple[Any, Any]:
    """The rows that fell, and the place of the reason of each."""
    reason = np.full(sieve.rows, -1, dtype=np.intp)
    for place, code in enumerate(sieve.left_out):
        for rows in sieve.fallen[code]:
            reason[rows] = place
    fallen = np.flatnonzero(reason >= 0)
    return fallen, reason[fallen]
