"""Which day is so many days later or earlier, where every day counts or only working days?"""

from datetime import date
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.allocate.wishing.calendars.workdays import WorkCalendar, number
from custseg.errors import ConfigError
from custseg.frames import EPOCH
from custseg.values.festivals import lunar_new_years

_WEEKS: Final = 60  # more than a year without a working day is no calendar
_FIRST: Final = -25_567  # 1900-01-01: who waits since before it is due whatever was worked then
_DAWN: Final = date.min.toordinal() - EPOCH
_DUSK: Final = date.max.toordinal() - EPOCH


@attrs.frozen(eq=False)
class DayCount:
    """Days counted one by one, or working days only.

    Attributes:
        works: The working days in order; ``None``: every day counts.

    >>> DayCount().later(np.array([0.0, np.nan]), 10).tolist()
    [10.0, nan]
    >>> DayCount(np.array([1, 4, 5])).later(np.array([1.0, 2.0]), 2).tolist()
    [5.0, 5.0]
    """

    works: Ints | None = None

    @classmethod
    def of(
        cls, calendar: WorkCalendar | None, first: float, last: float, *, most: int = 1
    ) -> "DayCount":
        """The days around a time.

        Args:
            calendar: Whose working days count; ``None``: every day counts.
            first: The first day of the time.
            last: Its last day.
            most: The most days that will be counted on or back from it.

        Raises:
            ConfigError: Nobody works for more than a year.
        """
        if calendar is None:
            return cls()
        early, late, span = int(min(first, last)), int(last), 7 * (_WEEKS + most)
        start = early - span if late < _FIRST else max(early - span, _FIRST)
        days = np.arange(max(start, _DAWN), min(late + span, _DUSK) + 1)
        works = days[_working(calendar, days)]
        if (works > late).sum() <= most:
            msg = f"has fewer than {most} working days in the {span} days from {as_date(late)}"
            raise ConfigError(msg, "calendar")
        return cls(works)

    def later(self, day: Floats, days: Floats | int) -> Floats:
        """The first day by which so many days have passed since a day."""
        if self.works is None or (isinstance(days, int) and days == 0):
            return np.asarray(day + days, dtype=np.float64)
        places = np.searchsorted(self.works, day, side="right") + days - 1
        return self._at(np.asarray(places, dtype=np.float64), day)

    def earlier(self, day: Floats, days: int) -> Floats:
        """The last day since which so many days have passed, the day itself not among them.

        A day is reached by ``later(start, n)`` or after it where ``start >= earlier(day, n)``.
        """
        if self.works is None or days == 0:
            return np.asarray(day - days, dtype=np.float64)
        return self._at(
            np.searchsorted(self.works, day, side="left").astype(np.float64) - days, day
        )

    def _at(self, places: Floats, day: Floats) -> Floats:
        some: Ints = np.asarray(self.works)
        known = ~(np.isnan(day) | np.isnan(places))
        inside = np.clip(np.where(known, places, 0), 0, some.size - 1)
        found = some[inside.astype(np.int64)]
        return np.where(known, found, np.nan)


def _working(calendar: WorkCalendar, days: Ints) -> Bools:
    """Which days are worked; where no lunar new year is known, as if there were none."""
    if calendar.lunar_new_year is None:
        return calendar.working(days)
    years = lunar_new_years()
    known = (days >= number(f"{min(years)}-01-01")) & (days <= number(f"{max(years)}-12-31"))
    works = attrs.evolve(calendar, lunar_new_year=None).working(days)
    works[known] = calendar.working(days[known])
    return works


def as_date(day: float) -> date:
    """A day as a date.

    >>> as_date(0.0)
    datetime.date(1970, 1, 1)
    """
    return date.fromordinal(int(day) + EPOCH)
