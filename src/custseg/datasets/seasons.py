"""When people buy: shopping days, the Chinese New Year, weekdays, hours."""

import datetime as dt
from functools import cache

import attrs
import numpy as np

from custseg._typing import Index, Ints
from custseg.datasets.draws import Draws
from custseg.datasets.words import Language, Rhythm, calendar
from custseg.values.festivals import lunar_new_years

DAY = 86_400
"""Seconds of a day."""

USUAL = 1000
"""Purchase time of a usual day: gaps are measured in thousandths of such a day."""

_HOUR = 3_600
_THURSDAY = 3
_BLACK_FRIDAY_DAYS = 4


@attrs.frozen(eq=False)
class Season:
    """A clock that runs fast on shopping days and slowly on quiet ones.

    Attributes:
        first_day: Day since 1970-01-01 on which the clock starts.
        clock: Purchase time that has passed at the end of each day.
    """

    first_day: int
    clock: Ints

    def before(self, day: Index) -> Ints:
        """Read the clock at the beginning of a day, counted from the first."""
        return np.concatenate([np.zeros(1, dtype=np.int64), self.clock])[day]

    def day(self, at: Ints) -> Index:
        """Find the day on which the clock shows ``at``; past the end it is their number."""
        return np.searchsorted(self.clock, at, side="right")


@cache
def season(language: Language, first_day: int, days: int) -> Season:
    """Set the clock of one language region.

    >>> quiet = season("zh", 19723, 366)  # 2024
    >>> singles_day = 315
    >>> int(quiet.clock[singles_day] - quiet.clock[singles_day - 1]) > 3 * USUAL
    True
    """
    rhythm = calendar().zh if language == "zh" else calendar().en
    start = dt.date(1970, 1, 1) + dt.timedelta(first_day)
    weights = _weights(rhythm, [start + dt.timedelta(i) for i in range(days)])
    return Season(first_day, np.cumsum(np.asarray(weights, dtype=np.int64)) * (USUAL // 100))


def seconds_of_day(draws: Draws, n: int) -> Ints:
    """Draw times of day, few at night."""
    return draws.pick(n, calendar().hours) * _HOUR + draws.below(n, _HOUR)


def moment(day: Ints, second: Ints) -> Ints:
    """Put a day since 1970-01-01 and a second of it together."""
    return day * DAY + second


def day_of(at: Ints) -> Ints:
    """Take the day out of seconds since 1970-01-01."""
    return at // DAY


def _weights(rhythm: Rhythm, days: list[dt.date]) -> list[int]:
    years = sorted({day.year for day in days})
    special = _new_years(rhythm) | _black_fridays(rhythm, years)
    return [
        special.get(day, _yearly(rhythm, day)) * rhythm.weekdays[day.weekday()] // 100
        for day in days
    ]


def _yearly(rhythm: Rhythm, day: dt.date) -> int:
    mark = f"{day:%m-%d}"
    return next((w for first, last, w in rhythm.yearly if first <= mark <= last), 100)


def _new_years(rhythm: Rhythm) -> dict[dt.date, int]:
    return {
        new_year + dt.timedelta(offset): weight
        for new_year in lunar_new_years().values()
        for first, last, weight in rhythm.around_new_year
        for offset in range(first, last + 1)
    }


def _black_fridays(rhythm: Rhythm, years: list[int]) -> dict[dt.date, int]:
    return {
        _black_friday(year) + dt.timedelta(offset): rhythm.black_friday
        for year in years
        for offset in range(_BLACK_FRIDAY_DAYS)
        if rhythm.black_friday != 100  # noqa: PLR2004  (100 is a usual day)
    }


def _black_friday(year: int) -> dt.date:
    november = dt.date(year, 11, 1)
    to_thursday = (_THURSDAY - november.weekday()) % 7
    return november + dt.timedelta(to_thursday + 21 + 1)
