"""Which rows of a table are events that have points, of whom, and of which kind."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.features.conventions import Conventions, spoken
from custseg.features.events import Events, People, Source, read_events
from custseg.features.fading.rule import EventRule
from custseg.features.fading.summing import Happened
from custseg.features.ids import Ids
from custseg.features.log import TransactionLog
from custseg.features.names import Names
from custseg.features.relog import ledger_of
from custseg.features.report import TableReport
from custseg.frames import Keys, Table

TABLE = "events"


@attrs.frozen(eq=False)
class Reading:
    """Events as they were read.

    Attributes:
        happened: The events that have points, or might.
        report: What became of every row.
        ids: Ids of the customers, where the events themselves say who there is.
        like: A table of the kind that answers have.
    """

    happened: Happened
    report: TableReport
    ids: Ids | None
    like: Table[Any]


@attrs.frozen(eq=False)
class Manner:
    """How events are read.

    Attributes:
        rules: What events are worth.
        column: The column that says the kind; ``None``: all rows are of the one kind.
        names: What the other columns are called.
        conventions: How days are counted.
    """

    rules: Sequence[EventRule]
    column: str | None
    names: Names
    conventions: Conventions

    def read(self, events: object, people: People, until: int) -> Reading:
        """Read events up to a day.

        Args:
            events: A table, or a log of transactions, whose purchases are the events.
            people: Whose events count.
            until: The last day that counts.

        Raises:
            ConfigError: No column says the kind and there are several.
            MissingColumnError: A column is missing.
        """
        if isinstance(events, TransactionLog):
            return self._of_log(events, people, until)
        opened = frames.table(events)
        source = self._source(opened)
        found = read_events(source, people, until)
        ids = Ids.of(source, source.keys()) if people.keys is None else None
        like = opened if opened.lazy else frames.table(opened.take(np.empty(0, dtype=np.intp)))
        kind = self._kinds(found)
        happened = Happened(found.code, found.clock.day, kind, found.size)
        return Reading(happened, found.sieve.report, ids, like)

    def _source(self, opened: Table[Any]) -> Source:
        roles = self.roles(opened)
        chosen = opened.select(dict.fromkeys(roles.values()))
        return Source(TABLE, chosen, roles, self.conventions, self._known(opened))

    def _known(self, opened: Table[Any]) -> tuple[str, ...]:
        called, column = self.names, self.column
        customary = (called.customer, called.named("at") or "at", *([column] if column else []))
        return opened.columns or customary  # a list without records has every column

    def roles(self, opened: Table[Any]) -> dict[str, str]:
        """The columns that are read, by role.

        Raises:
            MissingColumnError: One of them is missing.
        """
        called, column, known = self.names, self.column, self._known(opened)
        roles = {"customer": called.need("customer", known), "at": called.need("at", known)}
        if column is not None:
            roles["kind"] = column
            if column not in known:
                raise MissingColumnError(column, known)
        return roles

    def _kinds(self, events: Events) -> Index:
        """The place of the rule of each event."""
        if self.column is None:
            self._single()
            return np.zeros(len(events.code), dtype=np.int8)
        place = {spoken(rule.event): i for i, rule in enumerate(self.rules)}
        codes = events.text("kind")
        table = np.array([*(place.get(spoken(word), -1) for word in codes.words), -1])
        kinds = table.astype(np.int16)[codes.at]
        events.sieve.note("no_points", int(np.count_nonzero(kinds < 0)))
        return kinds

    def _of_log(self, log: TransactionLog, people: People, until: int) -> Reading:
        self._single()
        ledger = ledger_of(log, people, until)
        found, buys = ledger.events, ledger.buys
        kind = np.where(buys, np.int8(0), np.int8(-1))
        happened = Happened(found.code, found.clock.day, kind, found.size)
        ids = log.ids if people.keys is None else None
        return Reading(happened, found.sieve.report, ids, log.like)

    def _single(self) -> None:
        if len(self.rules) != 1:
            msg = "says no kinds, so there is one rule for all events; name the column of kinds"
            raise ConfigError(msg, "column")


def of_one(events: object, names: Names) -> object:
    """The events of one customer, whose id may be left out.

    Raises:
        DataError: They are of several customers.
    """
    if isinstance(events, TransactionLog):
        many = len(events.ids) > 1
    else:
        opened = frames.table(events)
        if names.customer not in opened.columns:
            return opened.attach({names.customer: np.zeros(opened.size, dtype=np.int64)})
        many = len(opened.keys(names.customer).uniques) > 1
    if many:
        msg = "holds several customers; give the events of one, or use profile"
        raise DataError(msg, names.customer)
    return events


def customers_of(table: Table[Any], names: Names) -> Keys:
    """Ids of a table of customers."""
    return table.keys(names.need("customer", table.columns or (names.customer,)))
