"""One customer: what was bought when, in which states it was, and what comes next."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Index
from custseg.classify import LifecycleModel, customer_states, transitions
from custseg.errors import DataError
from custseg.features import TransactionLog
from custseg.features.daynumbers import as_date
from custseg.frames import Keys
from custseg.lifetime import Outlook


@attrs.frozen
class Spell:
    """A time in one state.

    Attributes:
        state: The state.
        since: Its first day.
        until: Its last day.

    >>> Spell("active", date(2026, 1, 5), date(2026, 4, 4)).state
    'active'
    """

    state: str
    since: date
    until: date


@attrs.frozen
class CustomerLife:
    """What is known of one customer up to a day, and what comes next.

    Attributes:
        customer: The id.
        as_of: The day.
        purchases: The purchase days.
        spells: The states one after the other.
        next_state: What comes without a new order, ``None`` where nothing does.
        next_date: And when.
        expected_date: The day by which half of those who buy again have, where a model tells;
            ``None`` for a dormant customer, of whom that is not to be expected.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> model = cs.classify.Lifecycle(cs.classify.FixedDays(90)).fit([])
    >>> life = CustomerLife.of(log, "a", model, as_of="2026-03-01")
    >>> [(spell.state, str(spell.since)) for spell in life.spells], str(life.next_date)
    ([('active', '2026-01-05')], '2026-04-05')
    """

    customer: object
    as_of: date
    purchases: tuple[date, ...]
    spells: tuple[Spell, ...]
    next_state: str | None
    next_date: date | None
    expected_date: date | None

    @classmethod
    def of(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
        cls,
        log: TransactionLog,
        customer: object,
        model: LifecycleModel,
        *,
        as_of: date | str,
        outlook: Outlook | None = None,
        interactions: object = None,
    ) -> "CustomerLife":
        """Look at one customer of a log; the transactions of the others are not read.

        Args:
            log: The transactions.
            customer: The id.
            model: A fitted lifecycle model.
            as_of: The day, to its end.
            outlook: A model of buying in days; without it that of the strategy, if it has one.
            interactions: Contacts, for steps that read ``contact_days``.

        Raises:
            DataError: There is no such customer, or it had not bought by that day.
            ConfigError: A step reads what a replay cannot know.
        """
        alone, code = _only(log, customer)
        until = log.conventions.day(as_of)
        bought = alone.occasions(as_of=as_of)
        days = bought.day[bought.offset[code] : bought.offset[code + 1]].tolist()
        if not days:
            msg = "the customer had not bought by that day; ask for a later one"
            raise DataError(msg, log.ids.column)
        changes = transitions(alone, model, until=as_of, interactions=interactions)
        row = customer_states(alone, model, as_of=as_of, interactions=interactions, outlook=outlook)
        return cls(
            customer,
            as_date(until),
            tuple(map(as_date, days)),
            tuple(_spells(changes, until)),
            *_next(row),
        )


def _only(log: TransactionLog, customer: object) -> tuple[TransactionLog, int]:
    """A log of one customer's transactions, and its code."""
    sought = Keys(np.zeros(1, dtype=np.intp), [customer])
    code = int(frames.align(log.ids.keys, sought)[0])
    if code < 0:
        msg = "there is no such customer in the log; look at the type of the id too"
        raise DataError(msg, log.ids.column)
    batches = tuple(batch.where(batch.rows.code == code) for batch in log.batches)
    return attrs.evolve(log, batches=batches, kept=None), code


def _spells(changes: Any, until: int) -> Iterator[Spell]:  # noqa: ANN401 - the caller's kind
    cols = frames.table(changes).read({"on": "day", "to": "text"})
    begins = np.asarray(cols["on"]).astype(np.int64).tolist()
    ends = [*begins[1:], until + 1]
    for state, since, after in zip(_words(cols["to"]), begins, ends, strict=True):
        yield Spell(state or "", as_date(since), as_date(after - 1))


def _next(row: Any) -> tuple[str | None, date | None, date | None]:  # noqa: ANN401 - the same
    days = ("next_transition_date", "expected_next_date")
    words = ("lifecycle", "next_state")
    cols = frames.table(row).read({**dict.fromkeys(words, "text"), **dict.fromkeys(days, "day")})
    after, expected = (np.asarray(cols[name])[0] for name in days)
    asleep = _words(cols["lifecycle"])[0] == "dormant"
    return (
        _words(cols["next_state"])[0],
        None if np.isnan(after) else as_date(after),
        None if asleep or np.isnan(expected) else as_date(expected),
    )


def _words(column: object) -> list[str | None]:
    if not isinstance(column, Codes):
        return []
    at: Index = column.at
    return [None if place < 0 else column.words[place] for place in at.tolist()]
