"""Lengths of time as programmes state them: months of the calendar, or days."""

import calendar
from datetime import MAXYEAR, date
from functools import lru_cache
from math import isnan
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import ConfigError, did_you_mean
from custseg.features.daynumbers import as_date, day_of
from custseg.features.periods import first_of, month_of

_YEAR: Final = 12
_UNITS: Final = {
    "day": (0, 1),
    "week": (0, 7),
    "month": (1, 0),
    "quarter": (3, 0),
    "year": (12, 0),
}
_PARTS: Final = 2


@attrs.frozen
class Term:
    """A length of time: months of the calendar, then days.

    A month later is the same day of the next month, or the last day that there is: a month after
    the 31st of January is the 28th or 29th of February.

    Attributes:
        months: Months of the calendar.
        days: Days after them.

    Raises:
        ConfigError: Either is below 0.

    >>> Term(months=6).after(date(2026, 8, 31))
    datetime.date(2027, 2, 28)
    """

    months: int = 0
    days: int = 0

    def __attrs_post_init__(self) -> None:
        """Check that time does not run backwards."""
        if self.months < 0 or self.days < 0:
            msg = f"a term has months and days of 0 or more, got {self.months} and {self.days}"
            raise ConfigError(msg)

    @classmethod
    def from_short(cls, given: object) -> "Term":
        """A term as documents write it in short: ``"6 months"``, or days as a number.

        Raises:
            ConfigError: It is neither.
        """
        return some(given)

    def after(self, day: date) -> date:
        """The day that is so much later."""
        return as_date(self.later(float(day_of(day))))

    def later(self, day: float) -> float:
        """So much after a day since 1970-01-01; NaN where it is unknown.

        >>> Term(days=30).later(100.0), Term(months=1).later(30.0)
        (130.0, 58.0)
        """
        if isnan(day):
            return day
        return (one_months_later(int(day), self.months) if self.months else day) + self.days

    def all_later(self, days: Floats) -> Floats:
        """So much after each day.

        >>> Term(months=1).all_later(np.array([30.0, np.nan])).tolist()
        [58.0, nan]
        """
        if not self.months:
            return np.asarray(days + self.days)
        return months_later(days, self.months) + self.days

    def __str__(self) -> str:
        """In the words of settings: ``6 months``."""
        parts = [
            f"{count} {name}{'' if count == 1 else 's'}"
            for count, name in ((self.months, "month"), (self.days, "day"))
            if count
        ]
        return " ".join(parts) or "0 days"


def term(given: object) -> Term | None:
    """A term from how it is written: days as a whole number, or a number and a unit.

    Raises:
        ConfigError: It is neither.

    >>> term(30), term("6 months"), term("1 year"), term(None)
    (Term(months=0, days=30), Term(months=6, days=0), Term(months=12, days=0), None)
    """
    if given is None or isinstance(given, Term):
        return given
    if isinstance(given, int) and not isinstance(given, bool):
        return Term(days=given)
    parts = given.split() if isinstance(given, str) else []
    if len(parts) == _PARTS and parts[0].isascii() and parts[0].isdigit():
        unit = parts[1].rstrip("s")
        if unit in _UNITS:
            months, days = _UNITS[unit]
            return Term(months * int(parts[0]), days * int(parts[0]))
        hint = did_you_mean(unit, _UNITS)
    else:
        hint = ""
    msg = f"must be days, or a number and a unit such as '6 months', got {given!r}.{hint}"
    raise ConfigError(msg)


def some(given: object) -> Term:
    """A term that must be there, and be longer than nothing.

    Raises:
        ConfigError: It is not.
    """
    made = term(given)
    if made is None or made == Term():
        msg = f"must be longer than nothing, got {given!r}"
        raise ConfigError(msg)
    return made


def civil_day(given: object) -> date | None:
    """The day of a review from how it is written; a moment is of its own day.

    Raises:
        ConfigError: It is no date.

    >>> civil_day("2026-06-30"), civil_day(None)
    (datetime.date(2026, 6, 30), None)
    """
    if given is None:
        return None
    try:
        day = date.fromisoformat(given) if isinstance(given, str) else given
        if isinstance(day, date):
            return date(day.year, day.month, day.day)
    except (ValueError, TypeError) as error:  # a moment that is not one has no year
        raise ConfigError(_no_day(given), "as_of") from error
    raise ConfigError(_no_day(given), "as_of")


def _no_day(given: object) -> str:
    return f"must be a date such as 2026-06-30, got {given!r}"


def months_later(days: Floats, months: Floats | int) -> Floats:
    """So many months after each day; NaN where either is unknown.

    >>> months_later(np.array([30.0, np.nan]), 1).tolist()
    [58.0, nan]
    """
    known = ~(np.isnan(days) | np.isnan(months))
    out = np.full(days.shape, np.nan)
    if known.any():
        whole = days[known].astype(np.int64)
        count = months if isinstance(months, int) else months[known].astype(np.int64)
        out[known] = _looked_up(whole, count) if isinstance(count, int) else _shifted(whole, count)
    return out


def _looked_up(days: Ints, months: int) -> Floats:
    """The same for few days that come often: each is looked up in the calendar once."""
    low = int(days.min())
    span = int(days.max()) - low + 1
    if span > days.size:
        return _shifted(days, months)
    return _shifted(np.arange(low, low + span), months)[days - low]


@lru_cache(maxsize=4096)
def one_months_later(day: int, months: int) -> float:
    """So many months after one day.

    >>> one_months_later(30, 1)
    58.0
    """
    known = as_date(day)
    year, month = divmod(known.year * _YEAR + known.month - 1 + months, _YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    if year <= MAXYEAR:
        return float(day_of(date(year, month + 1, min(known.day, last))))
    return float(months_later(np.array([float(day)]), months)[0])


def _shifted(days: Ints, months: Ints | int) -> Floats:
    here = month_of(days)
    offset, then = days - first_of(here), here + months
    first = first_of(then)
    last = first_of(then + 1) - first - 1
    return np.asarray(first + np.minimum(offset, last), dtype=np.float64)
