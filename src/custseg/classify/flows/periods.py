"""Weeks, months, quarters and years of the calendar, by number: when do they begin and end?"""

from datetime import date
from typing import Final, Literal, TypeAlias

import numpy as np

from custseg._typing import Index, Ints
from custseg.errors import ConfigError, did_you_mean
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import as_date
from custseg.features.periods import MONTHS, last_day_of, period_of

Unit: TypeAlias = Literal["week", "month", "quarter", "year"]
UNITS: Final = ("week", "month", "quarter", "year")
_WEEK: Final = 7


def known_unit(unit: str) -> Unit:
    """A unit of the calendar.

    Raises:
        ConfigError: There is no such unit.

    >>> known_unit("month")
    'month'
    """
    for known in UNITS:
        if unit == known:
            return known
    msg = f"there is no unit {unit!r}; there are {list(UNITS)}.{did_you_mean(unit, UNITS)}"
    raise ConfigError(msg, "unit")


def begin_of(period: Index, unit: Unit) -> Ints:
    """The first day of each period.

    >>> begin_of(np.array([0, 1]), "quarter").tolist()
    [0, 90]
    """
    return last_day_of(np.asarray(period, dtype=np.int64) - 1, unit) + 1


def anniversaries(first: Index, day: Index, unit: Unit) -> Ints:
    """Whole units that have passed since the first day of each customer.

    A month has passed on the same day of the next month, or on its last day where it is shorter.

    >>> from datetime import date
    >>> from custseg.features.daynumbers import days_of
    >>> days = [date(2026, 1, 31), date(2026, 2, 27), date(2026, 2, 28)]
    >>> at = days_of(days)
    >>> anniversaries(at[[0, 0, 0]], at, "month").tolist()
    [0, 0, 1]
    """
    if unit == "week":
        return np.asarray(day - first, dtype=np.int64) // _WEEK
    begun, now = period_of(first, "month"), period_of(day, "month")
    length = begin_of(now + 1, "month") - begin_of(now, "month")
    due = np.minimum(first - begin_of(begun, "month"), length - 1)
    passed = now - begun - ((day - begin_of(now, "month")) < due)
    return np.asarray(passed // MONTHS[unit])


def named(period: int, unit: Unit) -> str:
    """The name of a period.

    >>> named(0, "week"), named(13, "month"), named(4, "quarter"), named(56, "year")
    ('1970-W01', '1971-02', '1971-Q1', '2026')
    """
    begin = as_date(int(begin_of(np.array([period]), unit)[0]))
    if unit == "week":
        year, week, _ = begin.isocalendar()
        return f"{year}-W{week:02d}"
    if unit == "month":
        return f"{begin:%Y-%m}"
    return f"{begin.year}-Q{begin.month // 3 + 1}" if unit == "quarter" else f"{begin.year}"


def period_ends(first: date | str, last: date | str, *, unit: Unit = "month") -> tuple[date, ...]:
    """The last days of all periods that end between two days, both included.

    Args:
        first: The first day that may be one.
        last: The last day that may be one.
        unit: ``week`` (to Sunday), ``month``, ``quarter`` or ``year``.

    Returns:
        Dates for ``states_asof``; none where no period ends in that time.

    Raises:
        ConfigError: A day is no date, or there is no such unit.

    >>> [day.isoformat() for day in period_ends("2026-01-01", "2026-07-01", unit="quarter")]
    ['2026-03-31', '2026-06-30']
    """
    whole, how = Conventions(), known_unit(unit)
    begin, end = whole.day(first), whole.day(last)
    if end < begin:
        return ()
    now, until = period_of(np.array([begin, end]), how).tolist()
    ends = begin_of(1 + np.arange(int(now), int(until) + 1), how) - 1
    return tuple(as_date(day) for day in ends[ends <= end].tolist())


def month_ends(first: date | str, last: date | str) -> tuple[date, ...]:
    """The last days of all months that end between two days, both included.

    Args:
        first: The first day that may be one.
        last: The last day that may be one.

    Raises:
        ConfigError: A day is no date.

    >>> [day.isoformat() for day in month_ends("2026-01-31", "2026-03-15")]
    ['2026-01-31', '2026-02-28']
    """
    return period_ends(first, last, unit="month")
