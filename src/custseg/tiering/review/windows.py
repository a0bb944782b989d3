"""Over which time is a customer's value added up?"""

from typing import Literal, Protocol

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.features.periods import Unit, last_day_of, period_of
from custseg.tiering.review.anniversary import Anniversary
from custseg.tiering.review.terms import Term, months_later, some
from custseg.tiering.settings import check_word


class Window(Protocol):
    """Which transactions count at a review: their days, as places among the dates of the reviews.

    A window of your own is one frozen class with this method. What it counts comes once and goes
    once as the dates go by; nothing after a date counts at it.

    >>> RollingWindow(30).counted(np.array([5]), np.array([0]), np.array([4, 5, 34, 35]))
    (array([1]), array([3]))
    """

    def counted(self, day: Ints, first: Ints, dates: Ints) -> tuple[Ints, Ints]:
        """From which date on each transaction counts, and from which one it does not any more.

        Args:
            day: The day of each transaction.
            first: The first purchase day of its customer.
            dates: The days of the reviews, ascending.

        Returns:
            Places among the dates; their number where there is none.
        """
        ...


@attrs.frozen
class RollingWindow:
    """The last so many months or days up to the end of the review's day.

    Twelve months up to the 31st of December are that year; up to the 15th of March they begin on
    the 16th of March a year before.

    Attributes:
        length: How long.

    Raises:
        ConfigError: It is no length.

    >>> RollingWindow("12 months").length
    Term(months=12, days=0)
    """

    length: Term = attrs.field(default=Term(12), converter=some)

    def counted(self, day: Ints, first: Ints, dates: Ints) -> tuple[Ints, Ints]:
        """From which date on each transaction counts, and from which one it does not any more."""
        del first
        end: Floats = np.asarray(dates + 1, dtype=np.float64)
        after = months_later(end, -self.length.months) - self.length.days
        return _places(day, dates), np.searchsorted(after, day, side="right")


@attrs.frozen
class CalendarWindow:
    """The last whole month, quarter or year of the calendar, or the one that is running.

    Attributes:
        unit: ``week``, ``month``, ``quarter`` or ``year``.
        whole: The last whole one: one that ends on the review's day is whole. Otherwise the one
            that the day is in, up to the day.

    Raises:
        ConfigError: There is no such unit.

    >>> quarter = CalendarWindow("quarter")
    >>> quarter.counted(np.array([0]), np.array([0]), np.array([88, 89, 180]))
    (array([1]), array([2]))
    """

    unit: Literal["week", "month", "quarter", "year"] = "year"
    whole: bool = True

    def __attrs_post_init__(self) -> None:
        """Check the unit."""
        check_word("unit", self.unit, ("week", "month", "quarter", "year"))

    def counted(self, day: Ints, first: Ints, dates: Ints) -> tuple[Ints, Ints]:
        """From which date on each transaction counts, and from which one it does not any more."""
        del first
        unit: Unit = self.unit
        period = period_of(day, unit)
        if not self.whole:
            return _places(day, dates), np.searchsorted(dates, last_day_of(period, unit), "right")
        ends = (last_day_of(period + later, unit) for later in (0, 1))
        came, went = (np.searchsorted(dates, end, side="left") for end in ends)
        return came, went


@attrs.frozen
class AnniversaryWindow:
    """A year, or another length, from the customer's own first purchase on.

    Attributes:
        every: How long one is.
        whole: The last whole one; otherwise the one that is running, up to the day.

    Raises:
        ConfigError: It is no length, or has both months and days.

    >>> AnniversaryWindow(100).counted(np.array([20]), np.array([10]), np.array([20, 109, 110]))
    (array([0]), array([2]))
    """

    every: Term = attrs.field(default=Term(12), converter=some)
    whole: bool = False

    def __attrs_post_init__(self) -> None:
        """Check the length."""
        Anniversary(every=self.every)

    def counted(self, day: Ints, first: Ints, dates: Ints) -> tuple[Ints, Ints]:
        """From which date on each transaction counts, and from which one it does not any more."""
        start = np.asarray(first, dtype=np.float64)
        rule = Anniversary(every=self.every)
        year = rule.passed(start, np.asarray(day, dtype=np.float64))
        ends = [self._end(start, year + later) for later in (1.0, 2.0)]
        over, later = (np.searchsorted(dates, end, side="left") for end in ends)
        return (over, later) if self.whole else (_places(day, dates), over)

    def _end(self, start: Floats, count: Floats) -> Floats:
        if self.every.days:
            return np.asarray(start + count * self.every.days)
        return months_later(start, count * self.every.months)


def _places(day: Ints, dates: Ints) -> Ints:
    """The first date that each day is not after."""
    return np.searchsorted(dates, day, side="left")
