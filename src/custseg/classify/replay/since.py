"""What has come since states were told: orders, contacts, and customers as they are now."""

from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index
from custseg.classify.replay.base import bought_of, contacts, named, one_row_each
from custseg.features import Conventions, Names, Occasions, TransactionLog
from custseg.features.daynumbers import as_date, day_of
from custseg.features.events import Source
from custseg.features.ids import Ids
from custseg.frames import Keys, Table


@attrs.frozen(eq=False)
class Since:
    """What has come since then.

    Attributes:
        as_of: The last day that counts.
        log: Orders.
        customers: Customers.
        interactions: Contacts.
        names: What columns are called.
        conventions: How days are counted.
    """

    as_of: date
    log: TransactionLog | None
    customers: Table[Any] | None
    interactions: object
    names: Names
    conventions: Conventions

    @classmethod
    def of(
        cls,
        states: Table[Any],
        log: TransactionLog | None,
        as_of: date | str,
        **tables: object,
    ) -> "Since":
        """Put the tables together; without orders the id is the first column of the states."""
        conventions = Conventions() if log is None else log.conventions
        if log is None:
            names = Names(customer=states.columns[0]) if states.columns else Names()
        else:
            names = log.names
        people = tables.get("customers")
        table = None if people is None else frames.table(people)
        day = as_date(conventions.day(as_of))
        return cls(day, log, table, tables.get("interactions"), names, conventions)

    @property
    def until(self) -> int:
        """The same as a number."""
        return day_of(self.as_of)

    def ids_of(self, table: Table[Any]) -> tuple[Ids, Keys]:
        """The ids of a table of customers, one row each.

        Raises:
            DataError: A customer has no id or two rows.
        """
        called = named(self.names, "customers", table)
        source = Source.whole("customers", table, called, self.conventions)
        keys = source.keys()
        one_row_each(keys, source.columns["customer"])
        return Ids.of(source, keys), keys

    def joined(self, ids: Ids) -> tuple[Ids, "Placed"]:
        """These ids and those of all who are new; and where everybody is found."""
        mine: list[Index | None] = [None, None]
        keys = None
        if self.log is not None:
            ids, mine[0] = ids.merged(self.log.ids)
        if self.customers is not None:
            own, keys = self.ids_of(self.customers)
            ids, mine[1] = ids.merged(own)
        contact = contacts((self.names, self.conventions), ids, self.interactions, self.until)
        return ids, Placed(self, len(ids), mine[0], (mine[1], keys), contact)


@attrs.frozen(eq=False)
class Placed:
    """What has come since then, by the codes of all customers.

    Attributes:
        since: It.
        size: Number of customers.
        orders: The code of each customer of the log.
        customers: The code of each customer of the table, and its keys there.
        contacts: Days of contact of all customers.
    """

    since: Since
    size: int
    orders: Index | None
    customers: tuple[Index | None, Keys | None]
    contacts: Occasions | None

    def bought(self, order: Index) -> Occasions:
        """Purchase days of customers in an order."""
        log, place = self.since.log, np.full(self.size, -1)
        if log is None or self.orders is None:
            return Occasions(np.zeros(len(order) + 1, dtype=np.intp), np.empty(0, dtype=np.int32))
        place[self.orders] = np.arange(len(self.orders))
        return bought_of(log.occasions(as_of=self.since.as_of), place[order])

    def contact(self, order: Index) -> Occasions | None:
        """Days of contact of customers in an order."""
        return None if self.contacts is None else bought_of(self.contacts, order)

    def rows(self, order: Index) -> tuple[Table[Any], Index] | None:
        """The table of customers, and the row in it of customers in an order."""
        (code, keys), table = self.customers, self.since.customers
        if table is None or code is None or keys is None:
            return None
        place = np.full(self.size, -1)
        place[code] = keys.first
        return table, place[order]
