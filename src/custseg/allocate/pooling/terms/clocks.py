"""When has an owner had a customer for long enough without what was to come?"""

from collections.abc import Mapping
from typing import Protocol

import attrs

from custseg._typing import words
from custseg.allocate.pooling.terms.protection import OPPORTUNITY, WON, check_days
from custseg.errors import ConfigError
from custseg.frames.scalar import text


class Clock(Protocol):
    """A recycling clock: a plug-in has these members and holds only settings.

    The clock runs from the last of some days, and the customer is due when more than so many
    days have passed; what stops it spares the customer.

    >>> clock: Clock = NoFollowUp(30)
    >>> clock.code, clock.starts, clock.stops
    ('no_follow_up', ('received', 'followed'), ('won',))
    """

    @property
    def code(self) -> str:
        """Why it returns a customer, such as ``no_follow_up``."""
        ...

    @property
    def days(self) -> int | None:
        """Days for every level that has none of its own; ``None``: only those levels count."""
        ...

    @property
    def levels(self) -> Mapping[str, int]:
        """Days by customer level."""
        ...

    @property
    def starts(self) -> tuple[str, ...]:
        """The days it runs from, the last of them: ``received``, ``followed``, or columns."""
        ...

    @property
    def stops(self) -> tuple[str, ...]:
        """What stops it where it is above 0: ``won``, ``opportunity``, or columns."""
        ...


def _levels(given: Mapping[str, int]) -> dict[str, int]:
    """Levels as texts, as the words of tables are compared: the level 1 is the word ``1``."""
    return {text(level) or "": days for level, days in given.items()}


@attrs.frozen
class NoFollowUp:
    """Back to the pool when its owner has not followed it up for more than so many days.

    The clock runs from the last follow-up, or from the day it was received if that is later or
    there was none.

    Attributes:
        days: Days for every level that is not named, also for an unknown one; ``None``: the clock
            runs for the named levels only.
        levels: Days by customer level.
        spares: Who stays: ``won``, ``opportunity``, or columns that are above 0.

    Raises:
        ConfigError: There are no days at all, or some are below 0.

    >>> NoFollowUp(14, levels={"high": 30}).levels
    {'high': 30}
    """

    days: int | None = None
    levels: Mapping[str, int] = attrs.field(factory=dict[str, int], converter=_levels, kw_only=True)
    spares: tuple[str, ...] = attrs.field(default=(WON,), converter=words, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the days."""
        _check("no_follow_up", self.days, self.levels)

    @property
    def code(self) -> str:
        """Why it returns a customer."""
        return "no_follow_up"

    @property
    def starts(self) -> tuple[str, ...]:
        """The days it runs from."""
        return ("received", "followed")

    @property
    def stops(self) -> tuple[str, ...]:
        """Those who are spared."""
        return self.spares


@attrs.frozen
class NoOpportunity:
    """Back to the pool when it has no opportunity more than so many days after it was received.

    Attributes:
        days: Days for every level that is not named, also for an unknown one; ``None``: the clock
            runs for the named levels only.
        levels: Days by customer level.
        spares: Who stays besides: ``won``, or columns that are above 0.

    Raises:
        ConfigError: There are no days at all, or some are below 0.

    >>> NoOpportunity(60).stops
    ('opportunity', 'won')
    """

    days: int | None = None
    levels: Mapping[str, int] = attrs.field(factory=dict[str, int], converter=_levels, kw_only=True)
    spares: tuple[str, ...] = attrs.field(default=(WON,), converter=words, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the days."""
        _check("no_opportunity", self.days, self.levels)

    @property
    def code(self) -> str:
        """Why it returns a customer."""
        return "no_opportunity"

    @property
    def starts(self) -> tuple[str, ...]:
        """The days it runs from."""
        return ("received",)

    @property
    def stops(self) -> tuple[str, ...]:
        """An opportunity, and those who are spared."""
        return tuple(dict.fromkeys((OPPORTUNITY, *self.spares)))


@attrs.frozen
class NoDeal:
    """Back to the pool when no deal is won more than so many days after it was received.

    Attributes:
        days: Days for every level that is not named, also for an unknown one; ``None``: the clock
            runs for the named levels only.
        levels: Days by customer level.
        spares: Who stays besides: ``opportunity``, or columns that are above 0.

    Raises:
        ConfigError: There are no days at all, or some are below 0.

    >>> NoDeal(90, spares="opportunity").stops
    ('won', 'opportunity')
    """

    days: int | None = None
    levels: Mapping[str, int] = attrs.field(factory=dict[str, int], converter=_levels, kw_only=True)
    spares: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the days."""
        _check("no_deal", self.days, self.levels)

    @property
    def code(self) -> str:
        """Why it returns a customer."""
        return "no_deal"

    @property
    def starts(self) -> tuple[str, ...]:
        """The days it runs from."""
        return ("received",)

    @property
    def stops(self) -> tuple[str, ...]:
        """A deal, and those who are spared."""
        return tuple(dict.fromkeys((WON, *self.spares)))


@attrs.frozen
class _Ending:
    """The end of the protection as a clock: it is due as soon as the protection is over."""

    stops: tuple[str, ...]
    code: str = "protection_over"
    days: int | None = 0
    levels: Mapping[str, int] = attrs.field(factory=dict[str, int])
    starts: tuple[str, ...] = ()


def ending(spares: tuple[str, ...]) -> Clock:
    """The clock of a protection that returns customers when it is over.

    >>> ending(("won",)).code
    'protection_over'
    """
    return _Ending(spares)


def _check(path: str, days: int | None, levels: Mapping[str, int]) -> None:
    check_days(f"{path}.days", days)
    for level, some in levels.items():
        check_days(f"{path}.levels.{level}", some)
    if days is None and not levels:
        msg = "needs days, for all or by level: NoFollowUp(30), NoFollowUp(levels={'high': 30})"
        raise ConfigError(msg, path)
