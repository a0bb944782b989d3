"""Days that pass: since a day that a row names, and silence without holidays."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Gives, Index, Needs
from custseg.errors import ConfigError
from custseg.features.daynumbers import days_of
from custseg.model import RowModel

Window = tuple[date, date]


def windows(given: Iterable[Window]) -> tuple[Window, ...]:
    """Times in order, joined where they overlap.

    Raises:
        ConfigError: One ends before it begins.

    >>> first, last = date(2026, 2, 15), date(2026, 2, 23)
    >>> windows([(last, date(2026, 2, 24)), (first, last)])
    ((datetime.date(2026, 2, 15), datetime.date(2026, 2, 24)),)
    """
    joined: list[Window] = []
    for first, last in sorted((first, last) for first, last in given):
        if last < first:
            msg = f"a time ends before it begins: {first.isoformat()} to {last.isoformat()}"
            raise ConfigError(msg, "frozen")
        if joined and first.toordinal() <= joined[-1][1].toordinal() + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


@attrs.frozen(eq=False)
class FrozenDays:
    """Days that do not count, summed up.

    Attributes:
        before: The day before each frozen time.
        last: Its last day.
        passed: Frozen days before it.

    >>> spring = FrozenDays.of(((date(2026, 2, 15), date(2026, 2, 23)),))
    >>> start, end = (days_of([day]) for day in (date(2026, 2, 10), date(2026, 3, 1)))
    >>> spring.between(start, end).tolist(), (spring.reach(start, np.array([10])) - start).tolist()
    ([9.0], [19])
    """

    before: Index
    last: Index
    passed: Index

    @classmethod
    def of(cls, frozen: tuple[Window, ...]) -> "FrozenDays":
        """Sum up times that are in order and apart."""
        before = days_of(first for first, _ in frozen) - 1
        last = days_of(end for _, end in frozen)
        return cls(before, last, np.cumsum(last - before) - (last - before))

    def until(self, day: Floats | Index) -> Floats:
        """Frozen days up to a day; unknown where the day is."""
        if not len(self.last):
            return np.zeros(len(day))
        knots = np.column_stack((self.before, self.last)).ravel()
        sums = np.column_stack((self.passed, self.passed + self.last - self.before)).ravel()
        return np.interp(day, knots, sums)

    def between(self, start: Floats | Index, end: Floats | Index) -> Floats:
        """Frozen days after one day up to another."""
        return self.until(end) - self.until(start)

    def reach(self, start: Index, days: Index) -> Index:
        """The first day by which so many days that count have passed since a day."""
        aim: Index = start - self.until(start).astype(np.int64) + days
        behind = np.searchsorted(self.before - self.passed, aim, side="left")
        return np.asarray(aim + np.append(0, self.passed + self.last - self.before)[behind])


@attrs.frozen
class DaysSince(RowModel):
    """Days from a day that the row names to ``as_of``: 0 on that day, below 0 before it.

    A signal for steps that look at a contract's end, the last visit or any other day.

    Attributes:
        name: Name of the column that is added.
        day: The column that holds the day.

    >>> DaysSince("contract_over", "contract_end").one(
    ...     {"as_of": date(2026, 6, 30), "contract_end": date(2026, 6, 1)}
    ... )["contract_over"]
    29.0
    """

    schema_version: ClassVar[int] = 1

    name: str
    day: str

    @property
    def needs(self) -> Needs:
        """The two days."""
        return {"as_of": "day", self.day: "day"}

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The days between them."""
        return {self.name: "number"}

    def kernel(self, cols: Columns) -> Columns:
        """Subtract."""
        return {self.name: np.asarray(cols["as_of"]) - np.asarray(cols[self.day])}
