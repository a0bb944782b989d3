"""Whose profile is made: the customers, one row each, and what is read for them."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg.errors import DataError
from custseg.features.conventions import Conventions
from custseg.features.events import People, Source
from custseg.features.ledger import Ledger, read_ledger
from custseg.features.names import Names
from custseg.frames import Keys, Table
from custseg.frames.gather import gathered


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
    """

    tables: Mapping[str, Table[Any]]
    names: Mapping[str, Names]
    conventions: Conventions
    until: int

    def source(self, name: str) -> Source | None:
        """One of the tables, ``None`` where it was not given."""
        if name not in self.tables:
            return None
        return Source.of(name, self.tables[name], self.names[name], self.conventions)


def base_of(job: Job) -> Base:
    """The customers of a profile: those given, or whoever has a transaction that counts.

    Raises:
        DataError: Neither is given, or a customer has no id or two rows.
    """
    source = job.source("transactions")
    if "customers" in job.tables:
        names, table = job.names["customers"], job.tables["customers"]
        keys = _unique(table, names.need("customer", table.columns or (names.customer,)))
        ledger = None if source is None else read_ledger(source, People(keys), job.until)
        return Base(table, names, keys, ledger)
    if source is None:
        msg = "neither customers nor transactions are given: there is nobody to profile"
        raise DataError(msg)
    return _from_transactions(job, source)


def _from_transactions(job: Job, source: Source) -> Base:
    """Whoever has a transaction that counts is a customer."""
    ledger = read_ledger(source, People(), job.until)
    column = source.columns["customer"]
    present = np.flatnonzero(ledger.events.count())
    ids = gathered(source.table, column, source.keys().first[present])
    table = frames.table(job.tables["transactions"].build({column: ids}))
    keys = table.keys(column)
    place = np.full(ledger.events.size, -1, dtype=np.int32)
    place[present] = keys.at
    events = attrs.evolve(ledger.events, code=place[ledger.events.code], size=len(keys.uniques))
    names = job.names["transactions"]
    return Base(table, names, keys, attrs.evolve(ledger, events=events))


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
