"""The state of every customer on any day: replayed from what was known then."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, overload

import numpy as np

from custseg._typing import Ints
from custseg.classify.replay.base import base_of, fitted
from custseg.classify.replay.grid import StateGrid, changes_of, grid_of
from custseg.classify.replay.inparts import Customers, PartChanges, PartitionedGrid
from custseg.classify.states import Lifecycle, LifecycleModel
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.errors import ConfigError
from custseg.features import PartitionedLog, TransactionLog

Decides = Lifecycle | LifecycleModel | LifecycleStrategy | None


@overload
def states_asof(
    log: TransactionLog,
    dates: Iterable[date | str],
    lifecycle: Decides = None,
    *,
    customers: object = None,
    interactions: object = None,
) -> StateGrid: ...


@overload
def states_asof(
    log: PartitionedLog,
    dates: Iterable[date | str],
    lifecycle: Decides = None,
    *,
    customers: object = None,
    interactions: object = None,
) -> PartitionedGrid: ...


def states_asof(
    log: TransactionLog | PartitionedLog,
    dates: Iterable[date | str],
    lifecycle: Decides = None,
    *,
    customers: object = None,
    interactions: object = None,
) -> StateGrid | PartitionedGrid:
    """The state of every customer at the end of each of some days, by what was known then.

    Args:
        log: The transactions; those of a ``PartitionedLog`` stay where they are, and so do the
            states.
        dates: The days, ascending; see ``month_ends``.
        lifecycle: A fitted model, which decides on all days by the same limits. A strategy is
            fitted on what was known on the first of the days, so that nothing later leaks.
        customers: The customers; with them those who have not bought yet are known, and steps may
            read columns that do not change. Without them, whoever has bought is known.
        interactions: Contacts, for steps that read ``contact_days``.

    Raises:
        ConfigError: The days are not ascending, or a step reads what a replay cannot know.

    >>> import custseg as cs
    >>> from custseg.classify import FixedDays
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> grid = states_asof(log, ["1997-03-31", "1997-12-31"], Lifecycle(FixedDays(180)))
    >>> grid.counts().tolist()
    [[0, 2357, 0], [0, 609, 1748]]
    """
    days = _ascending([log.conventions.day(each) for each in dates])
    if isinstance(log, PartitionedLog):
        people = Customers.of(log, customers=customers, interactions=interactions)
        model = people.fitted(lifecycle, int(days[0]))
        return PartitionedGrid.of(people, model, tuple(days.tolist()))
    base = base_of(log, days, customers=customers, interactions=interactions)
    model = fitted(lifecycle, base, int(days[0]))
    return grid_of(model, base.reading(model.ladder), days)


def transitions(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    log: TransactionLog | PartitionedLog,
    lifecycle: Decides = None,
    *,
    start: date | str | None = None,
    until: date | str,
    customers: object = None,
    interactions: object = None,
) -> Any:  # noqa: ANN401 - the caller's kind of table
    """Every change of state and its day: one row a change, the caller's kind of table.

    Args:
        log: The transactions; those of a ``PartitionedLog`` stay where they are, and the changes
            are in no particular order.
        lifecycle: A fitted model, or a strategy; that is fitted on what was known at ``start``
            (without it, at ``until``).
        start: The first day of the changes that are told; without it, from the first purchase.
        until: The last day, to its end.
        customers: The customers; what they are from the beginning on is no change.
        interactions: Contacts, for steps that read ``contact_days``.

    Returns:
        The id, ``on``, ``from`` (null where the customer was not known before), ``to``, their
        classes and ``reason``, by day and then in the order of ids.

    >>> import custseg as cs
    >>> from custseg.classify import FixedDays
    >>> log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> for row in transitions(log, Lifecycle(FixedDays(180)), until="2026-12-31"):
    ...     print(row["on"], row["from"], row["to"], row["reason"])
    2026-01-05 None active recent_order
    2026-07-04 active dormant no_order
    """
    end = log.conventions.day(until)
    begin = None if start is None else log.conventions.day(start)
    if begin is not None and begin > end:
        msg = "must not be after until"
        raise ConfigError(msg, "start")
    days = np.unique(np.array([end if begin is None else begin, end]))
    if isinstance(log, PartitionedLog):
        people = Customers.of(log, customers=customers, interactions=interactions)
        model = people.fitted(lifecycle, int(days[0]))
        return people.asked(PartChanges(model, begin, end))
    base = base_of(log, days, customers=customers, interactions=interactions)
    model = fitted(lifecycle, base, int(days[0]))
    return changes_of(model, base, begin, end)


def _ascending(days: Sequence[int]) -> Ints:
    made = np.array(days, dtype=np.int64)
    if not len(made) or (np.diff(made) <= 0).any():
        msg = "must be one day or more, each later than the one before it; sort them"
        raise ConfigError(msg, "dates")
    return made
