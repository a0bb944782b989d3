"""Who is at work on the day: the calendar of the company, weekdays of one's own, leave."""

from collections.abc import Sequence
from datetime import date
from itertools import chain

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Floats, Index, Kind, Needs
from custseg.allocate.wishing.calendars.leaves import (
    Leave,
    Range,
    leaves,
    ranges_of_cells,
    ranges_of_days,
)
from custseg.allocate.wishing.calendars.workdays import Day, WorkCalendar, a_day, number
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.errors import ConfigError, DataError
from custseg.reasons import Reason

_FAR = 366
_WEEK = 7


@attrs.frozen
class Availability:
    """Only who is at work on the day of the plan, or soon after it.

    Attributes:
        calendar: The days on which the company works.
        leave: A column of the representatives that lists leaves:
            ``2026-07-01..2026-07-14; 2026-10-08``.
        leave_from: A column of the first day of leave, beside or instead of that.
        leave_until: A column of its last day.
        work_days: A column of weekdays of one's own, Monday 1: ``1;2;3`` or ``135``; a missing
            cell means those of the company.
        leaves: Leaves that stand in no column.
        within: Who is back within so many days is at work too.
        rep_id: The column of the representatives' ids.
        as_of: The day; the plan puts its own in.

    >>> from custseg._typing import Codes
    >>> gate = Availability(leave="leave", as_of="2026-07-06")
    >>> team = {
    ...     "rep_id": Codes(np.array([0, 1]), ("R1", "R2")),
    ...     "leave": Codes(np.array([0, -1]), ("2026-07-01..2026-07-14",)),
    ... }
    >>> gate.points({}, team).tolist()
    [[nan, 0.0]]
    >>> [str(a_day(day)) for day in gate.next_working(team, ("R1", "R2"), "2026-07-06")]
    ['2026-07-15', '2026-07-06']
    """

    calendar: WorkCalendar = attrs.field(factory=WorkCalendar)
    leave: str | None = attrs.field(default=None, kw_only=True)
    leave_from: str | None = attrs.field(default=None, kw_only=True)
    leave_until: str | None = attrs.field(default=None, kw_only=True)
    work_days: str | None = attrs.field(default=None, kw_only=True)
    leaves: tuple[Leave, ...] = attrs.field(default=(), converter=leaves, kw_only=True)
    within: int = attrs.field(default=0, kw_only=True)
    rep_id: str = attrs.field(default="rep_id", kw_only=True)
    as_of: date | None = attrs.field(
        default=None, converter=attrs.converters.optional(a_day), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Refuse to look ahead a negative number of days.

        Raises:
            ConfigError: ``within`` is below 0.
        """
        if self.within < 0:
            msg = f"must be days, 0 or more, got {self.within}"
            raise ConfigError(msg, "availability.within")

    @property
    def needs(self) -> Needs:
        """Nothing of the customers."""
        return {}

    @property
    def rep_needs(self) -> Needs:
        """The columns of leave and of weekdays."""
        kinds: tuple[tuple[str | None, Kind], ...] = (
            (self.leave, "text"),
            (self.leave_from, "day"),
            (self.leave_until, "day"),
            (self.work_days, "text"),
            (self.rep_id, "text"),
        )
        return {name: kind for name, kind in kinds if name is not None}

    @property
    def reason(self) -> Reason:
        """At work on the day."""
        if self.within:
            return Reason("at_work_soon", {"column": self.rep_id, "within": self.within})
        return Reason("at_work", {"column": self.rep_id})

    def on(self, day: Day) -> "Availability":
        """The same on the day of a plan.

        Args:
            day: The day.
        """
        return attrs.evolve(self, as_of=day)

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """0 for who is at work, NaN for who is not; one row, the same for every customer.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.

        Raises:
            ConfigError: There is no day.
            DataError: A cell holds no list of leaves or of weekdays.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:  # noqa: ARG002 - as the protocol says
        """The same, everybody in one class.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        if self.as_of is None:
            msg = "depends on the day: give as_of=..., the day of the plan"
            raise ConfigError(msg, "availability.as_of")
        days = number(self.as_of) + np.arange(self.within + 1)
        here = self._table(reps, codes(reps, self.rep_id).texts(), days).any(axis=1)
        return np.zeros(1, dtype=np.intp), np.where(here, 0.0, np.nan)[None, :]

    def working(self, reps: Columns, ids: Sequence[object], day: Day) -> Bools:
        """Who of the representatives is at work on a day.

        Args:
            reps: The columns of ``rep_needs``; that of the ids may be left out.
            ids: Their ids.
            day: The day.
        """
        return self._table(reps, [str(name) for name in ids], np.array([number(day)]))[:, 0]

    def next_working(self, reps: Columns, ids: Sequence[object], day: Day) -> Floats:
        """The next day on which each is at work, by number; NaN for who is not within a year.

        Args:
            reps: The columns of ``rep_needs``; that of the ids may be left out.
            ids: Their ids.
            day: From which day on.
        """
        days = number(day) + np.arange(_FAR)
        here = self._table(reps, [str(name) for name in ids], days)
        return np.where(here.any(axis=1), days[here.argmax(axis=1)], np.nan)

    def _table(self, reps: Columns, names: Sequence[str | None], days: Index) -> Bools:
        """Who is at work on which of the days."""
        usual = self.calendar.working(days)
        out = np.tile(usual, (len(names), 1))
        for rep, (weekdays, ranges) in enumerate(
            zip(self._own(reps, len(names)), self._away(reps, names), strict=True)
        ):
            if weekdays:
                out[rep] = self.calendar.working(days, weekdays)
            for begin, end in ranges:
                out[rep] &= (days < begin) | (days > end)
        return out

    def _away(self, reps: Columns, names: Sequence[str | None]) -> list[list[Range]]:
        """The leaves of each, from wherever they are told."""
        listed = [[leave.range for leave in self.leaves if leave.rep_id == name] for name in names]
        told = [listed, ranges_of_days(reps, self.leave_from, self.leave_until)]
        told += [ranges_of_cells(reps, self.leave)] if self.leave else []
        each = zip(*(some for some in told if some), strict=True)
        return [list(chain.from_iterable(ranges)) for ranges in each]

    def _own(self, reps: Columns, size: int) -> list[tuple[int, ...]]:
        if self.work_days is None:
            return [()] * size
        texts = codes(reps, self.work_days).texts()
        return [_weekdays(text, self.work_days, row) for row, text in enumerate(texts)]


def _weekdays(text: str | None, name: str, row: int) -> tuple[int, ...]:
    """The weekdays of a cell."""
    digits = "".join(c for c in text or "" if c not in " ;,")
    if not all(c in "1234567" for c in digits):
        msg = "is no list of weekdays: Monday 1 to Sunday 7, such as 1;2;3"
        raise DataError(msg, name, row)
    return tuple(sorted({int(c) for c in digits}))
