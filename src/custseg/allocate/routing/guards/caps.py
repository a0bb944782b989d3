"""Guards that count: caps a day, week or month, a daily part of a monthly quota, a rate limit."""

from collections.abc import Collection
from math import floor

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Needs
from custseg.allocate.routing.desk.desk import DAY, Period, RoutingDesk
from custseg.allocate.routing.memory.moment import seconds
from custseg.errors import ConfigError
from custseg.reasons import Reason

_HOUR = 3600.0


@attrs.frozen
class Cap:
    """A guard: no more than so many leads a civil day, week (from Monday) or month.

    Attributes:
        most: The number, or the column of the representatives that holds it; who has none there
            is not bounded.
        per: ``"day"``, ``"week"`` or ``"month"``.

    >>> from custseg.allocate import Router
    >>> router, team = (
    ...     Router(guards=[Cap(1), Cap("a_month", per="month")]),
    ...     [
    ...         {"rep_id": "Li", "a_month": 0},
    ...         {"rep_id": "Wang", "a_month": None},
    ...     ],
    ... )
    >>> batch = router.route_all([{"lead_id": 1}, {"lead_id": 2}], team, at="2026-06-30")
    >>> [row["owner"] for row in batch.table]
    ['Wang', None]
    """

    most: int | str
    per: Period = attrs.field(
        default="day", validator=attrs.validators.in_(("day", "week", "month"))
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a negative number.

        Raises:
            ConfigError: ``most`` is below 0.
        """
        _not_below("cap.most", self.most, 0)

    @property
    def reason(self) -> Reason:
        """The cap."""
        return Reason(f"cap_of_{self.per}", {"most": self.most})

    @property
    def window(self) -> float:
        """No moments: periods are counted."""
        return 0.0

    def rep_needs(self, there: Collection[str]) -> Needs:  # noqa: ARG002 - the same for every table
        """The column, if a column says how many."""
        return {self.most: "number"} if isinstance(self.most, str) else {}

    def refuses(self, desk: RoutingDesk) -> Bools:
        """Who has had as many.

        Args:
            desk: The lead and the team.
        """
        return _reached(desk, desk.counted(self.per).astype(np.float64), self.most)


@attrs.frozen
class RateLimit:
    """A guard: no more than so many leads within any window of hours.

    Attributes:
        most: The number, or the column of the representatives that holds it; who has none there
            is not bounded.
        hours: The length of the window.

    Source:
        Chatwoot, auto assignment v2: so many conversations an agent within a window, 24 hours by
        default (``app/services/auto_assignment/rate_limiter.rb``).

    >>> from custseg.allocate import Router
    >>> router, team = Router(guards=[RateLimit(1, hours=2)]), [{"rep_id": "Li"}]
    >>> leads = [{"lead_id": i, "at": f"2026-06-30T0{i}:00"} for i in (1, 2, 3)]
    >>> [row["owner"] for row in router.route_all(leads, team, at_column="at").table]
    ['Li', None, 'Li']
    """

    most: int | str
    hours: float = 24.0

    def __attrs_post_init__(self) -> None:
        """Refuse a limit that lets nobody through, and a window without length.

        Raises:
            ConfigError: ``most`` is below 0, or ``hours`` is 0 or less.
        """
        _not_below("rate-limit.most", self.most, 0)
        if not self.hours > 0:
            msg = f"hours must be above 0, got {self.hours}"
            raise ConfigError(msg, "rate-limit.hours")

    @property
    def reason(self) -> Reason:
        """The limit."""
        return Reason("rate_limit", {"most": self.most, "hours": self.hours})

    @property
    def window(self) -> float:
        """The window in seconds."""
        return self.hours * _HOUR

    def rep_needs(self, there: Collection[str]) -> Needs:  # noqa: ARG002 - the same for every table
        """The column, if a column says how many."""
        return {self.most: "number"} if isinstance(self.most, str) else {}

    def refuses(self, desk: RoutingDesk) -> Bools:
        """Who has had as many within the window.

        Args:
            desk: The lead and the team.
        """
        return _reached(desk, desk.within(self.window).astype(np.float64), self.most)


@attrs.frozen
class DailyQuota:
    """A guard: a month's number spread over its days; of 45 a month 2 are for any 24 hours.

    Attributes:
        column: The leads a month of each representative; empty or 0: none at all.
        days: The days of a month.
        since: From this moment (ISO text) on, leads before it do not count: a day's part once more,
            whatever was given before.

    Source:
        Odoo CRM, ``crm.team.member``: the quota is ``assignment_max / 30``, halves up, minus the
        leads assigned in the last 24 hours; a forced run ignores those before it.

    >>> from custseg.allocate import Router
    >>> leads = [{"lead_id": i} for i in range(4)]
    >>> router, team = Router(guards=[DailyQuota()]), [{"rep_id": "Li", "assignment_max": 45}]
    >>> [row["owner"] for row in router.route_all(leads, team, at="2026-06-30").table]
    ['Li', 'Li', None, None]
    """

    column: str = "assignment_max"
    days: int = 30
    since: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a month without days, and a moment that is none.

        Raises:
            ConfigError: ``days`` is below 1.
            DataError: ``since`` is no moment.
        """
        _not_below("daily-quota.days", self.days, 1)
        if self.since is not None:
            seconds(self.since)

    @property
    def reason(self) -> Reason:
        """The quota."""
        return Reason("quota_used", {"column": self.column})

    @property
    def window(self) -> float:
        """A day."""
        return DAY

    def rep_needs(self, there: Collection[str]) -> Needs:  # noqa: ARG002 - the same for every table
        """The leads a month."""
        return {self.column: "number"}

    def left(self, desk: RoutingDesk) -> Floats:
        """How many more each may have now; below 0 if there were too many.

        Args:
            desk: The lead and the team.
        """
        monthly = np.nan_to_num(desk.number(self.column), nan=0.0)
        daily = np.array([floor(value / self.days + 0.5) for value in monthly.tolist()], float)
        begun = None if self.since is None else seconds(self.since)
        span = DAY if begun is None or begun > desk.at else min(DAY, desk.at - begun + 1)
        return daily - desk.within(span).astype(np.float64)

    def refuses(self, desk: RoutingDesk) -> Bools:
        """Whose part of the day is used up.

        Args:
            desk: The lead and the team.
        """
        return np.asarray(self.left(desk) < 1)


def _reached(desk: RoutingDesk, count: Floats, most: int | str) -> Bools:
    limit: float | Floats = desk.number(most) if isinstance(most, str) else float(most)
    return np.asarray(count + 1 > limit)  # an empty cell is NaN and refuses nobody


def _not_below(path: str, value: int | str, least: int) -> None:
    if not isinstance(value, str) and not value >= least:  # not a number either
        msg = f"must be {least} or more, got {value}"
        raise ConfigError(msg, path)
