"""Transactions that were read, and what can be asked of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Self

import attrs
import numpy as np

from custseg._typing import Bools, words
from custseg.features.batches import Batch
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import as_date
from custseg.features.ids import Ids
from custseg.features.kept import Kept, Mending
from custseg.features.kernel import measure
from custseg.features.names import Names
from custseg.features.occasions import Occasions
from custseg.features.periods import Span, Unit
from custseg.features.purchases import Purchases
from custseg.features.report import TableReport
from custseg.features.rows import Rows, Small
from custseg.features.summary import Form, Told
from custseg.features.trend import LAST
from custseg.frames import Attachable, Table


@attrs.frozen(eq=False)
class Store:
    """Transactions that were read.

    Attributes:
        batches: The transactions as they came.
        ids: The customers' ids by code, as they came in.
        report: What became of every row.
        names: What the columns were called.
        conventions: How days and money were counted.
        like: A table of the kind that answers have.
        columns: The column that played each role; none where there was no row.
        kept: Figures of all customers, where they were measured to be kept.
    """

    batches: tuple[Batch, ...]
    ids: Ids
    report: TableReport
    names: Names
    conventions: Conventions
    like: Table[Any]
    columns: Mapping[str, str] = attrs.field(factory=dict[str, str])
    kept: Kept | None = None

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

        >>> from custseg.features import TransactionLog
        >>> TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}]).last_day
        datetime.date(2026, 1, 5)
        """
        if not len(self):
            return None
        last = max(int(b.rows.day.max()) for b in self.batches if len(b))
        return as_date(last)

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

        >>> from custseg.features import TransactionLog
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

    def measured(self, *, as_of: date | str) -> Self:
        """The same log, which keeps what it measures of all customers at the end of a day.

        Later, for that day or one after it, ``summary``, ``purchases`` and ``occasions`` look
        only at the customers with transactions that were appended or have come of age since; what
        they say is the same. Measure again, from time to time, to keep the newer figures.

        Args:
            as_of: The last day that counts, to its end, on the company's clock.

        >>> from custseg.features import TransactionLog
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

    def until(self, as_of: date | str) -> Self:
        """The log as it was at the end of a day; what is later is left out and counted.

        >>> from custseg.features import TransactionLog
        >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
        >>> log.until("2026-01-04").report.left_out
        {'after_as_of': 1}
        """
        last = self.conventions.day(as_of)
        return self._only([b.rows.day <= last for b in self.batches], "after_as_of")

    def after(self, day: date | str) -> Self:
        """What came after a day; what is up to its end is left out and counted.

        >>> from custseg.features import TransactionLog
        >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
        >>> len(log.after("2026-01-04")), len(log.after("2026-01-05"))
        (1, 0)
        """
        first = self.conventions.day(day)
        return self._only([b.rows.day > first for b in self.batches], "before_split")

    def _only(self, where: list[Bools], reason: str) -> Self:
        fallen = sum(int(np.count_nonzero(~kept)) for kept in where)
        if not fallen:
            return self
        batches = tuple(b.where(kept) for b, kept in zip(self.batches, where, strict=True))
        report = self.report.added(TableReport(self.report.table, 0, {reason: fallen}))
        return attrs.evolve(self, batches=batches, report=report, kept=None)
