"""Signs of likeness between two distinct values: each says which level a pair reaches by it."""

from collections.abc import Callable
from typing import Final, Protocol, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Index
from custseg.match.comparing.forms import Facet, Forms, Number

Levels: TypeAlias = NDArray[np.int8]
Against: TypeAlias = Callable[[str], int]

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

    def against(self, word: str) -> Against:
        """What gives the level of one value with another."""
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

    def against(self, word: str) -> Against:
        """What gives the level of one value with another."""
        mine, facet, best = self.facet(word), self.facet, self.best
        if mine is None:
            return never
        return lambda other: best if facet(other) == mine else NO


@attrs.frozen
class Crossed:
    """One facet of the first is another facet of the second, and the other way round if ``both``.

    >>> forms = Forms(("li wei", "wei li"))
    >>> sign = Crossed(lambda w: w.split()[0], lambda w: w.split()[1], 2)
    >>> sign.pairs(forms, np.array([0, 0]), np.array([1, 0])).tolist()
    [2, 127]
    """

    one: Facet
    other: Facet
    best: int
    both: bool = True

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        one, other = forms.both(self.one, self.other)
        return self._met(one[left], other[right], one[right], other[left])

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        one, other = forms.both(self.one, self.other)
        a, b = left[:, None], right[None, :]
        return self._met(one[a], other[b], one[b], other[a])

    def against(self, word: str) -> Against:
        """What gives the level of one value with another."""
        first, second = self.one(word), self.other(word)

        def level(text: str) -> int:
            here = first is not None and self.other(text) == first
            there = second is not None and self.one(text) == second
            met = here and there if self.both else here or there
            return self.best if met else NO

        return level

    def _met(self, a: Index, b: Index, c: Index, d: Index) -> Levels:
        here, there = (a == b) & (a >= 0), (c == d) & (c >= 0)
        return where(here & there if self.both else here | there, self.best)


@attrs.frozen
class Within:
    """Numbers no further apart than so much, such as days.

    >>> sign = Within(((3, 1.0), (4, 31.0)), float)
    >>> [sign.against("10")(text) for text in ("11", "40", "400")]
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

    def against(self, word: str) -> Against:
        """What gives the level of one value with another."""
        mine, number, bars = self.number(word), self.number, self.bars

        def level(text: str) -> int:
            apart = abs(number(text) - mine)
            return next((at for at, bar in bars if apart <= bar), NO)

        return level

    def _levels(self, apart: NDArray[np.float64]) -> Levels:
        found = np.full(apart.shape, NO, dtype=np.int8)
        for level, bar in reversed(self.bars):
            found[apart <= bar] = level
        return found


@attrs.frozen
class Provided:
    """A sign that counts only where other facets do not speak against it.

    Attributes:
        sign: What counts then.
        same: Facets that must be the same, or missing on both sides.
        fits: Facets that must be the same, or missing on a side.
        best: The best level of the sign.

    >>> sign = Provided(Same(lambda w: w[0], 2), fits=(lambda w: w[1:] or None,))
    >>> [sign.against("ab")(text) for text in ("ab", "a", "ac")]
    [2, 2, 127]
    """

    sign: Sign
    same: tuple[Facet, ...] = ()
    fits: tuple[Facet, ...] = ()

    @property
    def best(self) -> int:
        """The best level that it can give."""
        return self.sign.best

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        at = np.flatnonzero(self._allowed(forms, left, right))
        found = np.full(len(left), NO, dtype=np.int8)
        if len(at):
            found[at] = self.sign.pairs(forms, left[at], right[at])
        return found

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        allowed = self._allowed(forms, left[:, None], right[None, :])
        return np.where(allowed, self.sign.grid(forms, left, right), np.int8(NO))

    def against(self, word: str) -> Against:
        """What gives the level of one value with another."""
        same = [(facet, facet(word)) for facet in self.same]
        # What is missing here fits everything.
        fits = [(facet, mine) for facet in self.fits if (mine := facet(word)) is not None]
        sign = self.sign.against(word)

        def level(text: str) -> int:
            if any(facet(text) != mine for facet, mine in same):
                return NO
            for facet, mine in fits:
                other = facet(text)
                if other is not None and other != mine:
                    return NO
            return sign(text)

        return level

    def _allowed(self, forms: Forms, left: Index, right: Index) -> NDArray[np.bool_]:
        allowed = np.ones(np.broadcast_shapes(left.shape, right.shape), dtype=bool)
        for facet in self.same:
            codes = forms.codes(facet)
            allowed &= codes[left] == codes[right]
        for facet in self.fits:
            codes = forms.codes(facet)
            a, b = codes[left], codes[right]
            allowed &= (a == b) | (a < 0) | (b < 0)
        return allowed


def never(_: str) -> int:
    """The level of a value that lacks what a sign looks at.

    >>> never("ulm") == NO
    True
    """
    return NO


def where(met: NDArray[np.bool_], level: int) -> Levels:
    """A level where something was met, `NO` elsewhere.

    >>> where(np.array([True, False]), 2).tolist()
    [2, 127]
    """
    return np.where(met, np.int8(level), np.int8(NO))
