"""Which days do not count as silence: holidays, and seasons in which nobody buys."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import attrs

from custseg.classify.clocks import Window, windows
from custseg.classify.ladder import StateLadder
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.values.festivals import lunar_new_years


@attrs.frozen
class Freeze:
    """A strategy for which silence does not grow on some days.

    Its limits are days that count. What it learns of gaps between orders it learns of all days, and
    whether a customer had been dormant before it came back is told by all days too.

    Attributes:
        strategy: The strategy.
        windows: First and last day of each time that does not count.

    Raises:
        ConfigError: A time ends before it begins.

    >>> from custseg.classify import FixedDays, Lifecycle
    >>> model = Lifecycle(Freeze(FixedDays(90), spring_festival([2026]))).fit([])
    >>> row = {"frequency": 1, "recency_days": 97, "last_purchase": date(2026, 2, 1)}
    >>> model.one({**row, "as_of": date(2026, 5, 9)})["lifecycle"]
    'active'
    """

    strategy: LifecycleStrategy
    windows: tuple[Window, ...] = attrs.field(converter=windows)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Give the steps of the strategy; their silence is without these days."""
        known = self.strategy.ladder(table)
        return attrs.evolve(known, frozen=(*known.frozen, *self.windows))


def spring_festival(
    years: Iterable[int], *, days_before: int = 1, days_after: int = 6
) -> tuple[Window, ...]:
    """The days around each Chinese New Year.

    Args:
        years: Years from 2000 to 2050.
        days_before: Days before the new year; 1 is its eve.
        days_after: Days after it; 14 reaches to the Lantern Festival.

    Raises:
        ConfigError: A year is outside the table, or days are below 0.

    Source: eve to seventh day is the public holiday that the State Council names each year; dates
    by GB/T 33661-2017.

    >>> [(first.isoformat(), last.isoformat()) for first, last in spring_festival([2026])]
    [('2026-02-16', '2026-02-23')]
    """
    for name, days in (("days_before", days_before), ("days_after", days_after)):
        if days < 0:
            msg = f"must be 0 or more, got {days}"
            raise ConfigError(msg, name)
    known = lunar_new_years()
    before, after = timedelta(days=days_before), timedelta(days=days_after)
    asked = tuple(years)
    if outside := [year for year in asked if year not in known]:
        msg = f"the lunar new year is known for {min(known)} to {max(known)}, got {outside[0]}"
        raise ConfigError(msg, "years")
    return windows((known[year] - before, known[year] + after) for year in asked)


def every_year(first: str, last: str, years: Iterable[int]) -> tuple[Window, ...]:
    """The same days of every year: a season in which nobody buys, or a holiday.

    Args:
        first: The first day as month and day, such as ``11-15``.
        last: The last day; where it comes before the first one, that of the next year.
        years: The years in which it begins.

    Raises:
        ConfigError: A day is none of any year.

    >>> [
    ...     (first.isoformat(), last.isoformat())
    ...     for first, last in every_year("12-24", "01-06", [2025])
    ... ]
    [('2025-12-24', '2026-01-06')]
    """
    begin, end = _month_day(first, "first"), _month_day(last, "last")
    turns = int(end < begin)
    return windows((_on(year, begin), _on(year + turns, end)) for year in years)


def _month_day(text: str, name: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2000-{text}")
    except ValueError as error:
        msg = f"must be month and day such as 02-15, got {text!r}"
        raise ConfigError(msg, name) from error
    return day.month, day.day


def _on(year: int, month_day: tuple[int, int]) -> date:
    """The day in a year; 29 February is the last day of a shorter one."""
    month, day = month_day
    return date(year, month, min(day, monthrange(year, month)[1]))
