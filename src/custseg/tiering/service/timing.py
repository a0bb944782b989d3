"""When is the next contact due? Days since the last one, the interval, and the right time."""

from collections.abc import Mapping
from datetime import date, datetime
from math import floor, isfinite, isnan, nan
from typing import Any, Final

import numpy as np

from custseg._typing import Bools, Codes, Columns, Floats, Index
from custseg.errors import ConfigError, DataError
from custseg.features.daynumbers import as_date, day_of
from custseg.features.periods import first_of, month_of
from custseg.frames.scalar import iso_moment
from custseg.tiering.service.policy import Timing

TIMINGS: Final[tuple[Timing, ...]] = ("interval", "rhythm", "season")
READ: Final = ("contact_days", "recency_days", "gap_median_days")
MONTH: Final = "favourite_month"
REASONS: Final = (
    "never_contacted",
    "interval",
    "own_rhythm",
    "favourite_month",
    "day_unknown",
    "contacts_unknown",
    "since_purchase",
)
"""Why a contact is due on its day, or why no day can be told."""
_FAR: Final = 36_525.0  # a century of days: more is no silence, but a wrong number
_MONTHS: Final = 12
_RHYTHM, _SEASON = TIMINGS.index("rhythm"), TIMINGS.index("season")
_NO_DAY, _NO_CONTACTS = REASONS.index("day_unknown"), REASONS.index("contacts_unknown")
_BOUGHT = REASONS.index("since_purchase")


def due_days(
    cols: Columns, days: Floats, interval: Floats, timing: Index, *, recorded: bool = True
) -> tuple[Floats, Index]:
    """The day of the next contact of each customer, and the place of its reason.

    Args:
        cols: The columns of ``READ`` and the favourite month.
        days: The day of the question, as days since 1970-01-01.
        interval: Days between contacts; NaN: none.
        timing: Place of the timing.
        recorded: Whether contacts are recorded: who has none was never contacted. Else nothing
            is known of it: the day is when a purchase can be expected, or the interval is counted
            from the last purchase, the last time that we are known to have met.

    >>> nothing = {name: np.array([np.nan]) for name in READ}
    >>> cols = {**nothing, "contact_days": np.array([10.0]), MONTH: Codes(np.array([-1]), ())}
    >>> due_days(cols, np.array([100.0]), np.array([30.0]), np.array([0]))[0].tolist()
    [120.0]
    """
    since, silent, gap = (_within(cols[name]) for name in READ)
    never = np.isnan(since)
    lost = never & (not recorded)
    met = np.where(lost, silent, since)
    due = np.where(never & ~lost, days, days - met + interval)
    own, season = _own(days - silent, gap, days), _season(cols[MONTH], days)
    timed = np.where(lost & ~((timing == _SEASON) & ~np.isnan(season)), _RHYTHM, timing)
    better = np.select([timed == _RHYTHM, timed == _SEASON], [own, season], np.nan)
    later = np.where(lost, ~np.isnan(better), ~never & (better > due))
    alone = np.where(np.isnan(silent), _NO_CONTACTS, _BOUGHT)
    reason = np.where(lost, alone, np.where(never, 0, 1))
    reason = np.where(np.isnan(days), _NO_DAY, np.where(later, timed + 1, reason))
    return np.where(np.isnan(interval), np.nan, np.where(later, better, due)), reason


def _own(last: Floats, gap: Floats, days: Floats) -> Floats:
    """The day of the next purchase by each customer's own rhythm, where it is not past."""
    own: Floats = np.floor(last + np.where(gap > 0, gap, np.nan))
    return np.where(own >= days, own, np.nan)


def due_day(
    row: Mapping[str, Any], day: float, interval: float, timing: int, *, recorded: bool = True
) -> tuple[float, int]:
    """The same of one customer, by numbers alone.

    >>> row = {**dict.fromkeys(READ, nan), "contact_days": 10.0, MONTH: None}
    >>> due_day(row, 100.0, 30.0, 0)
    (120.0, 1)
    """
    since, silent, gap = (row[name] if told(row[name]) else nan for name in READ)
    if not isfinite(day):
        return nan, _NO_DAY
    never = isnan(since)
    if never and recorded:
        return day, 0
    season = next_month(row[MONTH], day) if timing == _SEASON else nan
    if timing == _RHYTHM or (never and isnan(season)):
        own = floor(day - silent + gap) if gap > 0 and isfinite(silent) else nan
        better, why = (own if own >= day else nan), _RHYTHM + 1
    else:
        better, why = season, _SEASON + 1
    if never:
        unmet = (nan, _NO_CONTACTS) if isnan(silent) else (day - silent + interval, _BOUGHT)
        return unmet if isnan(better) else (better, why)
    due = day - since + interval
    return (better, why) if better > due else (due, 1)


def told(days: float) -> bool:
    """Whether a number of days since something tells when it was.

    >>> told(10.0), told(nan), told(-3.0)
    (True, False, False)
    """
    return 0 <= days <= _FAR


def given_day(given: date | str | None) -> date | None:
    """A day as it was given, or as an ISO text.

    Raises:
        ConfigError: It is neither.

    >>> given_day("2026-06-30")
    datetime.date(2026, 6, 30)
    """
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    try:
        return iso_moment(given).date() if isinstance(given, str) else given.date()
    except (DataError, AttributeError) as error:
        msg = f"as_of must be a day, written as YYYY-MM-DD, got {given!r}"
        raise ConfigError(msg) from error


def next_month(word: str | None, day: float) -> float:
    """The first day on which a month comes, or is: the day itself while it lasts.

    Args:
        word: The month, ``01`` to ``12``.
        day: The day of the question.

    >>> as_date(next_month("03", 20_000))
    datetime.date(2025, 3, 1)
    """
    month = _month(word)
    if not month:
        return nan
    here = as_date(day)
    if month == here.month:
        return day
    return float(day_of(date(here.year + (month < here.month), month, 1)))


def _month(word: str | None) -> int:
    """The number of a month; 0 where it is none."""
    known = word is not None and word.isdecimal() and 1 <= int(word) <= _MONTHS
    return int(word) if known and word is not None else 0


def _season(column: Any, days: Floats) -> Floats:  # noqa: ANN401 - codes
    """The same of every customer."""
    codes: Codes = column
    month = np.array([*(_month(word) for word in codes.words), 0])[codes.at]
    known: Bools = (month > 0) & ~np.isnan(days)
    here = month_of(np.where(known, days, 0.0).astype(np.int64))
    ahead = (month - 1 - here) % _MONTHS
    first = first_of(here + ahead).astype(np.float64)
    return np.where(known, np.where(ahead == 0, days, first), np.nan)


def _within(values: Any) -> Floats:  # noqa: ANN401 - floats
    """Days that can be; others are not known."""
    days: Floats = values
    return np.where((days >= 0) & (days <= _FAR), days, np.nan)
