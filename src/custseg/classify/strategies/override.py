"""A state that somebody set by hand, until it expires."""

from collections.abc import Iterator
from typing import Any

import attrs

from custseg.classify.clocks import DaysSince
from custseg.classify.ladder import STATES, Signal, StateLadder, Step
from custseg.classify.strategies.fixed import FixedDays
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.frames import Table
from custseg.rules import Condition, F


@attrs.frozen
class Override:
    """States set by hand go before those of a strategy, until they expire.

    A row's override counts to the end of the day that it names; without a day, until it is taken
    away. A word that is no state changes nothing. Why somebody set it is the company's own text:
    it stands in explanations only where values are asked for.

    Reads ``as_of`` of the profile, and columns of your own.

    Attributes:
        strategy: How all others are told.
        state: The column that holds the state: ``dormant``, ``churned``, ...
        until: The column that holds its last day; ``None``: it does not expire.
        since: The column that holds its first day; ``None``: it counts at once.
        note: The column that says why; ``None``: none does.

    >>> from datetime import date
    >>> from custseg.classify import Lifecycle
    >>> model = Lifecycle(Override(FixedDays(90))).fit([])
    >>> row = {"frequency": 3, "recency_days": 200, "lifecycle_override": "active"}
    >>> row |= {"lifecycle_override_until": date(2026, 6, 30), "lifecycle_override_reason": "moves"}
    >>> days = date(2026, 6, 30), date(2026, 7, 1)
    >>> [model.one({**row, "as_of": day})["lifecycle_state"] for day in days]
    ['active', 'dormant']
    """

    strategy: LifecycleStrategy = attrs.field(factory=FixedDays)
    state: str = attrs.field(default="lifecycle_override", kw_only=True)
    until: str | None = attrs.field(default="lifecycle_override_until", kw_only=True)
    since: str | None = attrs.field(default=None, kw_only=True)
    note: str | None = attrs.field(default="lifecycle_override_reason", kw_only=True)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Give a step for each state, then those of the strategy."""
        known = self.strategy.ladder(table)
        own = tuple(self._steps((*STATES, *known.classes)))
        clocks = (*known.signals, *self._clocks())
        return attrs.evolve(known, steps=(*own, *known.steps), signals=clocks)

    def _steps(self, states: tuple[str, ...]) -> Iterator[Step]:
        for state in dict.fromkeys(states):
            when: Condition = F(self.state) == state
            for part in self._counts():
                when = when & part
            if self.note is not None:
                yield Step(when & F(self.note).is_present(), state, "override_noted")
            yield Step(when, state, "override")

    def _counts(self) -> Iterator[Condition]:
        """What must hold for it to count today."""
        if self.until is not None:
            yield (F(_past(self.until)) <= 0) | F(self.until).is_missing()
        if self.since is not None:
            yield (F(_past(self.since)) >= 0) | F(self.since).is_missing()

    def _clocks(self) -> Iterator[Signal]:
        for day in (self.until, self.since):
            if day is not None:
                yield DaysSince(_past(day), day)


def _past(day: str) -> str:
    return f"days_past_{day}"
