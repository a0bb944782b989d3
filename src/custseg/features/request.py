"""One customer's transactions in a web request: the same figures as in a profile."""

from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Days
from custseg.errors import DataError
from custseg.features.conventions import Conventions
from custseg.features.events import People, Source
from custseg.features.ledger import read_ledger
from custseg.features.names import Names
from custseg.features.trade import purchase_columns
from custseg.frames import Keys, Table


def one_customer(
    events: object, names: Names, conventions: Conventions, as_of: date | str
) -> dict[str, object]:
    """The columns of a profile that transactions make, for one customer.

    Args:
        events: The customer's transactions.
        names: What their columns are called; the customer's id may be left out.
        conventions: How days and money are counted.
        as_of: The last day that counts.

    Raises:
        DataError: The transactions are of several customers.
    """
    until = conventions.day(as_of)
    opened = frames.table(events)
    known = opened.columns or names.expected("transactions")
    called = names if names.customer in known else attrs.evolve(names, customer="")
    columns = called.columns("transactions", known)
    silent = names.silent("transactions")
    chosen = opened.select(columns.values())
    source = Source("transactions", chosen, columns, conventions, known, silent)
    keys = _keys(opened, columns.get("customer"))
    ledger = read_ledger(source, People(), until, keys)
    made = {"as_of": Days(np.full(1, float(until))), **purchase_columns(ledger, until)}
    row = {} if keys.uniques[0] is None else {names.customer: keys.uniques[0]}
    return dict(frames.table([row]).attach(made)[0])


def _keys(table: Table[Any], column: str | None) -> Keys:
    """All rows as one customer's."""
    if column is None:
        return Keys(np.zeros(table.size, dtype=np.int32), [None])
    found = table.keys(column)
    ids = found.ids()
    if len(ids) > 1:
        msg = f"holds {len(ids)} customers; give the transactions of one, or use profile()"
        raise DataError(msg, column)
    return Keys(np.minimum(found.at, 0), ids or [None])
