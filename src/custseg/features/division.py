"""Logs divided at the end of a day, once or rolling: what was known, and what came of it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import count, takewhile
from typing import Any, Final, Generic, Protocol, TypeVar

import attrs
import numpy as np

from custseg._typing import Days, Ints, words
from custseg.errors import ConfigError
from custseg.features.conventions import Conventions
from custseg.features.course import Course
from custseg.features.daynumbers import as_date, day_of, months_later
from custseg.features.periods import MONTHS, Span, Unit, known, last_day_of, period_of, whole
from custseg.features.purchases import Purchases
from custseg.features.report import SplitReport
from custseg.features.store import Store
from custseg.features.summary import Form, Told
from custseg.features.trend import LAST
from custseg.frames import amounts

_DAYS: Final = {"day": 1, "week": 7}

Log = TypeVar("Log", bound=Store)


class Dated(Protocol):
    """Transactions whose last day is known, or found when it is asked for."""

    @property
    def conventions(self) -> Conventions:
        """How days and money are counted."""
        ...

    @property
    def last_day(self) -> date | None:
        """The day of the last transaction, ``None`` where there is none."""
        ...


@attrs.frozen(eq=False)
class Division(Generic[Log]):
    """A log divided at the end of a day, to try models on what they have not seen.

    Attributes:
        log: The whole log.
        at: The last day of the first part.
        until: The last day of the second part.
        course: The purchases of each customer, where several splits share them.
    """

    log: Log
    at: date
    until: date
    course: Course | None = None

    @cached_property
    def calibration(self) -> Log:
        """What was known at the end of the day of division."""
        return self.log.until(self.at)

    @cached_property
    def holdout(self) -> Log:
        """What came later."""
        return self.log.until(self.until).after(self.at)

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

        Adds ``frequency_holdout`` (purchase days), ``monetary_value_holdout`` (mean money of one,
        refunds taken off, 0 where there is none) and ``duration_holdout`` to the columns of
        ``TransactionLog.summary``. Whoever bought first after the split has no row:
        ``newcomers`` says who they are. With ``merge``, what follows the split in the period of a
        purchase before it is that purchase: it is not counted anew, nor is its money. So the
        purchases of both parts are those of the whole log.

        Args:
            as_of: The last day of the second part, to its end; without it ``until``.
            unit: Unit of durations.
            merge: Which purchases count as one.
            also: More columns of what was known at the split.
            trend_days: Purchase days on each side of ``revenue_trend``.

        Raises:
            ConfigError: ``as_of`` is before the split, or as in ``TransactionLog.summary``.
        """
        form, split = Form(unit, merge, words(also), trend_days), day_of(self.at)
        until = self._end(as_of)
        form.ruler.check_end(split)
        form.ruler.check_end(until)
        before, after = self._told(form, split), self._told(attrs.evolve(form, also=()), until)
        columns = self.log.summary_columns(before, split)
        who = self.log.ids.in_order(np.flatnonzero(before.bought.days))
        known, later = before.bought.take(who), after.bought.take(who)
        days = later.days.astype(np.int64) - known.days
        money = amounts(later.net - self._spent(form, before, until)[who])
        mean = np.where(days > 0, money / np.maximum(days, 1), 0.0)
        time = form.ruler.between(np.array([split]), np.array([until]))
        return self.log.like.build(
            {
                **columns,
                "frequency_holdout": days,
                "monetary_value_holdout": mean if self.log.priced else np.full_like(mean, np.nan),
                "duration_holdout": np.repeat(time, len(who)),
            }
        )

    def newcomers(self, *, as_of: date | str | None = None) -> Any:  # noqa: ANN401 - the caller's kind
        """Who bought first after the split, and when: they have no row in the summary.

        Args:
            as_of: The last day of the second part, to its end; without it ``until``.

        Returns:
            The id and ``first_purchase`` of each, the same kind of table as went in.

        >>> from custseg.features import TransactionLog
        >>> log = TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
        >>> log.split(at="2026-01-04").newcomers()
        [{'customer_id': 'a', 'first_purchase': datetime.date(2026, 1, 5)}]
        """
        before, after = self._both(self._end(as_of))
        ids = self.log.ids
        who = ids.in_order(np.flatnonzero((before.days == 0) & (after.days > 0)))
        first = after.first[who].astype(np.float64)
        return self.log.like.build({ids.column: ids.take(who), "first_purchase": Days(first)})

    @property
    def report(self) -> SplitReport:
        """How many customers are on either side."""
        before, after = self._both(day_of(self.until))
        known = before.days > 0
        return SplitReport(
            self.at,
            self.until,
            int(np.count_nonzero(known)),
            int(np.count_nonzero(known & (after.days > before.days))),
            int(np.count_nonzero(~known & (after.days > 0))),
        )

    def _spent(self, form: Form, before: Told, until: int) -> Ints:
        """Money of each customer that belongs to purchases up to the split.

        Where purchases of a period are one, what follows the split in the period of a purchase
        before it belongs to that purchase.
        """
        split = np.array([day_of(self.at)])
        period = period_of(split, form.merge)
        end = min(int(last_day_of(period, form.merge)[0]), until)
        if end == day_of(self.at):
            return before.bought.net
        ended = self._told(attrs.evolve(form, also=()), end).bought.net
        begun = (before.bought.days > 0) & (period_of(before.bought.last, form.merge) == period)
        return np.where(begun, ended, before.bought.net)

    def _both(self, until: int) -> tuple[Purchases, Purchases]:
        return (
            self._told(Form(), day_of(self.at)).bought,
            self._told(Form(), until).bought,
        )

    def _told(self, form: Form, until: int) -> Told:
        if self.course is None or not form.plain:
            return self.log.told(form, until)
        return Told(form, self.course.purchases(until))

    def _end(self, as_of: date | str | None) -> int:
        if as_of is None:
            return day_of(self.until)
        return not_before(self.at, self.log.conventions.day(as_of), "as_of")


