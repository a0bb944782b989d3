# ruff: noqa: PLC0415 - loaded by the process that is asked
"""What splink is told of FEBRL in its own demo, told to custseg: the same levels and rules."""

from datetime import date
from typing import ClassVar

import attrs


@attrs.frozen
class DatesOfSplink:
    """Its levels for a day of birth: exact, one edit, a month, a year, ten years.

    The dates of custseg know swapped days and months and two parts of three besides; here is what
    a comparison of one's own takes.
    """

    levels: ClassVar = ("exact", "one_edit", "month", "year", "decade", "else")
    term_frequency: ClassVar = False
    typical: ClassVar = (0.8, 0.14, 0.01, 0.01, 0.02, 0.02)
    rare: ClassVar = (0.0001, 0.0005, 0.002, 0.03, 0.26, 0.7074)

    column: str
    name: str = "date_of_birth"

    @property
    def columns(self):
        return (self.column,)

    def prepare(self, columns, region=None):
        from custseg.match.comparing.compared import Compared, Ladder
        from custseg.match.comparing.signs import Within
        from custseg.match.comparing.strings import Edited
        from custseg.match.reading import normal, texts

        del region
        signs = (Edited(((2, 1, 8),)), Within(((3, 31.0), (4, 366.0), (5, 3653.0)), days))
        forms = normal(texts(columns, self.column), digits)
        return Compared(forms, Ladder(signs, len(self.levels)), self.column, digits)


def digits(text):
    """The eight digits of a day."""
    return text if len(text) == 8 and text.isdigit() else None


def days(form):
    """The number of the day; NaN if it is not in the calendar."""
    try:
        return float(date(int(form[:4]), int(form[4:6]), int(form[6:])).toordinal())
    except ValueError:
        return float("nan")


def febrl():
    """The comparisons and rules of splink's demo of FEBRL3."""
    from custseg.match import Dedupe, Exact, ExactKey, Identifiers, Texts

    bars = (0.92, 0.88, 0.7)
    return Dedupe(
        passes=tuple(
            map(ExactKey, ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode"))
        ),
        comparisons=(
            Texts("given_name", bars=bars),
            Texts("surname", bars=bars),
            DatesOfSplink("date_of_birth"),
            Identifiers("soc_sec_id"),
            Exact("street_number"),
            Exact("postcode"),
        ),
        id="rec_id",
    )
