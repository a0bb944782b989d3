"""Owners given where the customers are: by class alone, or by who comes first within a kind."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Codes, Index, Ints, Kind
from custseg.allocate.planning.asking.reading import Asking
from custseg.allocate.planning.counting.census import COUNT, NAME, Counted, whole_numbers
from custseg.allocate.planning.counting.marking import marks
from custseg.allocate.planning.counting.pieces import Pieces, keyed
from custseg.allocate.planning.counting.quota import Quota
from custseg.allocate.planning.settings import Settings
from custseg.allocate.solving.grouping import dealt
from custseg.allocate.wishing.sides import read_side
from custseg.errors import DataError
from custseg.frames import Attachable, Table, table
from custseg.frames.gather import gathered
from custseg.rules import merged

CLASS: Final = "__custseg_class"
KIND: Final = "__custseg_kind"
PIECE: Final = "__custseg_piece"

_SPREAD: Final = 64


@attrs.frozen(eq=False)
class Chart:
    """Who gets whom, as it travels to the customers: its size is that of the classes.

    Attributes:
        asking: What is asked of customers.
        marks: What tells classes apart, ascending.
        classes: The class of each mark.
        slots: For each kind its number among those that are split, else -1; -1 at the end.
        whole: For each class that is not split its representative, -1 for none.
        amounts: How many of each split kind each representative gets.
        sizes: How many customers each split kind has.
        keys: A number for each piece, ascending.
        texts: What is written for each piece.
        owners: The representative of each piece, -1 for none.
    """

    asking: Asking
    marks: Ints
    classes: Index
    slots: Index
    whole: Index
    amounts: Ints
    sizes: Ints
    keys: Ints
    texts: Mapping[str, Codes]
    owners: Index

    @classmethod
    def of(cls, asking: Asking, counted: Counted, found: Quota, pieces: Pieces) -> "Chart":
        """Write down what was found."""
        order = np.argsort(counted.marks, kind="stable")
        split = np.flatnonzero(found.split)
        number = np.full(found.split.size + 1, -1, dtype=np.intp)
        number[split] = np.arange(split.size)
        return cls(
            asking,
            counted.marks[order],
            order,
            number,
            found.whole,
            found.amounts[split],
            found.crowd.sizes[split],
            pieces.keys,
            pieces.texts(asking.told.owner),
            pieces.reps,
        )

    @property
    def is_split(self) -> bool:
        """Whether the order of customers decides anything."""
        return bool(self.sizes.size)

    def classes_of(self, people: Table[Any]) -> Index:
        """The class of each customer."""
        return self.classes[classes_in(self.marks, self.asking, people)]

    def pieces(self, classes: Index, reps: Index) -> Index:
        """The piece of each of these classes with these representatives."""
        wide = self.asking.team.size + 1
        return np.searchsorted(self.keys, keyed(classes, reps, wide))

    def columns(self, like: Table[Any], pieces: Index) -> dict[str, Attachable]:
        """What is written beside customers of these pieces.

        Args:
            like: A table whose kind the columns have.
            pieces: The piece of each customer.
        """
        told, team = self.asking.told, self.asking.team.ids
        texts = {name: attrs.evolve(one, at=one.at[pieces]) for name, one in self.texts.items()}
        return {told.owner: _owners(like, team, self.owners[pieces]), **texts}

    @property
    def written(self) -> tuple[str, ...]:
        """The names of those columns."""
        return (self.asking.told.owner, *self.texts)


@attrs.frozen(eq=False)
class Placing:
    """Work on rows: the owner of each customer, where its class alone says it.

    Attributes:
        chart: Who gets whom.
    """

    chart: Chart

    def __call__(self, people: Table[Any]) -> object:
        """The columns of a plan, row for row."""
        classes = self.chart.classes_of(people)
        pieces = self.chart.pieces(classes, self.chart.whole[classes])
        return people.build(self.chart.columns(people, pieces))


@attrs.frozen(eq=False)
class Sorting:
    """Work on some customers: the class and the kind of each, beside what decides their order.

    Attributes:
        asking: What is asked of customers.
        marks: What tells classes apart, ascending.
        classes: The class of each mark.
        kinds: The kind of each class, -1 for who does not wait.
    """

    asking: Asking
    marks: Ints
    classes: Index
    kinds: Index

    @classmethod
    def of(cls, asking: Asking, counted: Counted, kinds: Index) -> "Sorting":
        """Write down what tells classes apart."""
        order = np.argsort(counted.marks, kind="stable")
        return cls(asking, counted.marks[order], order, kinds)

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """Who does not wait is spread evenly over kinds below 0."""
        people, told = given[NAME], self.asking.told
        classes = self.classes[classes_in(self.marks, self.asking, people)]
        kinds = self.kinds[classes].astype(np.int64)
        apart = -1 - np.arange(kinds.size, dtype=np.int64) % _SPREAD
        kept = people.select([told.customer_id, *ordering(told)])
        return kept.attach(
            {CLASS: classes.astype(np.int64), KIND: np.where(kinds < 0, apart, kinds)}
        )


@attrs.frozen(eq=False)
class Dealing:
    """Work on whole kinds: each deals its customers in order of priority, as in memory.

    Attributes:
        chart: Who gets whom.
        counts: Tell only how many customers each piece has.
    """

    chart: Chart
    counts: bool = False

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """Ids with the columns of a plan; or the size of each piece."""
        people = given[NAME]
        pieces = self._pieces(people)
        if self.counts:
            there, many = np.unique(pieces, return_counts=True)
            return people.build({PIECE: there.astype(np.int64), COUNT: many.astype(np.int64)})
        ids = people.select([self.chart.asking.told.customer_id])
        return ids.attach(self.chart.columns(people, pieces))

    def _pieces(self, people: Table[Any]) -> Index:
        chart, told = self.chart, self.chart.asking.told
        own: dict[str, Kind] = {CLASS: "number", KIND: "number"}
        needs = merged([own, ordering(told)])
        side = read_side(people, told.customer_id, needs, told.priority)
        classes = np.asarray(side.columns[CLASS], dtype=np.float64).astype(np.intp)
        kinds = np.asarray(side.columns[KIND], dtype=np.float64).astype(np.intp)
        slots = chart.slots[np.maximum(kinds, -1)]
        reps = chart.whole[classes]
        rows = np.flatnonzero(slots >= 0)
        there, group = np.unique(slots[rows], return_inverse=True)
        if (np.bincount(group, minlength=there.size) != chart.sizes[there]).any():
            raise _changed()
        reps[rows] = dealt(group.ravel(), chart.amounts[there])
        out = np.empty(reps.size, dtype=np.intp)
        out[side.rows] = chart.pieces(classes, reps)
        return out


def classes_in(known: Ints, asking: Asking, people: Table[Any]) -> Index:
    """The place of each customer among classes that are known by their marks.

    Args:
        known: The marks, ascending.
        asking: What is asked of customers.
        people: The customers.

    Raises:
        DataError: Somebody is of none: the table is not what it was when it was counted.
    """
    found = marks(asking.unordered(people))
    place = np.minimum(np.searchsorted(known, found), max(known.size - 1, 0))
    if found.size and not (known.size and (known[place] == found).all()):
        raise _changed()
    return place


def ordering(told: Settings) -> dict[str, Kind]:
    """The columns that decide who comes first, beside the id."""
    return merged(dict(rule.needs) for rule in told.priority)


def sizes_of(found: Table[Any], size: int) -> Ints:
    """How many customers each piece has, of what works told."""
    out = np.zeros(size, dtype=np.int64)
    np.add.at(out, whole_numbers(found, PIECE), whole_numbers(found, COUNT))
    return out


def _owners(like: Table[Any], team: Sequence[object], at: Index) -> Attachable:
    names = tuple(name for name in team if isinstance(name, str))
    if len(names) == len(team):
        return Codes(at, names, plain=True)
    return gathered(table(like.build({"rep": list(team)})), "rep", at)


def _changed() -> DataError:
    msg = (
        "the customers are not what they were when they were counted: hold the table in its engine "
        "first, so that it gives the same rows each time"
    )
    return DataError(msg)
