"""A log that stays where it is, divided at the end of a day."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Protocol

import attrs
import numpy as np

from custseg._typing import words
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import as_date, day_of
from custseg.features.division import not_before
from custseg.features.log import TransactionLog
from custseg.features.periods import Span, Unit
from custseg.features.report import SplitReport
from custseg.features.summary import Form
from custseg.features.trend import LAST
from custseg.frames import Table
from custseg.showing import Shown

Work = Callable[[TransactionLog], object]

_REPORTED = ("customers", "returned", "newcomers")


class Parted(Protocol):
    """A log that is asked part by part."""

    @property
    def conventions(self) -> Conventions:
        """How days and money are counted."""
        ...

    def by_customer(self, work: Work) -> Any:  # noqa: ANN401 - the caller's kind
        """Work on all transactions of each customer together."""
        ...

    def totals(self, work: Work) -> Table[Any]:
        """The few rows of sums that a work gives for each partition."""
        ...


@attrs.frozen(eq=False)
class PartitionedSplit(Shown):
    """A log of an engine divided at the end of a day, asked like a ``Split``.

    Attributes:
        log: The whole log.
        at: The last day of the first part.
        until: The last day of the second part.

    >>> from custseg.features import PartitionedLog
    >>> log = PartitionedLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> log.split(at="2026-01-04").report.newcomers
    1
    """

    log: Parted
    at: date
    until: date

    def summary(
        self,
        *,
        as_of: date | str | None = None,
        unit: Span = "day",
        merge: Unit = "day",
        also: Iterable[str] = (),
        trend_days: int = LAST,
    ) -> Any:  # noqa: ANN401 - the caller's kind
        """The summary at the split, and what each of these customers did after it.

        Args:
            as_of: The last day of the second part, to its end; without it ``until``.
            unit: Unit of durations.
            merge: Which purchases count as one.
            also: More columns of what was known at the split.
            trend_days: Purchase days on each side of ``revenue_trend``.

        Raises:
            ConfigError: ``as_of`` is before the split, or as in ``PartitionedLog.summary``.
        """
        form, until = Form(unit, merge, words(also), trend_days), self._end(as_of)
        form.ruler.check_end(day_of(self.at))
        form.ruler.check_end(day_of(until))
        return self.log.by_customer(SummaryOfBoth(self.at, until, form))

    def newcomers(self, *, as_of: date | str | None = None) -> Any:  # noqa: ANN401 - the caller's kind
        """Who bought first after the split, and when: they have no row in the summary.

        Args:
            as_of: The last day of the second part, to its end; without it ``until``.
        """
        return self.log.by_customer(Newcomers(self.at, self._end(as_of)))

    @property
    def report(self) -> SplitReport:
        """How many customers are on either side, counted when it is asked for."""
        sums: Any = self.log.totals(Sides(self.at, self.until))
        found = sums.read(dict.fromkeys(_REPORTED, "number"))
        customers, returned, newcomers = (int(found[name].sum()) for name in _REPORTED)
        return SplitReport(self.at, self.until, customers, returned, newcomers)

    def _end(self, as_of: date | str | None) -> date:
        if as_of is None:
            return self.until
        return as_date(not_before(self.at, self.log.conventions.day(as_of), "as_of"))


@attrs.frozen
class SummaryOfBoth:
    """The summary of a partition at a split, and what came after it.

    Attributes:
        at: The day of the split.
        until: The last day of the second part.
        form: How the summary is made.
    """

    at: date
    until: date
    form: Form

    def __call__(self, log: TransactionLog) -> object:
        """The summary of these customers."""
        form, split = self.form, log.split(at=self.at, until=self.until)
        return split.summary(
            unit=form.unit, merge=form.merge, also=form.also, trend_days=form.trend_days
        )


@attrs.frozen
class Newcomers:
    """Who bought first after a split.

    Attributes:
        at: The day of the split.
        until: The last day of the second part.
    """

    at: date
    until: date

    def __call__(self, log: TransactionLog) -> object:
        """Those of a partition."""
        return log.split(at=self.at, until=self.until).newcomers()


@attrs.frozen
class Sides:
    """How many customers are on either side of a split.

    Attributes:
        at: The day of the split.
        until: The last day of the second part.
    """

    at: date
    until: date

    def __call__(self, log: TransactionLog) -> object:
        """Those of a partition."""
        report = log.split(at=self.at, until=self.until).report
        return log.like.build({name: np.array([getattr(report, name)]) for name in _REPORTED})
