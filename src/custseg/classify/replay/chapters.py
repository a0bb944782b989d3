"""Times in which nothing happens to a customer: from one purchase or contact to the next."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

import attrs
import numpy as np

from custseg._typing import Column, Floats, Index, Ints
from custseg.classify.clocks import DaysSince
from custseg.classify.ladder import StateLadder
from custseg.classify.replay.figures import KNOWN, Bought, Prior, figure
from custseg.errors import ConfigError
from custseg.features import Occasions
from custseg.features.layout import rows_of
from custseg.progress import each

CLOCKS: Final[Mapping[str, str]] = {
    "recency_days": "last_purchase",
    "tenure_days": "first_purchase",
    "contact_days": "last_contact",
}
"""Columns that grow by one a day, and the day that each counts from."""


@attrs.frozen(eq=False)
class Events:
    """What happened to customers, day by day.

    Attributes:
        bought: Purchase days of each customer.
        contact: Days of contact of each customer, if they are known.
        opening: The day from which each customer is known; ``None``: from its first purchase or
            contact.
        facts: Columns of the customers that do not change: one value a customer.
        prior: What is known of purchases before these, if the days themselves are not.
    """

    bought: Occasions
    contact: Occasions | None = None
    opening: Index | None = None
    facts: Mapping[str, Column] = attrs.field(factory=dict[str, Column])
    prior: Prior | None = None

    def parts(self, size: int) -> Iterator[tuple[int, "Events"]]:
        """Customers some at a time, so many purchases each; with the first of them."""
        offset = self.bought.offset
        if self.prior is not None or self.contact is not None or len(offset) <= 1:
            yield 0, self
            return
        wanted = np.arange(0, int(offset[-1]) + 1, size)
        lows = np.unique(np.append(np.searchsorted(offset[:-1], wanted), self.bought.size))
        for low, high in each("customers", list(pairwise(lows.tolist()))):
            yield low, self._part(low, high)

    def _part(self, low: int, high: int) -> "Events":
        offset = self.bought.offset[low : high + 1]
        bought = Occasions(offset - offset[0], self.bought.day[offset[0] : offset[-1]])
        return Events(
            bought,
            opening=None if self.opening is None else self.opening[low:high],
            facts={name: rows_of(fact, slice(low, high)) for name, fact in self.facts.items()},
        )


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
            {name: rows_of(column, rows) for name, column in self.fixed.items()},
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
        end[np.flatnonzero(code[1:] != code[:-1])] = until
        known, needs = _Known(events, code, start, owner, at), ladder.needs
        base = {n: known.column(day) for n, day in CLOCKS.items() if n in needs}
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
        moving = {*base, "as_of"}
        made = {name: self._any(name) for name in ladder.needs if name not in moving}
        if not any(not isinstance(signal, DaysSince) for signal in ladder.signals):
            return made
        known: dict[str, Column] = {"as_of": self.start.astype(np.float64), **made}
        known |= {name: self.start - day for name, day in base.items()}
        for signal in ladder.signals:
            given = {} if isinstance(signal, DaysSince) else dict(signal.kernel(known))
            known |= given
            made |= given
        return made

    def column(self, name: str) -> Floats:
        """One column of numbers or days, NaN where there is nothing to tell."""
        return np.asarray(self._any(name), dtype=np.float64)

    def _any(self, name: str) -> Column:
        events = self.events
        if name in KNOWN:
            every = figure(name, Bought(events.bought, self.owner, events.prior))
            if self.at is None:
                return every
            before = self._prior.figure(name)[self.code]
            return np.where(self.at < 0, before, np.append(every, np.nan)[self.at])
        if name == "last_contact" and name not in events.facts:
            return self._contact()
        if name in self.events.facts:
            return rows_of(self.events.facts[name], self.code)
        msg = (
            f"column {name!r} cannot be told for days in the past: a replay knows "
            f"{sorted({*KNOWN, *CLOCKS})} and the columns of customers=; give it there if it "
            "does not change, or use a strategy that does not read it"
        )
        raise ConfigError(msg)

    @property
    def _prior(self) -> Prior:
        return self.events.prior or Prior.none(self.events.bought.size)

    def _contact(self) -> Floats:
        contact, before = self.events.contact, self._prior.last_contact[self.code]
        if contact is None or not len(contact.day):
            return before
        place = _Place.of(self.start, contact.day)
        key, now = place.key(contact.code, contact.day), place.key(self.code, self.start)
        at = np.searchsorted(key, now, side="right") - 1
        known = np.append(contact.code, -1)[at] == self.code
        return np.where(known & (at >= 0), contact.day[at], before)


def _starts(events: Events, owner: Index, until: int) -> tuple[Index, Index, Index | None]:
    """Customer and first day of each chapter, and the last purchase by then."""
    bought, opening = events.bought, events.opening
    if events.contact is None and opening is None:
        return owner, bought.day.astype(np.int64), None
    contact = bought if events.contact is None else events.contact
    early = np.array([until]) if opening is None else opening
    place = _Place.of(bought.day, contact.day, early)
    keys = [place.key(owner, bought.day), place.key(contact.code, contact.day)]
    if opening is not None:
        keys.append(place.key(np.arange(bought.size), opening))
    every: Index = np.unique(np.concatenate(keys))
    code, day = place.told(every)
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
