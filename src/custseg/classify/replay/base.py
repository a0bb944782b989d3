"""Whose states are replayed: customers, purchases, contacts, and what is known of them besides."""

from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Days, Floats, Index, Ints, Needs
from custseg.classify.clocks import DaysSince
from custseg.classify.ladder import StateLadder
from custseg.classify.replay.chapters import CLOCKS, Events
from custseg.classify.replay.figures import KNOWN, Prior
from custseg.classify.states import Lifecycle, LifecycleModel
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.errors import DataError
from custseg.features import Conventions, Names, Occasions, TransactionLog
from custseg.features.daynumbers import as_date
from custseg.features.events import People, Source, read_events
from custseg.features.ids import Ids
from custseg.features.kernel import Rows
from custseg.features.layout import rows_of
from custseg.features.names import names_of
from custseg.frames import Keys, Table


@attrs.frozen(eq=False)
class Base:
    """The customers of a replay.

    Attributes:
        ids: Their ids by code.
        events: What happened to them.
        like: A table of the kind that answers have.
        log: The transactions.
        table: The customers' table, where it was given.
        rows: The row of each customer in it.
    """

    ids: Ids
    events: Events
    like: Table[Any]
    log: TransactionLog
    table: Table[Any] | None = None
    rows: Index | None = None

    def reading(self, ladder: StateLadder) -> "Base":
        """The same with the columns of the customers' table that a ladder reads."""
        if self.table is None or self.rows is None:
            return self
        facts = facts_of(self.table, ladder, self.rows)
        return attrs.evolve(self, events=attrs.evolve(self.events, facts=facts))


def facts_of(table: Table[Any], ladder: StateLadder, rows: Index) -> dict[str, Column]:
    """Columns of customers that a ladder reads and that do not change.

    Args:
        table: The customers.
        ladder: The steps.
        rows: The row of each customer, -1 for one of whom nothing is known.
    """
    days: Needs = {s.day: "day" for s in ladder.signals if isinstance(s, DaysSince)}
    own = {*table.columns} - {*KNOWN, *CLOCKS, "last_contact", "as_of"}
    read: Needs = {**ladder.needs, **days}
    facts = table.read({name: kind for name, kind in read.items() if name in own})
    if (rows >= 0).all():
        return {name: rows_of(column, rows) for name, column in facts.items()}
    return {name: _or_unknown(column, rows) for name, column in facts.items()}


def _or_unknown(column: Column, rows: Index) -> Column:
    if isinstance(column, Codes):
        return attrs.evolve(column, at=np.append(column.at, -1)[rows])
    blank = np.False_ if np.asarray(column).dtype == np.bool_ else np.nan
    return np.append(np.asarray(column), blank)[rows]


def base_of(
    log: TransactionLog, days: Ints, *, customers: object = None, interactions: object = None
) -> Base:
    """The customers of a log up to the last of some days, or those of a table.

    Args:
        log: The transactions.
        days: The days that are asked for.
        customers: The customers, one row each; transactions of others are passed over.
        interactions: Contacts.

    Raises:
        DataError: A customer has no id or two rows.
    """
    until = int(days[-1])
    bought = log.occasions(as_of=as_date(until))
    called = (log.names, log.conventions)
    if customers is None:
        contact = contacts(called, log.ids, interactions, until)
        if contact is not None:
            contact = known_from(contact, first_of_each(bought))
        return Base(log.ids, Events(bought, contact), log.like, log)
    table = frames.table(customers)
    source = Source.whole("customers", table, named(log.names, "customers", table), log.conventions)
    keys = source.keys()
    one_row_each(keys, source.columns["customer"])
    ids = Ids.of(source, keys)
    bought = bought_of(bought, frames.align(log.ids.keys, keys))
    contact = contacts(called, ids, interactions, until)
    beginning = min([int(days[0]), *_first(bought), *_first(contact)]) - 1
    events = Events(bought, contact, np.full(bought.size, beginning))
    return Base(ids, events, table, log, table, keys.first)


