"""How alike two dates are, such as days of birth."""

import re
from datetime import date
from typing import ClassVar, Final

import attrs

from custseg.match.comparing.compared import Compared, Ladder
from custseg.match.comparing.forms import Facet
from custseg.match.comparing.signs import Crossed, Same, Sign, Within
from custseg.match.comparing.strings import Edited
from custseg.match.reading import Dated, Once, day_first, month_first

_NOT_DIGITS: Final = re.compile(r"[^0-9]+")
_DIGITS: Final = 8
_MONTH: Final = 31.0
_YEAR: Final = 366.0
_TEN_YEARS: Final = 3653.0


@attrs.frozen
class Dates:
    """A date, such as a day of birth.

    Levels: ``exact``, ``swapped`` (day and month), ``one_edit`` (one digit off, or two neighbours
    swapped), ``two_parts`` (two of year, month and day), ``month`` (no more than 31 days apart),
    ``year`` (366 days), ``decade`` (ten years), ``else``. Days that stand for unknown, such as
    1900-01-01 and 1970-01-01, are missing; eight digits that are no day are compared as digits.

    Attributes:
        column: The column with the dates.
        month_first: Whether the month comes first in 03/04/2024; None goes by the region.
        name: The code shown to people; the column, unless given.

    >>> Dates("born").levels[:3]
    ('exact', 'swapped', 'one_edit')
    """

    levels: ClassVar[tuple[str, ...]] = (
        *("exact", "swapped", "one_edit", "two_parts", "month", "year", "decade", "else"),
    )
    term_frequency: ClassVar[bool] = True
    # FEBRL 3 and fake_1000: 0.75 to 0.85 exact, most of the rest one edit.
    typical: ClassVar[tuple[float, ...]] = (0.75, 0.02, 0.12, 0.04, 0.01, 0.02, 0.02, 0.02)
    # Days of birth over some sixty years: 1 in 20,000 the same, 1 in 700 with two parts the same.
    rare: ClassVar[tuple[float, ...]] = (0.0001, 0.0001, 0.0005, 0.006, 0.002, 0.03, 0.26, 0.7013)

    column: str = "birthday"
    month_first: bool | None = None
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's dates."""
        first = region == "US" if self.month_first is None else self.month_first
        parse = month_first if first else day_first
        forms = columns.parsed(self.column, parse, _shape)
        ladder = Ladder(_SIGNS, len(self.levels))
        return Compared(forms, ladder, self.column, lambda text: _shape(parse(text)))


def _shape(dated: Dated) -> str | None:
    """The eight digits of a day; also of one that is not in the calendar."""
    text, day, problem = dated
    if day is not None:
        return day.isoformat().replace("-", "")
    digits = _NOT_DIGITS.sub("", text) if problem in {"impossible_date", "unreadable_date"} else ""
    return digits if len(digits) == _DIGITS else None


def _days(form: str) -> float:
    """The number of the day; NaN if it is not in the calendar."""
    try:
        return float(date(int(form[:4]), int(form[4:6]), int(form[6:])).toordinal())
    except ValueError:
        return float("nan")


def _parts(*parts: slice) -> Facet:
    return lambda form: " ".join(form[part] for part in parts)


_Y, _M, _D = slice(0, 4), slice(4, 6), slice(6, 8)
_SIGNS: Final[tuple[Sign, ...]] = (
    Crossed(_parts(_Y, _M, _D), _parts(_Y, _D, _M), 2),
    Edited(((3, 1, 8),)),
    Same(_parts(_Y, _M), 4),
    Same(_parts(_Y, _D), 4),
    Same(_parts(_M, _D), 4),
    Within(((5, _MONTH), (6, _YEAR), (7, _TEN_YEARS)), _days),
)
