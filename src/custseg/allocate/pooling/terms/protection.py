"""For how long may nobody take a customer from its owner?"""

from numbers import Integral
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, words
from custseg.allocate.pooling.terms.daycount import DayCount
from custseg.errors import ConfigError

WON: Final = "won"
OPPORTUNITY: Final = "opportunity"


_CENTURY: Final = 36_500


def check_days(path: str, days: int | None, *, least: int = 0) -> None:
    """Refuse days that are no whole number, below the least, or of more than a century.

    Raises:
        ConfigError: They are.

    >>> check_days("pool.remind_before", 3, least=1)
    """
    if days is None:
        return
    check_whole(path, days, least=least, unit=" days")
    if days > _CENTURY:
        msg = f"must be {_CENTURY} days or fewer, got {days}; leave it out where it is for ever"
        raise ConfigError(msg, path)


def check_whole(path: str, number: object, *, least: int = 0, unit: str = "") -> None:
    """Refuse what is no whole number, or below the least.

    Raises:
        ConfigError: It is.

    >>> check_whole("pool.claims_a_day", 2)
    """
    if isinstance(number, bool) or not isinstance(number, Integral):
        msg = f"must be a whole number of {least} or more{unit}, got {number!r}"
        raise ConfigError(msg, path)
    if int(number) < least:
        msg = f"must be {least} or more{unit}, got {number}"
        raise ConfigError(msg, path)


@attrs.frozen
class Protection:
    """A customer is safe for some days, longer while its owner acts, up to a limit.

    Received on a day, it is protected for ``default`` days. Each follow-up protects it for
    ``extend`` days from the day of the follow-up, where that is longer; but never for more than
    ``maximum`` days in all. The last protected day is ``protected_until``.

    Attributes:
        default: Days from the day it was received.
        extend: Days from a follow-up; 0: follow-ups change nothing.
        maximum: The most days from the day it was received; ``None``: no limit.
        recycles: The end of the protection itself returns the customer, beside the clocks; it
            always does in a pool that has no clocks.
        spares: Whom its end does not return: ``won``, ``opportunity``, or a column above 0.

    Raises:
        ConfigError: A number of days is none, or below 0, or the maximum below the default.

    Source: the pool of the CRM Hongquan, help page 21.1: 10 days, 3 more with each follow-up, at
    most 20.

    >>> import numpy as np
    >>> received, followed = np.array([0.0, 0.0, 0.0]), np.array([np.nan, 8.0, 19.0])
    >>> Protection().until(received, followed).tolist()
    [10.0, 11.0, 20.0]
    """

    default: int = 10
    extend: int = 3
    maximum: int | None = 20
    recycles: bool = attrs.field(default=False, kw_only=True)
    spares: tuple[str, ...] = attrs.field(default=(WON,), converter=words, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the days."""
        check_days("protection.default", self.default)
        check_days("protection.extend", self.extend)
        check_days("protection.maximum", self.maximum)
        if self.maximum is not None and self.maximum < self.default:
            msg = f"must not be below the default of {self.default} days, got {self.maximum}"
            raise ConfigError(msg, "protection.maximum")

    def until(self, received: Floats, followed: Floats, count: DayCount | None = None) -> Floats:
        """The last protected day of each customer.

        Args:
            received: The day it was received.
            followed: The day of its last follow-up while it was protected.
            count: How days are counted.
        """
        days = count or DayCount()
        longer = days.later(np.where(followed >= received, followed, np.nan), self.extend)
        until = np.fmax(days.later(received, self.default), longer)
        if self.maximum is None:
            return until
        return np.minimum(until, days.later(received, self.maximum))

    def acted(self, until: Floats, received: Floats, on: Floats, count: DayCount) -> Floats:
        """The last protected day after a follow-up; one that comes too late protects nothing."""
        longer = self.until(received, on, count)
        return np.where(on <= until, np.fmax(until, longer), until)

    @property
    def longest(self) -> int:
        """The most days that it counts."""
        return max(self.default, self.extend, self.maximum or 0)

    @property
    def plain(self) -> bool:
        """Whether a follow-up of an earlier owner can never protect longer than the default."""
        return self.extend <= self.default
