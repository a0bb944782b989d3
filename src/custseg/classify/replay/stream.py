"""States kept up to date: only customers with an event, or whose state is due, are touched."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index
from custseg.classify.replay.base import named
from custseg.classify.replay.chapters import Chapters
from custseg.classify.replay.dwelling import Standing, settled
from custseg.classify.replay.kept import Kept
from custseg.classify.replay.present import Present, Stand, ahead, stand
from custseg.classify.replay.since import Since
from custseg.classify.replay.timeline import turns
from custseg.classify.states import LifecycleModel
from custseg.errors import DataError
from custseg.features import Conventions, Names, PartitionedLog, TransactionLog
from custseg.features.daynumbers import as_date
from custseg.features.partwork import Part, row_counts
from custseg.frames import Share, Table
from custseg.rules import F

T = TypeVar("T")


def due(states: T, *, as_of: date | str, conventions: Conventions | None = None) -> T:
    """The customers whose state or reason changes by a day by itself: a nightly job's queue.

    Args:
        states: What ``customer_states`` or ``advance`` gave.
        as_of: The day, to its end.
        conventions: How the company counts days.

    >>> import custseg as cs
    >>> from custseg.classify import FixedDays, Lifecycle, customer_states
    >>> log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> states = customer_states(log, Lifecycle(FixedDays(180)), as_of="2026-03-06")
    >>> len(due(states, as_of="2026-07-03")), len(due(states, as_of="2026-07-04"))
    (0, 1)
    """
    day = (conventions or Conventions()).day(as_of)
    table = frames.table(states)
    if table.lazy:
        return cast("T", table.where(F("next_review_date") <= as_date(day)))
    column = table.read({"next_review_date": "day"})["next_review_date"]
    return cast("T", table.take(np.flatnonzero(np.asarray(column) <= day)))


def advance(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    states: T,
    new: TransactionLog | PartitionedLog | None = None,
    *,
    model: LifecycleModel,
    as_of: date | str,
    customers: object = None,
    interactions: object = None,
) -> T:
    """Bring states forward: the answer is that of ``customer_states`` on all transactions.

    Only customers with a new order or contact and those whose state is due are computed again,
    whatever the length of their past. New customers are added. What models of buying say changes
    every day for everybody, so it is left out; ask ``customer_states`` for it.

    States know what they say and no more. Contacts of customers who are not among them yet are not
    carried: whoever buys first later has had no contact before this call. Nor is it known what was
    before the first states: ``lifecycle_since`` and ``previous_state`` are missing where those do
    not say them.

    Args:
        states: What ``customer_states`` or ``advance`` gave for an earlier day.
        new: The transactions since then; orders of that day or before have to be known already.
            With a ``PartitionedLog`` the states and the transactions stay in their engine.
        model: The same model.
        as_of: The new day, to its end.
        customers: The customers, for steps that read their columns: then everybody is asked. They
            are needed again if ``customer_states`` was given them.
        interactions: Contacts since then, for steps that read ``contact_days``.

    Returns:
        The same kind of table.

    Raises:
        ConfigError: The states are of another model or a later day, or a step reads a column that
            is not there.
        DataError: Orders or contacts are dated before the states.

    >>> import custseg as cs
    >>> from custseg.classify import FixedDays, Lifecycle, customer_states
    >>> names, model = cs.Names(at="paid_at"), Lifecycle(FixedDays(180)).fit([])
    >>> first = [{"customer_id": "a", "paid_at": "2026-01-05", "amount": 40}]
    >>> states = customer_states(cs.TransactionLog.of(first, names), model, as_of="2026-03-06")
    >>> order = [{"customer_id": "a", "paid_at": "2026-03-20", "amount": 40}]
    >>> new = cs.TransactionLog.of(order, names)
    >>> row = advance(states, new, model=model, as_of="2026-03-20")[0]
    >>> row["frequency"], str(row["next_transition_date"])
    (2.0, '2026-09-16')
    """
    opened, tables = frames.table(states), {"customers": customers, "interactions": interactions}
    if isinstance(new, PartitionedLog) or (opened.lazy and (new is None or opened.scattered)):
        return cast("T", _in_parts(opened, new, model, as_of, tables))
    since = Since.of(opened, new, as_of, **tables)
    return cast("T", _advanced(opened, since, model))


def _advanced(opened: Table[Any], since: Since, model: LifecycleModel) -> Any:  # noqa: ANN401 - the caller's kind
    kept, until = Kept.of(opened, since), since.until
    kept.check(model, until)
    touched = kept.touched(model.ladder, until)
    return kept.told(model, _moved(model, kept, touched, until), touched, until)


@attrs.frozen
class PartAdvance:
    """States of a partition brought forward: what travels.

    Attributes:
        part: How new transactions are read, if there are any.
        model: The model.
        as_of: The new day.
    """

    part: Part | None
    model: LifecycleModel
    as_of: date | str

    def __call__(self, tables: Mapping[str, Table[Any]]) -> object:
        """The states of the new day."""
        log = None if self.part is None else self.part.read(tables)
        more = {name: tables.get(name) for name in ("customers", "interactions")}
        since = Since.of(tables["states"], log, self.as_of, **more)
        return _advanced(tables["states"], since, self.model)


def _in_parts(
    states: Table[Any],
    new: TransactionLog | PartitionedLog | None,
    model: LifecycleModel,
    as_of: date | str,
    tables: Mapping[str, object],
) -> Any:  # noqa: ANN401 - the caller's kind
    if isinstance(new, TransactionLog):
        msg = "states in an engine go on with PartitionedLog.of(transactions), not TransactionLog"
        raise DataError(msg)
    names = Names(customer=states.columns[0]) if new is None else new.names
    opened = {"states": states} | {n: frames.table(t) for n, t in tables.items() if t is not None}
    given = {
        name: Share(table, named(names, _AS[name], table).customer, table.columns)
        for name, table in opened.items()
    }
    part = None if new is None else new.part(row_counts)
    work = PartAdvance(part, model, as_of)
    return frames.by_customer({**given, **({} if new is None else new.given)}, work, like="states")


_AS: Final = {"states": "customers", "customers": "customers", "interactions": "interactions"}


def _moved(model: LifecycleModel, kept: Kept, touched: Index, until: int) -> Present:
    """Where customers stand who have an event or are due."""
    events, states = kept.events(touched, model.ladder, until), model.ladder.states
    chapters = Chapters.of(events, model.ladder, until)
    state = kept.words("lifecycle_state", states)[touched]
    before = kept.words("previous_state", states)[touched]
    since = kept.days["lifecycle_since"][touched]
    standing = Standing(state.copy(), since.copy(), np.full(len(touched), -1))
    changes = turns(model.ladder, chapters, model.calm.grace_days)
    opening = kept.opened(state < 0, events)
    moves = settled(model, changes, standing, until=until, opening=opening)
    last = stand(moves.of_state, events)
    moved = last.state >= 0
    previous = np.where(moved, np.where(last.previous >= 0, last.previous, state), before)
    return ahead(model, chapters, Stand(standing.state, standing.since, previous), until)
