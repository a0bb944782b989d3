"""The transactions of a company, read once: ids as small numbers, whole days, whole money."""

import logging
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg.errors import DataError
from custseg.features.batches import Batch
from custseg.features.conventions import Conventions
from custseg.features.course import Course
from custseg.features.currencies import with_currency
from custseg.features.division import Division, Rolling, part
from custseg.features.events import People, Source
from custseg.features.ids import Ids
from custseg.features.ledger import read_ledger
from custseg.features.names import Names
from custseg.features.periods import Unit, unit_days
from custseg.features.piles import piled
from custseg.features.request import one_customer
from custseg.features.store import Store
from custseg.features.streaming import streamed
from custseg.frames import Table
from custseg.progress import tell
from custseg.showing import Shown

_LOG = logging.getLogger(__name__)

__all__ = ["Split", "TransactionLog", "Unit", "unit_days"]


@attrs.frozen(eq=False)
class TransactionLog(Shown, Store):
    """Transactions, encoded once and asked often.

    Attributes:
        batches: The transactions as they came.
        ids: The customers' ids by code, as they came in.
        report: What became of every row.
        names: What the columns were called.
        conventions: How days and money were counted.
        like: A table of the kind that answers have.
        columns: The column that played each role; none where there was no row.
        kept: Figures of all customers, where they were measured to be kept.

    >>> log = TransactionLog.of(
    ...     [
    ...         {"customer_id": "a", "paid_at": "2026-01-05", "amount": 40},
    ...         {"customer_id": "a", "paid_at": "2026-01-15", "amount": 60},
    ...         {"customer_id": None, "paid_at": "2026-01-15", "amount": 9},
    ...     ]
    ... )
    >>> log.report.left_out
    {'null_id': 1}
    >>> log.summary(as_of="2026-01-31")[0]["monetary_value"]
    60.0
    """

    @classmethod
    def of(
        cls, table: object, names: Names | None = None, *, conventions: Conventions | None = None
    ) -> "TransactionLog":
        """Encode a table of transactions.

        Args:
            table: Records or a frame. A lazy one is read some rows at a time: of each row some
                twenty bytes stay, and answers are lazy again.
            names: What its columns are called.
            conventions: How days and money are counted.

        Raises:
            MissingColumnError: There is no column of customers, times or amounts.
            DataError: Amounts are in several currencies and there are no rates, there are
                refunds and the conventions refuse them, or the rows are in other processes.
        """
        opened, called, how = frames.table(table), names or Names(), conventions or Conventions()
        if opened.lazy:
            return _told(cls(*_read_in_lots(opened, called, how)))
        source = Source.of("transactions", opened, called, how)
        tell("keys", 0, 2)
        keys = source.keys()
        tell("rows", 1, 2)
        ledger = read_ledger(source, People(), keys=keys)
        like = frames.table(opened.take(np.empty(0, dtype=np.intp)))
        batch = Batch(ledger.rows, ledger.events.clock.second)
        report = ledger.events.sieve.report
        columns = source.columns if report.rows else dict[str, str]()
        return _told(cls((batch,), Ids.of(source, keys), report, called, how, like, columns))

    def split(self, *, at: date | str, until: date | str | None = None) -> "Split":
        """Divide into what is known at the end of a day and what came later.

        Args:
            at: The last day of the first part, to its end, on the company's clock.
            until: The last day of the second part; without it, that of the last transaction.

        Raises:
            ConfigError: ``until`` is before ``at``.

        >>> log = TransactionLog.of(
        ...     [
        ...         {"customer_id": "a", "at": "2026-01-05", "amount": 40},
        ...         {"customer_id": "a", "at": "2026-02-05", "amount": 60},
        ...     ]
        ... )
        >>> row = log.split(at="2026-01-31", until="2026-02-28").summary()[0]
        >>> row["frequency"], row["frequency_holdout"], row["duration_holdout"]
        (0, 1, 28.0)
        """
        return Split(self, *part(self, at, until))

    def rolling(
        self,
        *,
        first: date | str,
        last: date | str | None = None,
        every: Unit | int = "month",
        horizon: int = 90,
        end: date | str | None = None,
    ) -> "tuple[Split, ...]":
        """Divide at one day after the other, to try a model on each time that follows.

        Months are those of the calendar: from the end of one month it goes to the end of the
        next, otherwise to the same day or the last one that there is.

        Args:
            first: The first day of division.
            last: No division is later; without it, as many as the horizon leaves room for.
            every: From one to the next: a unit of time, or a number of days.
            horizon: Days after each division in which it is seen what customers do.
            end: The last day that the log knows all of; without it, that of its last transaction.

        Returns:
            One split a day of division, each with the horizon as its second part.

        Raises:
            ConfigError: A horizon reaches beyond the end of the log, or there is no division.

        >>> log = TransactionLog.of(
        ...     [
        ...         {"customer_id": "a", "at": "2026-01-05", "amount": 40},
        ...         {"customer_id": "a", "at": "2026-03-25", "amount": 60},
        ...     ]
        ... )
        >>> splits = log.rolling(first="2026-01-31", horizon=28, end="2026-03-31")
        >>> [(s.at.isoformat(), s.summary()[0]["frequency_holdout"]) for s in splits]
        [('2026-01-31', 0), ('2026-02-28', 1)]
        """
        days = Rolling.of(self, end, horizon=horizon, every=every).days(first, last)
        course = Course.of(self.rows, until=self.conventions.day(days[-1][1]))
        return tuple(Split(self, at, until, course) for at, until in days)

    def append(self, table: object) -> "TransactionLog":
        """A log with more transactions, of any date; only they are read.

        What was measured and kept stays, and is mended only for the customers concerned.

        Args:
            table: Records or a frame, with the columns that the first one had.

        Raises:
            DataError: The ids are of another type, or as in ``of``.

        >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
        >>> more = log.append([{"customer_id": "b", "at": "2026-01-04", "amount": 10}])
        >>> len(more), more.report.rows
        (2, 2)
        """
        new = TransactionLog.of(table, self.names, conventions=self.conventions)
        ids, code = self.ids.merged(new.ids)
        batch = new.batches[0]
        rows = attrs.evolve(batch.rows, code=code.astype(np.int32)[batch.rows.code], size=len(ids))
        return attrs.evolve(
            self,
            batches=piled(
                (*self.batches, attrs.evolve(batch, rows=rows)),
                lambda two: Batch.joined(two, len(ids)),
            ),
            ids=ids,
            report=self.report.added(new.report),
            columns={**self.columns, **new.columns},
        )

    @classmethod
    def one(
        cls,
        events: object,
        names: Names | None = None,
        *,
        as_of: date | str,
        conventions: Conventions | None = None,
    ) -> dict[str, object]:
        """What a profile says of one customer's transactions, for a web request.

        Args:
            events: The customer's transactions; none at all is nobody's purchase.
            names: What their columns are called; the customer's id may be left out.
            as_of: The last day that counts, to its end, on the company's clock.
            conventions: How days and money are counted.

        Raises:
            DataError: The transactions are of several customers.

        >>> row = TransactionLog.one([{"at": "2026-01-05", "amount": 40}], as_of="2026-06-30")
        >>> row["orders"], row["recency_days"], row["revenue"]
        (1, 176.0, 40.0)
        """
        return one_customer(events, names or Names(), conventions or Conventions(), as_of)


