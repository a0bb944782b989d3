"""Who is on leave when: ranges of days, several for each representative."""

from collections.abc import Iterable
from datetime import date

import attrs
import numpy as np

from custseg._typing import Columns
from custseg.allocate.wishing.calendars.workdays import a_day, number
from custseg.allocate.wishing.columns import codes, days
from custseg.errors import ConfigError, DataError

Range = tuple[float, float]
"""The first and the last day of a leave, by number; infinite where it is open."""

_BETWEEN = ("..", "/")


@attrs.frozen
class Leave:
    """One leave of one representative.

    Attributes:
        rep_id: Who.
        first: The first day.
        last: The last day; ``None``: until further notice.

    Raises:
        ConfigError: It ends before it begins.

    >>> Leave("R3", "2026-07-01", "2026-07-14").last
    datetime.date(2026, 7, 14)
    """

    rep_id: str = attrs.field(converter=str)
    first: date = attrs.field(converter=a_day)
    last: date | None = attrs.field(default=None, converter=attrs.converters.optional(a_day))

    def __attrs_post_init__(self) -> None:
        """Refuse a leave that ends before it begins.

        Raises:
            ConfigError: As above.
        """
        if self.last is not None and self.last < self.first:
            msg = f"ends on {self.last}, before it begins on {self.first}"
            raise ConfigError(msg, "leave")

    @property
    def range(self) -> Range:
        """The days by number."""
        return float(number(self.first)), np.inf if self.last is None else float(number(self.last))


def leaves(given: Leave | Iterable[Leave]) -> tuple[Leave, ...]:
    """Convert for an attrs field."""
    return (given,) if isinstance(given, Leave) else tuple(given)


def ranges_of_cells(reps: Columns, name: str) -> list[list[Range]]:
    """The leaves that cells list: ``2026-07-01..2026-07-14; 2026-10-08``.

    Args:
        reps: Columns of the representatives.
        name: The column; days or ranges between semicolons, an open end left out.

    Raises:
        DataError: A cell holds something else.

    >>> from custseg._typing import Codes
    >>> column = Codes(np.array([0, -1]), ("1970-01-02..1970-01-03;1970-01-09",))
    >>> ranges_of_cells({"leave": column}, "leave")
    [[(1.0, 2.0), (8.0, 8.0)], []]
    """
    found: list[list[Range]] = []
    for row, text in enumerate(codes(reps, name).texts()):
        try:
            found.append(
                [_range(part) for piece in (text or "").split(";") if (part := piece.strip())]
            )
        except (ConfigError, ValueError) as error:
            msg = "is no list of days or of ranges such as 2026-07-01..2026-07-14"
            raise DataError(msg, name, row) from error
    return found


def ranges_of_days(reps: Columns, first: str | None, last: str | None) -> list[list[Range]]:
    """The one leave that two columns of days tell; either may be open.

    Raises:
        DataError: A leave ends before it begins.
    """
    begin, end = (days(reps, name) if name else None for name in (first, last))
    given = begin if begin is not None else end
    if given is None:
        return []
    starts = np.full(given.size, np.nan) if begin is None else begin
    stops = np.full(given.size, np.nan) if end is None else end
    turned = starts > stops
    if turned.any():
        msg = "ends before it begins"
        raise DataError(msg, last or "", int(turned.argmax()))
    return [
        []
        if np.isnan(start) and np.isnan(stop)
        else [(-np.inf if np.isnan(start) else start, np.inf if np.isnan(stop) else stop)]
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
    ]


def _range(text: str) -> Range:
    between = next((mark for mark in _BETWEEN if mark in text), None)
    if between is None:
        day = float(number(text))
        return day, day
    start, _, stop = (part.strip() for part in text.partition(between))
    begin = float(number(start)) if start else -np.inf
    end = float(number(stop)) if stop else np.inf
    if end < begin or not (start or stop):
        msg = "ends before it begins"
        raise ValueError(msg)
    return begin, end
