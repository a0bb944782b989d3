"""What happened to the team and to the accounts: leavers, leave, newcomers, merged accounts."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import attrs

from custseg._typing import words
from custseg.errors import ConfigError
from custseg.frames import EPOCH
from custseg.frames.scalar import day

Day: TypeAlias = date | str
Keep: TypeAlias = Literal["into", "value", "longest"]
_RAMP: Final = ((0, 0.25), (30, 0.5), (60, 0.75), (90, 1.0))


def iso(given: Day) -> str:
    """A day as it is written, whatever it was given as: settings come back equal from JSON.

    Args:
        given: A date or text.

    Raises:
        DataError: It is no day.

    >>> iso(date(2026, 7, 1))
    '2026-07-01'
    """
    return date.fromordinal(int(day(given)) + EPOCH).isoformat()


def _ramp(steps: Iterable[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    return tuple((int(days), float(share)) for days, share in steps)


@attrs.frozen
class RepLeaves:
    """A representative leaves: all customers need another owner.

    Attributes:
        rep: The id, as text.

    >>> RepLeaves("R7").rep
    'R7'
    """

    rep: str


@attrs.frozen
class OnLeave:
    """A representative is away for a time: others stand in, the owner stays the owner.

    Attributes:
        rep: The id, as text.
        first: First day of leave.
        last: Last day of leave.

    >>> OnLeave("R3", "2026-07-01", "2026-07-14").days
    14
    """

    rep: str
    first: Day = attrs.field(converter=iso)
    last: Day = attrs.field(converter=iso)

    def __attrs_post_init__(self) -> None:
        """Refuse leave that ends before it begins.

        Raises:
            ConfigError: The last day is before the first.
            DataError: A day cannot be read.
        """
        if self.days < 1:
            msg = f"leave of {self.rep!r} ends before it begins: {self.first} to {self.last}"
            raise ConfigError(msg, "on_leave")

    @property
    def days(self) -> int:
        """How many days, the first and the last included."""
        return int(day(self.last) - day(self.first)) + 1


@attrs.frozen
class Newcomer:
    """A representative is new: the capacity grows with the time in the team.

    Attributes:
        rep: The id, as text.
        started: The first day in the team.
        ramp: From so many days on, such a part of the capacity; before the first day nothing.

    >>> Newcomer("R9", "2026-06-01").part(20_605 + 30)
    0.5
    """

    rep: str
    started: Day = attrs.field(converter=iso)
    ramp: tuple[tuple[int, float], ...] = attrs.field(default=_RAMP, converter=_ramp)

    def __attrs_post_init__(self) -> None:
        """Refuse steps that do not rise in days, or parts that are not 0 to 1.

        Raises:
            ConfigError: The ramp is empty, not in order, or a part is outside 0 to 1.
        """
        rising = all(a[0] < b[0] for a, b in pairwise(self.ramp))
        if not self.ramp or not rising or not all(0 <= share <= 1 for _, share in self.ramp):
            msg = f"give (days, part of capacity 0 to 1) by rising days, got {self.ramp}"
            raise ConfigError(msg, "newcomer.ramp")

    def part(self, as_of: float) -> float:
        """The part of the capacity on a day.

        Args:
            as_of: The day, in days since 1970-01-01.
        """
        tenure = as_of - day(self.started)
        return next((share for days, share in reversed(self.ramp) if tenure >= days), 0.0)


@attrs.frozen
class Merged:
    """Accounts turned out to be one: they get one owner.

    Attributes:
        accounts: The ids of the accounts, as text.
        into: The account that the others became part of.
        keep: Whose owner all get: ``into``: the owner of that account; ``value``: of the account
            with the largest value; ``longest``: who has had an account the longest. If that says
            nothing, that of the next account which has one.

    >>> Merged(("C1", "C2"), into="C1").keep
    'into'
    """

    accounts: tuple[str, ...] = attrs.field(converter=words)
    into: str
    keep: Keep = attrs.field(
        default="into", validator=attrs.validators.in_(("into", "value", "longest"))
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a merger of one, or into a stranger.

        Raises:
            ConfigError: There are fewer than two accounts, or ``into`` is none of them.
        """
        if len(set(self.accounts)) < 2 or self.into not in self.accounts:  # noqa: PLR2004
            msg = "give two accounts or more, and which of them the others became part of"
            raise ConfigError(msg, "merged")


Event: TypeAlias = RepLeaves | OnLeave | Newcomer | Merged
