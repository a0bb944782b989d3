"""Days and times of an export in one spelling: ``2026-06-30 08:15:00``."""

import re
from collections.abc import Iterable
from typing import Final

from custseg.values.dates import Order, read
from custseg.values.text import tidy

_ISO: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]((?:[01][0-9]|2[0-3]):[0-5][0-9])(:[0-5][0-9])?(?:[.][0-9]+)?"
    r"\s*(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_CLOCK: Final = re.compile(
    r"(?<![0-9])([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?(?:[.][0-9]+)?\s*([AaPp])?[.]?[Mm]?"
)
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})\s*[-/._]\s*([0-9]{1,2})\s*[-/._]\s*[0-9]{2,4}\b.*")
_MONTHS: Final = 12
_NOON: Final = 12


def moment(text: str, order: Order = "dmy") -> str | None:
    """One moment on the clock of whoever wrote it; a day where there is no time.

    A zone is left away: the day is the one that the shop saw.

    Args:
        text: As it was written.
        order: Which comes first in ``03/04/2024``.

    Returns:
        ISO text; ``None`` if there is no day in it.

    >>> moment("2026-06-30T08:15:00+08:00"), moment("6/30/2026 8:15 PM", "mdy")
    ('2026-06-30 08:15:00', '2026-06-30 20:15:00')
    >>> moment("2026年6月30日"), moment("never") is None
    ('2026-06-30', True)
    """
    clean = tidy(text) or ""
    if plain := _ISO.fullmatch(clean):
        day, _ = read(plain[1])
        clock = f" {plain[2]}{plain[3] or ':00'}" if plain[2] else ""
        return None if day is None else day.isoformat() + clock
    day, _ = read(clean, order=order)
    return None if day is None else day.isoformat() + _time(clean)


def order_of(values: Iterable[str]) -> tuple[Order | None, bool]:
    """Which comes first in ``03/04/2024`` in a column, and whether its values prove it.

    Returns:
        The order, ``None`` where values contradict one another; and whether anything but the
        values has to tell it.

    >>> order_of(["13/04/2024"]), order_of(["04/13/2024"]), order_of(["2024-04-13"])
    (('dmy', True), ('mdy', True), ('dmy', True))
    >>> order_of(["03/04/2024"]), order_of(["13/04/2024", "04/13/2024"])
    (('dmy', False), (None, False))
    """
    day_first = month_first = doubt = False
    for value in values:
        found = _YEAR_LAST.fullmatch(tidy(value) or "")
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        day_first = day_first or first > _MONTHS
        month_first = month_first or second > _MONTHS
        doubt = doubt or (first <= _MONTHS and second <= _MONTHS and first != second)
    if day_first and month_first:
        return None, False
    return ("mdy" if month_first else "dmy"), day_first or month_first or not doubt


def _time(text: str) -> str:
    found = _CLOCK.search(text)
    if found is None:
        return ""
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return f" {hour:02d}:{found[2]}:{found[3] or '00'}" if hour < 2 * _NOON else ""
