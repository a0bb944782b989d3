"""Times in which nothing happens to a customer: from one purchase or contact to the next."""

from collections.abc import Mapping
from typing import Final

import attrs
import numpy as np

from custseg._typing import Codes, Column, Days, Floats, Index, Ints
from custseg.classify.clocks import DaysSince
from custseg.classify.ladder import StateLadder
from custseg.errors import ConfigError
from custseg.features import Occasions

CLOCKS: Final[Mapping[str, str]] = {
    "recency_days": "last_purchase",
    "tenure_days": "first_purchase",
    "contact_days": "last_contact",
}
"""Columns that grow by one a day, and the day that each counts from."""

_TWO: Final = 2  # gaps that make a rhythm, as in a profile


@attrs.frozen(eq=False)
class Events:
    """What happened to customers, day by day.

    Attributes:
        bought: Purchase days of each customer.
        contact: Days of contact of each customer, if they are known.
        opening: The day from which all customers are known, ``None``: from the first purchase.
        facts: Columns of the customers that do not change: one value a customer.
    """

    bought: Occasions
    contact: Occasions | None = None
    opening: int | None = None
    facts: Mapping[str, Column] = attrs.field(factory=dict[str, Column])


@attrs.frozen(eq=False)
class Chapters:
    """One row a chapter, by customer and then by day.

    Attributes:
        code: Customer.
        start: The day on which it begins.
        end: Its last day.
        fixed: Columns that stay as they are within a chapter.
        base: The day from which each clock counts, NaN where unknown.
    """

    code: Index
    start: Index
    end: Index
    fixed: Mapping[str, Column]
    base: Mapping[str, Floats]

    def take(self, rows: Index | slice) -> "Chapters":
        """Some of them."""
        return Chapters(
            self.code[rows],
            self.start[rows],
            self.end[rows],
            {name: taken(column, rows) for name, column in self.fixed.items()},
            {name: day[rows] for name, day in self.base.items()},
        )

    @classmethod
    def of(cls, events: Events, ladder: StateLadder, until: int) -> "Chapters":
        """The chapters up to a day, with the columns that a ladder reads.

        Raises:
            ConfigError: The ladder reads a column that cannot be told for a day in the past.
        """
        owner = events.bought.code
        code, start, at = _starts(events, owner, until)
        end = np.append(start[1:] - 1, until)[: len(start)]
        end[:-1][code[1:] != code[:-1]] = until
        known = _Known(events, code, start, owner, at)
        base = {name: known.column(day) for name, day in CLOCKS.items()}
        for signal in ladder.signals:
            if isinstance(signal, DaysSince):
                base[signal.name] = known.column(signal.day)
        return cls(code, start, end, known.fixed(ladder, base), base)


@attrs.frozen(eq=False)
class _Known:
    """Columns at the start of each chapter.

    Attributes:
        events: What happened.
        code: Customer of each chapter.
        start: Its first day.
        owner: Customer of each purchase.
        at: The last purchase by then, by its place among all of them; -1 before the first;
            ``None`` where each purchase begins a chapter.
    """

    events: Events
    code: Index
    start: Index
    owner: Index
    at: Index | None

    def fixed(self, ladder: StateLadder, base: Mapping[str, Floats]) -> dict[str, Column]:
        """The columns that the steps read besides clocks, those of signals among them."""
        made: dict[str, Column] = {}
        for name in ladder.needs:
            if name in base:
                made[name] = self.start - base[name]
            elif name == "as_of":
                made[name] = self.start.astype(np.float64)
            else:
                made[name] = self._any(name)
        for signal in ladder.signals:
            made.update(signal.kernel(made))
        return {name: made[name] for name in made if name not in base and name != "as_of"}

    def column(self, name: str) -> Floats:
        """One column of numbers or days, NaN where there is nothing to tell."""
        return np.asarray(self._any(name), dtype=np.float64)

    def _any(self, name: str) -> Column:
        if name in KNOWN:
            every: Floats = getattr(Figures(self.events.bought, self.owner), name)()
            if self.at is not None:
                every = np.append(every, 0.0 if name == "frequency" else np.nan)[self.at]
            return every
        if name == "last_contact":
            return self._contact()
        if name in self.events.facts:
            return taken(self.events.facts[name], self.code)
        msg = (
            f"column {name!r} cannot be told for days in the past: a replay knows "
            f"{sorted({*KNOWN, *CLOCKS})} and the columns of customers=; give it there if it "
            "does not change, or use a strategy that does not read it"
        )
        raise ConfigError(msg)

    def _contact(self) -> Floats:
        contact = self.events.contact
        if contact is None:
            return np.full(len(self.code), np.nan)
        place = _Place.of(self.start, contact.day)
        key, now = place.key(contact.code, contact.day), place.key(self.code, self.start)
        at = np.searchsorted(key, now, side="right") - 1
        known = np.append(contact.code, -1)[at] == self.code
        return np.where(known & (at >= 0), np.append(contact.day, 0)[at], np.nan)