def _told(log: TransactionLog) -> TransactionLog:
    """The log, and a line of what was read."""
    _LOG.info(
        "transactions: %d of %d rows count, of %d customers",
        log.report.used,
        log.report.rows,
        len(log.ids),
    )
    return log


def _read_in_lots(table: Table[Any], names: Names, conventions: Conventions) -> tuple[Any, ...]:
    """The fields of a log of a table that an engine holds."""
    if table.scattered:
        msg = (
            f"the rows are in processes of {table.engine}, and a log is held in one; "
            "leave them there: features.PartitionedLog answers the same"
        )
        raise DataError(msg)
    source = Source.whole("transactions", table, names, conventions)
    how = with_currency(source)
    held = streamed(attrs.evolve(source, conventions=how), names)
    columns = source.columns if held.report.rows else dict[str, str]()
    return (held.batch,), held.ids, held.report, names, conventions, table, columns


@attrs.frozen(eq=False)
class Split(Shown, Division[TransactionLog]):
    """A log divided at the end of a day, to try models on what they have not seen.

    Attributes:
        log: The whole log.
        at: The last day of the first part.
        until: The last day of the second part.
        course: The purchases of each customer, where several splits share them.

    >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> split = log.split(at="2026-01-04")
    >>> len(split.calibration), len(split.holdout), split.report.newcomers
    (0, 1, 1)
    """
