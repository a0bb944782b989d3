"""Signs of likeness between two distinct values: each says which level a pair reaches by it."""

from collections.abc import Sequence
from typing import Final, Protocol, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Index
from custseg.match.comparing.forms import Facet, Forms, Number

Levels: TypeAlias = NDArray[np.int8]

NO: Final = 127
"""What a sign says that was not found: any level is better."""


class Sign(Protocol):
    """One way in which two values may be alike; it must not matter which of them is first.

    What it says of many pairs, of a grid and of one value against others must be the same.
    """

    @property
    def best(self) -> int:
        """The best level that it can give."""
        ...

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        ...

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        ...

    def one(self, forms: Forms, word: str, at: Sequence[int]) -> list[int]:
        """The level of one value, which need not be among the forms, with each of some."""
        ...


@attrs.frozen
class Same:
    """A facet that both have, and the same.

    >>> forms = Forms(("ulm", "uelzen", "bonn"))
    >>> Same(lambda word: word[0], 2).pairs(forms, np.array([0, 0]), np.array([1, 2])).tolist()
    [2, 127]
    """

    facet: Facet
    best: int

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        codes = forms.codes(self.facet)
        a, b = codes[left], codes[right]
        return where((a == b) & (a >= 0), self.best)

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        codes = forms.codes(self.facet)
        a, b = codes[left][:, None], codes[right][None, :]
        return where((a == b) & (a >= 0), self.best)

    def one(self, forms: Forms, word: str, at: Sequence[int]) -> list[int]:
        """The level of one value with each of some."""
        mine, best = self.facet(word), self.best
        if mine is None:
            return [NO] * len(at)
        return _same(forms.texts(self.facet), mine, at, best)


@attrs.frozen
class Clash:
    """A facet that both have, and not the same.

    >>> sign = Clash(lambda word: word[1:] or None, 5)
    >>> sign.one(Forms(("ac", "ab", "a")), "ab", range(3))
    [5, 127, 127]
    """

    facet: Facet
    best: int

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        codes = forms.codes(self.facet)
        a, b = codes[left], codes[right]
        return where((a != b) & (a >= 0) & (b >= 0), self.best)

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        codes = forms.codes(self.facet)
        a, b = codes[left][:, None], codes[right][None, :]
        return where((a != b) & (a >= 0) & (b >= 0), self.best)

    def one(self, forms: Forms, word: str, at: Sequence[int]) -> list[int]:
        """The level of one value with each of some."""
        mine, best = self.facet(word), self.best
        if mine is None:
            return [NO] * len(at)
        texts = forms.texts(self.facet)
        return [NO if texts[i] in {mine, None} else best for i in at]


@attrs.frozen
class Crossed:
    """One facet of the first is another facet of the second, and the other way round if ``both``.

    >>> forms = Forms(("li wei", "wei li"))
    >>> sign = Crossed(lambda w: w.split()[0], lambda w: w.split()[1], 2)
    >>> sign.pairs(forms, np.array([0, 0]), np.array([1, 0])).tolist()
    [2, 127]
    """

    here: Facet
    other: Facet
    best: int
    both: bool = True

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        one, other = forms.both(self.here, self.other)
        return self._met(one[left], other[right], one[right], other[left])

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        one, other = forms.both(self.here, self.other)
        a, b = left[:, None], right[None, :]
        return self._met(one[a], other[b], one[b], other[a])

    def one(self, forms: Forms, word: str, at: Sequence[int]) -> list[int]:
        """The level of one value with each of some."""
        first, second, best = self.here(word), self.other(word), self.best
        one = [NO] * len(at) if first is None else _same(forms.texts(self.other), first, at, best)
        if self.both and one.count(NO) == len(one):
            return one
        two = [NO] * len(at) if second is None else _same(forms.texts(self.here), second, at, best)
        return list(map(max if self.both else min, one, two))

    def _met(self, a: Index, b: Index, c: Index, d: Index) -> Levels:
        here, there = (a == b) & (a >= 0), (c == d) & (c >= 0)
        return where(here & there if self.both else here | there, self.best)


@attrs.frozen
class Within:
    """Numbers no further apart than so much, such as days.

    >>> sign = Within(((3, 1.0), (4, 31.0)), float)
    >>> sign.one(Forms(("11", "40", "400")), "10", range(3))
    [3, 4, 127]
    """

    bars: tuple[tuple[int, float], ...]
    number: Number

    @property
    def best(self) -> int:
        """The best level that it can give."""
        return self.bars[0][0]

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        numbers = forms.numbers(self.number)
        return self._levels(np.abs(numbers[left] - numbers[right]))

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        numbers = forms.numbers(self.number)
        return self._levels(np.abs(numbers[left][:, None] - numbers[right][None, :]))

    def one(self, forms: Forms, word: str, at: Sequence[int]) -> list[int]:
        """The level of one value with each of some."""
        mine, numbers, bars = self.number(word), forms.numbers(self.number), self.bars
        apart = [abs(float(numbers[i]) - mine) for i in at]
        return [next((level for level, bar in bars if far <= bar), NO) for far in apart]

    def _levels(self, apart: NDArray[np.float64]) -> Levels:
        found = np.full(apart.shape, NO, dtype=np.int8)
        for level, bar in reversed(self.bars):
            found[apart <= bar] = level
        return found


def _same(texts: Sequence[str | None], mine: str, at: Sequence[int], level: int) -> list[int]:
    return [level if texts[i] == mine else NO for i in at]


def where(met: NDArray[np.bool_], level: int) -> Levels:
    """A level where something was met, `NO` elsewhere.

    >>> where(np.array([True, False]), 2).tolist()
    [2, 127]
    """
    return np.where(met, np.int8(level), np.int8(NO))
