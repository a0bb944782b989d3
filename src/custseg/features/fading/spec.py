"""How much has somebody done lately, in points that fade?"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index, Ints
from custseg.errors import ConfigError
from custseg.features.conventions import Conventions, spoken
from custseg.features.events import People
from custseg.features.fading.parts import points_in_parts
from custseg.features.fading.reading import Manner, customers_of, of_one
from custseg.features.fading.rule import HUNDREDTHS, EventRule
from custseg.features.fading.state import PointState, restored, state_of
from custseg.features.fading.summing import points_of, summed
from custseg.features.log import TransactionLog
from custseg.features.names import Names
from custseg.reasons import Explanation, Reason

T = TypeVar("T")


def _rules(given: EventRule | Iterable[EventRule]) -> tuple[EventRule, ...]:
    return (given,) if isinstance(given, EventRule) else tuple(given)


@attrs.frozen
class EventPoints:
    """Points for what customers do, each event fading on its own.

    Visits, downloads, calls, complaints: any table of events with a customer, a time and a kind
    becomes one column ``<name>_points`` that a factor of a scorecard reads. Days are civil days in
    the company's time zone; events later than ``as_of`` are ignored and counted. Who has no event
    has 0 points: that is evidence of none. Points are whole hundredths of whole grains, so the
    order of the events does not matter.

    Attributes:
        rules: What the events of each kind are worth. Kinds without a rule have no points, and
            are counted in the report.
        name: The column is called ``<name>_points``.
        column: The column that says the kind of event; ``None`` where all rows are of the one
            kind that has a rule.

    Raises:
        ConfigError: There is no rule, or a kind has two.

    Source: exponential decay by half-life, as in Cormode, Shkapenyuk, Srivastava and Xu 2009,
    "Forward Decay", ICDE; each event fades first, then the cap holds the sum.

    >>> web = EventPoints(
    ...     (
    ...         EventRule("visit", 3, half_life=30, within_days=90, cap=20),
    ...         EventRule("complaint", -10, half_life=180),
    ...     ),
    ...     name="web",
    ... )
    >>> events = [
    ...     {"customer_id": "a", "at": "2026-06-30", "kind": "visit"},
    ...     {"customer_id": "a", "at": "2026-05-31", "kind": "visit"},
    ...     {"customer_id": "b", "at": "2026-01-01", "kind": "complaint"},
    ...     {"customer_id": "b", "at": "2026-07-01", "kind": "visit"},
    ... ]
    >>> people = [{"customer_id": "a"}, {"customer_id": "b"}, {"customer_id": "c"}]
    >>> [row["web_points"] for row in web.profile(people, events, as_of="2026-06-30")]
    [4.5, -5.0, 0.0]
    """

    rules: tuple[EventRule, ...] = attrs.field(converter=_rules)
    name: str = attrs.field(default="event", kw_only=True)
    column: str | None = attrs.field(default="kind", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that each kind has one rule."""
        kinds = [spoken(rule.event) for rule in self.rules]
        if not kinds or len(set(kinds)) < len(kinds):
            msg = f"events need rules of different kinds, at least one, got {kinds}"
            raise ConfigError(msg, "rules")

    @property
    def gives(self) -> str:
        """The column that is added."""
        return f"{self.name}_points"

    def profile(
        self,
        customers: T,
        events: object,
        *,
        names: Names | None = None,
        conventions: Conventions | None = None,
        as_of: date | str,
    ) -> T:
        """Add the points to a table of customers.

        Args:
            customers: One row a customer; a profile, say.
            events: One row an event; or a ``TransactionLog``, whose purchases are the events.
            names: What the columns of customers and times are called.
            conventions: How the company counts days.
            as_of: The last day that counts, to its end.

        Returns:
            The same kind of table with ``<name>_points``; missing where a row has no id.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: No column says the kinds, and there are several rules.
        """
        manner = self._manner(names, conventions)
        table, until = frames.table(customers), manner.conventions.day(as_of)
        if table.lazy and not isinstance(events, TransactionLog):
            return cast("T", points_in_parts(self, manner, table, events, until))
        keys = customers_of(table, manner.names)
        happened = manner.read(events, People(keys), until).happened
        points = points_of(self.rules, summed(self.rules, happened, until))
        return cast("T", table.attach({self.gives: np.append(points, np.nan)[keys.at]}))

    def state(
        self,
        events: object,
        *,
        names: Names | None = None,
        conventions: Conventions | None = None,
        as_of: date | str,
    ) -> PointState:
        """Points as a value to keep: rolled to later days, added to, and merged over shards.

        Args:
            events: One row an event; or a ``TransactionLog``, whose purchases are the events.
            names: What the columns of customers and times are called.
            conventions: How the company counts days.
            as_of: The last day that counts, to its end.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: No column says the kinds, and there are several rules.

        >>> web = EventPoints(EventRule("visit", 3, half_life=30))
        >>> state = web.state(
        ...     [{"customer_id": "a", "at": "2026-06-30", "kind": "visit"}], as_of="2026-06-30"
        ... )
        >>> state.rolled("2026-07-30").profile([{"customer_id": "a"}])[0]["event_points"]
        1.5
        """
        manner = self._manner(names, conventions)
        return state_of(manner, self.name, events, manner.conventions.day(as_of))

    def restored(
        self,
        table: object,
        *,
        names: Names | None = None,
        conventions: Conventions | None = None,
        as_of: date | str,
    ) -> PointState:
        """A state that was kept as a table.

        Args:
            table: What ``PointState.table`` gave.
            names: What the columns of customers and times are called.
            conventions: How the company counts days.
            as_of: The day of the state.

        Raises:
            DataError: The table holds a kind that has no rule here, something in it is missing, or
                it is the state of another day.
        """
        manner = self._manner(names, conventions)
        return restored(manner, self.name, frames.table(table), manner.conventions.day(as_of))

    def one(
        self,
        events: object,
        *,
        names: Names | None = None,
        conventions: Conventions | None = None,
        as_of: date | str,
    ) -> dict[str, float]:
        """The points of one customer, for a web request.

        Args:
            events: The events of the customer; the id may be left out.
            names: What the columns of customers and times are called.
            conventions: How the company counts days.
            as_of: The last day that counts, to its end.

        Raises:
            DataError: The events are of several customers.

        >>> web = EventPoints(EventRule("visit", 3, half_life=30))
        >>> web.one([{"at": "2026-06-30", "kind": "visit"}], as_of="2026-07-30")
        {'event_points': 1.5}
        """
        grains, _ = self._of_one(events, self._manner(names, conventions), as_of)
        return {self.gives: float(points_of(self.rules, grains)[0])}

    def explain(
        self,
        events: object,
        *,
        names: Names | None = None,
        conventions: Conventions | None = None,
        as_of: date | str,
    ) -> Explanation:
        """Where the points of one customer come from: kind by kind, they add up exactly.

        Args:
            events: The events of the customer; the id may be left out.
            names: What the columns of customers and times are called.
            conventions: How the company counts days.
            as_of: The last day that counts, to its end.

        Raises:
            DataError: The events are of several customers.

        >>> web = EventPoints(EventRule("visit", 3, half_life=30, cap=5))
        >>> visits = [{"at": day, "kind": "visit"} for day in ("2026-06-30", "2026-06-30")]
        >>> print(web.explain(visits, as_of="2026-06-30").text())
        event points: 5
          - visit: 5 points, held by the cap of 5
        """
        grains, count = self._of_one(events, self._manner(names, conventions), as_of)
        total = float(points_of(self.rules, grains)[0])
        lines = [
            _line(rule, grains[i], int(count[i])) for i, rule in enumerate(self.rules) if count[i]
        ]
        lines.sort(key=lambda line: -abs(line[0]))
        return Explanation(self.gives, {self.gives: total}, tuple(why for _, why in lines))

    def _manner(self, names: Names | None, conventions: Conventions | None) -> Manner:
        return Manner(self.rules, self.column, names or Names(), conventions or Conventions())

    def _of_one(self, events: object, manner: Manner, as_of: date | str) -> tuple[Ints, Ints]:
        until = manner.conventions.day(as_of)
        happened = manner.read(of_one(events, manner.names), People(), until).happened
        alone = attrs.evolve(happened, size=max(happened.size, 1))
        known: Index = happened.kind[happened.kind >= 0]
        count = np.bincount(known, minlength=len(self.rules))
        return summed(self.rules, alone, until), count


def _line(rule: EventRule, grains: Ints, count: int) -> tuple[int, Reason]:
    """Hundredths of one kind, and the sentence about them."""
    earned = int(rule.earned(grains)[0])
    held = rule.cap is not None and earned != int(attrs.evolve(rule, cap=None).earned(grains)[0])
    said: dict[str, object] = {"events_of": rule.event, "points": earned / HUNDREDTHS}
    if held:
        return earned, Reason("event_points_capped", {**said, "cap": rule.cap}, {"events": count})
    return earned, Reason("event_points", said, {"events": count})