def taken(column: Column, rows: Index | slice) -> Column:
    """Some rows of a column."""
    if isinstance(column, Codes | Days):
        return attrs.evolve(column, at=column.at[rows])
    return column[rows]


def _starts(events: Events, owner: Index, until: int) -> tuple[Index, Index, Index | None]:
    """Customer and first day of each chapter, and the last purchase by then."""
    bought, opening = events.bought, events.opening
    if events.contact is None and opening is None:
        return owner, bought.day.astype(np.int64), None
    contact = bought if events.contact is None else events.contact
    place = _Place.of(bought.day, contact.day, np.array([until if opening is None else opening]))
    keys = [place.key(owner, bought.day), place.key(contact.code, contact.day)]
    if opening is not None:
        keys.append(place.key(np.arange(bought.size), np.full(bought.size, opening)))
    every: Index = np.unique(np.concatenate(keys))
    code, day = place.told(every)
    if opening is not None:
        every, code, day = (part[day >= opening] for part in (every, code, day))
    at = np.searchsorted(keys[0], every, side="right") - 1
    buyer = np.append(owner, -1)[at]
    return code, day, np.where((at >= 0) & (buyer == code), at, -1)


@attrs.frozen
class _Place:
    """Customer and day in one number, in order of both."""

    low: int
    span: int

    @classmethod
    def of(cls, *days: Index) -> "_Place":
        """Room for all these days."""
        some = [day for day in days if len(day)]
        low = min((int(day.min()) for day in some), default=0)
        return cls(low, max((int(day.max()) for day in some), default=0) - low + 1)

    def key(self, code: Index, day: Index) -> Ints:
        """One number a pair."""
        return code.astype(np.int64) * self.span + (day.astype(np.int64) - self.low)

    def told(self, key: Index) -> tuple[Index, Index]:
        """The pairs again."""
        code, day = np.divmod(key, self.span)
        return code, day + self.low


@attrs.frozen(eq=False)
class Figures:
    """What is known after each purchase, from purchase days alone.

    Attributes:
        bought: Purchase days.
        code: Customer of each.
    """

    bought: Occasions
    code: Index

    def first_purchase(self) -> Floats:
        """The first purchase day."""
        count = self.bought.count
        opens = self.bought.offset[:-1][count > 0]
        return np.repeat(self.bought.day.take(opens).astype(np.float64), count[count > 0])

    def last_purchase(self) -> Floats:
        """The day itself."""
        return self.bought.day.astype(np.float64)

    def frequency(self) -> Floats:
        """Purchase days by then."""
        offset = self.bought.offset[:-1]
        return np.arange(1.0, len(self.code) + 1) - np.repeat(offset, self.bought.count)

    def gap_last_days(self) -> Floats:
        """Days since the purchase before it."""
        gap = np.diff(self.bought.day, prepend=0).astype(np.float64)
        gap[self.bought.opens] = np.nan
        return gap

    def gap_mean_days(self) -> Floats:
        """Mean of the gaps by then; two of them make a rhythm, as in a profile."""
        gaps = self.frequency() - 1
        span = self.bought.day - self.first_purchase()
        return np.where(gaps >= _TWO, span / np.maximum(gaps, 1), np.nan)

    def gap_cv(self) -> Floats:
        """Standard deviation of the gaps by then, divided by their mean."""
        n, gap = self.frequency() - 1, np.nan_to_num(self.gap_last_days())
        sums = np.cumsum(gap * gap)
        squares = sums - sums[self.bought.offset[self.code]]
        span = self.bought.day - self.first_purchase()
        many = n >= _TWO
        product = np.where(many, n * (n - 1), 1)
        variance = np.where(many, (n * squares - span * span) / product, np.nan)
        return np.asarray(np.sqrt(variance) * n / np.where(span > 0, span, 1))

    def gap_max_days(self) -> Floats:
        """The longest gap by then."""
        gap = np.nan_to_num(self.gap_last_days())
        wide = float(gap.max(initial=0.0)) + 1.0
        longest = np.maximum.accumulate(self.code * wide + gap) - self.code * wide
        return np.where(self.bought.opens, np.nan, longest)


FIGURES: Final = tuple(name for name in vars(Figures) if name.endswith(("_days", "_purchase")))
KNOWN: Final = ("frequency", "gap_cv", *FIGURES)
"""Columns that a replay knows on any day."""
