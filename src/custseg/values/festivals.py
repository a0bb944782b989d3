"""On which day is a festival that the moon sets?"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from custseg.values.tables import table


@cache
def lunar_new_years() -> Mapping[int, date]:
    """The first day of the lunar year (Spring Festival) in each year from 2000 to 2050.

    Source: the calendar of GB/T 33661-2017; the table agrees with the packages lunardate (to 2049)
    and LunarCalendar (to 2050).

    >>> lunar_new_years()[2026]
    datetime.date(2026, 2, 17)
    """
    days = map(date.fromisoformat, table("festivals")["lunar_new_year"])
    return MappingProxyType({day.year: day for day in days})
