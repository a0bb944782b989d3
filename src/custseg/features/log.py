"""The transactions of a company, read once: ids as small numbers, whole days, whole money."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, words
from custseg.features.batches import Batch, piled
from custseg.features.conventions import EPOCH, Conventions
from custseg.features.events import People, Source
from custseg.features.ids import Ids
from custseg.features.kept import Kept, Mending
from custseg.features.kernel import measure
from custseg.features.ledger import read_ledger
from custseg.features.names import Names
from custseg.features.occasions import Occasions
from custseg.features.periods import Span, Unit, unit_days
from custseg.features.purchases import Purchases
from custseg.features.report import TableReport
from custseg.features.request import one_customer
from custseg.features.rows import Rows, Small
from custseg.features.summary import Form, Told
from custseg.features.trend import LAST
from custseg.frames import Attachable, Table

if TYPE_CHECKING:
    from custseg.features.splits import Split

__all__ = ["TransactionLog", "Unit", "unit_days"]


@attrs.frozen(eq=False)
class TransactionLog:
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

    batches: tuple[Batch, ...]
    ids: Ids
    report: TableReport
    names: Names
    conventions: Conventions
    like: Table[Any]
    columns: Mapping[str, str] = attrs.field(factory=dict[str, str])
    kept: Kept | None = None

    @classmethod
    def of(
        cls, table: object, names: Names | None = None, *, conventions: Conventions | None = None
    ) -> "TransactionLog":
        """Encode a table of transactions.

        Args:
            table: Records or a frame.
            names: What its columns are called.
            conventions: How days and money are counted.

        Raises:
            MissingColumnError: There is no column of customers, times or amounts.
            DataError: Amounts are in several currencies and there are no rates, or there are
                refunds and the conventions refuse them.
        """
        opened, called, how = frames.table(table), names or Names(), conventions or Conventions()
        source = Source.of("transactions", opened, called, how)
        keys = source.keys()
        ledger = read_ledger(source, People(), keys=keys)
        like = opened if opened.lazy else frames.table(opened.take(np.empty(0, dtype=np.intp)))
        batch = Batch(ledger.rows, ledger.events.clock.second)
        report = ledger.events.sieve.report
        columns = source.columns if report.rows else dict[str, str]()
        return cls((batch,), Ids.of(source, keys), report, called, how, like, columns)

    def __len__(self) -> int:
        """Transactions that count, whenever they took place."""
        return sum(map(len, self.batches))

    @cached_property
    def rows(self) -> Rows:
        """Customer, day and money of each transaction."""
        return Rows.joined([batch.rows for batch in self.batches], len(self.ids))

    @cached_property
    def second(self) -> Small:
        """Second of the day of each transaction."""
        return np.concatenate([batch.second for batch in self.batches])

    @property
    def priced(self) -> bool:
        """Whether there is money; the names may say that there is none."""
        return not self.columns or bool({"amount", "price"} & self.columns.keys())

    @property
    def last_day(self) -> date | None:
        """The day of the last transaction, ``None`` where there is none.

        >>> TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}]).last_day
        datetime.date(2026, 1, 5)
        """
        if not len(self):
            return None
        last = max(int(b.rows.day.max()) for b in self.batches if len(b))
        return date.fromordinal(last + EPOCH)

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

        ``frequency`` counts repeat purchase days (days with a purchase, less the first),
        ``recency`` is the customer's age at the last purchase, ``T`` the age at the end of
        ``as_of``, ``monetary_value`` the mean money of a repeat purchase day (all money after the
        first day, refunds taken off, divided by ``frequency``; 0 where there is none; null where
        the names say that there is no money). Whoever has not bought by then has no row.

        With ``merge`` all purchases of a customer in the same week, month, quarter or year of the
        calendar count as one, on the day of the first of them; weeks begin on Monday.

        Source: Fader, Hardie and Lee (2005), "Counting Your Customers the Easy Way", Marketing
        Science 24(2), section 2 (x, t_x, T).

        Args:
            as_of: The last day that counts, to its end, on the company's clock.
            unit: Unit of ``recency``, ``T`` and the gaps: ``day``, ``week`` (seven days),
                ``month``, ``quarter`` or ``year`` of the calendar (a day is one part of the month
                that it is in, see ``Ruler``), or ``period``, a whole number of what ``merge``
                says, for models of discrete time; ``as_of`` is then the last day of one.
            merge: Which purchases count as one: those of a ``day``, a ``week``, a ``month``, ...
            also: More columns: ``gap_mean``, ``gap_median``, ``gap_cv``, ``gap_last``,
                ``gap_max`` (between purchases, in the unit), ``log_gaps`` (the sum of their
                natural logarithms), ``revenue``, ``gross``, ``refunds``, ``revenue_trend``.
            trend_days: Purchase days on each side of ``revenue_trend``.

        Returns:
            The same kind of table as went in.

        Raises:
            ConfigError: ``as_of`` is not a date, or there is no such unit, period or column.

        >>> log = TransactionLog.of(
        ...     [
        ...         {"customer_id": "a", "at": "2026-01-31", "amount": 40},
        ...         {"customer_id": "a", "at": "2026-02-28", "amount": 60},
        ...     ]
        ... )
        >>> row = log.summary(as_of="2026-03-31", unit="month", also=("gap_max", "gross"))[0]
        >>> row["recency"], row["T"], row["gap_max"], row["gross"]
        (1.0, 2.0, 1.0, 100.0)
        """
        form, until = Form(unit, merge, words(also), trend_days), self.conventions.day(as_of)
        form.ruler.check_end(until)
        return self.like.build(self.summary_columns(self.told(form, until), until))

    def told(self, form: Form, until: int) -> Told:
        """What a summary says, customer by customer by code."""
        if form.plain and (mending := self._mending(until)) is not None:
            return Told(form, mending.bought)
        return form.told(self.rows, until)

    def summary_columns(self, told: Told, until: int) -> dict[str, Attachable]:
        """The columns of a summary, with the ids of whoever has bought."""
        bought = np.flatnonzero(told.bought.days)
        who = self.ids.in_order(bought)
        every = slice(None) if who is bought and len(who) == len(self.ids) else who
        columns = told.columns(every, until, priced=self.priced)
        return {self.ids.column: self.ids.take(every), **columns}

    def purchases(self, *, as_of: date | str) -> Purchases:
        """The purchase days of each customer by code, for models that want arrays."""
        until = self.conventions.day(as_of)
        if (mending := self._mending(until)) is not None:
            return mending.bought
        bought = Purchases.blank(self.rows.size)
        measure(self.rows, until, bought)
        return bought

    def occasions(self, *, as_of: date | str) -> Occasions:
        """The distinct purchase days of each customer by code, in order."""
        until = self.conventions.day(as_of)
        mending = self._mending(until)
        return Occasions.of(self.rows, until=until) if mending is None else mending.occasions

    def measured(self, *, as_of: date | str) -> "TransactionLog":
        """The same log, which keeps what it measures of all customers at the end of a day.

        Later, for that day or one after it, ``summary``, ``purchases`` and ``occasions`` look
        only at the customers with transactions that were appended or have come of age since; what
        they say is the same. Measure again, from time to time, to keep the newer figures.

        Args:
            as_of: The last day that counts, to its end, on the company's clock.

        >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
        >>> kept = log.measured(as_of="2026-01-31")
        >>> more = kept.append([{"customer_id": "b", "at": "2026-02-01", "amount": 10}])
        >>> more.purchases(as_of="2026-02-01").days.tolist()
        [1, 1]
        """
        until = self.conventions.day(as_of)
        mending = self._mending(until)
        kept = Kept.of(self.rows, until) if mending is None else mending.kept
        return attrs.evolve(self, kept=kept.frozen())

    def _mending(self, until: int) -> Mending | None:
        if self.kept is None:
            return None
        return self.kept.mending(self.batches, len(self.ids), until)

    def until(self, as_of: date | str) -> "TransactionLog":
        """The log as it was at the end of a day; what is later is left out and counted.

        >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
        >>> log.until("2026-01-04").report.left_out
        {'after_as_of': 1}
        """
        last = self.conventions.day(as_of)
        return self._only([b.rows.day <= last for b in self.batches], "after_as_of")

    def after(self, day: date | str) -> "TransactionLog":
        """What came after a day; what is up to its end is left out and counted.

        >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
        >>> len(log.after("2026-01-04")), len(log.after("2026-01-05"))
        (1, 0)
        """
        first = self.conventions.day(day)
        return self._only([b.rows.day > first for b in self.batches], "before_split")

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
        from custseg.features.splits import Split  # noqa: PLC0415 - a split is made of logs

        return Split.of(self, at, until)

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
        from custseg.features.splits import Rolling  # noqa: PLC0415 - a split is made of logs

        return Rolling.of(self, end, horizon=horizon, every=every).splits(first, last)

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
            batches=piled(self.batches, attrs.evolve(batch, rows=rows)),
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

    def _only(self, where: list[Bools], reason: str) -> "TransactionLog":
        fallen = sum(int(np.count_nonzero(~kept)) for kept in where)
        if not fallen:
            return self
        batches = tuple(b.where(kept) for b, kept in zip(self.batches, where, strict=True))
        report = self.report.added(TableReport(self.report.table, 0, {reason: fallen}))
        return attrs.evolve(self, batches=batches, report=report, kept=None)
