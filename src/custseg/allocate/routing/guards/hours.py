"""Only who is at work: hours of the day on the working days of the calendar."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Floats, Kind, Needs
from custseg.allocate.routing.desk.desk import DAY, RoutingDesk
from custseg.allocate.wishing.calendars.attendance import Availability
from custseg.errors import ConfigError, DataError
from custseg.reasons import Reason

_HOUR: Final = 3600.0
_TIME: Final = 60


@attrs.frozen(kw_only=True)
class WorkHours:
    """The hours at which representatives can take a lead.

    Attributes:
        availability: The working days, leave and weekdays of one's own; ``None``: every day.
        start: The time at which the day begins, ``HH:MM``.
        end: The time at which it is over; ``24:00``: midnight.
        start_column: A column of the representatives with a time of their own, as text.
        end_column: A column with the end of their own.
        wait: A column that tells outright in how many hours each is available: 0 now, empty
            never; the rest is not read then.

    >>> hours = WorkHours(start="09:00", end="18:00")
    >>> hours.start, hours.wait is None
    ('09:00', True)
    """

    availability: Availability | None = None
    start: str = "00:00"
    end: str = "24:00"
    start_column: str | None = None
    end_column: str | None = None
    wait: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse times that are none, and a day that ends before it begins.

        Raises:
            ConfigError: As said.
        """
        if not clock(self.start) < clock(self.end):
            msg = f"the day must begin before it ends, got {self.start} to {self.end}"
            raise ConfigError(msg, "work-hours")

    def rep_needs(self, there: Collection[str]) -> Needs:  # noqa: ARG002 - the same for every table
        """The columns that it reads."""
        if self.wait is not None:
            return {self.wait: "number"}
        needs: dict[str, Kind] = {
            name: "text" for name in (self.start_column, self.end_column) if name is not None
        }
        return {**needs, **(self.availability.rep_needs if self.availability else {})}

    def away(self, desk: RoutingDesk) -> Bools:
        """Whose calendar has no work on the day of the lead.

        Args:
            desk: The lead and the team.
        """
        if self.wait is not None:
            return np.zeros(desk.size, dtype=np.bool_)
        return ~self._working(desk, desk.day)

    def seconds(self, desk: RoutingDesk) -> Floats:
        """How long each is not available yet: 0 now, infinity never.

        Args:
            desk: The lead and the team.
        """
        if self.wait is not None:
            hours = np.nan_to_num(desk.number(self.wait), nan=np.inf)
            return np.maximum(hours, 0.0) * _HOUR
        return self._next(desk, desk.at) - desk.at

    def _next(self, desk: RoutingDesk, at: float) -> Floats:
        """The moment from which each is available, from a moment on."""
        day, clock_ = int(at // DAY), at % DAY
        start, end = self._hours(desk)
        today = self._working(desk, day)
        if (today & (start <= clock_) & (clock_ < end)).all():
            return np.full(desk.size, at)
        following = self._following(desk, day + 1) * DAY + start
        before = np.where(clock_ < start, day * DAY + start, at)
        return np.where(today & (clock_ < end), before, following)

    def _hours(self, desk: RoutingDesk) -> tuple[Floats, Floats]:
        found: tuple[Floats, Floats]
        found = self._remembered(desk, "hours", lambda: self._read_hours(desk))
        return found

    def _read_hours(self, desk: RoutingDesk) -> tuple[Floats, Floats]:
        start = _times(desk, self.start_column, self.start)
        end = _times(desk, self.end_column, self.end)
        if (start >= end).any():
            msg = "is not after the begin of the day"
            raise DataError(msg, self.end_column or "end", int((start >= end).argmax()))
        return start, end

    def _working(self, desk: RoutingDesk, day: int) -> Bools:
        own = self.availability
        if own is None:
            return np.ones(desk.size, dtype=np.bool_)
        found: Bools = self._remembered(
            desk, ("working", day), lambda: own.working(_columns(desk, own), desk.team.keys, day)
        )
        return found

    def _following(self, desk: RoutingDesk, day: int) -> Floats:
        own = self.availability
        if own is None:
            return np.full(desk.size, float(day))
        found: Floats
        found = self._remembered(desk, ("following", day), lambda: self._found(desk, own, day))
        return found

    def _found(self, desk: RoutingDesk, own: Availability, day: int) -> Floats:
        found = own.next_working(_columns(desk, own), desk.team.keys, day)
        return np.nan_to_num(found, nan=np.inf)

    def _remembered(self, desk: RoutingDesk, what: Any, make: Any) -> Any:  # noqa: ANN401 - of several types
        """What depends on the day and the team alone is found once."""
        kept = desk.team.known.get((what, "work"))
        if kept is None or kept[0] is not self:
            kept = (self, make())
            desk.team.keep((what, "work"), kept)
        return kept[1]


@attrs.frozen
class AtWork:
    """A guard: only who is at work now, or within some hours.

    Attributes:
        hours: When they work.
        within: Who is at work within so many hours may have it too.

    >>> from custseg.allocate import Router, WorkHours
    >>> router = Router(guards=[AtWork(WorkHours(start="09:00", end="18:00"), within=2)])
    >>> lead, team = {"lead_id": 1}, [{"rep_id": "Li"}]
    >>> [router.route(lead, team, at=f"2026-06-30T0{hour}:00").rep_id for hour in (6, 7)]
    [None, 'Li']
    """

    hours: WorkHours = attrs.field(factory=WorkHours)
    within: float = attrs.field(default=0.0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse to look back.

        Raises:
            ConfigError: ``within`` is below 0.
        """
        if not self.within >= 0:
            msg = f"must be hours, 0 or more, got {self.within}"
            raise ConfigError(msg, "at-work.within")

    @property
    def reason(self) -> Reason:
        """Not at work."""
        return Reason("not_at_work", {"within": self.within})

    @property
    def window(self) -> float:
        """No history."""
        return 0.0

    def rep_needs(self, there: Collection[str]) -> Needs:
        """The columns of the calendar.

        Args:
            there: The columns of the representatives.
        """
        return self.hours.rep_needs(there)

    def refuses(self, desk: RoutingDesk) -> Bools:
        """Who is not at work soon enough.

        Args:
            desk: The lead and the team.
        """
        return np.asarray(self.hours.seconds(desk) > self.within * _HOUR)

    def absent(self, desk: RoutingDesk) -> Bools:
        """Whose calendar has no work on this day: they are away, not only at home for the night.

        Args:
            desk: The lead and the team.
        """
        return self.hours.away(desk)


def clock(text: str) -> float:
    """The seconds of a time of day.

    Raises:
        ConfigError: It is none.

    >>> clock("09:30"), clock("24:00")
    (34200.0, 86400.0)
    """
    hour, colon, minute = text.strip().partition(":")
    fine = colon and hour.isdigit() and minute.isdigit() and int(minute) < _TIME
    found = (int(hour) * _TIME + int(minute)) * _TIME if fine else DAY + 1
    if found > DAY:
        msg = f"a time is written 09:30, up to 24:00, got {text!r}"
        raise ConfigError(msg, "work-hours")
    return float(found)


def _times(desk: RoutingDesk, column: str | None, usual: str) -> Floats:
    texts: Sequence[str | None] = desk.team.texts(column) if column else [None] * desk.size
    return np.array([clock(usual if text is None else text) for text in texts])


def _columns(desk: RoutingDesk, own: Availability) -> Columns:
    return {name: desk.team.columns[name] for name in own.rep_needs}
