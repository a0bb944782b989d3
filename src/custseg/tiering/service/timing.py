"""When is the next contact due? Days since the last one, the interval, and the right time."""

from collections.abc import Mapping
from datetime import date
from math import floor, isfinite, nan
from typing import Any, Final

import numpy as np

from custseg._typing import Bools, Codes, Columns, Floats, Index
from custseg.frames import EPOCH
from custseg.tiering.service.policy import Timing

TIMINGS: Final[tuple[Timing, ...]] = ("interval", "rhythm", "season")
READ: Final = ("contact_days", "recency_days", "gap_median_days")
MONTH: Final = "favourite_month"
REASONS: Final = ("never_contacted", "interval", "own_rhythm", "favourite_month", "day_unknown")
"""Why a contact is due on its day."""
_FAR: Final = 36_525.0  # a century of days: more is no silence, but a wrong number
_MONTHS: Final = 12
_RHYTHM, _SEASON = TIMINGS.index("rhythm"), TIMINGS.index("season")


def due_days(cols: Columns, days: Floats, interval: Floats, timing: Index) -> tuple[Floats, Index]:
    """The day of the next contact of each customer, and the place of its reason.

    Args:
        cols: The columns of ``READ`` and the favourite month.
        days: The day of the question, as days since 1970-01-01.
        interval: Days between contacts; NaN: none.
        timing: Place of the timing.

    >>> nothing = {name: np.array([np.nan]) for name in READ}
    >>> cols = {**nothing, "contact_days": np.array([10.0]), MONTH: Codes(np.array([-1]), ())}
    >>> due_days(cols, np.array([100.0]), np.array([30.0]), np.array([0]))[0].tolist()
    [120.0]
    """
    since, silent, gap = (_within(cols[name]) for name in READ)
    never = np.isnan(since)
    due = np.where(never, days, days - since + interval)
    own = np.floor(days - silent + np.where(gap > 0, gap, np.nan))
    own[~(own >= days)] = np.nan
    better = np.select(
        [timing == _RHYTHM, timing == _SEASON], [own, _season(cols[MONTH], days)], np.nan
    )
    later = ~never & (better > due)
    reason = np.where(never, 0, np.where(later, timing + 1, 1))
    reason = np.where(np.isnan(days), 4, reason)
    return np.where(np.isnan(interval), np.nan, np.where(later, better, due)), reason


def due_day(row: Mapping[str, Any], day: float, interval: float, timing: int) -> tuple[float, int]:
    """The same of one customer, by numbers alone.

    >>> row = {**dict.fromkeys(READ, nan), "contact_days": 10.0, MONTH: None}
    >>> due_day(row, 100.0, 30.0, 0)
    (120.0, 1)
    """
    since, silent, gap = (row[name] if 0 <= row[name] <= _FAR else nan for name in READ)
    if not isfinite(day):
        return nan, 4
    if since != since:  # noqa: PLR0124 - NaN test
        return day, 0
    due, better = day - since + interval, nan
    if timing == _RHYTHM and gap > 0 and isfinite(silent):
        own = floor(day - silent + gap)
        better = own if own >= day else nan
    elif timing == _SEASON:
        better = next_month(row[MONTH], day)
    return (better, timing + 1) if better > due else (due, 1)


def day_of(given: date | str | None) -> date | None:
    """A day as it was given, or as an ISO text.

    >>> day_of("2026-06-30")
    datetime.date(2026, 6, 30)
    """
    return date.fromisoformat(given) if isinstance(given, str) else given


def next_month(word: str | None, day: float) -> float:
    """The first day on which a month comes, or is: the day itself while it lasts.

    Args:
        word: The month, ``01`` to ``12``.
        day: The day of the question.

    >>> date.fromordinal(int(next_month("03", 20_000)) + EPOCH)
    datetime.date(2025, 3, 1)
    """
    month = _month(word)
    if not month:
        return nan
    here = date.fromordinal(int(day) + EPOCH)
    if month == here.month:
        return day
    return float(date(here.year + (month < here.month), month, 1).toordinal() - EPOCH)


def _month(word: str | None) -> int:
    """The number of a month; 0 where it is none."""
    known = word is not None and word.isdecimal() and 1 <= int(word) <= _MONTHS
    return int(word) if known and word is not None else 0


def _season(column: Any, days: Floats) -> Floats:  # noqa: ANN401 - codes
    """The same of every customer."""
    codes: Codes = column
    month = np.array([*(_month(word) for word in codes.words), 0])[codes.at]
    known: Bools = (month > 0) & ~np.isnan(days)
    here = np.where(known, days, 0.0).astype("datetime64[D]").astype("datetime64[M]")
    ahead = (month - 1 - here.astype(np.int64)) % _MONTHS
    first = (here + ahead).astype("datetime64[D]").astype(np.float64)
    return np.where(known, np.where(ahead == 0, days, first), np.nan)


def _within(values: Any) -> Floats:  # noqa: ANN401 - floats
    """Days that can be; others are not known."""
    days: Floats = values
    return np.where((days >= 0) & (days <= _FAR), days, np.nan)
