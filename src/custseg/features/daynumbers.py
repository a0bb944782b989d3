"""Days by number, since 1970-01-01: from dates and back, and some months later."""

import calendar
from collections.abc import Iterable
from datetime import date

import numpy as np

from custseg._typing import Ints
from custseg.frames import EPOCH


def as_date(day: float) -> date:
    """A day as a date; columns hold days as floats.

    >>> as_date(0), as_date(1.0)
    (datetime.date(1970, 1, 1), datetime.date(1970, 1, 2))
    """
    return date.fromordinal(int(day) + EPOCH)


def day_of(when: date) -> int:
    """A date as a day.

    >>> day_of(date(1970, 1, 2))
    1
    """
    return when.toordinal() - EPOCH


def days_of(dates: Iterable[date]) -> Ints:
    """Dates as days.

    >>> days_of([date(1970, 1, 2), date(1970, 2, 1)]).tolist()
    [1, 31]
    """
    return np.array([day_of(when) for when in dates], dtype=np.int64)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last; from the end of a month to the end of another.

    So from an end of a month to another end are whole months, as ``Ruler`` measures them.

    >>> months_later(date(2026, 1, 30), 1), months_later(date(2026, 2, 28), 1)
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 31))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    ends = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if ends else min(day.day, length))
