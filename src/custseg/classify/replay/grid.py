"""The states of customers on some days, one row a day, and the changes that lead to them."""

import logging
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Final, cast

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Codes, Days, Index, Ints
from custseg.classify.ladder import CLASSES, StateLadder
from custseg.classify.replay.base import Base
from custseg.classify.replay.chapters import Chapters
from custseg.classify.replay.dwelling import calmed
from custseg.classify.replay.spans import Sight
from custseg.classify.replay.timeline import CHUNK, Asking, Changes, joined
from custseg.classify.states import LifecycleModel
from custseg.features.daynumbers import as_date, days_of
from custseg.features.ids import Ids
from custseg.frames import Table, Tabled
from custseg.labels import label, title
from custseg.layout import html_table

_LOG = logging.getLogger(__name__)

States = NDArray[np.int8]
_SAME: Final = -2  # as on the day before


@attrs.frozen(eq=False)
class StateGrid(Tabled):
    """The state of every customer on some days.

    Attributes:
        dates: The days, to the end of each.
        states: One row a day, one column a customer: the state by its place in ``words``, -1 where
            the customer is not known yet.
        words: The states, in the order of a customer's life.
        classes: The class of each state: potential, active or dormant.
        ids: The customers' ids.
        like: A table of the kind that answers have.

    >>> import custseg as cs
    >>> from custseg.classify import FixedDays, Lifecycle, states_asof
    >>> log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> by_days = Lifecycle(FixedDays(180))
    >>> grid = states_asof(log, ["2026-01-01", "2026-01-31", "2026-07-31"], by_days)
    >>> grid.states.tolist(), grid.words, len(grid.table)
    ([[-1], [1], [2]], ('potential', 'active', 'dormant'), 2)
    """

    dates: tuple[date, ...]
    states: States
    words: tuple[str, ...]
    classes: tuple[str, ...]
    ids: Ids
    like: Table[Any]

    def class_of(self, state: str) -> str:
        """The class of a state."""
        return self.classes[self.words.index(state)]

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a day and known customer, in the caller's kind of table."""
        day, code = np.nonzero(self.states >= 0)
        state = self.states[day, code]
        days = days_of(self.dates).astype(np.float64)
        classes = np.array([CLASSES.index(word) for word in self.classes], dtype=np.int8)
        return self.like.build(
            {
                self.ids.column: self.ids.take(code),
                "as_of": Days(days[day]),
                "lifecycle": Codes(classes[state], CLASSES),
                "lifecycle_state": Codes(state, self.words),
            }
        )

    def counts(self) -> Ints:
        """Customers in each state: one row a day, one column a state."""
        size = len(self.words) + 1
        return np.array([np.bincount(row + 1, minlength=size)[1:] for row in self.states])

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = zip(self.dates, self.counts().tolist(), strict=True)
        return html_table(
            (title("as_of", locale), *(label(word, locale) for word in self.words)),
            ((day, *row) for day, row in rows),
        )


def replayed(model: LifecycleModel, base: Base, until: int) -> Iterator[tuple[int, Changes]]:
    """Every change of state up to a day, some customers at a time, with the first of them.

    Args:
        model: The model that decides.
        base: The customers and what happened to them.
        until: The last day that counts.
    """
    ladder, calm = model.ladder, model.calm
    asking = Asking.of(ladder, calm.grace_days)
    for low, events in base.events.parts(CHUNK):
        changes = asking.changes(Chapters.of(events, ladder, until))
        yield low, calmed(model, changes, events, until=until)


def grid_of(model: LifecycleModel, base: Base, days: Ints) -> StateGrid:
    """The states on some days."""
    size, ladder = base.events.bought.size, model.ladder
    states = np.full((len(days), size), _SAME, dtype=np.int8)
    _LOG.info("states: %d customers on %d days", size, len(days))
    fill = _filled if model.calm.dwell_days else _asked
    fill(model, base, days, states)
    states[0][states[0] == _SAME] = -1
    for before, row in pairwise(states):
        same = -(row == _SAME).view(np.int8)  # no branch a cell: 20 times as fast as np.copyto
        row[:] = row ^ ((row ^ before) & same)
    dates = tuple(map(as_date, days.tolist()))
    classes = tuple(ladder.class_of(word) for word in ladder.states)
    return StateGrid(dates, states, ladder.states, classes, base.ids, base.like)


def _filled(model: LifecycleModel, base: Base, days: Ints, states: States) -> None:
    """From changes: of several before a day the last stands, and they come in order."""
    sight = _sight(days)
    for low, changes in replayed(model, base, int(days[-1])):
        states[sight(changes.day), changes.code + low] = changes.state


def _asked(model: LifecycleModel, base: Base, days: Ints, states: States) -> None:
    """From answers: of several about a customer before a day the last stands."""
    ladder, codes, size = model.ladder, model.ladder.codes, states.shape[1]
    asking, flat, sight = Asking.of(ladder, model.calm.grace_days), states.reshape(-1), _sight(days)
    for low, events in base.events.parts(CHUNK):
        chapters = Chapters.of(events, ladder, int(days[-1]))
        for each in asking.answers(chapters, sight):
            code = chapters.code.take(each.row) + low
            flat[each.seen * size + code] = codes[each.place]


def _sight(days: Ints) -> Sight:
    """The place of the first of some days at or after each day, one past the last for later."""
    every = np.arange(int(days[0]), int(days[-1]) + 2)
    first: Index = np.searchsorted(days, every)

    def seen(day: Index) -> Index:
        return cast("Index", first.take(day - every[0], mode="clip"))

    return seen


def changes_of(model: LifecycleModel, base: Base, begin: int | None, end: int) -> Any:  # noqa: ANN401 - the caller's kind
    """Every change of state up to a day: one row a change, by day and then in the order of ids.

    Args:
        model: The model that decides.
        base: The customers and what happened to them.
        begin: The first day of the changes that are told; ``None``: that of the first change.
        end: The last day.
    """
    parts = list(replayed(model, base.reading(model.ladder), end))
    changes = joined([attrs.evolve(part, code=part.code + low) for low, part in parts])
    before = _before(changes)
    first = changes.day.min(initial=end) if begin is None else begin
    told = np.flatnonzero((changes.day >= first) & ~_opens(changes, base.events.opening))
    order = told[np.argsort(changes.day[told], kind="stable")]
    return base.like.build(_columns(changes.take(order), before[order], model.ladder, base.ids))


def _opens(changes: Changes, opening: Index | None) -> Bools:
    """Whether a change is only that a customer is known."""
    if opening is None:
        return np.zeros(len(changes.code), dtype=np.bool_)
    return np.asarray(changes.day == opening[changes.code])


def _columns(changes: Changes, before: Index, ladder: StateLadder, ids: Ids) -> dict[str, Any]:
    classes = np.array([*(CLASSES.index(ladder.class_of(w)) for w in ladder.states), -1])
    reasons = tuple(dict.fromkeys(ladder.reasons))
    return {
        ids.column: ids.take(changes.code),
        "on": Days(changes.day.astype(np.float64)),
        "from": Codes(before, ladder.states),
        "to": Codes(changes.state, ladder.states),
        "from_class": Codes(classes[before], CLASSES),
        "to_class": Codes(classes[changes.state], CLASSES),
        "reason": Codes(ladder.reasoned[changes.place], reasons),
    }


def _before(changes: Changes) -> Index:
    """The state before each change, -1 where there was none."""
    before = np.full(len(changes.code), -1, dtype=np.int8)
    same = changes.code[1:] == changes.code[:-1]
    before[1:][same] = changes.state[:-1][same]
    return before
