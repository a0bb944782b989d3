"""States of customers whose transactions stay where they are, customers by customers."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, Protocol

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Ints
from custseg.classify.replay.base import Base, as_fitted, base_of, known, named
from custseg.classify.replay.grid import StateGrid, changes_of, grid_of
from custseg.classify.states import Lifecycle, LifecycleModel
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.features import PartitionedLog
from custseg.features.daynumbers import as_date
from custseg.features.partwork import Part, row_counts
from custseg.frames import Share, Table, Tabled
from custseg.labels import label, title
from custseg.layout import html_table

Figures = Callable[[StateGrid], Ints]
"""Whole numbers of a grid that add up over customers; importable by name."""

_PEOPLE: Final = "customers"
_MET: Final = "interactions"


@attrs.frozen
class PartBase:
    """How the customers of a partition are read: what travels.

    Attributes:
        part: How their transactions are read.
        days: The days that are asked for.
    """

    part: Part
    days: tuple[int, ...]

    def base(self, tables: Mapping[str, Table[Any]]) -> Base:
        """The customers of a partition."""
        log, days = self.part.read(tables), np.array(self.days, dtype=np.int64)
        return base_of(log, days, customers=tables.get(_PEOPLE), interactions=tables.get(_MET))


class Question(Protocol):
    """What is asked of the customers of a partition; importable by name, since it travels."""

    @property
    def days(self) -> tuple[int, ...]:
        """The days that it is about."""
        ...

    def __call__(self, base: Base) -> object:
        """The answer: a native table."""
        ...


@attrs.frozen
class Asked:
    """A question to the customers of a partition.

    Attributes:
        people: How they are read.
        work: The question.
    """

    people: PartBase
    work: Question

    def __call__(self, tables: Mapping[str, Table[Any]]) -> object:
        """The answer."""
        return self.work(self.people.base(tables))


@attrs.frozen
class PartKnown:
    """A profile of purchase days and contacts at the end of a day.

    Attributes:
        day: The day.
    """

    day: int

    @property
    def days(self) -> tuple[int, ...]:
        """That day."""
        return (self.day,)

    def __call__(self, base: Base) -> object:
        """One row a customer."""
        return known(base, self.day)


@attrs.frozen
class PartChanges:
    """The changes of state up to a day.

    Attributes:
        model: The model that decides.
        begin: The first day that is told, if it is said.
        end: The last day.
    """

    model: LifecycleModel
    begin: int | None
    end: int

    @property
    def days(self) -> tuple[int, ...]:
        """The days that are asked for."""
        return (self.end,) if self.begin in {None, self.end} else (self.begin or 0, self.end)

    def __call__(self, base: Base) -> object:
        """One row a change."""
        return changes_of(self.model, base, self.begin, self.end)


@attrs.frozen
class PartGrid:
    """The states on some days, or figures of them.

    Attributes:
        model: The model that decides.
        days: The days.
        figures: What is counted; ``None``: the states themselves are told.
    """

    model: LifecycleModel
    days: tuple[int, ...]
    figures: Figures | None = None

    def __call__(self, base: Base) -> object:
        """One row a day and customer, or one a figure that is not 0."""
        grid = grid_of(self.model, base.reading(self.model.ladder), np.array(self.days))
        if self.figures is None:
            return grid.table
        found = self.figures(grid).reshape(-1)
        place = np.flatnonzero(found)
        return grid.like.build({"place": place.astype(np.int64), "n": found[place]})


@attrs.frozen(eq=False)
class Customers:
    """Customers of a log in an engine, with the tables that say more of them.

    Attributes:
        log: Their transactions.
        given: The tables that travel.
        like: The table whose kind the answers have.
    """

    log: PartitionedLog
    given: Mapping[str, Share]
    like: str

    @classmethod
    def of(cls, log: PartitionedLog, **tables: object) -> "Customers":
        """Put the tables together.

        Raises:
            MissingColumnError: A table has no column of customers.
        """
        given = dict(log.given)
        like = next(iter(given))
        for name, data in tables.items():
            if data is not None:
                table = frames.table(data)
                column = named(log.names, name, table).need("customer", table.columns)
                given[name] = Share(table, column, table.columns)
                like = name if name == _PEOPLE else like
        return cls(log, given, like)

    def asked(self, work: Question) -> Any:  # noqa: ANN401 - the caller's kind
        """The answers of all partitions, as the tables are."""
        return frames.by_customer(self.given, self.travelling(work), like=self.like)

    def summed(self, work: Question) -> Table[Any]:
        """The few figures of each partition."""
        return frames.totals(self.given, self.travelling(work))

    def travelling(self, work: Question) -> Asked:
        """A question as it travels."""
        return Asked(PartBase(self.log.part(row_counts), work.days), work)

    def fitted(
        self, lifecycle: Lifecycle | LifecycleModel | LifecycleStrategy | None, day: int
    ) -> LifecycleModel:
        """A model as it is; a strategy fitted on what was known on a day."""
        spec = as_fitted(lifecycle)
        if isinstance(spec, LifecycleModel):
            return spec
        return spec.fit(self.asked(PartKnown(day)))


@attrs.frozen(eq=False)
class PartitionedGrid(Tabled):
    """The state of every customer on some days, where the transactions are.

    Attributes:
        people: The customers.
        model: The model that decides.
        dates: The days, to the end of each.

    >>> import custseg as cs
    >>> from custseg.classify import FixedDays, Lifecycle, states_asof
    >>> orders = [{"customer_id": "a", "at": "2026-01-05", "amount": 40}]
    >>> log = cs.features.PartitionedLog.of(orders)
    >>> by_days = Lifecycle(FixedDays(180))
    >>> grid = states_asof(log, ["2026-01-01", "2026-01-31", "2026-07-31"], by_days)
    >>> grid.counts().tolist(), len(grid.table)
    ([[0, 0, 0], [0, 1, 0], [0, 0, 1]], 2)
    """

    people: Customers
    model: LifecycleModel
    dates: tuple[date, ...]
    days: tuple[int, ...]

    @classmethod
    def of(
        cls, people: Customers, model: LifecycleModel, days: tuple[int, ...]
    ) -> "PartitionedGrid":
        """Nothing is replayed before it is asked for."""
        return cls(people, model, tuple(map(as_date, days)), days)

    @property
    def words(self) -> tuple[str, ...]:
        """The states, in the order of a customer's life."""
        return self.model.ladder.states

    @property
    def classes(self) -> tuple[str, ...]:
        """The class of each state: potential, active or dormant."""
        return tuple(map(self.model.ladder.class_of, self.words))

    def class_of(self, state: str) -> str:
        """The class of a state."""
        return self.model.ladder.class_of(state)

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a day and known customer, in the caller's kind of table; lazy where it is."""
        return self.people.asked(PartGrid(self.model, self.days))

    def counts(self) -> Ints:
        """Customers in each state: one row a day, one column a state."""
        size = (len(self.dates), len(self.words))
        return self.added(counts, int(np.prod(size)))[0].reshape(size)

    def added(self, figures: Figures, size: int) -> tuple[Ints, Table[Any]]:
        """Figures that add up over customers, summed over all partitions.

        Args:
            figures: So many whole numbers of a grid; importable by name, since it travels.
            size: How many.

        Returns:
            The sums, and the table of the parts.
        """
        parts = self.people.summed(PartGrid(self.model, self.days, figures))
        read: Any = parts.read({"place": "number", "n": "number"})
        total = np.zeros(size, dtype=np.int64)
        np.add.at(total, read["place"].astype(np.int64), read["n"].astype(np.int64))
        return total, parts

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = zip(self.dates, self.counts().tolist(), strict=True)
        return html_table(
            (title("as_of", locale), *(label(word, locale) for word in self.words)),
            ((day, *row) for day, row in rows),
        )


def counts(grid: StateGrid) -> Ints:
    """Customers in each state, day by day."""
    return grid.counts()
