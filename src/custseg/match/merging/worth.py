"""What texts are worth where the smallest or the largest is asked: numbers and days."""

import math
import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

import numpy as np

from custseg._typing import Floats
from custseg.values import dates
from custseg.values.text import tidy

_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")
_DAY: Final = 86_400
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def worth(values: Sequence[object]) -> Floats | None:
    """The number or day of each distinct text; NaN for one that is neither.

    Args:
        values: The distinct values.

    Returns:
        None if the values compare as they are: they are no texts, most of them are neither numbers
        nor dates, or all are days in ISO 8601, whose letters sort as the days do.

    >>> worth(["9", "10", "?"]).tolist(), worth(["31/12/2025", "1/2/2026"]).tolist()
    ([9.0, 10.0, nan], [739616.0, 739648.0])
    >>> worth(["Li", "Han"]), worth([9, 10])
    (None, None)
    """
    filled = [one for one in values if not (isinstance(one, str) and not one.strip())]
    if not filled or not all(isinstance(one, str) for one in filled):
        return None
    if all(_ISO.fullmatch(str(one)) for one in filled) and not _mixed(filled):
        return None
    for read in (_number, _day):
        found = np.array([read(str(one)) for one in values])
        if 2 * np.count_nonzero(np.isfinite(found)) > len(filled):
            return found
    return None


def _number(word: str) -> float:
    try:
        found = float(_THOUSANDS.sub("", tidy(word) or ""))
    except ValueError:
        return math.nan
    return found if math.isfinite(found) else math.nan


def _mixed(moments: Sequence[object]) -> bool:
    """Whether some moments have a T and some a blank before the time."""
    return {" ", "T"} <= {str(one)[10:11] for one in moments}


def _day(word: str) -> float:
    """A day, with the time of day as its fraction where it is written as ISO 8601 does."""
    if _ISO.fullmatch(word):
        return _moment(word)
    found, _ = dates.read(word)
    return math.nan if found is None else float(found.toordinal())


def _moment(word: str) -> float:
    try:
        found = datetime.fromisoformat(word)
    except ValueError:
        return math.nan
    return found.toordinal() + (found - datetime.combine(found, time())).total_seconds() / _DAY
