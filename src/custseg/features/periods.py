"""Units of time: days, weeks, and months, quarters and years as they are in the calendar."""

from collections.abc import Iterable
from numbers import Integral
from typing import Final, Literal

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.errors import ConfigError, did_you_mean

Unit = Literal["day", "week", "month", "quarter", "year"]
Span = Literal["day", "week", "month", "quarter", "year", "period"]

MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
"""Months of each unit that the calendar counts in months."""

_YEAR_DAYS: Final = 365.2425
_DAYS: Final[dict[str, float]] = {
    "day": 1.0,
    "week": 7.0,
    **{unit: _YEAR_DAYS / 12 * months for unit, months in MONTHS.items()},
}
_WEEK: Final = 7
_MONDAY: Final = 3  # 1970-01-01 was a Thursday


def unit_days(unit: str) -> float:
    """Days of a unit of time; of a month, a quarter or a year the mean of the calendar.

    Raises:
        ConfigError: There is no such unit.

    >>> unit_days("week"), unit_days("year")
    (7.0, 365.2425)
    """
    return _DAYS[known(unit, _DAYS, "unit")]


def known(name: str, names: Iterable[str], path: str, what: str = "") -> str:
    """A name out of those there are.

    Raises:
        ConfigError: It is none of them.
    """
    there = list(names)
    if name not in there:
        kind = what or path
        msg = f"there is no {kind} {name!r}; there are {there}.{did_you_mean(name, there)}"
        raise ConfigError(msg, path)
    return name


def whole(value: object, path: str, least: int = 1) -> int:
    """A whole number.

    Args:
        value: What was given.
        path: The name of the setting.
        least: The least that it may be.

    Raises:
        ConfigError: It is no whole number, or less.

    >>> whole(90, "horizon")
    90
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < least:
        msg = f"must be a whole number of {least} or more, got {value!r}"
        raise ConfigError(msg, path)
    return int(value)


def period_of(day: Index | np.int64, unit: Unit) -> Ints:
    """The number of the week, month, ... that each day is in; weeks begin on Monday.

    >>> days = np.array([0, 30, 31, 59])
    >>> period_of(days, "month").tolist(), period_of(days, "quarter").tolist()
    ([0, 0, 1, 2], [0, 0, 0, 0])
    """
    days = np.asarray(day, dtype=np.int64)
    if unit == "day":
        return days
    if unit == "week":
        return np.floor_divide(days + _MONDAY, _WEEK)
    low, high = (int(days.min()), int(days.max())) if days.size else (0, 0)
    if high - low >= days.size:
        return np.floor_divide(month_of(days), MONTHS[unit])
    # days repeat: each is looked up in the calendar once
    return np.floor_divide(month_of(np.arange(low, high + 1)), MONTHS[unit])[days - low]


def month_of(days: Ints | Index) -> Ints:
    """The month that each day is in, counted from January 1970.

    >>> month_of(np.array([-1, 0, 31])).tolist()
    [-1, 0, 1]
    """
    return np.asarray(days, "datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first_of(months: Ints) -> Ints:
    """The first day of each month, counted from January 1970.

    >>> first_of(np.array([-1, 0, 1])).tolist()
    [-31, 0, 31]
    """
    return np.asarray(months, "datetime64[M]").astype("datetime64[D]").astype(np.int64)


def last_day_of(period: Ints, unit: Unit) -> Ints:
    """The last day of each numbered week, month, ...

    >>> last_day_of(np.array([0, 1]), "month").tolist()
    [30, 58]
    """
    if unit == "day":
        return period
    if unit == "week":
        return (period + 1) * _WEEK - _MONDAY - 1
    return first_of((period + 1) * MONTHS[unit]) - 1


@attrs.frozen
class Ruler:
    """How the time between two days is measured.

    A week is seven days. In months a day is worth one part of the month that it is in: a 31st of
    January 1/31, a 28th of February 1/28. So from the end of one month to the end of another are
    whole months, a longer time is always more, and the times between three days add up. A quarter
    is three such months, a year twelve. In periods it is the whole number of weeks, months, ...
    by which purchases are counted.

    Attributes:
        unit: Unit of the time.
        merge: The period that purchases are counted by.

    Raises:
        ConfigError: There is no such unit or period.

    >>> january, february = np.array([30]), np.array([58])
    >>> Ruler("month").between(january, february).tolist()
    [1.0]
    >>> Ruler("period", "week").between(january, february).tolist()
    [4.0]
    """

    unit: Span = "day"
    merge: Unit = "day"

    def __attrs_post_init__(self) -> None:
        """Check the names."""
        known(self.unit, (*_DAYS, "period"), "unit")
        known(self.merge, _DAYS, "merge")

    @property
    def days(self) -> int | None:
        """Days of the unit, ``None`` where the calendar says."""
        unit = self.merge if self.unit == "period" else self.unit
        if unit == "day":
            return 1
        return _WEEK if self.unit == "week" else None

    def between(self, since: Index, until: Index | np.int64) -> Floats:
        """The time from each day to another, both at their ends."""
        if self.days is not None:
            return np.asarray((until - since) / self.days)
        if self.unit == "period":
            periods = period_of(until, self.merge) - period_of(since, self.merge)
            return np.asarray(periods, dtype=np.float64)
        (start, part), (end, rest) = _parts(since), _parts(until)
        return np.asarray(((end - start) + (rest - part)) / MONTHS[self.unit])

    def check_end(self, until: int) -> None:
        """Refuse a day in the middle of a period where periods are counted.

        Raises:
            ConfigError: Purchases could follow in the same period.
        """
        here = np.array([until])
        if self.unit == "period" and last_day_of(period_of(here, self.merge), self.merge) != here:
            msg = f"must be the last day of a {self.merge} where the unit is the period"
            raise ConfigError(msg, "as_of")


def _parts(day: Index | np.int64) -> tuple[Ints, Floats]:
    """Month of each day, and the part of it that is over at the day's end."""
    days = np.asarray(day, dtype=np.int64)
    low, high = (int(days.min()), int(days.max())) if days.size else (0, 0)
    if high - low >= days.size:
        return _calendar(days)
    month, part = _calendar(np.arange(low, high + 1))
    at = days - low
    return month[at], part[at]


def _calendar(days: Ints) -> tuple[Ints, Floats]:
    months = month_of(days)
    first, following = first_of(months), first_of(months + 1)
    return months, (days - first + 1) / (following - first)
