"""Which distinct histories are there, and how many customers share each?"""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.lifetime.grids import Axis, Lattice
from custseg.lifetime.quadrature import blocks

_BLOCK: Final = 8192


def dot(left: Floats, right: Floats) -> float:
    """A sum of products, in blocks too short for the threads of BLAS: they cost more than the sum.

    >>> dot(np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    11.0
    """
    if len(left) <= _BLOCK:
        return float(left @ right)
    return sum(
        float(left[i : i + _BLOCK] @ right[i : i + _BLOCK]) for i in range(0, len(left), _BLOCK)
    )


@attrs.frozen(eq=False)
class Patterns:
    """Distinct histories in order of frequency, recency and age, with the customers of each.

    Equal customers are one term of the likelihood; a million customers on a grid of days are a
    third as many terms, in an order that does not depend on that of the rows.

    Attributes:
        frequency: Repeat purchases (x).
        recency: Age at the last purchase (t_x).
        age: Age (T).
        weight: Customers that share the history.
        step: The length of a day where times are whole days, else 0.
    """

    frequency: Floats
    recency: Floats
    age: Floats
    weight: Floats
    step: float = 0.0

    @classmethod
    def of(
        cls, frequency: Floats, recency: Floats, age: Floats, weight: Floats | None = None
    ) -> "Patterns":
        """Gather equal histories."""
        axes = Axis(frequency, timed=False), Axis(recency), Axis(age)
        grid = Lattice.of(*axes, short=True)
        if grid is not None:
            return cls._of_grid(grid, weight)
        order = np.lexsort((age, recency, frequency))
        x, tx, t = frequency[order], recency[order], age[order]
        new = np.ones(len(x), dtype=np.bool_)
        new[1:] = (np.diff(x) != 0) | (np.diff(tx) != 0) | (np.diff(t) != 0)
        first = np.flatnonzero(new)
        counted = np.ones(len(x)) if weight is None else weight[order]
        return cls(x[first], tx[first], t[first], np.add.reduceat(counted, first))

    @classmethod
    def _of_grid(cls, grid: Lattice, weight: Floats | None) -> "Patterns":
        """One sort of whole numbers instead of three of floats."""
        keys, counted = grid.keys, weight
        if weight is None:
            keys.sort()
        else:
            order = np.argsort(keys, kind="stable")
            keys, counted = keys[order], weight[order]
        first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        if counted is None:
            count = np.diff(first, append=len(keys)).astype(np.float64)
        else:
            count = np.add.reduceat(counted, first)
        x, tx, t = grid.columns(keys[first])
        return cls(x, tx / grid.per, t / grid.per, count, 1.0 / grid.per)

    @property
    def customers(self) -> float:
        """How many customers there are."""
        return float(self.weight.sum())

    def scaled(self, by: float) -> "Patterns":
        """The same histories in another unit of time."""
        return attrs.evolve(self, recency=self.recency * by, age=self.age * by, step=self.step * by)

    def thinned(self, size: int) -> "Patterns | None":
        """Every so many customers in order, as a start for many; ``None`` where there are few."""
        if len(self.weight) <= 4 * size:
            return None
        at, count = every(self.weight, size)
        return Patterns(self.frequency[at], self.recency[at], self.age[at], count, self.step)


def mark(weight: Floats, *columns: Floats) -> str:
    """A mark of some customers, whatever their order: their number and the sums of columns.

    Likelihoods are densities in the unit of time, so the same customers in another unit have
    another mark.

    >>> mark(np.ones(2), np.array([3.0, 4.0]))
    '2;7'
    """
    sums = (float(weight.sum()), *(dot(weight, column) for column in columns))
    return ";".join(f"{one:.9g}" for one in sums)


def every(weight: Floats, size: int) -> tuple[Index, Floats]:
    """Rows at equal distances by weight, and how often each is met.

    >>> every(np.array([1.0, 1.0, 6.0]), 4)
    (array([0, 2]), array([1., 3.]))
    """
    total = np.cumsum(weight)
    aims: Floats = (np.arange(size, dtype=np.float64) + 0.5) * (float(total[-1]) / size)
    met: Index = np.searchsorted(total, aims)
    at, count = np.unique(met, return_counts=True)
    return at, count.astype(np.float64)


@attrs.frozen(eq=False)
class Alike:
    """Customers of equal frequency and age, whose future is the same while they are customers.

    Attributes:
        frequency: Of each such pair, in order of age.
        age: Of each pair.
        pairs: The number of each pair.
        keys: The number of the pair of each row.
    """

    frequency: Floats
    age: Floats
    pairs: Index
    keys: Index

    @classmethod
    def of(cls, frequency: Floats, age: Floats) -> "Alike | None":
        """Find the distinct pairs; ``None`` where that is not worth it.

        >>> alike = Alike.of(np.array([1.0, 0.0, 1.0]), np.array([5.0, 5.0, 5.0]))
        >>> alike.frequency, alike.each(np.array([0.5, 0.7]))
        (array([0., 1.]), array([0.7, 0.5, 0.7]))
        """
        if not len(age):
            return None
        axes = Axis(age), Axis(frequency, timed=False)
        grid = Lattice.of(*axes, cells=8.0 * len(age) + 10_000)
        if grid is None:
            return None
        pairs = np.flatnonzero(np.bincount(grid.keys))
        days, x = grid.columns(pairs)
        return cls(x, days / grid.per, pairs, grid.keys)

    @property
    def place(self) -> Index:
        """The pair of each row."""
        table = np.empty(int(self.pairs[-1]) + 1, dtype=np.intp)
        table[self.pairs] = np.arange(len(self.pairs))
        return np.asarray(table[self.keys])

    def each(self, values: Floats) -> Floats:
        """Values of the pairs, one a row."""
        return self.times(np.ones(len(self.keys)), values)

    def times(self, found: Floats, values: Floats) -> Floats:
        """Multiply, in place, what is found of each row by the value of its pair."""
        table = np.empty(int(self.pairs[-1]) + 1)
        table[self.pairs] = values
        for rows in blocks(len(found), _BLOCK):
            found[rows] *= table[self.keys[rows]]
        return found
