"""On which days does a backtest look ahead?"""

from datetime import date, timedelta
from typing import Any, Final

import attrs

from custseg.classify.flows.periods import period_ends
from custseg.errors import NotEnoughDataError
from custseg.features import TransactionLog
from custseg.features.daynumbers import as_date, day_of
from custseg.features.periods import Unit, whole

LEARNING: Final = 180
"""Days of history before the first day, where none is said; see ``data_gate``."""


@attrs.frozen
class Origins:
    """The days on which a backtest looks ahead, and at whom.

    Attributes:
        first: The first day; without it the first end of a period (of ``every``) with half a year
            of history before it.
        last: The last day; without it as many as the horizon leaves room for.
        every: From one to the next: a day, week, month, quarter or year, or a number of days.
        end: The last day that the log knows all of; without it, that of its last transaction.
        least: Purchase days that a customer who is looked at has, at least; 2 leaves out those who
            have bought once.
        within_days: Only customers whose last purchase was less than so many days ago; ``None``
            for all. Who is long gone is easy to tell, and raises every figure.

    Raises:
        ConfigError: ``least`` or ``within_days`` is no whole number of 1 or more.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> days = Origins(every="quarter").days(log, horizon=90)
    >>> [day.isoformat() for day in days]
    ['1997-06-30', '1997-09-30', '1997-12-31', '1998-03-31']
    """

    first: date | str | None = None
    last: date | str | None = None
    every: Unit | int = "month"
    end: date | str | None = None
    least: int = 1
    within_days: int | None = None

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        whole(self.least, "least")
        if self.within_days is not None:
            whole(self.within_days, "within_days")

    def days(self, log: TransactionLog, horizon: int) -> tuple[date, ...]:
        """The days, ascending.

        Args:
            log: The transactions.
            horizon: Days after each of them, all of which the log must know.

        Raises:
            NotEnoughDataError: The log has no purchases, or is too short.
            ConfigError: A day is no date, or a horizon reaches beyond the end of the log.
        """
        first = self.first or self._opening(log, horizon)
        splits = log.rolling(
            first=first, last=self.last, every=self.every, horizon=horizon, end=self.end
        )
        return tuple(split.at for split in splits)

    def _opening(self, log: TransactionLog, horizon: int) -> date:
        """The first day with enough history before it.

        Raises:
            NotEnoughDataError: There is none that leaves room for the horizon.
        """
        latest = log.last_day
        begin = None if latest is None else _first_purchase(log, latest)
        if latest is None or begin is None:
            msg = "the log has no purchases, so there is nothing to look back on"
            raise NotEnoughDataError(msg)
        end = latest if self.end is None else as_date(log.conventions.day(self.end))
        known, room = (
            begin + timedelta(LEARNING),
            as_date(max(day_of(end) - horizon, day_of(date.min))),
        )
        if self.every in {"month", "quarter", "year"}:
            unit: Any = self.every
            opening = next(iter(period_ends(known, room, unit=unit)), None)
        else:
            opening = known if known <= room else None
        if opening is None:
            msg = (
                f"the log goes from {begin.isoformat()} to {end.isoformat()}, which leaves no day "
                f"with {LEARNING} days before it and {horizon} after it; look less far ahead, or "
                "name the first day (Origins(first=...))"
            )
            raise NotEnoughDataError(msg)
        return opening


def _first_purchase(log: TransactionLog, latest: date) -> date | None:
    days = log.occasions(as_of=latest).day
    return as_date(int(days.min())) if len(days) else None
