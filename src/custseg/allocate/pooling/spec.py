"""One public pool, several of them, and what can be asked of them."""

from collections.abc import Iterable
from datetime import date
from math import isnan
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from custseg._typing import Record
from custseg.allocate.pooling.claiming.claim import Claim
from custseg.allocate.pooling.claiming.desk import PoolDesk
from custseg.allocate.pooling.claiming.queue import Claims, decided
from custseg.allocate.pooling.claiming.reception import open_desk
from custseg.allocate.pooling.recycling.acting import acted_until
from custseg.allocate.pooling.recycling.daily import PoolModel
from custseg.allocate.pooling.recycling.forecast import PoolForecast
from custseg.allocate.pooling.recycling.recycled import Recycled
from custseg.allocate.pooling.recycling.sea import Reach, charted, opened
from custseg.allocate.pooling.recycling.streamed import recycled_there
from custseg.allocate.pooling.terms.daycount import as_date
from custseg.allocate.pooling.terms.events import AT
from custseg.allocate.pooling.terms.limits import PoolLimit
from custseg.allocate.pooling.terms.naming import PoolColumns
from custseg.allocate.pooling.terms.settings import PoolSettings, pool_limits
from custseg.errors import ConfigError
from custseg.frames import Table, as_mapping, table
from custseg.frames.scalar import day
from custseg.reasons import Explanation
from custseg.showing import Shown

T = TypeVar("T")
Day: TypeAlias = date | str


class Asked:
    """What one pool and several of them answer alike."""

    __slots__ = ()

    def several(self) -> "Pools":
        """The pools."""
        raise TypeError(type(self).__name__)

    def recycle(self, customers: T, as_of: Day, *, activities: object | None = None) -> Recycled[T]:
        """Say which customers return to which pool on a day, and on which day the others will.

        Dates after the day are left out and counted. Who was received on an unknown day is
        reported and stays. A lazy table stays lazy: rows are judged in its engine.

        Args:
            customers: One row a customer.
            as_of: The day, at its end.
            activities: Follow-ups one by one, with the id of the customer and the day ``at``:
                then a follow-up that came after the protection had lapsed does not protect.

        Raises:
            MissingColumnError: A column that a clock reads is not there.
            DataError: A column does not hold its kind.
        """
        given = table(customers)
        acts = None if activities is None else table(activities)
        if given.lazy:
            reach = self.several().reach(as_of)
            return cast("Recycled[T]", recycled_there(reach, given, acts))
        return self._recycled(given, as_of, acts)

    def _recycled(self, given: Table[T], as_of: Day, acts: Table[Any] | None) -> Recycled[T]:
        """The same in memory; a lazy table is fetched."""
        reach = self.several().reach(as_of)
        columns, size = opened(reach, given, acted=acts is not None)
        if acts is None:
            return Recycled.of(charted(reach, columns, size), given, reach)
        columns, until, future = acted_until(reach, given, columns, acts)
        sea = charted(reach, columns, size, until)
        if future:
            sea = attrs.evolve(sea, future={**sea.future, AT: future})
        return Recycled.of(sea, given, reach)

    def remind(self, customers: T, as_of: Day, *, activities: object | None = None) -> T:
        """The customers whose owners are to be reminded on a day, with the day of return.

        Args:
            customers: One row a customer.
            as_of: The day.
            activities: Follow-ups one by one, as ``recycle`` takes them.
        """
        return self.recycle(customers, as_of, activities=activities).reminders

    def simulate(  # noqa: PLR0913 - customers and activities are the tables
        self,
        customers: T,
        as_of: Day,
        *,
        days: int = 30,
        value: str | None = None,
        changed: "Asked | None" = None,
        activities: object | None = None,
    ) -> PoolForecast[T]:
        """Say what returns on each of the next days if nobody does anything.

        A lazy table is fetched.

        Args:
            customers: One row a customer.
            as_of: The first day; who is due already returns on it.
            days: How many days to look ahead.
            value: A column to add up, such as ``revenue``.
            changed: Another rule to hold beside this one.
            activities: Follow-ups one by one, as ``recycle`` takes them.

        Raises:
            ConfigError: ``days`` is no whole number, below 0, or of more than a century.
        """
        seas = (self,) if changed is None else (self, changed)
        given, acts = table(customers), None if activities is None else table(activities)
        seen = [one._recycled(given, as_of, acts) for one in seas]  # noqa: SLF001 - of one class
        first, *others = (PoolForecast(one, days, value) for one in seen)
        return attrs.evolve(first, other=others[0] if others else None)

    def desk(self, customers: object, reps: object, events: object, *, at: Day) -> PoolDesk:
        """Open the desk of a day, to ask it who may claim, get, hand over, return or lock.

        Args:
            customers: One row a customer.
            reps: One row a representative: ``rep_id``, and what limits and pools read.
            events: The owner history up to now, one row a change: the customer, ``at``,
                ``event``, ``from_rep``, ``to_rep`` and ``pool``; nothing yet: an empty list.
            at: The day.

        Raises:
            DataError: An id is missing or stands twice, or an event has no day.
        """
        whole = self.several()
        return open_desk(
            whole.reach(at), whole.limits, table(customers), table(reps), table(events)
        )

    def claim(  # noqa: PLR0913 - customers, reps and the history are one state
        self,
        customer: object,
        rep: object,
        events: object,
        *,
        customers: object,
        reps: object,
        at: Day,
    ) -> Claim:
        """May somebody take a customer out of the pool?

        Args:
            customer: The id of the customer.
            rep: The id of who claims it.
            events: The owner history up to now.
            customers: One row a customer.
            reps: One row a representative.
            at: The day.
        """
        return self.desk(customers, reps, events, at=at).claim(customer, rep)

    def claim_all(  # noqa: PLR0913 - customers, reps and the history are one state
        self,
        claims: T,
        events: object,
        *,
        customers: object,
        reps: object,
        at: Day,
        tz: str = "UTC",
    ) -> Claims[T]:
        """Decide the claims of a day: the earliest first, a hash of the ids where times are equal.

        Args:
            claims: One row a claim: the customer, ``rep_id`` and the moment ``at``.
            events: The owner history up to now.
            customers: One row a customer.
            reps: One row a representative.
            at: The day; claims of another day are refused.
            tz: The company's time zone: in it lies the day of moments that name a zone.
        """
        return decided(self.desk(customers, reps, events, at=at), table(claims), tz)

    def on(self, as_of: Day) -> PoolModel:
        """The pools on a day as plain rules: one record, a lazy table, SQL.

        Args:
            as_of: The day.
        """
        whole = self.several()
        return PoolModel(whole.pools, whole.columns, as_date(_day(as_of)))

    def one(self, record: Record, as_of: Day) -> dict[str, Any]:
        """One customer with all that ``recycle`` adds.

        Args:
            record: The customer.
            as_of: The day.
        """
        rows: Any = self.recycle([dict(as_mapping(record))], as_of).table
        return cast("dict[str, Any]", rows[0])

    def explain(self, record: Record, as_of: Day) -> Explanation:
        """Why a customer returns to the pool, or does not.

        Args:
            record: The customer.
            as_of: The day.
        """
        model, held = self.on(as_of), as_mapping(record)
        if model.columns.locked == "locked" and "locked" not in held:
            model = attrs.evolve(model, columns=attrs.evolve(model.columns, locked=None))
        return model.explain(held)


