"""Transactions as a state to keep: yesterday's and today's together are what all of them are."""

import logging
from collections.abc import Mapping
from typing import Any, cast

import attrs
import numpy as np

from custseg import frames
from custseg.errors import ConfigError, DataError
from custseg.features.conventions import Conventions
from custseg.features.events import People, Source
from custseg.features.ids import Ids
from custseg.features.lasting.bundle import Bundle, bundled
from custseg.features.lasting.header import Header, both_taken, check_new, counted_by, one_currency
from custseg.features.lasting.keeping import COLUMNS, bundle_in, columns_of
from custseg.features.lasting.taking import Taken, bundle_of, content_of, currency_of
from custseg.features.ledger import read_ledger
from custseg.features.log import TransactionLog
from custseg.features.names import Names
from custseg.features.piles import piled
from custseg.features.rows import Counting
from custseg.frames import Table, Tabled
from custseg.progress import tell

_LOG = logging.getLogger(__name__)


@attrs.frozen(eq=False)
class TransactionState(Tabled, TransactionLog):
    """Transactions as a value to keep, and to merge with what comes later.

    Transactions of a customer on one day that are the same in all that a profile reads of them
    are one row: money and cost added up as whole numbers, and how many they are. So whatever is
    asked of a log can be asked of a state, on any day, and the answer is that of all transactions
    to the last bit: late ones, refunds and new customers need no care. A row takes 32 bytes in
    memory, and 8 more for each further role that the table has (order, product, category, ...).
    Only the time of the day is let go, and the ids of orders and products are kept as 64 bits of
    a hash.

    Attributes:
        taken: The batches that were taken in, by name, and the fingerprint of what each held.
        currency: The currency that was found, where the conventions do not say.

    >>> yesterday = TransactionState.of([{"customer_id": "a", "at": "2026-06-29", "amount": 40}])
    >>> today = yesterday.append([{"customer_id": "a", "at": "2026-06-30", "amount": 60}])
    >>> today.summary(as_of="2026-06-30")[0]["frequency"]
    1
    >>> kept = TransactionState.of_table(today.table(), today.header())
    >>> kept.summary(as_of="2026-06-30") == today.summary(as_of="2026-06-30")
    True
    """

    taken: Mapping[str, Taken] = attrs.field(factory=dict[str, Taken])
    currency: str | None = None

    @classmethod
    def of(
        cls,
        table: object,
        names: Names | None = None,
        *,
        conventions: Conventions | None = None,
        batch: str | None = None,
    ) -> "TransactionState":
        """Read a table of transactions.

        Args:
            table: Records or a frame.
            names: What its columns are called.
            conventions: How days and money are counted.
            batch: A name to know it by, such as that of its file; without it what it holds is
                its name, so that the same transactions are not taken in twice.

        Raises:
            MissingColumnError: There is no column of customers, times or amounts.
            DataError: As in ``TransactionLog.of``.
        """
        opened, called, how = frames.table(table), names or Names(), conventions or Conventions()
        source = Source.of("transactions", opened, called, how)
        tell("keys", 0, 3)
        keys = source.keys()
        tell("rows", 1, 3)
        ledger = read_ledger(source, People(), keys=keys)
        tell("batches", 2, 3)
        ids, bundle = Ids.of(source, keys), bundle_of(ledger)
        currency = currency_of(source, ledger)
        content = content_of(ledger, bundle, ids, currency)
        report = ledger.events.sieve.report
        _LOG.info("state: %d of %d rows count, of %d customers", report.used, report.rows, len(ids))
        name = batch or (content if len(bundle) else None)
        return cls(
            (_settled(bundle),),
            ids,
            report,
            called,
            how,
            opened if opened.lazy else frames.table(opened.take(np.empty(0, dtype=np.intp))),
            source.columns if report.rows else dict[str, str](),
            taken={} if name is None else {name: Taken(content, report.rows)},
            currency=currency,
        )

    def append(self, table: object, *, batch: str | None = None) -> "TransactionState":
        """The state with more transactions, of any date; only they are read.

        Args:
            table: Records or a frame.
            batch: A name to know them by, as in ``of``.

        Raises:
            DataError: The batch was taken in already, the ids are of another type, or as in
                ``of``.
        """
        new = TransactionState.of(table, self.names, conventions=self.conventions, batch=batch)
        check_new(self.taken, new.taken)
        return self.merged(new)

    def merged(self, other: "TransactionState") -> "TransactionState":
        """The transactions of both; in whatever order states are merged, the answers are the same.

        Args:
            other: A state of other transactions: of a later day, or of another part.

        Raises:
            ConfigError: It was made with other names or conventions.
            DataError: A batch is in both, or the ids are of another type.
        """
        if counted_by(other.names, other.conventions) != counted_by(self.names, self.conventions):
            msg = "states are merged where they were made with the same names and conventions"
            raise ConfigError(msg, "conventions")
        taken = both_taken(self.taken, other.taken)
        column = other.columns.get("currency", "")
        currency = one_currency(self.currency, other.currency, column)
        ids, code = self.ids.merged(other.ids)
        new = [each.recoded(code, len(ids)) for each in other.bundles if len(each)]
        pile = piled((*self.bundles, *new), lambda two: bundled(two, len(ids)).grouped)
        return attrs.evolve(
            self,
            batches=pile,
            ids=ids,
            report=self.report.added(other.report),
            columns={**self.columns, **other.columns},
            kept=self.kept if pile[: len(self.batches)] == self.batches else None,
            taken=taken,
            currency=currency,
        )

    @property
    def bundles(self) -> tuple[Bundle, ...]:
        """The rows as they are piled up."""
        return cast("tuple[Bundle, ...]", self.batches)

    @property
    def repeated(self) -> tuple[str, ...]:
        """Batches that hold what another one holds, too: were they delivered twice?

        >>> day = [{"customer_id": "a", "at": "2026-06-30", "amount": 60}]
        >>> TransactionState.of(day, batch="one").append(day, batch="two").repeated
        ('two',)
        """
        seen: set[str] = set()
        again: list[str] = []
        for name, batch in self.taken.items():
            if batch.rows and batch.content in seen:
                again.append(name)
            seen.add(batch.content)
        return tuple(again)

    @property
    def whole(self) -> Bundle:
        """All rows in one bundle, by customer and then by day."""
        return bundled(self.bundles, len(self.ids)).grouped

    def table(self) -> Any:  # noqa: ANN401 - the caller's kind of table
        """The rows as a table to keep: customer, day, money in 1/10000, how many, and more.

        ``of_table`` reads it back, with what ``header`` gives.

        Raises:
            DataError: The column of customers is called as one of these columns.
        """
        whole = self.whole.having(self.columns)
        columns = columns_of(whole)
        if self.ids.column in columns:
            msg = f"is called as a column of a state; call it neither of {sorted(columns)}"
            raise DataError(msg, self.ids.column)
        code = whole.rows.code.astype(np.intp)
        return self.like.build({self.ids.column: self.ids.take(code), **columns})

    def header(self) -> dict[str, object]:
        """What is to be kept beside the table, as plain data: version, conventions, batches.

        >>> state = TransactionState.of([{"customer_id": "a", "at": "2026-06-29", "amount": 40}])
        >>> sorted(state.header())
        ['batches', 'columns', 'counted_by', 'currency', 'report', 'schema_version']
        """
        by = counted_by(self.names, self.conventions)
        return Header(by, self.report, self.columns, self.taken, self.currency).as_dict()

    @classmethod
    def of_table(
        cls,
        table: object,
        header: Mapping[str, Any],
        names: Names | None = None,
        *,
        conventions: Conventions | None = None,
    ) -> "TransactionState":
        """A state from what was kept of it.

        Args:
            table: What ``table`` gave.
            header: What ``header`` gave.
            names: What columns are called: as when it was made.
            conventions: How days and money are counted: as when it was made.

        Raises:
            ConfigError: It is of another version, or was made with other names or conventions.
            DataError: The table is not what a state gave.
        """
        called, how = names or Names(), conventions or Conventions()
        told = Header.of(header, called, how)
        column = told.columns.get("customer") or called.customer
        opened = frames.table(table).select((column, *_others(frames.table(table), column)))
        keys = opened.keys(column)
        if (keys.at < 0).any():
            msg = "is missing in some rows; a state that was kept has none such"
            raise DataError(msg, column)
        source = Source("transactions", opened, {"customer": column}, how)
        ids = Ids.of(source, keys)
        counting = counting_of(called, how, told.columns)
        bundle = bundle_in(opened, keys.at, counting, size=len(ids))
        like = frames.table(opened.take(np.empty(0, dtype=np.intp)))
        return restored((_settled(bundle),), ids, told, (called, how), like)

    def __len__(self) -> int:
        """Transactions that count, whenever they took place."""
        return sum(int(each.count.sum()) for each in self.bundles)


