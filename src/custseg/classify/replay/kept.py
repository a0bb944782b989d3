"""States of an earlier day, and the orders since then, customer by customer."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Column, Floats, Index
from custseg.classify.ladder import StateLadder
from custseg.classify.replay.base import bought_of, facts_of, first_of_each, known_from
from custseg.classify.replay.chapters import Events
from custseg.classify.replay.figures import Prior
from custseg.classify.replay.present import Present
from custseg.classify.replay.since import Since
from custseg.classify.replay.standing import (
    CARRIED,
    figure_columns,
    policy_of,
    state_columns,
)
from custseg.classify.states import LifecycleModel
from custseg.errors import ConfigError, DataError
from custseg.features import Occasions
from custseg.features.ids import Ids
from custseg.features.layout import rows_of
from custseg.frames import Table

_DAYS: Final = ("as_of", "lifecycle_since", "next_transition_date", "next_review_date")
_REASONS: Final = ("lifecycle_reason", "lifecycle_settings")
_WORDS: Final = ("lifecycle_state", "previous_state", "next_state", "lifecycle_policy", *_REASONS)


@attrs.frozen(eq=False)
class Kept:
    """Customers whose states are kept, and after them those who are new.

    Attributes:
        table: The states as they were given.
        ids: The ids of all customers.
        order: The code of each customer among them.
        days: Their days, NaN where unknown.
        texts: Their words.
        prior: Their purchases so far.
        bought: Their orders since then.
        contact: Their contacts since then, if they are told.
        people: The customers' table and the row of each in it, if it is given.
    """

    table: Table[Any]
    ids: Ids
    order: Index
    days: Mapping[str, Floats]
    texts: Mapping[str, Codes]
    prior: Prior
    bought: Occasions
    contact: Occasions | None
    people: tuple[Table[Any], Index] | None

    @classmethod
    def of(cls, table: Table[Any], since: Since) -> "Kept":
        """Read states, and put what has come since then beside them.

        Raises:
            MissingColumnError: A column that ``customer_states`` gives is not there.
            DataError: A customer has no id or two rows, or something is dated before the states.
        """
        ids, keys = since.ids_of(table)
        ids, placed = since.joined(ids)
        order = np.concatenate((keys.at, np.setdiff1d(np.arange(len(ids)), keys.at)))
        size = len(order)
        days = {name: _longer(column, size) for name, column in _floats(table, _DAYS).items()}
        words = table.read(dict.fromkeys(_WORDS, "text"))
        figures = {name: _longer(column, size) for name, column in _floats(table, CARRIED).items()}
        for name in ("frequency", "gap_squares"):
            figures[name][table.size :] = 0.0
        prior = Prior(**figures)
        bought = _later(placed.bought(order), days["as_of"], prior.last_purchase)
        contact, people = placed.contact(order), placed.rows(order)
        if contact is not None and people is None:
            first = np.fmin(prior.first_purchase, first_of_each(bought))
            contact = known_from(contact, first)
        if contact is not None:
            contact = _later(contact, days["as_of"], prior.last_contact)
        texts = {name: _longer_words(column, size) for name, column in words.items()}
        return cls(table, ids, order, days, texts, prior, bought, contact, people)

    def words(self, name: str, words: tuple[str, ...]) -> Index:
        """A column of words, by their place among some."""
        return self.texts[name].recode(words)

    def check(self, model: LifecycleModel, until: int) -> None:
        """Refuse what the model cannot go on with.

        Raises:
            ConfigError: The states are of another model or a later day.
        """
        if (self.days["as_of"] > until).any():
            msg = "is before the day of the states; states are brought forward, not back"
            raise ConfigError(msg, "as_of")
        if set(self.texts["lifecycle_policy"].texts()) - {None, policy_of(model)}:
            msg = (
                "is not the one that decided these states; give that one, or replay them with "
                "customer_states"
            )
            raise ConfigError(msg, "model")

    def touched(self, ladder: StateLadder, until: int) -> Index:
        """Who has to be asked: whoever bought, was met or is due.

        Where a table of customers is given and the steps read it, everybody: it may have changed.
        """
        due = self.days["next_review_date"] <= until
        met = self.bought.count > 0
        if self.contact is not None:
            met |= self.contact.count > 0
        if self.people is not None:
            every = bool(facts_of(self.people[0], ladder, self.people[1]))
            met |= every | np.isnan(self.days["as_of"])
        return np.flatnonzero(due | met)

    def events(self, who: Index, ladder: StateLadder, until: int) -> Events:
        """What happened to some customers since then."""
        bought = bought_of(self.bought, who)
        contact = None if self.contact is None else bought_of(self.contact, who)
        opening = self.days["as_of"][who]
        fresh = np.isnan(opening)
        begun = np.fmin(
            first_of_each(bought), np.inf if contact is None else first_of_each(contact)
        )
        opening[fresh] = np.fmin(begun, until + 1)[fresh]
        table, rows = self.people or (self.table, np.arange(len(self.order)))
        rows = np.where(rows < table.size, rows, -1)
        if self.people is not None:
            opening[fresh] -= 1  # known before anything happened
        return Events(
            bought,
            contact=contact,
            opening=opening.astype(np.int64),
            facts=facts_of(table, ladder, rows[who]),
            prior=Prior(**{name: getattr(self.prior, name)[who] for name in CARRIED}),
        )

    def opened(self, fresh: Bools, events: Events) -> Index | None:
        """The day from which new customers of a table are known; for others one that never is."""
        if self.people is None or events.opening is None:
            return None
        return np.where(fresh, events.opening, events.opening - 1)

    def told(self, model: LifecycleModel, now: Present, touched: Index, until: int) -> Any:  # noqa: ANN401 - the caller's kind
        """The states, with those of some customers made anew."""
        every = self._spread(model.ladder, now, touched)
        columns = state_columns(model, every, until)
        columns |= figure_columns(Prior.after(self.bought, self.contact, self.prior))
        same = np.ones(len(self.order), dtype=np.bool_)
        same[touched] = False
        columns |= {name: self._kept(name, columns[name], same) for name in _REASONS}
        known = np.flatnonzero(every.state >= 0)
        return self.table.build(
            {self.ids.column: self.ids.take(self.order[known])}
            | {name: rows_of(column, known) for name, column in columns.items()}
        )

    def _kept(self, name: str, made: Column, same: Bools) -> Column:
        """Reasons of customers who were not touched are those that they had."""
        assert isinstance(made, Codes)  # noqa: S101 - reasons are words
        return attrs.evolve(made, at=np.where(same, self.words(name, made.words), made.at))

    def _spread(self, ladder: StateLadder, now: Present, touched: Index) -> Present:
        """What is known of some customers, and of the others what was known."""
        states = ladder.states
        kept: dict[str, Any] = {
            "state": self.words("lifecycle_state", states),
            "since": self.days["lifecycle_since"].copy(),
            "previous": self.words("previous_state", states),
            "place": np.zeros(len(self.order), dtype=np.intp),
            "next_state": self.words("next_state", states),
            "next_day": self.days["next_transition_date"].copy(),
            "review": self.days["next_review_date"].copy(),
        }
        for name, column in kept.items():
            column[touched] = getattr(now, name)
        return Present(**kept)


def _later(days: Occasions, as_of: Floats, last: Floats) -> Occasions:
    """Days of orders or contacts without those that are known already.

    Raises:
        DataError: Others are not after the day of the states.
    """
    code = days.code
    old = days.day <= as_of[code]
    lost = old & (days.day != last[code])
    if lost.any():
        msg = (
            f"{np.count_nonzero(lost)} days of orders or contacts are not after the day of the "
            "states; replay these customers with customer_states from all that happened"
        )
        raise DataError(msg)
    return days.where(~old)


def _floats(table: Table[Any], names: tuple[str, ...]) -> dict[str, Floats]:
    days = {*_DAYS, "first_purchase", "last_purchase", "last_contact"}
    read = table.read({name: "day" if name in days else "number" for name in names})
    return {name: np.asarray(column, dtype=np.float64) for name, column in read.items()}


def _longer(column: Floats, size: int) -> Floats:
    return np.append(column, np.full(size - len(column), np.nan))


def _longer_words(column: Column, size: int) -> Codes:
    assert isinstance(column, Codes)  # noqa: S101 - read as text
    return attrs.evolve(column, at=np.append(column.at, np.full(size - len(column.at), -1)))
