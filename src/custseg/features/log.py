"""The transactions of a company, read once: ids as small numbers, whole days, whole money."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, words
from custseg.errors import ConfigError
from custseg.features.conventions import EPOCH, Conventions
from custseg.features.events import People, Source
from custseg.features.ids import Ids
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
from custseg.frames import Table, amounts

__all__ = ["Split", "TransactionLog", "Unit", "unit_days"]


@attrs.frozen(eq=False)
class TransactionLog:
    """Transactions, encoded once and asked often.

    Attributes:
        rows: Customer, day and money of each transaction.
        second: Second of the day of each transaction.
        ids: The customers' ids by code, as they came in.
        report: What became of every row.
        names: What the columns were called.
        conventions: How days and money were counted.
        like: A table of the kind that answers have.

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

    rows: Rows
    second: Small
    ids: Ids
    report: TableReport
    names: Names
    conventions: Conventions
    like: Table[Any]

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
            DataError: Amounts are in several currencies and there are no rates.
        """
        opened, called, how = frames.table(table), names or Names(), conventions or Conventions()
        source = Source.of("transactions", opened, called, how)
        keys = source.keys()
        ledger = read_ledger(source, People(), keys=keys)
        like = opened if opened.lazy else frames.table(opened.take(np.empty(0, dtype=np.intp)))
        return cls(
            ledger.rows,
            ledger.events.clock.second,
            Ids.of(source, keys),
            ledger.events.sieve.report,
            called,
            how,
            like,
        )

    def __len__(self) -> int:
        """Transactions that count, whenever they took place."""
        return len(self.rows.code)

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
        first day, refunds taken off, divided by ``frequency``; 0 where there is none). Whoever has
        not bought by then has no row.

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
        form = Form(unit, merge, words(also), trend_days)
        until = self.conventions.day(as_of)
        form.ruler.check_end(until)
        told = form.told(self.rows, until)
        return self.like.build(self.columns(told, until))

    def columns(self, told: Told, until: int) -> dict[str, Any]:
        """The columns of a summary, with the ids of whoever has bought."""
        who = np.flatnonzero(told.bought.days)
        every = slice(None) if len(who) == len(told.bought.days) else who
        return {self.ids.column: self.ids.take(who), **told.columns(every, until)}

    def purchases(self, *, as_of: date | str) -> Purchases:
        """The purchase days of each customer by code, for models that want arrays."""
        bought = Purchases.blank(self.rows.size)
        measure(self.rows, self.conventions.day(as_of), bought)
        return bought

    def occasions(self, *, as_of: date | str) -> Occasions:
        """The distinct purchase days of each customer by code, in order."""
        return Occasions.of(self.rows, until=self.conventions.day(as_of))

    def until(self, as_of: date | str) -> "TransactionLog":
        """The log as it was at the end of a day; what is later is left out and counted.

        >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
        >>> log.until("2026-01-04").report.left_out
        {'after_as_of': 1}
        """
        return self._only(self.rows.day <= self.conventions.day(as_of), "after_as_of")

    def split(self, *, at: date | str) -> "Split":
        """Divide into what is known at the end of a day and what came later.

        Args:
            at: The last day of the first part, to its end, on the company's clock.

        >>> log = TransactionLog.of(
        ...     [
        ...         {"customer_id": "a", "at": "2026-01-05", "amount": 40},
        ...         {"customer_id": "a", "at": "2026-02-05", "amount": 60},
        ...     ]
        ... )
        >>> row = log.split(at="2026-01-31").summary(as_of="2026-02-28")[0]
        >>> row["frequency"], row["frequency_holdout"], row["duration_holdout"]
        (0, 1, 28.0)
        """
        day = self.conventions.day(at)
        later = self._only(self.rows.day > day, "before_split")
        return Split(self.until(at), later, date.fromordinal(day + EPOCH))

    def append(self, table: object) -> "TransactionLog":
        """A log with more transactions, of any date; only they are read.

        Args:
            table: Records or a frame, with the columns that the first one had.

        >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
        >>> more = log.append([{"customer_id": "b", "at": "2026-01-04", "amount": 10}])
        >>> len(more), more.report.rows
        (2, 2)
        """
        new = TransactionLog.of(table, self.names, conventions=self.conventions)
        ids, mine, theirs = self.ids.merged(new.ids)
        code = np.concatenate((mine[self.rows.code], theirs[new.rows.code])).astype(np.int32)
        rows = Rows(
            code,
            np.concatenate((self.rows.day, new.rows.day)),
            np.concatenate((self.rows.units, new.rows.units)),
            len(ids),
        )
        second = np.concatenate((self.second, new.second))
        return attrs.evolve(
            self, rows=rows, second=second, ids=ids, report=self.report.added(new.report)
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

    def _only(self, where: Bools, reason: str) -> "TransactionLog":
        if where.all():
            return self
        rows = self.rows
        kept = Rows(rows.code[where], rows.day[where], rows.units[where], rows.size)
        fallen = {reason: int(np.count_nonzero(~where))}
        report = self.report.added(TableReport(self.report.table, 0, fallen))
        return attrs.evolve(self, rows=kept, second=self.second[where], report=report)


@attrs.frozen(eq=False)
class Split:
    """A log divided at the end of a day, to try models on what they have not seen.

    Attributes:
        calibration: What was known at the end of that day.
        holdout: What came later.
        at: That day.

    >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> split = log.split(at="2026-01-04")
    >>> len(split.calibration), len(split.holdout)
    (0, 1)
    """

    calibration: TransactionLog
    holdout: TransactionLog
    at: date

    def summary(self, *, as_of: date | str, unit: Span = "day", merge: Unit = "day") -> Any:  # noqa: ANN401 - the caller's kind
        """The summary at the split, and what each of these customers did after it.

        Adds ``frequency_holdout`` (purchase days), ``monetary_value_holdout`` (mean money of one,
        0 where there is none) and ``duration_holdout`` to the columns of
        ``TransactionLog.summary``. Whoever bought first after the split has no row.

        Args:
            as_of: The last day of the second part, to its end.
            unit: Unit of durations.
            merge: Which purchases count as one.

        Raises:
            ConfigError: ``as_of`` is before the split.
        """
        conventions, form = self.calibration.conventions, Form(unit, merge)
        until, split = conventions.day(as_of), conventions.day(self.at)
        if until < split:
            msg = f"must not be before the split at {self.at.isoformat()}"
            raise ConfigError(msg, "as_of")
        known = form.told(self.calibration.rows, split)
        later = form.told(self.holdout.rows, until).bought
        who = np.flatnonzero(known.bought.days)
        days = later.days[who].astype(np.int64)
        return self.calibration.like.build(
            {
                **self.calibration.columns(known, split),
                "frequency_holdout": days,
                "monetary_value_holdout": np.where(
                    days > 0, amounts(later.net[who]) / np.maximum(days, 1), 0.0
                ),
                "duration_holdout": np.full(len(who), (until - split) / unit_days(unit)),
            }
        )
