"""Dates on the axis of time: few, plain and the same in every language."""

from datetime import date, timedelta
from math import ceil
from typing import Final

import numpy as np

from custseg._typing import Floats
from custseg.features.daynumbers import as_date, days_of
from custseg.plot.canvas import Canvas

_MOST: Final = 9
_YEAR: Final = 12


def dated(canvas: Canvas, days: Floats, at: Floats | None = None) -> None:
    """Name some of the dates, evenly and the last one always.

    Args:
        canvas: Where to.
        days: Days since 1970-01-01, ascending.
        at: Their places on the axis, if they are not the days themselves.
    """
    every = max(1, ceil(len(days) / _MOST))
    places = days if at is None else at
    canvas.ax.set_xticks(places[::-1][::every][::-1], named(days[::-1][::every][::-1]))


def named(days: Floats) -> list[str]:
    """Months where all dates are ends of months, days otherwise.

    >>> named(np.array([30.0, 58.0])), named(np.array([31.0]))
    (['1970-01', '1970-02'], ['1970-02-01'])
    """
    dates = [as_date(day) for day in days]
    whole = all((day + timedelta(1)).day == 1 for day in dates)
    return [f"{day:%Y-%m}" if whole else day.isoformat() for day in dates]


def calendar(canvas: Canvas, days: Floats) -> None:
    """Name the first days of some months between the first and the last date.

    Args:
        canvas: Where to.
        days: Days since 1970-01-01, ascending.
    """
    first, last = (as_date(day) for day in (days[0], days[-1]))
    months = range(first.year * _YEAR + first.month - 1, last.year * _YEAR + last.month)
    years = _YEAR * ceil(len(months) / (_YEAR * _MOST))
    every = next((n for n in (1, 2, 3, 6) if len(months) <= n * _MOST), years)
    begins = [date(n // _YEAR, n % _YEAR + 1, 1) for n in months if n % every == 0]
    some = [day for day in begins if first <= day <= last]
    canvas.ax.set_xticks(days_of(some).astype(np.float64), [f"{day:%Y-%m}" for day in some])


def signed(value: float, _: int = 0) -> str:
    """A whole number that is more or less.

    >>> signed(1234.4), signed(-2.0), signed(0.0)
    ('+1,234', '\u22122', '0')
    """
    return f"{value:+,.0f}".replace("-", "\u2212") if round(value) else "0"
