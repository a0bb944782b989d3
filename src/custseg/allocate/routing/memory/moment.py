"""The moment of a lead as civil seconds in the company's time zone."""

from datetime import date, datetime
from typing import Final, TypeAlias

from custseg.errors import ConfigError, DataError
from custseg.frames.moments import zone
from custseg.frames.scalar import EPOCH, iso_moment, missing

Moment: TypeAlias = datetime | date | str
DAY_SECONDS: Final = 86_400


def seconds(moment: Moment, tz: str | None = None) -> float:
    """Whole civil seconds since 1970; parts of a second are dropped, as in a column of moments.

    Args:
        moment: A datetime, a day, or either as ISO 8601 text.
        tz: The company's time zone, for moments that carry one of their own.

    Raises:
        ConfigError: The moment carries a time zone and ``tz`` is not given.
        DataError: It is no moment.

    >>> seconds("1970-01-02T00:00:01"), seconds("1970-01-01T23:00:00Z", "Asia/Shanghai")
    (86401.0, 111600.0)
    """
    if isinstance(moment, str):
        moment = iso_moment(moment)
    if not isinstance(moment, datetime):
        if not isinstance(moment, date):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"a moment is a datetime, a date or an ISO text, got {type(moment).__name__}"
            raise DataError(msg)
        return float((moment.toordinal() - EPOCH) * DAY_SECONDS)
    if missing(moment):
        msg = "a moment is needed, and it is missing"
        raise DataError(msg)
    if moment.tzinfo is not None:
        moment = _local(moment, tz)
    clock = moment.hour * 3600 + moment.minute * 60 + moment.second
    return float((moment.toordinal() - EPOCH) * DAY_SECONDS + clock)


def month_of(day: int) -> int:
    """The number of the month of a civil day, counted from year 0.

    >>> month_of(0) == 1970 * 12
    True
    """
    found = date.fromordinal(day + EPOCH)
    return found.year * 12 + found.month - 1


def _local(moment: datetime, tz: str | None) -> datetime:
    if tz is None:
        msg = "the moment carries a time zone: say Router(tz=...), the company's own"
        raise ConfigError(msg, "router.tz")
    return moment.astimezone(zone(tz))
