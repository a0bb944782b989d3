"""A state that stays in an engine: each partition of customers is merged and asked by itself."""

from collections.abc import Mapping
from typing import Any

import attrs

from custseg import frames
from custseg.errors import ConfigError
from custseg.features.conventions import Conventions
from custseg.features.lasting.header import Header, both_taken, counted_by, one_currency
from custseg.features.lasting.state import TransactionState
from custseg.features.lasting.taking import Taken
from custseg.features.log import TransactionLog
from custseg.features.names import Names
from custseg.features.partitioned import PartitionedLog
from custseg.features.partwork import LogWork, Part
from custseg.features.report import TableReport
from custseg.frames import Share, Table

_STATE = "transactions"
_NEW = "new"


@attrs.frozen(eq=False)
class PartitionedState(PartitionedLog):
    """A state whose table an engine holds, asked like a ``PartitionedLog``.

    What is appended to it is merged in the engine, customers by customers, when the new table is
    asked for; of the new transactions only counts are fetched. Batches go by their names alone.

    Attributes:
        told: What is kept beside the table.

    >>> orders = [{"customer_id": "a", "at": "2026-06-29", "amount": 40}]
    >>> first = TransactionState.of(orders, batch="first")
    >>> state = PartitionedState.of_table(first.table(), first.header())
    >>> grown = state.append(
    ...     [{"customer_id": "a", "at": "2026-06-30", "amount": 60}], batch="June 30"
    ... )
    >>> grown.summary(as_of="2026-06-30")[0]["frequency"], grown.report.rows
    (1, 2)
    """

    told: Header = attrs.field(kw_only=True)

    @classmethod
    def of_table(
        cls,
        table: object,
        header: Mapping[str, Any],
        names: Names | None = None,
        *,
        conventions: Conventions | None = None,
    ) -> "PartitionedState":
        """Take what was kept of a state, and leave it where it is.

        Args:
            table: What ``TransactionState.table`` or this class's gave, in an engine.
            header: What ``header`` gave.
            names: What columns are called: as when it was made.
            conventions: How days and money are counted: as when it was made.

        Raises:
            ConfigError: It is of another version, or was made with other names or conventions.
        """
        called, how = names or Names(), conventions or Conventions()
        return cls(frames.table(table), called, how, told=Header.of(header, called, how))

    def append(self, table: object, *, batch: str) -> "PartitionedState":
        """The state with more transactions, of any date; they stay where they are.

        Args:
            table: Transactions, in the engine of the state or small ones in memory.
            batch: A name to know them by.

        Raises:
            ConfigError: The batch has no name.
            DataError: The batch was taken in already, or amounts are in several currencies.
        """
        if not batch:
            msg = "give the batch a name, such as its day: in an engine it goes by it alone"
            raise ConfigError(msg, "batch")
        new = PartitionedLog.of(table, self.names, conventions=self.conventions)
        report = new.report
        taken = both_taken(self.told.taken, {batch: Taken("", report.rows)})
        found = None if self.conventions.currency else new.conventions.currency
        columns = self.names.columns(_STATE, new.table.columns)  # all that a profile reads
        currency = one_currency(self.told.currency, found, columns.get("currency", ""))
        share = Share(new.table, new.id, tuple(columns.values()))
        columns = {**self.told.columns, **columns}
        told = Header(
            self.told.counted_by, self.told.report.added(report), columns, taken, currency
        )
        before = StatePart(self.names, new.conventions, (None, None), merged_rows, self.told)
        work = Merging(before, columns)
        given = {**self.given, _NEW: share}
        native = frames.by_customer(given, work, like=_STATE)
        return attrs.evolve(self, table=frames.table(native), told=told)

    def header(self) -> dict[str, object]:
        """What is to be kept beside the table, as plain data."""
        return self.told.as_dict()

    @property
    def id(self) -> str:
        """The column of the customers' ids."""
        return self.told.columns.get("customer") or self.names.customer

    @property
    def columns(self) -> dict[str, str]:
        """The column that played each role."""
        return dict(self.told.columns)

    @property
    def given(self) -> dict[str, Share]:
        """What of the table travels."""
        return {_STATE: Share(self.table, self.id, self.table.columns)}

    @property
    def report(self) -> TableReport:
        """What became of every row that came in."""
        return self.told.report

    def part(self, work: LogWork) -> "StatePart":
        """Some work as it travels."""
        return StatePart(self.names, self.conventions, (self.since, self.last), work, self.told)


@attrs.frozen
class StatePart(Part):
    """Work on the rows of a partition of a state, as it travels.

    Attributes:
        told: What is kept beside the table.
    """

    told: Header

    def read(self, tables: Mapping[str, Table[Any]]) -> TransactionLog:
        """The transactions of a partition."""
        return self.log(tables[_STATE])

    def log(self, rows: Table[Any]) -> TransactionLog:
        """The rows as a state."""
        log: TransactionLog = self.state(rows)
        return self.within(log)

    def state(self, rows: Table[Any]) -> TransactionState:
        """The rows as they were kept."""
        header = attrs.evolve(self.told, counted_by=counted_by(self.names, self.conventions))
        return TransactionState.of_table(
            rows, header.as_dict(), self.names, conventions=self.conventions
        )


@attrs.frozen
class Merging:
    """Rows of a partition of a state and new transactions become rows of the new state.

    Attributes:
        before: How the rows are read.
        columns: The column that plays each role, in the state or in the transactions.
    """

    before: StatePart
    columns: Mapping[str, str]

    def __call__(self, tables: Mapping[str, Table[Any]]) -> object:
        """The rows of the new state."""
        state = self.before.state(tables[_STATE])
        how = self.before
        new = TransactionState.of(tables[_NEW], how.names, conventions=how.conventions)
        merged = attrs.evolve(state, taken={}, currency=None).merged(new)
        return attrs.evolve(merged, columns=self.columns).table()


def merged_rows(log: TransactionLog) -> object:
    """The rows of a state."""
    assert isinstance(log, TransactionState)  # noqa: S101 - it is read as one
    return log.table()
