"""Different customers, different strategies: by a segment, or for one-time buyers."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes
from custseg.classify.ladder import StateLadder
from custseg.classify.strategies.fixed import FixedDays
from custseg.classify.strategies.joining import Joined, within
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.frames import Table
from custseg.rules import Condition, F


@attrs.frozen
class BySegment:
    """Each segment by a strategy of its own, the others by another.

    Each strategy learns from the customers of its segment, ``otherwise`` from all who are in none
    of them; where there are none of these, from all. Who belongs to no known segment, or to an
    unknown one, is judged by ``otherwise``.

    Attributes:
        column: The column that holds the segment. A rule by tier reads the tier of the last
            period: ``tier_previous``.
        strategies: Segment -> its strategy.
        otherwise: The strategy of all others.

    >>> from custseg.classify import Lifecycle
    >>> spec = BySegment("tier_previous", {"high": FixedDays(60)}, otherwise=FixedDays(180))
    >>> model = Lifecycle(spec).fit([])
    >>> row = {"frequency": 9, "recency_days": 90}
    >>> [model.one({**row, "tier_previous": tier})["lifecycle"] for tier in ("high", "low", None)]
    ['dormant', 'active', 'active']
    """

    column: str
    strategies: Mapping[str, LifecycleStrategy]
    otherwise: LifecycleStrategy = attrs.field(factory=FixedDays)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Give the steps of each segment for its customers, then those of all others."""
        given = Joined.of(self._ladders(table))
        *own, rest = given.ladders
        steps = [
            step
            for segment, ladder in zip(self.strategies, own, strict=True)
            for step in within(F(self.column) == segment, ladder)
        ]
        return given.ladder((*steps, *rest.steps), rest.otherwise, rest.reason)

    def _ladders(self, table: Table[Any]) -> Iterator[StateLadder]:
        for strategy, part in zip(
            (*self.strategies.values(), self.otherwise), self._parts(table), strict=True
        ):
            yield strategy.ladder(part)

    def _parts(self, table: Table[Any]) -> Iterator[Table[Any]]:
        """The customers of each segment, then all others."""
        if not table.size:
            yield from (table for _ in range(len(self.strategies) + 1))
            return
        if table.lazy:
            yield from self._chosen(table)
            return
        column = table.read({self.column: "text"})[self.column]
        assert isinstance(column, Codes)  # noqa: S101 - read as text
        at = column.recode(tuple(self.strategies))
        for place in range(len(self.strategies)):
            yield frames.table(table.take(np.flatnonzero(at == place)))
        rest = np.flatnonzero(at < 0)
        yield frames.table(table.take(rest)) if len(rest) else table

    def _chosen(self, table: Table[Any]) -> Iterator[Table[Any]]:
        """The same of a table in an engine, whose rows stay there."""
        table.require((self.column,))
        segment = F(self.column)
        for word in self.strategies:
            yield frames.table(table.where(segment == word))
        rest: Condition = segment.is_missing()
        if self.strategies:
            rest |= ~segment.one_of(*self.strategies)
        others = frames.table(table.where(rest))
        yield others if others.size else table


def _amperity() -> LifecycleStrategy:
    return FixedDays(180, at_risk_after=120, churned_after=240)


@attrs.frozen
class OneTime:
    """A rule of its own for customers with one purchase day, who have no rhythm yet.

    Attributes:
        once: The strategy of who has bought on one day. The default is a published rule: at risk
            after 120 days, dormant after 180, churned after 240.
        otherwise: The strategy of all others, and of who has not bought.

    Both learn from all customers: one-time buyers belong to what a model of buying learns from.

    Source: Amperity, "Predicted lifecycle status": one-time buyers are at risk 120 to 180 days
    after their purchase, highly at risk up to 240, and lost beyond.

    >>> from custseg.classify import Lifecycle
    >>> model = Lifecycle(OneTime(otherwise=FixedDays(365))).fit([])
    >>> [model.one({"frequency": n, "recency_days": 150})["lifecycle_state"] for n in (1, 2)]
    ['at_risk', 'active']
    """

    once: LifecycleStrategy = attrs.field(factory=_amperity, kw_only=True)
    otherwise: LifecycleStrategy = attrs.field(factory=FixedDays, kw_only=True)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Give the steps for one-time buyers, then those for all others."""
        given = Joined.of((self.once.ladder(table), self.otherwise.ladder(table)))
        once, rest = given.ladders
        steps = (*within(F("frequency") == 1, once), *rest.steps)
        return given.ladder(steps, rest.otherwise, rest.reason)
