"""What is known of customers at the end of a day, and what they do within a time after it."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, Final, Protocol, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Column, Floats, Index, Kind, Needs
from custseg.classify.replay.base import Base
from custseg.classify.replay.chapters import CLOCKS
from custseg.classify.replay.figures import KNOWN, Bought, figure
from custseg.errors import ConfigError
from custseg.features import Occasions
from custseg.features.daynumbers import as_date
from custseg.features.layout import rows_of
from custseg.features.summary import MORE, Form
from custseg.frames import Attachable, Keys
from custseg.lifetime import PurchaseModel
from custseg.lifetime.history import NEEDS, History

T = TypeVar("T")

MONEY: Final = ("monetary_value", *MORE)
"""Columns that a summary of the log tells, besides purchase days."""


class Buys(Protocol):
    """A model of buying that is not fitted yet, such as ``MBGNBD()``."""

    def fit(self, summary: object, /) -> PurchaseModel:
        """Learn from a summary in days."""
        ...


@attrs.frozen(eq=False)
class Seen:
    """What is known at the end of a day of the customers who are looked at.

    Nothing later is in it, so whatever is made of it can be held against what came later.

    Attributes:
        base: All customers, and what has happened by then.
        until: The day, since 1970-01-01.
        horizon: Days after it in which it is seen what customers do.
        who: The customers who are looked at, all of whom have bought.
        kept: What was made of it and is asked for more than once.

    >>> import custseg as cs
    >>> from custseg.classify.replay.base import base_of
    >>> log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    >>> days = Seen.of(base_of(log, np.array([20_500])), 20_500, 90).column("recency_days")
    >>> days.tolist()
    [42.0]
    """

    base: Base
    until: int
    horizon: int
    who: Index
    kept: list[tuple[object, Any]] = attrs.field(factory=list[Any], repr=False)

    @classmethod
    def of(
        cls, base: Base, until: int, horizon: int, *, least: int = 1, within: float | None = None
    ) -> "Seen":
        """What is known at the end of a day.

        Args:
            base: All that happened, later too.
            until: The day.
            horizon: Days after it.
            least: Purchase days that a customer who is looked at has, at least.
            within: Its last purchase was less than so many days ago; ``None``: at any time.
        """
        events = base.events
        contact = None if events.contact is None else up_to(events.contact, until)
        bought = up_to(events.bought, until)
        known = attrs.evolve(base, events=attrs.evolve(events, bought=bought, contact=contact))
        looked = bought.count >= max(least, 1)
        if within is not None:
            last = np.append(bought.day, 0)[bought.offset[1:] - 1]
            looked &= until - last < within
        return cls(known, until, horizon, np.flatnonzero(looked))

    @property
    def day(self) -> date:
        """The day as a date."""
        return as_date(self.until)

    @property
    def size(self) -> int:
        """Number of customers who are looked at."""
        return len(self.who)

    @property
    def ids(self) -> Attachable:
        """Their ids as they came in, in the order of all columns."""
        return self.base.ids.take(self.who)

    @cached_property
    def keys(self) -> Keys:
        """The same, to look others up among them."""
        column = self.base.ids.column
        return frames.table(self.base.like.build({column: self.ids})).keys(column)

    def column(self, name: str) -> Floats:
        """A column of numbers, one a customer, NaN where it is not known.

        Args:
            name: A column of a profile that purchases tell, such as ``recency_days``,
                ``frequency`` or ``gap_mean_days``; money, such as ``revenue`` or ``revenue_trend``;
                or a column of the customers' table, if it does not change.

        Raises:
            ConfigError: It cannot be told for a day in the past.
        """
        return np.asarray(self.read(name), dtype=np.float64)

    def read(self, name: str, kind: Kind = "number") -> Column:
        """A column of any kind; see ``column``."""
        if name in KNOWN:
            return self._figure(name)
        if name in CLOCKS:
            day = self._contact if name == "contact_days" else self._figure(CLOCKS[name])
            return self.until - day
        if self.base.table is not None and name in self.base.table.columns:
            return self._fact(name, kind)
        if name in MONEY:
            return self._money[name] if name in self._money else self._told(name)
        known = (*KNOWN, *CLOCKS, *MONEY, "and the columns of customers=")
        msg = f"column {name!r} cannot be told for a day in the past; there are {list(known)}"
        raise ConfigError(msg)

    @cached_property
    def history(self) -> History:
        """The customers in the words of models of buying, in days."""
        first, last = self._figure("first_purchase"), self._figure("last_purchase")
        ages = (self._figure("frequency") - 1, last - first, self.until - first)
        return History.where(np.ones(self.size, dtype=np.bool_), ages)

    def fitted(self, spec: Buys | PurchaseModel) -> PurchaseModel:
        """A model of buying that has learned from all customers up to the day.

        Args:
            spec: The model, in days; one that is fitted already stays as it is.

        Raises:
            NotEnoughDataError: They are too few to learn from.
        """
        if isinstance(spec, PurchaseModel):
            return spec
        everybody = Seen.of(self.base, self.until, self.horizon)
        return self.once(spec, lambda: spec.fit(everybody.summary(spec)))

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What was made for a key on this day, made now where it is not there yet.

        Args:
            key: Of whom it is; equal keys are one.
            make: Makes it.
        """
        for known, held in self.kept:
            if known == key:
                return cast("T", held)
        made = make()
        self.kept.append((key, made))
        return made

    def asked(self, model: PurchaseModel) -> object:
        """What a fitted model asks of the customers: a history, or a table with covariates."""
        return self.history if set(model.needs) == set(NEEDS) else self.summary(model)

    def summary(self, model: object) -> Any:  # noqa: ANN401 - the caller's kind of table
        """A summary in days with the covariates of a model, in the order of all columns."""
        needs: Needs = getattr(model, "needs", NEEDS)
        more = {n: self.read(n, kind) for n, kind in needs.items() if n not in NEEDS}
        return self.base.like.build({**self.history.columns, **more})

    def lost(self, base: Base) -> Bools:
        """Whether each customer buys nothing within the horizon.

        Args:
            base: All that happened up to the end of it.
        """
        later = up_to(base.events.bought, self.until + self.horizon)
        return np.asarray(later.count[self.who] == self.base.events.bought.count[self.who])

    def _figure(self, name: str) -> Floats:
        bought = self.base.events.bought
        return figure(name, Bought(bought, self._owner))[bought.offset[1:][self.who] - 1]

    @cached_property
    def _owner(self) -> Index:
        return self.base.events.bought.code

    @property
    def _contact(self) -> Floats:
        contact = self.base.events.contact
        if contact is None:
            return np.full(self.size, np.nan)
        last = np.append(contact.day, 0)[contact.offset[1:] - 1].astype(np.float64)
        return np.where(contact.count > 0, last, np.nan)[self.who]

    def _fact(self, name: str, kind: Kind) -> Column:
        table, rows = self.base.table, self.base.rows
        assert table is not None  # noqa: S101 - asked for only where there is one
        assert rows is not None  # noqa: S101 - the same
        return rows_of(table.read({name: kind})[name], rows[self.who])

    @cached_property
    def _money(self) -> dict[str, Floats]:
        return {}

    def _told(self, name: str) -> Floats:
        """A column of the log's summary, for the customers who are looked at."""
        log = self.base.log
        form = Form(also=(name,) if name in MORE else ())
        told = form.told(log.rows, self.until)
        bought = np.flatnonzero(told.bought.days)
        known = np.full(len(told.bought.days) + 1, np.nan)
        known[bought] = np.asarray(told.columns(bought, self.until)[name], dtype=np.float64)
        self._money[name] = known[self._place]
        return self._money[name]

    @cached_property
    def _place(self) -> Index:
        """The code of each customer in the log."""
        if self.base.table is None:
            return self.who
        return frames.align(self.base.log.ids.keys, self.base.ids.keys)[self.who]


def up_to(occasions: Occasions, until: int) -> Occasions:
    """The days up to one of them.

    >>> some = Occasions(np.array([0, 2, 3]), np.array([5, 9, 7], "i4"))
    >>> up_to(some, 7).offset.tolist(), up_to(some, 7).day.tolist()
    ([0, 1, 2], [5, 7])
    """
    early = occasions.day <= until
    sums = np.concatenate(([0], np.cumsum(early)))
    return Occasions(sums[occasions.offset], occasions.day[early])