def part(log: Dated, at: date | str, until: date | str | None) -> tuple[date, date]:
    """The last days of the two parts of a log.

    Raises:
        ConfigError: ``until`` is before ``at``.
    """
    day = as_date(log.conventions.day(at))
    if until is None:
        return day, max(day, log.last_day or day)
    return day, as_date(not_before(day, log.conventions.day(until), "until"))


@attrs.frozen(eq=False)
class Rolling:
    """How a log is divided again and again.

    Attributes:
        log: The log.
        end: The last day that it knows all of.
        horizon: Days after each division.
        every: From one to the next: a unit of time, or a number of days.
    """

    log: Dated
    end: date
    horizon: int
    every: Unit | int

    @classmethod
    def of(
        cls, log: Dated, end: date | str | None, *, horizon: int, every: Unit | int
    ) -> "Rolling":
        """Check the settings.

        Raises:
            ConfigError: They leave no time.
        """
        ahead = whole(horizon, "horizon")
        if isinstance(every, str):
            known(every, (*_DAYS, *MONTHS), "every", "unit")
        step = every if isinstance(every, str) else whole(every, "every")
        last = log.last_day if end is None else as_date(log.conventions.day(end))
        if last is None:
            msg = "the log has no transactions; say by which day it knows all"
            raise ConfigError(msg, "end")
        return cls(log, last, ahead, step)

    def days(self, first: date | str, last: date | str | None) -> tuple[tuple[date, date], ...]:
        """The days of division from the first to the last, each with the end of its horizon.

        Raises:
            ConfigError: A horizon reaches beyond the end, or there is no division.
        """
        start, latest = as_date(self.log.conventions.day(first)), self._latest(last)
        days = tuple(self._days(start, latest))
        if not days:
            msg = (
                f"no division from {start.isoformat()} leaves a horizon of {self.horizon} days "
                f"before {self.end.isoformat()}; begin earlier or look less far"
            )
            raise ConfigError(msg, "first")
        return tuple((day, day + timedelta(self.horizon)) for day in days)

    def _latest(self, last: date | str | None) -> date:
        room = date.fromordinal(max(self.end.toordinal() - self.horizon, 1))
        if last is None:
            return room
        day = as_date(self.log.conventions.day(last))
        if day > room:
            msg = (
                f"{self.horizon} days after {day.isoformat()} are beyond the end of the log, "
                f"{self.end.isoformat()}; divide by {room.isoformat()} at the latest, look less "
                "far, or say by which day the log knows all (end=...)"
            )
            raise ConfigError(msg, "last")
        return day

    def _days(self, first: date, latest: date) -> Iterator[date]:
        if isinstance(self.every, int) or self.every in _DAYS:
            step = self.every if isinstance(self.every, int) else _DAYS[self.every]
            return map(date.fromordinal, range(first.toordinal(), latest.toordinal() + 1, step))
        later = (months_later(first, MONTHS[self.every] * n) for n in count())
        return takewhile(lambda day: day <= latest, later)


def not_before(at: date, until: int, path: str) -> int:
    """A day that is not before a split.

    Raises:
        ConfigError: It is before it.
    """
    if until < day_of(at):
        msg = f"must not be before the split at {at.isoformat()}"
        raise ConfigError(msg, path)
    return until
