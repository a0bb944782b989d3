"""How calm a rebalancing is: what may move, how much, who not, over how many days."""

from collections.abc import Iterable
from math import isfinite
from typing import Final

import attrs

from custseg._typing import floats
from custseg.allocate.rebalancing.events import Day, iso
from custseg.allocate.rebalancing.signals.results import Results
from custseg.allocate.rebalancing.signals.voices import VOICES
from custseg.allocate.wishing.calendars.workdays import WorkCalendar, number
from custseg.allocate.wishing.protocol import Wish
from custseg.errors import ConfigError
from custseg.frames.scalar import day
from custseg.rules import Condition

LEAST: Final = 1.009e-6
"""What a move must gain at least: below the points that any wish can tell apart."""


def _wishes(given: Iterable[Wish]) -> tuple[Wish, ...]:
    return tuple(given)


SIGNALS: Final[tuple[Wish, ...]] = (
    *VOICES,
    Results(),
    Results("revenue_won", "won", "sum"),
    Results("satisfaction", "surveys", "mean"),
)
"""The usual signals: those are read whose columns are there."""


@attrs.frozen
class Budget:
    """How much may move among the customers who have an owner of the team.

    Customers without an owner, or whose owner has left, do not count: they have to go somewhere.

    Attributes:
        share: So much of all, 0 to 1: of the customers, or of the value if ``value`` is given.
        count: So many customers instead.
        amount: So much value instead; needs ``value``.
        value: A column of the customers, such as ``revenue``: what is moved is counted in it. Who
            has none counts as the average of those who have; below 0 counts as 0.

    >>> Budget(share=0.03).limit(moveable=200.0)
    6.0
    """

    share: float | None = attrs.field(default=None, kw_only=True)
    count: int | None = attrs.field(default=None, kw_only=True)
    amount: float | None = attrs.field(default=None, kw_only=True)
    value: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a budget that says nothing, or two things.

        Raises:
            ConfigError: Not exactly one of ``share``, ``count`` and ``amount`` is given, one is
                negative, or it does not go with ``value``.
        """
        given = {
            name: limit
            for name in ("share", "count", "amount")
            if (limit := getattr(self, name)) is not None
        }
        if len(given) != 1:
            msg = f"give one of share=, count= and amount=, got {sorted(given) or 'none'}"
            raise ConfigError(msg, "budget")
        whole = self.count is None or float(self.count).is_integer()
        most = given.get("share", 0) <= 1
        if not whole or not most or not all(limit >= 0 for limit in given.values()):
            msg = f"must be 0 or more (a share up to 1, count whole), got {given}"
            raise ConfigError(msg, "budget")
        if (self.amount is not None and self.value is None) or (
            self.count is not None and self.value is not None
        ):
            msg = "amount= counts a column of value=, count= counts customers"
            raise ConfigError(msg, "budget")

    def limit(self, *, moveable: float) -> float:
        """The budget as a number.

        Args:
            moveable: Customers, or value, with an owner of the team.
        """
        if self.share is not None:
            return self.share * moveable
        return float(self.count if self.count is not None else self.amount or 0.0)


@attrs.frozen
class Phases:
    """Moves over several days, the largest gain per move first.

    Attributes:
        count: At most so many customers a day; ``None``: no limit.
        amount: At most so much value a day; needs ``value``.
        value: The column of the customers that ``amount`` counts.
        start: The first day; ``None``: the day of the plan.
        every: Days from one stage to the next.
        calendar: Days off are left out, and ``every`` counts days that are worked.

    >>> Phases(count=50, start="2026-07-03").days(0.0, 2)
    [20637, 20638]
    >>> Phases(count=50, start="2026-07-03", calendar=WorkCalendar()).days(0.0, 2)
    [20637, 20640]
    """

    count: int | None = attrs.field(default=None, kw_only=True)
    amount: float | None = attrs.field(default=None, kw_only=True)
    value: str | None = attrs.field(default=None, kw_only=True)
    start: Day | None = attrs.field(
        default=None, converter=attrs.converters.optional(iso), kw_only=True
    )
    every: int = attrs.field(default=1, kw_only=True)
    calendar: WorkCalendar | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a day on which nothing can move.

        Raises:
            ConfigError: A limit is not above 0, or ``amount`` comes without ``value``.
        """
        given = (self.count, self.amount, self.every)
        whole = all(x is None or float(x).is_integer() for x in (self.count, self.every))
        if not whole or not all(limit is None or limit > 0 for limit in given):
            msg = f"count, amount and every must be above 0, count and every whole, got {given}"
            raise ConfigError(msg, "phases")
        if (self.amount is None) != (self.value is None):
            msg = "amount= and value= go together: so much of which column a day"
            raise ConfigError(msg, "phases")

    def days(self, as_of: float, stages: int) -> list[int]:
        """The day of each stage, in days since 1970-01-01.

        Args:
            as_of: The day of the plan.
            stages: How many stages there are.
        """
        first = int(as_of if self.start is None else day(self.start))
        if self.calendar is None:
            return [first + stage * self.every for stage in range(stages)]
        begin = self.calendar.next(first)
        return [number(self.calendar.next(begin, stage * self.every)) for stage in range(stages)]


@attrs.frozen(kw_only=True)
class Rebalancing:
    """How to rebalance.

    Attributes:
        moves: How much may move; ``None``: whatever gains.
        least_gain: What a move must gain, in points of 0 to 1, whatever the budget.
        protected: Who stays with the owner, such as ``F("open_opportunities") > 0``.
        settled: Who came to the owner less than so many days ago stays, too.
        since: The day on which the customer came to the owner, for ``settled``.
        signals: More wishes that tell who goes well with whom: results of the representatives
            (``Results``), and what both sides said (``Voice``). Those whose columns are there.
        weights: The weight of each signal, beside weights of the allocation's wishes that add up
            to 100; none: 15 each.
        value: The column of value at risk, for the figures; left out if it is not there.
        phases: How many move on which day.
        cover: Which customers of representatives on leave get somebody to stand in for the time;
            ``None``: all of them.

    >>> Rebalancing(moves=Budget(share=0.03)).moves.share
    0.03
    """

    moves: Budget | None = attrs.field(factory=lambda: Budget(share=0.03))
    least_gain: float = 0.0
    protected: Condition | None = None
    settled: int | None = None
    since: str = "owner_since"
    signals: tuple[Wish, ...] = attrs.field(default=SIGNALS, converter=_wishes)
    weights: tuple[float, ...] = attrs.field(default=(), converter=floats)
    value: str = "revenue"
    phases: Phases | None = None
    cover: Condition | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse numbers that mean nothing.

        Raises:
            ConfigError: A number is negative, or the weights do not belong to the signals.
        """
        numbers = (self.least_gain, self.settled or 0, *self.weights)
        if not all(isfinite(number) and number >= 0 for number in numbers):
            msg = f"least_gain, settled and weights must be 0 or more, got {numbers}"
            raise ConfigError(msg, "rebalancing")
        if self.weights and len(self.weights) != len(self.signals):
            msg = f"got {len(self.weights)} weights for {len(self.signals)} signals; give one each"
            raise ConfigError(msg, "rebalancing.weights")
