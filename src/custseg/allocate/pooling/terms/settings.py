"""The settings of one public pool, and of several."""

from collections.abc import Iterable, Sequence
from typing import cast

import attrs

from custseg._typing import words
from custseg.allocate.pooling.terms.clocks import Clock, ending
from custseg.allocate.pooling.terms.daycount import DayCount
from custseg.allocate.pooling.terms.limits import PoolLimit
from custseg.allocate.pooling.terms.naming import REASONS
from custseg.allocate.pooling.terms.protection import Protection, check_days, check_whole
from custseg.allocate.wishing.calendars.workdays import WorkCalendar
from custseg.errors import ConfigError
from custseg.frames.scalar import text
from custseg.rules import Condition


def _clocks(given: Clock | Iterable[Clock]) -> tuple[Clock, ...]:
    found = tuple(given) if isinstance(given, Iterable) else (given,)
    for one in found:
        if not all(hasattr(one, part) for part in ("code", "days", "levels", "starts", "stops")):
            msg = f"needs clocks such as NoFollowUp(30), got {type(one).__name__}"
            raise ConfigError(msg, "pool.clocks")
    return found


def pool_limits(given: PoolLimit | Iterable[PoolLimit]) -> tuple[PoolLimit, ...]:
    """Limits for an attrs field; one alone is one.

    >>> len(pool_limits(PoolLimit(3)))
    1
    """
    return (given,) if isinstance(given, PoolLimit) else tuple(given)


def _people(given: object) -> tuple[str, ...]:
    """Ids as texts, as the ids of tables are compared; one alone is one."""
    alone = isinstance(given, str) or not isinstance(given, Iterable)
    some: Iterable[object] = cast("Iterable[object]", (given,) if alone else given)
    told = (text(one) for one in some)
    return tuple(one for one in told if one is not None)


@attrs.frozen(kw_only=True)
class PoolSettings:
    """The settings of one pool.

    Attributes:
        name: Its name.
        when: Which customers belong to it; ``None``: all of them.
        clocks: What returns a customer to it; the first that is due gives the reason.
        protection: For how long nobody takes a customer from its owner.
        exempt: Customers that never return, beside those that are locked.
        remind_before: Days before the return at which the owner is reminded.
        calendar: Whose working days count for clocks, protection, reminders and cool-off;
            ``None``: every day counts.
        admins: Who may assign, hand over, return, lock and unlock.
        members: Who may claim; without members and departments everybody may.
        departments: Departments whose people may claim.
        claims_a_day: The most claims of one person from this pool in a day.
        cool_off: Days for which a former owner may not claim a customer that it lost.
        limits: How many customers a person or a team may hold or lock.

    Raises:
        ConfigError: A number is none or below its least, or the pool has no name.
    """

    name: str = "pool"
    when: Condition | None = None
    clocks: tuple[Clock, ...] = attrs.field(default=(), converter=_clocks)
    protection: Protection | None = None
    exempt: Condition | None = None
    remind_before: int | None = None
    calendar: WorkCalendar | None = None
    admins: tuple[str, ...] = attrs.field(default=(), converter=_people)
    members: tuple[str, ...] = attrs.field(default=(), converter=_people)
    departments: tuple[str, ...] = attrs.field(default=(), converter=words)
    claims_a_day: int | None = None
    cool_off: int | None = None
    limits: tuple[PoolLimit, ...] = attrs.field(default=(), converter=pool_limits)

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        check_days("pool.remind_before", self.remind_before, least=1)
        check_days("pool.cool_off", self.cool_off, least=1)
        if self.claims_a_day is not None:
            check_whole("pool.claims_a_day", self.claims_a_day)
        if not self.name:
            msg = "a pool needs a name"
            raise ConfigError(msg, "pool.name")

    @property
    def hands(self) -> tuple[Clock, ...]:
        """Its clocks, and the end of its protection where that returns customers too."""
        safe = self.protection
        if safe is None or (self.clocks and not safe.recycles):
            return self.clocks
        return (*self.clocks, ending(safe.spares))

    def count(self, first: float, last: float) -> DayCount:
        """How its days are counted around a time."""
        limits = [(clock.days or 0, *clock.levels.values()) for clock in self.hands]
        longest = [max(some) + 1 for some in limits]
        longest += [self.protection.longest if self.protection else 0]
        longest += [self.remind_before or 0, (self.cool_off or 0) + 1]
        return DayCount.of(self.calendar, first, last, most=max(longest) + 1)


def parts(pools: Sequence[PoolSettings]) -> tuple[str, ...]:
    """What clocks and protections read of a customer, beside the day it was received.

    >>> from custseg.allocate.pooling.terms.clocks import NoFollowUp
    >>> parts([PoolSettings(clocks=[NoFollowUp(30)])])
    ('followed', 'won')
    """
    found: dict[str, None] = {}
    for pool in pools:
        if pool.protection is not None:
            found["followed"] = None
        for clock in pool.hands:
            found |= dict.fromkeys((*clock.starts, *clock.stops))
    found.pop("received", None)
    return tuple(found)


def day_parts(pools: Sequence[PoolSettings]) -> frozenset[str]:
    """Which of them are days."""
    starts = {part for pool in pools for clock in pool.hands for part in clock.starts}
    return frozenset({"received", "followed", *starts})


def reasons(pools: Sequence[PoolSettings]) -> tuple[str, ...]:
    """Every word that may stand in ``pool_reason``, in a fixed order."""
    own = [clock.code for pool in pools for clock in pool.hands]
    return tuple(dict.fromkeys((*own, *REASONS)))


def by_level(pools: Sequence[PoolSettings]) -> bool:
    """Whether a clock has days by customer level."""
    return any(clock.levels for pool in pools for clock in pool.hands)