@attrs.frozen(kw_only=True)
class Pool(PoolSettings, Asked):
    """A public pool: what returns to it, who may claim from it and how much.

    >>> from custseg.allocate import NoDeal, NoFollowUp, Protection
    >>> east = Pool(
    ...     name="east",
    ...     clocks=[NoFollowUp(14, levels={"high": 30}), NoDeal(90)],
    ...     protection=Protection(10, extend=3, maximum=20),
    ...     remind_before=3,
    ... )
    >>> row = {"owner": "R1", "received_at": "2026-06-01", "won": 0, "tier": "low"}
    >>> row |= {"last_follow_up": "2026-06-03", "customer_id": "C1"}
    >>> str(east.one(row, "2026-06-10")["returns_on"])
    '2026-06-18'
    >>> print(east.explain(row, "2026-06-20").text())
    pool state: due to return
      - no follow-up for more than 14 days
    """

    def several(self) -> "Pools":
        """This pool alone."""
        return Pools((self,))


def _pools(given: Iterable[Pool]) -> tuple[Pool, ...]:
    return (given,) if isinstance(given, Pool) else tuple(given)


@attrs.frozen
class Pools(Shown, Asked):
    """Several public pools; a customer belongs to the first whose condition holds.

    Attributes:
        pools: The pools, in order.
        columns: What the columns of the customers are called.
        limits: Limits that hold for all pools, beside those of each.

    Raises:
        ConfigError: There is no pool, or two have one name.

    >>> from custseg.allocate import NoFollowUp
    >>> from custseg.rules import F
    >>> seas = Pools(
    ...     [
    ...         Pool(name="north", when=F("region") == "north", clocks=[NoFollowUp(30)]),
    ...         Pool(name="rest", clocks=[NoFollowUp(60)]),
    ...     ]
    ... )
    >>> row = {"customer_id": 1, "owner": "A", "received_at": "2026-05-01", "won": 0}
    >>> row |= {"last_follow_up": None, "region": "south"}
    >>> seas.one(row, "2026-06-20")["pool_state"]
    'private'
    """

    pools: tuple[Pool, ...] = attrs.field(converter=_pools)
    columns: PoolColumns = attrs.field(factory=PoolColumns, kw_only=True)
    limits: tuple[PoolLimit, ...] = attrs.field(default=(), converter=pool_limits, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the names."""
        names = [pool.name for pool in self.pools]
        if not names or len(set(names)) < len(names):
            msg = f"needs pools of different names, got {names}"
            raise ConfigError(msg, "pools.pools")

    def several(self) -> "Pools":
        """These pools."""
        return self

    def reach(self, as_of: Day) -> Reach:
        """The pools on a day."""
        return Reach(self.pools, self.columns, _day(as_of))


def _day(as_of: Day) -> float:
    found = day(as_of)
    if isnan(found):
        msg = "needs a day: give a date or a text such as 2026-06-30"
        raise ConfigError(msg, "as_of")
    return found
