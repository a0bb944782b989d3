"""One row a customer: its state, since when, why, what comes next and when."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Codes, Column, Days, Floats
from custseg.classify.hysteresis import KEPT
from custseg.classify.ladder import CLASSES, StateLadder
from custseg.classify.replay.base import Base, base_of, fitted
from custseg.classify.replay.chapters import Chapters
from custseg.classify.replay.expectation import Buying, expected, outlook_of
from custseg.classify.replay.figures import Prior
from custseg.classify.replay.inparts import Customers
from custseg.classify.replay.present import Present, present
from custseg.classify.states import Lifecycle, LifecycleModel
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.config import dump
from custseg.config.fingerprints import digest
from custseg.features import PartitionedLog, TransactionLog
from custseg.features.layout import rows_of
from custseg.lifetime import Outlook

CARRIED: Final = tuple(field.name for field in attrs.fields(Prior))
"""Figures of past purchases that a row carries, so that one event can update it."""

_DAYS: Final = frozenset({"first_purchase", "last_purchase", "last_contact"})


def customer_states(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    log: TransactionLog | PartitionedLog,
    lifecycle: Lifecycle | LifecycleModel | LifecycleStrategy | None = None,
    *,
    as_of: date | str,
    customers: object = None,
    interactions: object = None,
    outlook: Outlook | None = None,
) -> Any:  # noqa: ANN401 - the caller's kind of table
    """The state of each customer, since when, why, what comes next and when.

    Args:
        log: The transactions; those of a ``PartitionedLog`` stay where they are, and so do the
            states.
        lifecycle: A fitted model, or a strategy to fit on what was known on that day.
        as_of: The day, to its end; nothing later counts.
        customers: The customers; with them those who have not bought yet have a row.
        interactions: Contacts, for steps that read ``contact_days``.
        outlook: A model of buying in days, with its horizon. Without it that of the strategy;
            else one that is fitted here, where the data suffice for one (see ``data_gate``).

    Returns:
        One row a known customer, in the caller's kind of table:

        - ``lifecycle``, ``lifecycle_state``, ``lifecycle_since``, ``days_in_state``,
            ``previous_state``: class, state, the day since when, days since then, the state before;
        - ``lifecycle_reason``, ``lifecycle_settings``: code of the reason, and its limits as JSON;
        - ``next_state``, ``next_transition_date``: what comes if nothing happens, and when;
            ``next_review_date``: when at least the reason changes;
        - ``p_no_purchase``, ``expected_next_date``, ``overdue_ratio``, ``confidence``: the chance
            of no purchase within the horizon; the day by which half of those who buy again have;
            silence in mean gaps of such a customer; the chance that an active customer does buy
            within the horizon and that a dormant one does not. Null without a model;
        - ``lifecycle_policy``: fingerprint of all limits;
        - figures of past purchases, which ``advance`` reads.

    Raises:
        ConfigError: A step reads what a replay cannot know.

    >>> import custseg as cs
    >>> from custseg.classify import FixedDays
    >>> log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> row = customer_states(log, Lifecycle(FixedDays(180)), as_of="2026-03-06")[0]
    >>> row["lifecycle"], str(row["lifecycle_since"]), row["days_in_state"]
    ('active', '2026-01-05', 60.0)
    >>> row["next_state"], str(row["next_transition_date"])
    ('dormant', '2026-07-04')
    """
    until = log.conventions.day(as_of)
    if isinstance(log, PartitionedLog):
        people = Customers.of(log, customers=customers, interactions=interactions)
        model = people.fitted(lifecycle, until)
        return people.asked(
            PartStanding(model, until, outlook or outlook_of(model.ladder, log, until))
        )
    base = base_of(log, np.array([until]), customers=customers, interactions=interactions)
    model = fitted(lifecycle, base, until)
    return standing_of(model, base, until, outlook or outlook_of(model.ladder, log, until))


@attrs.frozen
class PartStanding:
    """Where the customers of a partition stand: what travels.

    Attributes:
        model: The model that decides.
        until: The day.
        outlook: A model of buying.
    """

    model: LifecycleModel
    until: int
    outlook: Outlook | None

    @property
    def days(self) -> tuple[int, ...]:
        """That day."""
        return (self.until,)

    def __call__(self, base: Base) -> object:
        """One row a customer."""
        return standing_of(self.model, base, self.until, self.outlook)


def standing_of(model: LifecycleModel, base: Base, until: int, outlook: Outlook | None) -> Any:  # noqa: ANN401 - the caller's kind
    """One row a known customer.

    Args:
        model: The model that decides.
        base: The customers.
        until: The day.
        outlook: A model of buying, if there is one.
    """
    base = base.reading(model.ladder)
    now = present(model, base.events, Chapters.of(base.events, model.ladder, until), until)
    known = np.flatnonzero(now.state >= 0)
    carried = Prior.after(base.events.bought, base.events.contact)
    told = state_columns(model, now, until) | figure_columns(carried)
    told |= expectations(outlook, (model, now, carried), until)
    return base.like.build(
        {base.ids.column: base.ids.take(known)}
        | {name: rows_of(column, known) for name, column in told.items()}
    )


def state_columns(model: LifecycleModel, now: Present, until: int) -> dict[str, Column]:
    """Class, state, since, why and what comes next, by customer."""
    ladder, size = model.ladder, len(now.state)
    classes = np.array([*(CLASSES.index(ladder.class_of(w)) for w in ladder.states), -1])
    reason, settings = _why(model, now)
    return {
        "as_of": Days(np.full(size, float(until))),
        "lifecycle": Codes(classes[now.state], CLASSES),
        "lifecycle_state": Codes(now.state, ladder.states),
        "lifecycle_since": Days(now.since),
        "days_in_state": until - now.since,
        "previous_state": Codes(now.previous, ladder.states),
        "lifecycle_reason": reason,
        "lifecycle_settings": settings,
        "next_state": Codes(now.next_state, ladder.states),
        "next_transition_date": Days(now.next_day),
        "next_review_date": Days(now.review),
        "lifecycle_policy": Codes(np.zeros(size, dtype=np.intp), (policy_of(model),), plain=True),
    }


def figure_columns(carried: Prior) -> dict[str, Column]:
    """Past purchases, by customer."""
    made: dict[str, Column] = {}
    for name in CARRIED:
        values: Floats = getattr(carried, name)
        made[name] = Days(values) if name in _DAYS else values
    return made


def expectations(
    outlook: Outlook | None, known: tuple[LifecycleModel, Present, Prior], until: int
) -> Mapping[str, Column]:
    """What a model of buying says, by customer."""
    model, now, carried = known
    ladder = model.ladder
    asleep = np.array([*(_asleep(ladder, state) for state in ladder.states), -1])[now.state]
    buying = Buying(carried.frequency, carried.first_purchase, carried.last_purchase, until)
    return expected(outlook, buying, asleep)


def _asleep(ladder: StateLadder, state: str) -> int:
    return CLASSES.index(ladder.class_of(state)) - 1


def policy_of(model: LifecycleModel) -> str:
    """Fingerprint of all limits of a model."""
    return digest(dump(model))


def _why(model: LifecycleModel, now: Present) -> tuple[Codes, Codes]:
    """Reason and settings of each customer: those of the step, or why another state is kept."""
    ladder = model.ladder
    reasons = (*ladder.reasons, KEPT[0])
    words = tuple(dict.fromkeys(reasons))
    grace = model.calm.named
    told: list[Mapping[str, object]] = [{**step.settings, **grace} for step in ladder.steps]
    told += [{**grace}, {"dwell_days": model.calm.dwell_days}]
    texts = tuple(json.dumps(dict(each), ensure_ascii=False, sort_keys=True) for each in told)
    distinct = tuple(dict.fromkeys(texts))
    kept = ladder.codes[now.place] != now.state
    place = np.where(kept, len(reasons) - 1, now.place)
    why = np.array([words.index(reason) for reason in reasons])
    how = np.array([distinct.index(text) for text in texts])
    return Codes(why[place], words), Codes(how[place], distinct, plain=True)
