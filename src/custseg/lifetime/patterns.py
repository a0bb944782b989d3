"""Which distinct histories are there, and how many customers share each?"""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints

_PER_UNIT: Final = (1.0, 7.0)  # whole days, or weeks counted in days
_BLOCK: Final = 8192
_LARGEST: Final = 2.0**62
_SHORT: Final = 2**32


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


def steps(*times: Floats) -> tuple[float, list[Ints]] | None:
    """Times as whole numbers of days; ``None`` where they lie on no such grid.

    >>> steps(np.array([3 / 7, 2.0]))
    (7.0, [array([ 3, 14])])
    >>> steps(np.array([0.123])) is None
    True
    """
    for per in _PER_UNIT:
        whole = [np.rint(time * per) for time in times]
        if all(np.array_equal(n / per, time) for n, time in zip(whole, times, strict=True)):
            return per, [n.astype(np.int64) for n in whole]
    return None


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
        grid = steps(recency, age)
        if grid is not None and weight is None:
            per, (r, a) = grid
            size, most = int(a.max()) + 1, float(frequency.max()) + 1.0
            if most * size * size < _LARGEST:
                return cls._by_key(frequency.astype(np.int64), r, a, (per, size))
        order = np.lexsort((age, recency, frequency))
        x, tx, t = frequency[order], recency[order], age[order]
        new = np.ones(len(x), dtype=np.bool_)
        new[1:] = (np.diff(x) != 0) | (np.diff(tx) != 0) | (np.diff(t) != 0)
        first = np.flatnonzero(new)
        counted = np.ones(len(x)) if weight is None else weight[order]
        return cls(x[first], tx[first], t[first], np.add.reduceat(counted, first))

    @classmethod
    def _by_key(cls, x: Ints, tx: Ints, t: Ints, grid: tuple[float, int]) -> "Patterns":
        """One sort of whole numbers instead of three of floats."""
        per, size = grid
        key = (x * size + tx) * size + t
        if (int(x.max()) + 1) * size * size < _SHORT:
            key = key.astype(np.uint32)  # sorted in half the time
        key.sort()
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        count = np.diff(np.append(first, len(key)))
        rest, t = np.divmod(key[first].astype(np.int64), size)
        x, tx = np.divmod(rest, size)
        held = (x.astype(np.float64), tx / per, t / per, count.astype(np.float64))
        return cls(*held, 1.0 / per)

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


def spread(frequency: Floats, age: Floats) -> tuple[Floats, Floats, Index] | None:
    """Distinct pairs of frequency and age, and the pair of each row; ``None`` if not worth it.

    >>> spread(np.array([1.0, 0.0, 1.0]), np.array([5.0, 5.0, 5.0]))[2]
    array([1, 0, 1])
    """
    grid = steps(age) if len(age) else None
    if grid is None:
        return None
    per, (t,) = grid
    wide = int(frequency.max()) + 1
    if (int(t.max()) + 1.0) * wide > 8.0 * len(age) + 10_000:
        return None
    key = t * wide
    key += frequency.astype(np.int64)
    there = np.zeros((int(t.max()) + 1) * wide, dtype=np.bool_)
    there[key] = True
    pairs = np.flatnonzero(there)
    place = np.empty(len(there), dtype=np.intp)
    place[pairs] = np.arange(len(pairs))
    days, x = np.divmod(pairs, wide)
    return x.astype(np.float64), days / per, place[key]
