"""Which days are worked: weekdays, holidays by the sun and by the moon, days made up for."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import ClassVar, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints, words
from custseg.errors import ConfigError
from custseg.values.festivals import lunar_new_years

Day: TypeAlias = date | str | float
"""A date or a moment on it, its text 2026-07-01, or the number of days since 1970."""

EPOCH = date(1970, 1, 1)
_WEEK = 7
_THURSDAY = 3  # the first day of 1970, counted from Monday
_LONGEST = 400  # days in a row without work before a calendar is taken for a mistake


def a_day(given: Day) -> date:
    """A day as a date; of a moment, the day that its clock shows.

    Raises:
        ConfigError: It is no day.

    >>> a_day("2026-07-01")
    datetime.date(2026, 7, 1)
    """
    try:
        if isinstance(given, str):
            return date.fromisoformat(given)
        if isinstance(given, datetime):
            return date.fromisoformat(given.date().isoformat())  # no day has no date either
        return given if isinstance(given, date) else EPOCH + timedelta(days=int(given))
    except (TypeError, ValueError, OverflowError) as error:
        msg = f"a day is written 2026-07-01, got {given!r}"
        raise ConfigError(msg) from error


def number(day: Day) -> int:
    """A civil day as the number of days since 1970.

    >>> number("1970-01-02")
    1
    """
    return (a_day(day) - EPOCH).days


def _days(given: Iterable[Day]) -> tuple[date, ...]:
    some = (given,) if isinstance(given, str) else given
    return tuple(sorted({a_day(day) for day in some}))


def _weekdays(given: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(given)))


@attrs.frozen
class WorkCalendar:
    """The days on which a company works.

    Attributes:
        weekdays: The days of the week that are worked, Monday 1 to Sunday 7.
        holidays: Days off beside them.
        yearly: Days off in every year, as month and day: ``10-01``.
        lunar_new_year: How many days before the Chinese New Year and after it are off: 1 and 6
            from its eve to the seventh day; ``None``: it is a day as any other.
        workdays: Days that are worked though they fall on a weekend or a holiday (made-up days).

    Raises:
        ConfigError: No weekday is worked, or a day is none.

    >>> office = WorkCalendar(holidays=["2026-10-01"], lunar_new_year=(1, 6))
    >>> office.works("2026-10-01"), office.next("2026-10-01"), office.next("2026-02-14")
    (False, datetime.date(2026, 10, 2), datetime.date(2026, 2, 24))
    """

    MONDAY_TO_FRIDAY: ClassVar[tuple[int, ...]] = (1, 2, 3, 4, 5)

    weekdays: tuple[int, ...] = attrs.field(default=MONDAY_TO_FRIDAY, converter=_weekdays)
    holidays: tuple[date, ...] = attrs.field(default=(), converter=_days, kw_only=True)
    yearly: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    lunar_new_year: tuple[int, int] | None = attrs.field(default=None, kw_only=True)
    workdays: tuple[date, ...] = attrs.field(default=(), converter=_days, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse days that are none.

        Raises:
            ConfigError: As above.
        """
        if not self.weekdays or not set(self.weekdays) <= set(range(1, _WEEK + 1)):
            msg = f"must be days from 1 (Monday) to 7 (Sunday), got {list(self.weekdays)}"
            raise ConfigError(msg, "calendar.weekdays")
        for text in self.yearly:
            if not _is_day(2000, text):
                msg = f"must be month and day such as 10-01, got {text!r}"
                raise ConfigError(msg, "calendar.yearly")
        if self.lunar_new_year and min(self.lunar_new_year) < 0:
            msg = f"must be days before and after, 0 or more, got {list(self.lunar_new_year)}"
            raise ConfigError(msg, "calendar.lunar_new_year")

    @classmethod
    def china(cls, *, holidays: Iterable[Day] = (), workdays: Iterable[Day] = ()) -> "WorkCalendar":
        """Monday to Friday without New Year, Spring Festival, Labour Day and National Day.

        Args:
            holidays: Days off that the State Council names beside them (Qingming, Dragon Boat,
                Mid-Autumn).
            workdays: The weekends that it has made up for.

        Source: the Regulation on Public Holidays for National Annual Festivals and Memorial Days
        as amended in 2024: 4 days at Spring Festival from its eve, 2 from 1 May, 3 from 1
        October; the usual week off is made of them with made-up days.

        >>> WorkCalendar.china().works("2026-10-02"), WorkCalendar.china().works("2026-02-20")
        (False, False)
        """
        october = (f"10-{day:02d}" for day in range(1, _WEEK + 1))
        return cls(
            holidays=holidays,
            yearly=("01-01", *(f"05-{day:02d}" for day in range(1, 6)), *october),
            lunar_new_year=(1, 6),
            workdays=workdays,
        )

    def works(self, day: Day) -> bool:
        """Whether a day is worked."""
        return bool(self.working(np.array([number(day)]))[0])

    def next(self, day: Day, after: int = 0) -> date:
        """The first working day from a day on, or one that many working days after it.

        Args:
            day: Where to begin; itself if it is worked and ``after`` is 0.
            after: Working days to count on.

        Raises:
            ConfigError: No day is worked for more than a year, or days are counted back.
        """
        if after < 0:
            msg = f"must be 0 or more, got {after}"
            raise ConfigError(msg, "calendar.after")
        found, left = number(day), after
        for _ in range(_LONGEST + 2 * _WEEK * after):
            if self.working(np.array([found]))[0]:
                if left <= 0:
                    return EPOCH + timedelta(days=found)
                left -= 1
            found += 1
        msg = "no day is worked for more than a year: look at the holidays"
        raise ConfigError(msg, "calendar")

    def count(self, first: Day, last: Day) -> int:
        """How many days are worked from the first to the last, both counted.

        >>> WorkCalendar().count("2026-06-01", "2026-06-07")
        5
        """
        days = np.arange(number(first), number(last) + 1)
        return int(self.working(days).sum())

    def working(self, days: Index | Floats, weekdays: tuple[int, ...] | None = None) -> Bools:
        """Which days are worked, by their numbers since 1970.

        Args:
            days: Numbers of days.
            weekdays: The weekdays of somebody who works on others than the company.
        """
        at = np.asarray(days, dtype=np.int64)
        usual = np.zeros(_WEEK + 1, dtype=np.bool_)
        usual[list(self.weekdays if weekdays is None else weekdays)] = True
        out = usual[(at + _THURSDAY) % _WEEK + 1]
        out &= ~np.isin(at, self._off(at))
        return out | np.isin(at, [number(day) for day in self.workdays])

    def _off(self, at: Ints) -> list[int]:
        """The holidays of the years that are asked for."""
        off = [number(day) for day in self.holidays]
        if not at.size:
            return off
        first, last = (EPOCH + timedelta(days=int(day)) for day in (at.min(), at.max()))
        for year in range(first.year, last.year + 1):
            off += [number(f"{year}-{text}") for text in self.yearly if _is_day(year, text)]
        if self.lunar_new_year:
            off += _festival(self.lunar_new_year, first.year, last.year)
        return off


def _festival(around: tuple[int, int], first: int, last: int) -> list[int]:
    known, (before, after) = lunar_new_years(), around
    if first < min(known) or last > max(known):
        msg = f"the lunar new year is known for {min(known)} to {max(known)}, got {first}-{last}"
        raise ConfigError(msg, "calendar.lunar_new_year")
    days = (number(known[year]) for year in range(first - 1, last + 2) if year in known)
    return [day + shift for day in days for shift in range(-before, after + 1)]


def _is_day(year: int, text: str) -> bool:
    """29 February is a day of leap years only."""
    try:
        date.fromisoformat(f"{year}-{text}")
    except ValueError:
        return False
    return True
