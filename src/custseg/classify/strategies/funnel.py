"""How near to a first purchase is a potential customer: subscriber, lead or opportunity?"""

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from custseg.classify.ladder import StateLadder, Step
from custseg.classify.strategies.fixed import FixedDays
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.frames import Table
from custseg.rules import Condition, F


def _opportunity() -> Condition:
    return F("open_opportunities") > 0


def _lead() -> Condition:
    return F("interactions_inbound") > 0


def _subscriber() -> Condition:
    return F("visits") > 0


@attrs.frozen
class Funnel:
    """Potential customers told apart by the interest that they have shown.

    The nearest to a purchase counts: an opportunity, then a lead, then a subscriber; who shows no
    interest stays potential. Customers who have bought are left to the strategy. Each condition
    reads columns of the profile, or columns of your own such as a consent to be written to; with
    ``None`` there is no such state.

    Attributes:
        strategy: How all others are told.
        opportunity: Who may make a deal: by default who has an open opportunity
            (``open_opportunities``).
        lead: Who has turned to us: by default by a call, a mail or a chat of its own
            (``interactions_inbound``).
        subscriber: Who looks at what we say: by default by visits to the site or app (``visits``).

    Source: subscriber, lead, opportunity, customer: the lifecycle stages of HubSpot
    (knowledge.hubspot.com, "Use lifecycle stages").

    >>> from custseg.classify import Lifecycle
    >>> funnel = Funnel(FixedDays(90), subscriber=F("newsletter") == "yes")
    >>> row = {"frequency": 0, "recency_days": None, "newsletter": "yes"}
    >>> row |= {"open_opportunities": 0, "interactions_inbound": None}
    >>> Lifecycle(funnel).fit([]).one(row)["lifecycle_state"]
    'subscriber'
    """

    strategy: LifecycleStrategy = attrs.field(factory=FixedDays)
    opportunity: Condition | None = attrs.field(factory=_opportunity, kw_only=True)
    lead: Condition | None = attrs.field(factory=_lead, kw_only=True)
    subscriber: Condition | None = attrs.field(factory=_subscriber, kw_only=True)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Give the steps of the strategy, with finer ones before each that says potential."""
        known = self.strategy.ladder(table)
        last = self._steps() if known.otherwise == "potential" else ()
        return attrs.evolve(known, steps=(*self._finer(known.steps), *last))

    def _finer(self, steps: Iterable[Step]) -> Iterator[Step]:
        for step in steps:
            if step.state == "potential":
                for part in self._steps():
                    yield attrs.evolve(part, when=step.when & part.when)
            yield step

    def _steps(self) -> Iterator[Step]:
        for state in ("opportunity", "lead", "subscriber"):
            when: Condition | None = getattr(self, state)
            if when is not None:
                yield Step(when, state, f"is_{state}")
