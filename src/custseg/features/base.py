"""Whose profile is made: the customers, one row each, and what is read for them."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg.errors import DataError
from custseg.features.conventions import Conventions
from custseg.features.events import People, Source
from custseg.features.ledger import Ledger, read_ledger
from custseg.features.log import TransactionLog
from custseg.features.names import Names
from custseg.features.relog import ledger_of
from custseg.frames import Keys, Table
from custseg.frames.gather import gathered

BROUGHT: Final = "brought"
"""The customers once more, by who referred them."""


@attrs.frozen(eq=False)
class Base:
    """The customers, and the row of each.

    Attributes:
        table: Their table.
        names: What its columns are called.
        keys: Their ids.
        ledger: Their transactions, where there are any to read.
    """

    table: Table[Any]
    names: Names
    keys: Keys
    ledger: Ledger | None

    @property
    def people(self) -> People:
        """Whose events are read."""
        return People(self.keys)


@attrs.frozen(eq=False)
class Job:
    """What is to be read, and how.

    Attributes:
        tables: The tables that were given, by name.
        names: What the columns of each are called.
        conventions: How days and money are counted.
        until: The last day that counts.
        log: The transactions, where they are read already.
    """

    tables: Mapping[str, Table[Any]]
    names: Mapping[str, Names]
    conventions: Conventions
    until: int
    log: TransactionLog | None = None

    @property
    def leading(self) -> str:
        """The table whose kind the profile has."""
        return "customers" if "customers" in self.tables else "transactions"

    @property
    def lazy(self) -> bool:
        """Whether an engine holds that table."""
        return self.log is None and self.leading in self.tables and self.tables[self.leading].lazy

    @property
    def brought(self) -> Source | None:
        """Customers kept together by who referred them, ``None`` where all are at hand."""
        if BROUGHT not in self.tables:
            return None
        table, names = self.tables[BROUGHT], self.names["customers"]
        roles = ("customer", "referrer", "joined")
        found = {role: names.find(role, table.columns) for role in roles if names.named(role) != ""}
        columns = {role: column for role, column in found.items() if column is not None}
        return Source(BROUGHT, table, columns, self.conventions)

    def ledger(self, people: People) -> Ledger | None:
        """The transactions up to the day, ``None`` where there are none to read."""
        if self.log is not None:
            return ledger_of(self.log, people, self.until)
        source = self.source("transactions")
        return None if source is None else read_ledger(source, people, self.until)

    def source(self, name: str) -> Source | None:
        """One of the tables, ``None`` where it was not given."""
        whole = self.whole(name)
        return None if whole is None else whole.fetched()

    def whole(self, name: str) -> Source | None:
        """The same, nothing of it fetched yet."""
        if name not in self.tables:
            return None
        return Source.whole(name, self.tables[name], self.names[name], self.conventions)


def base_of(job: Job) -> Base:
    """The customers of a profile: those given, or whoever has a transaction that counts.

    Raises:
        DataError: Neither is given, or a customer has no id or two rows.
    """
    if "customers" in job.tables:
        names, table = job.names["customers"], job.tables["customers"]
        keys = _unique(table, names.need("customer", table.columns or (names.customer,)))
        return Base(table, names, keys, job.ledger(People(keys)))
    ledger = job.ledger(People())
    if ledger is None:
        msg = "neither customers nor transactions are given: there is nobody to profile"
        raise DataError(msg)
    return _of_buyers(job, ledger)


def _of_buyers(job: Job, ledger: Ledger) -> Base:
    """Whoever has a transaction that counts is a customer."""
    found = np.flatnonzero(ledger.events.count())
    present = found if job.log is None else job.log.ids.in_order(found)
    if job.log is None:
        source = ledger.events.source
        column, like = source.columns["customer"], job.tables["transactions"]
        ids = gathered(source.table, column, source.keys().first[present])
    else:
        column, like, ids = job.log.ids.column, job.log.like, job.log.ids.take(present)
    table = frames.table(like.build({column: ids}))
    keys = table.keys(column)
    place = np.full(ledger.events.size, -1, dtype=np.int32)
    place[present] = keys.at
    events = attrs.evolve(ledger.events, code=place[ledger.events.code], size=len(keys.uniques))
    return Base(table, job.names["transactions"], keys, attrs.evolve(ledger, events=events))


def _unique(table: Table[Any], column: str) -> Keys:
    """The ids of the customers, refused where one is null or comes twice."""
    keys = table.keys(column)
    if (keys.at < 0).any():
        row = int(np.flatnonzero(keys.at < 0)[0])
        msg = "a customer has no id; give each one, or leave the row out"
        raise DataError(msg, column, row)
    again = np.flatnonzero(keys.first[keys.at] != np.arange(len(keys.at)))
    if len(again):
        msg = (
            f"{len(again)} customers come twice; a profile has one row a customer: "
            "merge them first (custseg.match), or leave the repeated rows out"
        )
        raise DataError(msg, column, int(again[0]))
    return keys
