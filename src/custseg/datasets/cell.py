"""A piece of the CRM: at most a thousand records, made from the seed and their first number alone.

Every table of a piece has a stream of chance of its own, so it does not matter which is asked for
first, nor how large the whole is.
"""

from collections.abc import Iterator
from functools import cached_property

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.datasets.buying import Nature, Purchases, natures, purchases
from custseg.datasets.draws import Draws
from custseg.datasets.people import Person, people
from custseg.datasets.recipe import Recipe
from custseg.datasets.seasons import DAY, moment, seconds_of_day

SIZE = 1_000


@attrs.frozen(eq=False)
class Records:
    """Which record speaks of which customer: some customers are in the CRM twice.

    Attributes:
        who: Position of the customer of each record.
        original: Whether the record is the customer's first.
        created: Seconds since 1970-01-01.
        home: Record of each customer that came first.
        second: Another record of each customer, -1 if there is none.
    """

    who: Index
    original: Bools
    created: Ints
    home: Index
    second: Index

    def place(self, draws: Draws, who: Index, at: Ints) -> Index:
        """Choose the record that an event is booked on: once there are two, either."""
        second = self.second[who]
        exists = (second >= 0) & (self.created[second] <= at)
        return np.where(exists & draws.chance(len(who), 0.5), second, self.home[who])


@attrs.frozen(eq=False)
class Cell:
    """A piece of the CRM before it is written down in tables.

    Attributes:
        recipe: The options.
        start: Number of records in the pieces before this one.
        size: Number of records.
    """

    recipe: Recipe
    start: int
    size: int

    def draws(self, stream: str) -> Draws:
        """Open a stream of chance of this piece."""
        return Draws.of(self.recipe.seed, self.start, stream)

    @cached_property
    def people(self) -> list[Person]:
        """The customers of this piece: fewer than its records."""
        twice = int(self.size * self.recipe.duplicates + 0.5)
        return people(self.draws("people"), self.recipe, max(1, self.size - twice))

    @cached_property
    def nature(self) -> Nature:
        """What drives them."""
        return natures(self.draws("nature"), self.recipe, self.people)

    @cached_property
    def purchases(self) -> Purchases:
        """What they bought."""
        return purchases(self.draws("purchases"), self.recipe, self.people, self.nature)

    @cached_property
    def records(self) -> Records:
        """Which record speaks of whom."""
        draws, customers = self.draws("records"), len(self.people)
        twice = draws.below(self.size - customers, customers)
        who = np.concatenate([np.arange(customers), twice])
        created = self._created(draws, who)
        order = draws.order(self.size)
        spot = np.argsort(order, kind="stable")
        second = np.full(customers, -1, dtype=np.intp)
        second[twice] = spot[customers:]
        return Records(who[order], order < customers, created[order], spot[:customers], second)

    @cached_property
    def ids(self) -> list[str]:
        """Customer id of each record."""
        return [f"C{self.start + i + 1:07d}" for i in range(self.size)]

    def _created(self, draws: Draws, who: Index) -> Ints:
        customers, end = len(self.people), (self.recipe.last_day + 1) * DAY
        known_on = self.recipe.first_day + self.nature.known_on
        known = moment(known_on, seconds_of_day(draws, customers))
        first = self.purchases.first()
        # Who buys on the first day is typed in a moment before.
        known = np.where(first >= 0, np.minimum(known, first - 60), known)
        late = draws.uniform(self.size - customers)
        again = known[who[customers:]]
        return np.concatenate([known, again + (late * (end - again)).astype(np.int64)])


def cells(recipe: Recipe, start: int, stop: int) -> Iterator[Cell]:
    """Cut records ``start`` to ``stop`` - 1 into pieces.

    >>> [piece.size for piece in cells(Recipe(), 0, 2_500)]
    [1000, 1000, 500]
    """
    for first in range(start, stop, SIZE):
        yield Cell(recipe, first, min(SIZE, stop - first))
