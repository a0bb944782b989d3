"""Demotions on anniversaries alone: of membership, or of the tier."""

import calendar
from math import isnan, nan
from typing import Final, Literal

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.errors import ConfigError
from custseg.features.daynumbers import as_date
from custseg.features.periods import first_of, month_of
from custseg.tiering.review.terms import Term, months_later, one_months_later, some
from custseg.tiering.settings import check_word

_YEAR: Final = 12


@attrs.frozen
class Anniversary:
    """A tier falls only at the first review on or after an anniversary; it rises at any review.

    Attributes:
        of: ``membership``: of the day in ``start``; ``tier``: of the day since when the customer
            has had the tier.
        every: How long from one to the next.
        start: The column of the day on which membership began.

    Raises:
        ConfigError: The length is nothing, or mixes months and days.

    Source: Brevo's loyalty tiers know ``membership_anniversary`` and ``tier_anniversary`` as
    downgrade strategies.

    >>> Anniversary("tier").every
    Term(months=12, days=0)
    """

    of: Literal["membership", "tier"] = "membership"
    every: Term = attrs.field(default=Term(12), converter=some)
    start: str = "first_purchase"

    def __attrs_post_init__(self) -> None:
        """Check the length."""
        check_word("of", self.of, ("membership", "tier"))
        if bool(self.every.months) == bool(self.every.days):
            msg = f"must be months or days, and more than nothing, got {self.every}"
            raise ConfigError(msg, "every")

    def passed(self, start: Floats, day: Floats) -> Floats:
        """How many anniversaries of a start have passed at the end of a day.

        >>> Anniversary().passed(np.array([0.0, 0.0]), np.array([364.0, 365.0])).tolist()
        [0.0, 1.0]
        """
        if self.every.days:
            return np.asarray((day - start) // self.every.days)
        known = ~(np.isnan(start) | np.isnan(day))
        out = np.full(start.shape, np.nan)
        out[known] = _whole(start[known].astype(np.int64), day[known].astype(np.int64))
        return out // self.every.months

    def due(self, start: Floats, reviewed: Floats, now: Floats) -> Bools:
        """Whether one passed since the last review; where a day is unknown: yes.

        The start itself is none, also where it is after the last review.
        """
        before, after = self.passed(start, reviewed), self.passed(start, now)
        return np.asarray(~(np.maximum(before, 0.0) >= after))

    def passed_one(self, start: float, day: float) -> float:
        """The same of one customer."""
        if isnan(start) or isnan(day):
            return nan
        if self.every.days:
            return (day - start) // self.every.days
        first, last = (as_date(d) for d in (start, day))
        months = (last.year - first.year) * _YEAR + last.month - first.month
        reached = last.day >= min(first.day, calendar.monthrange(last.year, last.month)[1])
        return float((months if reached else months - 1) // self.every.months)

    def due_one(self, start: float, reviewed: float, now: float) -> bool:
        """Whether one passed since the last review of one customer."""
        return not max(self.passed_one(start, reviewed), 0.0) >= self.passed_one(start, now)

    def coming_one(self, start: float, now: float) -> float:
        """The next one of one customer after a day."""
        count = self.passed_one(start, now) + 1.0
        if isnan(count) or self.every.days:
            return start + count * self.every.days
        return one_months_later(int(start), int(count) * self.every.months)

    def coming(self, start: Floats, now: Floats) -> Floats:
        """The next one after a day."""
        count = self.passed(start, now) + 1.0
        if self.every.days:
            return np.asarray(start + count * self.every.days)
        return months_later(start, count * self.every.months)


def _whole(start: Ints, day: Ints) -> Ints:
    """Whole months between days; the last day of a short month completes one."""
    first, last = month_of(start), month_of(day)
    age, here = start - first_of(first), first_of(last)
    length = first_of(last + 1) - here
    return np.asarray(last - first - (day - here < np.minimum(age, length - 1)))