def fitted(
    lifecycle: Lifecycle | LifecycleModel | LifecycleStrategy | None, base: Base, day: int
) -> LifecycleModel:
    """A model as it is; a strategy fitted on what was known on a day.

    Args:
        lifecycle: Either; ``None`` for the default.
        base: The customers.
        day: The day.
    """
    spec = as_fitted(lifecycle)
    return spec if isinstance(spec, LifecycleModel) else spec.fit(known(base, day))


def as_fitted(
    lifecycle: Lifecycle | LifecycleModel | LifecycleStrategy | None,
) -> Lifecycle | LifecycleModel:
    """A fitted model, or what is to be fitted."""
    if isinstance(lifecycle, Lifecycle | LifecycleModel):
        return lifecycle
    return Lifecycle() if lifecycle is None else Lifecycle(lifecycle)


def known(base: Base, day: int) -> Any:  # noqa: ANN401 - the caller's kind of table
    """A profile of purchase days and contacts as of a day: of all customers of a table, or buyers.

    Args:
        base: The customers.
        day: The day.
    """
    bought, contact = base.events.bought, base.events.contact
    bought = bought.where(bought.day <= day)
    contact = None if contact is None else contact.where(contact.day <= day)
    figures = Prior.after(bought, contact)
    made: dict[str, Column] = {name: figures.figure(name) for name in KNOWN}
    made |= {name: day - getattr(figures, since) for name, since in CLOCKS.items()}
    made |= {name: Days(np.asarray(made[name])) for name in ("first_purchase", "last_purchase")}
    made["as_of"] = Days(np.full(bought.size, float(day)))
    if base.table is not None and base.rows is not None:
        return frames.table(base.table.take(base.rows)).attach(made)
    who = np.flatnonzero(bought.count)
    return base.like.build({name: rows_of(column, who) for name, column in made.items()})


def bought_of(bought: Occasions, place: Index) -> Occasions:
    """The purchase days of some customers, in their order; none for who is not there."""
    count = np.append(bought.count, 0)[place]
    offset = np.concatenate(([0], np.cumsum(count)))
    start = np.append(bought.offset[:-1], 0)[place]
    rows = np.arange(int(offset[-1])) + np.repeat(start - offset[:-1], count)
    return Occasions(offset, bought.day[rows])


def _first(occasions: Occasions | None) -> list[int]:
    """The first day of all, if there is one."""
    return [int(occasions.day.min())] if occasions is not None and len(occasions.day) else []


def named(names: Names, name: str, table: Table[Any]) -> Names:
    """What the columns of another table are called, where names were given for transactions."""
    fields: list[str | None] = list(attrs.asdict(names).values())
    own = tuple(field for field in fields if field)
    return names_of(names, {"transactions": own, name: table.columns})[name]


def contacts(
    called: tuple[Names, Conventions], ids: Ids, interactions: object, until: int
) -> Occasions | None:
    """Days of contact of customers up to a day, ``None`` where no table says.

    Args:
        called: What columns are called, and how days are counted.
        ids: The customers.
        interactions: A table of contacts.
        until: The last day that counts.
    """
    if interactions is None:
        return None
    table, (names, conventions) = frames.table(interactions), called
    columns = named(names, "interactions", table)
    source = Source.of("interactions", table, columns, conventions)
    events = read_events(source, People(ids.keys), until)
    units = np.zeros(len(events.code), dtype=np.int64)
    return Occasions.of(Rows(events.code, events.clock.day, units, events.size), until=until)


def first_of_each(bought: Occasions) -> Floats:
    """The first day of each customer, NaN for who has none."""
    first, some = np.full(bought.size, np.nan), bought.count > 0
    first[some] = bought.day[bought.offset[:-1][some]]
    return first


def known_from(contact: Occasions, first: Floats) -> Occasions:
    """Contacts from the first purchase on: without a table of customers nobody is known before."""
    return contact.where(contact.day >= first[contact.code])


def one_row_each(keys: Keys, column: str) -> None:
    """Refuse customers without an id or with two rows.

    Raises:
        DataError: There are such.
    """
    if (keys.at < 0).any() or len(keys.uniques) != len(keys.at):
        msg = "a customer has no id, or two rows; give one row a customer"
        raise DataError(msg, column)
