"""Moments as civil seconds in the company's time zone; the civil day decides."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from numbers import Real
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs
import numpy as np

from custseg._typing import Bools, Ints
from custseg.errors import ConfigError, DataError
from custseg.frames.scalar import EPOCH, missing
from custseg.labels import label

DAY_SECONDS = 86_400
_FEW = 64
_FORMS = {10: "0000-00-00.", 19: "0000-00-00 00:00:00."}
_LETTERS = {
    "0": [ord(c) for c in "0123456789"],
    "-": [ord("-")],
    ":": [ord(":")],
    " ": [ord(" "), ord("T")],
    ".": [0],  # the end
}
NO_MOMENTS = "holds numbers where moments are needed; convert them to datetimes first"


@attrs.frozen(eq=False)
class Moments:
    """A column of moments on the civil clock of one time zone.

    Attributes:
        second: Civil seconds since 1970-01-01 00:00; 0 where unknown.
        known: Whether there is a moment.
        unreadable: Whether there is something that is no moment.

    >>> late = civil_seconds(["2026-01-01T23:30:00Z"], "Asia/Shanghai")
    >>> late.day.tolist() == civil_seconds([date(2026, 1, 2)], "Asia/Shanghai").day.tolist()
    True
    """

    second: Ints
    known: Bools
    unreadable: Bools

    @property
    def day(self) -> Ints:
        """Civil days since 1970-01-01."""
        return np.floor_divide(self.second, DAY_SECONDS)


@lru_cache(maxsize=32)
def zone(tz: str) -> ZoneInfo:
    """A time zone by its IANA name.

    Raises:
        ConfigError: There is no such zone.

    >>> zone("Asia/Shanghai").key
    'Asia/Shanghai'
    """
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        msg = f"no time zone {tz!r}; use an IANA name such as Asia/Shanghai or UTC"
        raise ConfigError(msg) from error


def civil_seconds(values: Sequence[object], tz: str) -> Moments:
    """Place Python dates, datetimes and ISO texts on the civil clock of a zone.

    Raises:
        DataError: Moments with and without a time zone are mixed in one column.

    >>> civil_seconds(["1970-01-02", None, "soon"], "UTC").second.tolist()
    [86400, 0, 0]
    """
    here = zone(tz)
    if (plain := _plain_iso(values)) is not None:
        return plain
    second = np.zeros(len(values), dtype=np.int64)
    known = np.zeros(len(values), dtype=np.bool_)
    unreadable = np.zeros(len(values), dtype=np.bool_)
    first: dict[bool, int] = {}
    for i, value in enumerate(values):
        if missing(value):
            continue
        moment = _moment(value)
        if isinstance(moment, datetime):
            first.setdefault(moment.tzinfo is not None, i)
            moment = _local(moment, here)
        if moment is None:
            unreadable[i] = True
        else:
            second[i], known[i] = _seconds(moment), True
    _refuse_mixed(first)
    _refuse_numbers(values, known, unreadable)
    return Moments(second, known, unreadable)


def _plain_iso(values: Sequence[object]) -> Moments | None:
    """All at once where every value is a text of one ISO form without a zone, else ``None``."""
    if len(values) < _FEW or not isinstance(values[0], str) or len(values[0]) not in _FORMS:
        return None
    if set(map(type, values)) != {str}:
        return None
    width = len(values[0])
    letters = np.array(values, dtype=f"U{width + 1}").view(np.int32).reshape(-1, width + 1)
    if not all(np.isin(letters[:, i], _LETTERS[c]).all() for i, c in enumerate(_FORMS[width])):
        return None
    try:
        stamps = np.array(values, dtype="datetime64[s]")
    except ValueError:  # a 30th of February
        return None
    if (stamps < np.datetime64("0001-01-01")).any():  # numpy knows a year 0
        return None
    none = np.zeros(len(values), dtype=np.bool_)
    return Moments(stamps.astype(np.int64), ~none, none)


def _refuse_mixed(first: dict[bool, int]) -> None:
    if len(first) > 1:
        here, before = ("no", "a") if first[False] > first[True] else ("a", "no")
        msg = (
            f"has {here} time zone here and {before} time zone above; give all of them one, or none"
        )
        raise DataError(msg, "", max(first.values()))


def _refuse_numbers(values: Sequence[object], known: Bools, unreadable: Bools) -> None:
    """Refuse a column of numbers; a few numbers among moments are only unreadable."""
    if known.any() or not unreadable.any():
        return
    row = int(np.argmax(unreadable))
    if all(isinstance(values[i], Real | Decimal) for i in np.flatnonzero(unreadable).tolist()):
        raise DataError(NO_MOMENTS, "", row)


def _local(moment: datetime, here: ZoneInfo) -> datetime | None:
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(here)
    except OverflowError:  # the first or the last day of the calendar
        return None


def _seconds(moment: date) -> int:
    days = moment.toordinal() - EPOCH
    if not isinstance(moment, datetime):
        return days * DAY_SECONDS
    return days * DAY_SECONDS + moment.hour * 3600 + moment.minute * 60 + moment.second


def _moment(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_moment(value)
    if isinstance(value, np.datetime64):
        seconds = int(value.astype("datetime64[s]").astype(np.int64))
        return datetime.fromtimestamp(0, UTC).replace(tzinfo=None) + timedelta(seconds=seconds)
    return None


@cache
def _separators() -> dict[int, str]:
    """Signs between year, month and day in either language; the last one ends the date."""
    year, month, day = tuple(label("words.date_marks", "zh"))
    return str.maketrans({"/": "-", year: "-", month: "-", day: ""})


@lru_cache(maxsize=65_536)
def parse_moment(text: str) -> date | None:
    """A moment in ISO 8601 or with slashes or dots, year first; ``None`` where it is none.

    >>> parse_moment("2026/6/30 10:05"), parse_moment("30.06.26")
    (datetime.datetime(2026, 6, 30, 10, 5), None)
    """
    clean = text.strip().translate(_separators())
    try:
        return datetime.fromisoformat(clean)
    except ValueError:
        day, _, clock = clean.replace(".", "-", 2).partition(" ")
        parts = day.split("-")
        if len(parts) != len(("year", "month", "day")) or len(parts[0]) != len("2026"):
            return None
        padded = "-".join([parts[0], *(p.zfill(2) for p in parts[1:])])
        hour, colon, rest = clock.strip().partition(":")
        stamp = f"{padded} {hour.zfill(2)}{colon}{rest}" if clock else padded
        try:
            return datetime.fromisoformat(stamp)
        except ValueError:
            return None
