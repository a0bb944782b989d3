"""Transactions that stay where they are: each partition of customers is read by itself."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, words
from custseg.features.accounts import rows_report_of
from custseg.features.conventions import Conventions
from custseg.features.currencies import with_currency
from custseg.features.daynumbers import as_date
from custseg.features.division import Rolling, part
from custseg.features.events import Source
from custseg.features.names import ROLES, Names, logged, without
from custseg.features.partedsplit import PartitionedSplit
from custseg.features.partwork import NAME, LogWork, Part, Summary, last_days, row_counts
from custseg.features.periods import Span, Unit
from custseg.features.report import TableReport
from custseg.features.summary import Form
from custseg.features.trend import LAST
from custseg.frames import Share, Table
from custseg.labels import heading
from custseg.layout import html_table
from custseg.showing import Shown


@attrs.frozen(eq=False)
class PartitionedLog(Shown):
    """Transactions of a table that an engine holds, asked like a ``TransactionLog``.

    Nothing is read when the log is made but the names and types of its columns, and the
    currencies that occur where there is a column of them and the conventions name none. What is
    asked of it is worked out in the engine, customers by customers: all rows of a customer are in
    one partition, each partition is read as a small ``TransactionLog``, and the answers are those
    of the whole. They are lazy where the table is.

    Attributes:
        table: The table.
        names: What its columns are called.
        conventions: How days and money are counted.
        since: Transactions up to the end of this day are left out.
        last: Transactions after this day are left out.

    >>> log = PartitionedLog.of(
    ...     [
    ...         {"customer_id": "a", "paid_at": "2026-01-05", "amount": 40},
    ...         {"customer_id": "a", "paid_at": "2026-01-15", "amount": 60},
    ...         {"customer_id": None, "paid_at": "2026-01-15", "amount": 9},
    ...     ]
    ... )
    >>> log.summary(as_of="2026-01-31")[0]["monetary_value"]
    60.0
    >>> log.report.left_out
    {'null_id': 1}
    """

    table: Table[Any]
    names: Names
    conventions: Conventions
    since: int | None = None
    last: int | None = None

    @classmethod
    def of(
        cls, table: object, names: Names | None = None, *, conventions: Conventions | None = None
    ) -> "PartitionedLog":
        """Take a table of transactions, and leave it where it is.

        Args:
            table: A table of an engine; records and frames in memory will do too.
            names: What its columns are called.
            conventions: How days and money are counted.

        Raises:
            MissingColumnError: There is no column of customers, times or amounts.
            DataError: Amounts are in several currencies, and it is not said which is the
                company's.
        """
        called, how = names or Names(), conventions or Conventions()
        source = Source.whole("transactions", frames.table(table), called, how)
        if not source.table.lazy:
            return cls(source.table, called, how)
        log = cls(source.table, called, with_currency(source))
        log.part(row_counts).log(source.table.empty(log.columns.values()))
        return log

    @property
    def id(self) -> str:
        """The column of the customers' ids."""
        return self.names.need("customer", self.table.columns or (self.names.customer,))

    @property
    def limited(self) -> bool:
        """Whether some days are left out."""
        return self.since is not None or self.last is not None

    def by_customer(self, work: LogWork) -> Any:  # noqa: ANN401 - the caller's kind
        """Work on all transactions of each customer together, wherever they are.

        Args:
            work: Gets a ``TransactionLog`` of the customers of one partition and gives a native
                table, such as ``log.like.build(...)`` makes: a function of a module or an attrs
                object of one, since it travels to where the rows are. It is also given a log
                without rows, to learn the columns of its answers.

        Returns:
            The answers of all partitions, the same kind of table as the log was made of; in an
            engine in no particular order.

        >>> def spent(log):
        ...     return log.summary(as_of="2026-01-31", also="revenue")
        >>> orders = [{"customer_id": "a", "at": "2026-01-05", "amount": 40}]
        >>> PartitionedLog.of(orders).by_customer(spent)[0]["revenue"]
        40.0
        """
        return frames.by_customer(self.given, self.part(work), like=NAME)

    def totals(self, work: LogWork) -> Table[Any]:
        """The few rows of sums that a work gives for each partition; whoever asks adds them up.

        Args:
            work: As for ``by_customer``; its answers are fetched.

        >>> def rows(log):
        ...     return log.like.build({"rows": np.array([len(log)])})
        >>> orders = [{"customer_id": "a", "at": "2026-01-05", "amount": 40}]
        >>> PartitionedLog.of(orders).totals(rows).native
        [{'rows': 1}]
        """
        return frames.totals(self.given, self.part(work))

    def summary(
        self,
        *,
        as_of: date | str,
        unit: Span = "day",
        merge: Unit = "day",
        also: Iterable[str] = (),
        trend_days: int = LAST,
    ) -> Any:  # noqa: ANN401 - the caller's kind
        """The purchases of each customer in the words of the models of buying.

        The columns are those of ``TransactionLog.summary``, to the last bit.

        Args:
            as_of: The last day that counts, to its end, on the company's clock.
            unit: Unit of ``recency``, ``T`` and the gaps.
            merge: Which purchases count as one.
            also: More columns.
            trend_days: Purchase days on each side of ``revenue_trend``.

        Returns:
            The same kind of table as the log was made of; in an engine in no particular order.

        Raises:
            ConfigError: ``as_of`` is not a date, or there is no such unit, period or column.
        """
        form, until = Form(unit, merge, words(also), trend_days), self.conventions.day(as_of)
        form.ruler.check_end(until)
        return self.by_customer(Summary(form, until))

    @property
    def report(self) -> TableReport:
        """What became of every row, counted where the rows are when it is asked for."""
        return rows_report_of(self.totals(row_counts), NAME)

    @property
    def last_day(self) -> date | None:
        """The day of the last transaction, ``None`` where there is none; found when asked for.

        >>> orders = [{"customer_id": "a", "at": "2026-01-05", "amount": 40}]
        >>> PartitionedLog.of(orders).last_day
        datetime.date(2026, 1, 5)
        """
        found: Any = self.totals(last_days).read({"last": "number"})["last"]
        known: Floats = found[~np.isnan(found)]
        return as_date(int(known.max())) if len(known) else None

    def until(self, as_of: date | str) -> "PartitionedLog":
        """The log as it was at the end of a day.

        >>> orders = [{"customer_id": "a", "at": "2026-01-05", "amount": 40}]
        >>> PartitionedLog.of(orders).until("2026-01-04").report.left_out
        {'after_as_of': 1}
        """
        day = self.conventions.day(as_of)
        return attrs.evolve(self, last=day if self.last is None else min(day, self.last))

    def after(self, day: date | str) -> "PartitionedLog":
        """What came after a day.

        >>> orders = [{"customer_id": "a", "at": "2026-01-05", "amount": 40}]
        >>> PartitionedLog.of(orders).after("2026-01-05").report.used
        0
        """
        first = self.conventions.day(day)
        return attrs.evolve(self, since=first if self.since is None else max(first, self.since))

    def split(self, *, at: date | str, until: date | str | None = None) -> PartitionedSplit:
        """Divide into what is known at the end of a day and what came later.

        Args:
            at: The last day of the first part, to its end, on the company's clock.
            until: The last day of the second part; without it, that of the last transaction,
                which the engine has to look for.

        Raises:
            ConfigError: ``until`` is before ``at``.
        """
        return PartitionedSplit(self, *part(self, at, until))

    def rolling(
        self,
        *,
        first: date | str,
        last: date | str | None = None,
        every: Unit | int = "month",
        horizon: int = 90,
        end: date | str | None = None,
    ) -> tuple[PartitionedSplit, ...]:
        """Divide at one day after the other, as ``TransactionLog.rolling`` does.

        Args:
            first: The first day of division.
            last: No division is later; without it, as many as the horizon leaves room for.
            every: From one to the next: a unit of time, or a number of days.
            horizon: Days after each division in which it is seen what customers do.
            end: The last day that the log knows all of; without it, that of its last transaction,
                which the engine has to look for.

        Raises:
            ConfigError: A horizon reaches beyond the end of the log, or there is no division.
        """
        days = Rolling.of(self, end, horizon=horizon, every=every).days(first, last)
        return tuple(PartitionedSplit(self, at, until) for at, until in days)

    @property
    def columns(self) -> dict[str, str]:
        """The columns that travel, by role."""
        return logged(self.names, self.table.columns or self.names.expected(NAME))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(heading(role, locale), column) for role, column in self.columns.items()]
        return html_table(("", ""), rows)

    def part(self, work: LogWork) -> "Part":
        """Some work as it travels."""
        unread = [role for role in ROLES[NAME] if role not in self.columns]
        names = without(self.names, [role for role in unread if role != "amount"])
        return Part(names, self.conventions, (self.since, self.last), work)

    @property
    def given(self) -> dict[str, Share]:
        """What of the tables travels."""
        return {NAME: Share(self.table, self.id, tuple(self.columns.values()))}
