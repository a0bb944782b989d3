"""A lazy table of customers shared out: by classes where it can be, else by streamed columns."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Index, Ints
from custseg.allocate.planning.asking.reading import Asking
from custseg.allocate.planning.counting.census import NAME, Counted, counted_by_class
from custseg.allocate.planning.counting.lazyplan import EnginePlan
from custseg.allocate.planning.counting.pieces import Pieces
from custseg.allocate.planning.counting.placing import (
    KIND,
    Chart,
    Dealing,
    Placing,
    Sorting,
    sizes_of,
)
from custseg.allocate.planning.counting.queue import Line, Queue
from custseg.allocate.planning.counting.quota import Crowd, quota
from custseg.allocate.planning.counting.turns import Within, served_in_turn
from custseg.allocate.planning.settings import Settings
from custseg.allocate.planning.sharing.classed import enough_alike, shares_classes
from custseg.allocate.planning.sharing.course import pairs_of, shared_out
from custseg.allocate.planning.telling.attaching import attached
from custseg.allocate.planning.telling.outcome import Outcome
from custseg.allocate.planning.telling.plan import AllocationPlan
from custseg.frames import Table, table
from custseg.frames.parts import Share, by_customer, by_row, totals

MOST: Final = 20_000
"""Classes beyond which the columns of the problem are streamed: a plan of more is not small."""

CELLS: Final = 20_000_000
"""Classes times representatives beyond which likewise."""


def assigned_where_they_are(
    settings: Settings, customers: Table[Any], reps: Table[Any], as_of: float | None
) -> AllocationPlan[Any]:
    """Give every customer of a lazy table an owner; the table stays where it is.

    Args:
        settings: What the allocation was told.
        customers: One row a customer, an opened lazy table.
        reps: One row a representative.
        as_of: The day of the plan, in days since 1970-01-01.
    """
    asking = Asking.of(settings, reps, as_of)
    counted = None
    if _by_classes(settings) and asking.team.size:
        most = max(1, min(MOST, CELLS // asking.team.size))
        counted = counted_by_class(asking, customers, most)
    if counted is None or not enough_alike(counted.told_apart, counted.size):
        return _streamed(settings, asking, customers)
    return _counted(asking, customers, counted)


def _by_classes(settings: Settings) -> bool:
    """Whether nothing needs single customers."""
    single = settings.together is not None or settings.loads or settings.split is not None
    return not single and shares_classes(settings.solver)


@attrs.define(eq=False)
class _Sorted:
    """Customers with their kinds, worked out in their engine once, when they are asked for."""

    asking: Asking
    customers: Table[Any]
    counted: Counted
    _held: Table[Any] | None = None

    def by_kind(self, kinds: Index) -> Table[Any]:
        """Ids, what decides their order, classes and kinds; a lazy table that is held."""
        if self._held is None:
            told = self.asking.told
            columns = self.asking.columns(self.customers.columns)
            work = Sorting.of(self.asking, self.counted, kinds)
            share = Share(self.customers, told.customer_id, columns)
            self._held = table(by_customer({NAME: share}, work, like=NAME)).kept()
        return self._held

    def served(self, crowd: Crowd) -> Ints:
        """Who is served when places are short: the order is asked of the engine, by buckets."""

        def counts(some: Index) -> tuple[Ints, Within]:
            place = np.full(len(crowd.points) + 1, -1, dtype=np.intp)
            place[some] = np.arange(some.size)
            queue = Queue(self.by_kind(crowd.kinds), Line(self.asking.told, place)).sampled()
            return queue.counts(some.size), queue.within

        return served_in_turn(crowd, counts)


def _counted(asking: Asking, customers: Table[Any], counted: Counted) -> AllocationPlan[Any]:
    people = _Sorted(asking, customers, counted)
    found = quota(counted, asking.told.solver, people.served)
    pieces = Pieces.of(counted, found)
    chart = Chart.of(asking, counted, found, pieces)
    if not chart.is_split:
        there = tuple(name for name in chart.written if name in customers.columns)
        columns = asking.columns(customers.columns)
        native = by_row(customers, Placing(chart), needs=columns, replaces=there)
        return EnginePlan(native, pieces.outcome, customers, asking, pieces, counted.marks)
    held = people.by_kind(found.crowd.kinds)
    share = {NAME: Share(held, KIND, held.columns)}
    if not pieces.sure:
        told = totals(share, Dealing(chart, counts=True))
        pieces = pieces.sized(sizes_of(told, pieces.classes.size))
    dealt = table(by_customer(share, Dealing(chart), like=NAME))
    native = customers.joined(dealt, asking.told.customer_id, chart.written)
    return EnginePlan(native, pieces.outcome, customers, asking, pieces, counted.marks)


def _streamed(settings: Settings, asking: Asking, customers: Table[Any]) -> AllocationPlan[Any]:
    """Solve in memory with the columns of the problem alone; owners go back by id."""
    held = customers.select(asking.columns(customers.columns))
    problem = asking.problem(held)
    pairs = pairs_of(problem, settings.solver)
    outcome = Outcome.of(problem, pairs, shared_out(problem, settings.solver, pairs))
    ids = held.select([settings.customer_id])
    owners = table(attached(ids, outcome, settings.owner))
    written = [name for name in owners.columns if name != settings.customer_id]
    native = customers.joined(owners, settings.customer_id, written)
    return EnginePlan(native, outcome, customers, asking)
