"""States of an earlier day, and the orders since then, customer by customer."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Column, Floats, Index
from custseg.classify.ladder import StateLadder
from custseg.classify.replay.base import bought_of, facts_of
from custseg.classify.replay.chapters import Events
from custseg.classify.replay.figures import Prior
from custseg.classify.replay.present import Present
from custseg.classify.replay.standing import (
    CARRIED,
    figure_columns,
    picked,
    policy_of,
    state_columns,
)
from custseg.classify.states import LifecycleModel
from custseg.errors import ConfigError, DataError
from custseg.features import Conventions, Names, Occasions, TransactionLog
from custseg.features.events import Source
from custseg.features.ids import Ids
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
    """

    table: Table[Any]
    ids: Ids
    order: Index
    days: Mapping[str, Floats]
    texts: Mapping[str, Codes]
    prior: Prior
    bought: Occasions

    @classmethod
    def of(cls, table: Table[Any], new: TransactionLog | None, until: int) -> "Kept":
        """Read states, and put the orders since then beside them.

        Raises:
            MissingColumnError: A column that ``customer_states`` gives is not there.
            DataError: A customer has no id or two rows, or orders are dated before the states.
        """
        names = Names() if new is None else new.names
        source = Source.whole("customers", table, names, _conventions(new))
        keys = source.keys()
        if (keys.at < 0).any() or len(keys.uniques) != len(keys.at):
            msg = "a customer has no id, or two rows; give one row a customer"
            raise DataError(msg, source.columns["customer"])
        ids, codes = Ids.of(source, keys), keys.at
        theirs: Index = np.empty(0, dtype=np.intp)
        if new is not None:
            ids, theirs = ids.merged(new.ids)
        fresh = np.setdiff1d(np.arange(len(ids)), codes)
        order = np.concatenate((codes, fresh))
        size = len(order)
        days = {name: _longer(column, size) for name, column in _floats(table, _DAYS).items()}
        words = table.read(dict.fromkeys(_WORDS, "text"))
        prior = {name: _longer(column, size) for name, column in _floats(table, CARRIED).items()}
        for name in ("frequency", "gap_squares"):
            prior[name][len(codes) :] = 0.0
        bought = _since(new, (order, theirs), until)
        fitted = _unknown_days(bought, days["as_of"], prior["last_purchase"])
        texts = {name: _longer_words(column, size) for name, column in words.items()}
        return cls(table, ids, order, days, texts, Prior(**prior), fitted)

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

    def events(self, who: Index, ladder: StateLadder) -> Events:
        """What happened to some customers since then."""
        bought = bought_of(self.bought, who)
        opening = self.days["as_of"][who]
        fresh = np.isnan(opening)
        opening[fresh] = bought.day[bought.offset[:-1][fresh]]
        prior = Prior(**{name: getattr(self.prior, name)[who] for name in CARRIED})
        rows = np.where(who < self.table.size, who, -1)
        return Events(
            bought,
            opening=opening.astype(np.int64),
            facts=facts_of(self.table, ladder, rows),
            prior=prior,
        )

    def told(self, model: LifecycleModel, now: Present, touched: Index, until: int) -> Any:  # noqa: ANN401 - the caller's kind
        """The states, with those of some customers made anew."""
        every = self._spread(model.ladder, now, touched)
        columns = state_columns(model, every, until)
        columns |= figure_columns(Prior.after(self.bought, None, self.prior))
        same = np.ones(len(self.order), dtype=np.bool_)
        same[touched] = False
        columns |= {name: self._kept(name, columns[name], same) for name in _REASONS}
        known = np.flatnonzero(every.state >= 0)
        return self.table.build(
            {self.ids.column: self.ids.rows(self.order[known])}
            | {name: picked(column, known) for name, column in columns.items()}
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


def _since(new: TransactionLog | None, codes: tuple[Index, Index], until: int) -> Occasions:
    """Purchase days up to a day, by customer."""
    order, theirs = codes
    if new is None:
        return Occasions(np.zeros(len(order) + 1, dtype=np.intp), np.empty(0, dtype=np.int32))
    place = np.full(len(order), -1)
    place[theirs] = np.arange(len(theirs))
    return bought_of(Occasions.of(new.rows, until=until), place[order])


def _unknown_days(bought: Occasions, as_of: Floats, last: Floats) -> Occasions:
    """Purchase days without those that are known already.

    Raises:
        DataError: Others are not after the day of the states.
    """
    code = bought.code
    late = bought.day <= as_of[code]
    lost = late & (bought.day != last[code])
    if lost.any():
        msg = (
            f"{np.count_nonzero(lost)} purchase days are not after the day of the states; replay "
            "these customers with customer_states on a log that has all their orders"
        )
        raise DataError(msg)
    if not late.any():
        return bought
    count = np.bincount(code[~late], minlength=bought.size)
    return Occasions(np.concatenate(([0], np.cumsum(count))), bought.day[~late])


def _conventions(new: TransactionLog | None) -> Conventions:
    return Conventions() if new is None else new.conventions


def _floats(table: Table[Any], names: tuple[str, ...]) -> dict[str, Floats]:
    days = {*_DAYS, "first_purchase", "last_purchase", "last_contact"}
    read = table.read({name: "day" if name in days else "number" for name in names})
    return {name: np.asarray(column, dtype=np.float64) for name, column in read.items()}


def _longer(column: Floats, size: int) -> Floats:
    return np.append(column, np.full(size - len(column), np.nan))


def _longer_words(column: Column, size: int) -> Codes:
    assert isinstance(column, Codes)  # noqa: S101 - read as text
    return attrs.evolve(column, at=np.append(column.at, np.full(size - len(column.at), -1)))
