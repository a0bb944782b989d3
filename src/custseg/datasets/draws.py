"""Random draws from a named stream, the same on every machine and NumPy version.

NumPy promises that the raw output of a bit generator stays as it is, and does not promise it for
the distributions of ``Generator`` (NEP 19). So only ``random_raw`` is used, and the distributions
stand on it by exact arithmetic.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar
from zlib import crc32

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats, Index, Ints
from custseg.datasets import exact

_T = TypeVar("_T")
_BLOCK = 2048


@attrs.frozen(eq=False)
class Draws:
    """One stream of chance; asking again goes on, it never starts over.

    Attributes:
        bits: The generator of raw 64-bit words.

    >>> Draws.of(7, 0, "doc").below(5, 10).tolist() == Draws.of(7, 0, "doc").below(5, 10).tolist()
    True
    """

    bits: np.random.PCG64

    @classmethod
    def of(cls, seed: int, start: int, stream: str) -> "Draws":
        """Open the stream of that name, for the piece of data that begins at ``start``."""
        sequence = np.random.SeedSequence((seed, start, crc32(stream.encode())))
        return cls(np.random.PCG64(sequence))

    def raw(self, n: int) -> NDArray[np.uint64]:
        """Draw 64-bit words."""
        return np.asarray(self.bits.random_raw(n), dtype=np.uint64)

    def below(self, n: int, limit: int) -> Ints:
        """Draw whole numbers from 0 to ``limit`` - 1."""
        return (self.raw(n) % np.uint64(limit)).astype(np.int64)

    def uniform(self, n: int) -> Floats:
        """Draw strictly between 0 and 1."""
        return ((self.raw(n) >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52

    def chance(self, n: int, p: float | Floats) -> Bools:
        """Toss coins that fall true with probability ``p``."""
        return np.asarray(self.uniform(n) < p)

    def pick(self, n: int, weights: Sequence[int]) -> Index:
        """Draw positions with chances in proportion to whole weights."""
        total = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(total, self.below(n, int(total[-1])), side="right")

    def exponential(self, n: int) -> Floats:
        """Draw waiting times of mean 1."""
        return -exact.log(self.uniform(n))

    def normal(self, n: int) -> Floats:
        """Draw from the standard normal distribution."""
        return exact.normal_quantile(self.uniform(n))

    def gamma(self, n: int, shape: int) -> Floats:
        """Draw from the gamma distribution of that whole shape and mean 1."""
        total = np.zeros(n)
        for _ in range(shape):
            total += self.exponential(n)
        return total / shape

    def order(self, n: int) -> Index:
        """Draw a permutation."""
        return np.argsort(self.raw(n), kind="stable")

    def spins(self) -> "Spins":
        """Take the same stream one value at a time, for work on texts."""
        return Spins(self)


@attrs.frozen(eq=False)
class Weighted(Generic[_T]):
    """Choices with whole weights.

    Attributes:
        choices: What can be chosen.
        totals: Their weights, added up so far.
    """

    choices: tuple[_T, ...]
    totals: tuple[int, ...]


def weighted(pairs: Iterable[tuple[_T, int]]) -> Weighted[_T]:
    """Add up the whole weights of (choice, weight) pairs.

    >>> weighted([("red", 3), ("blue", 1)]).totals
    (3, 4)
    """
    known = list(pairs)
    totals = accumulate(weight for _, weight in known)
    return Weighted(tuple(choice for choice, _ in known), tuple(totals))


class Spins:
    """One random choice after another, for code that builds one text at a time.

    >>> Draws.of(7, 0, "doc").spins().one_of(["only"])
    'only'
    """

    def __init__(self, draws: Draws) -> None:
        """Draw in blocks, hand out singly."""
        self._words = _stream(draws)

    def below(self, limit: int) -> int:
        """Give a whole number from 0 to ``limit`` - 1."""
        return next(self._words) % limit

    def chance(self, percent: int) -> bool:
        """Toss a coin that falls true in so many cases of a hundred."""
        return next(self._words) % 100 < percent

    def one_of(self, choices: Sequence[_T]) -> _T:
        """Give one of equals."""
        return choices[next(self._words) % len(choices)]

    def among(self, choices: Weighted[_T]) -> _T:
        """Give one by weight."""
        spot = next(self._words) % choices.totals[-1]
        return choices.choices[bisect_right(choices.totals, spot)]


def _stream(draws: Draws) -> Iterator[int]:
    while True:
        yield from draws.raw(_BLOCK).tolist()