def restored(
    bundles: tuple[Bundle, ...],
    ids: Ids,
    told: Header,
    called: tuple[Names, Conventions],
    like: Table[Any],
) -> TransactionState:
    """A state of rows that were kept.

    Args:
        bundles: The rows, as they were piled up.
        ids: The customers' ids.
        told: What was kept beside them.
        called: What columns are called, and how days and money are counted.
        like: A table of the kind that answers have.
    """
    names, conventions = called
    return TransactionState(
        bundles,
        ids,
        told.report,
        names,
        conventions,
        like,
        told.columns,
        taken=told.taken,
        currency=told.currency,
    )


def counting_of(names: Names, conventions: Conventions, columns: Mapping[str, str]) -> Counting:
    """What makes purchases one occasion: where there is no money, days cannot lack it.

    >>> counting_of(Names(), Conventions(refunds="net_day"), {}).net_days
    True
    """
    silent = "amount" in names.silent("transactions")
    moneyless = silent and not {"quantity", "price"} <= columns.keys()
    return Counting(net_days=conventions.refunds == "net_day" and not moneyless)


def _settled(bundle: Bundle) -> Bundle:
    return bundle.grouped


def _others(table: Table[Any], column: str) -> tuple[str, ...]:
    """The columns of a table besides that of the customers.

    Raises:
        MissingColumnError: One that every state has is not there.
    """
    table.require(COLUMNS)
    return tuple(name for name in table.columns if name != column)
