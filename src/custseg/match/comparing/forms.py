"""The distinct values of a column, and what is worked out of each of them once."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Codes, Floats, Index

Facet: TypeAlias = Callable[[str], str | None]
"""One side of a value, such as its sound or the brand in it; None where it has none."""

Number: TypeAlias = Callable[[str], float]
"""One side of a value that is a number, such as its day; NaN where it has none."""

Places: TypeAlias = NDArray[np.int32]


class Forms:
    """Distinct values that remember their facets: many signs look at the same one.

    >>> forms = Forms(("ulm", "bonn", "berlin"))
    >>> forms.codes(lambda word: word[0]).tolist()
    [0, 1, 1]
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        """Take the values."""
        self.words = words
        self._codes: dict[tuple[Facet, ...], tuple[Places, ...]] = {}
        self._shared: dict[Facet, Callable[[], tuple[Index, Codes]]] = {}
        self._texts: dict[Facet, list[str | None]] = {}
        self._there: dict[Facet, Bools] = {}
        self._numbers: dict[Number, Floats] = {}

    def __len__(self) -> int:
        """How many there are."""
        return len(self.words)

    def codes(self, facet: Facet) -> Places:
        """A facet of each value as a small number, equal where the facet is; -1 for none."""
        return self.both(facet)[0]

    def both(self, *facets: Facet) -> tuple[Places, ...]:
        """Several facets counted in one vocabulary, so that one may be compared with another."""
        if facets not in self._codes and len(facets) == 1 and facets[0] in self._shared:
            self._codes[facets] = (self._taken(*self._shared[facets[0]]()),)
        if facets == (whole,) and facets not in self._codes and self._distinct:
            self._codes[facets] = (np.arange(len(self.words), dtype=np.int32),)
        if facets not in self._codes:
            place: dict[str, int] = {}
            self._codes[facets] = tuple(
                np.array(
                    [
                        -1 if side is None else place.setdefault(side, len(place))
                        for side in self.texts(facet)
                    ],
                    dtype=np.int32,
                )
                for facet in facets
            )
        return self._codes[facets]

    @property
    def _distinct(self) -> bool:
        return len(set(self.words)) == len(self.words)

    def share(self, facet: Facet, made: Callable[[], tuple[Index, Codes]]) -> None:
        """Take the codes of a facet from elsewhere, when they are asked for.

        Args:
            facet: The facet.
            made: What gives the value of each row and its facet.
        """
        self._shared[facet] = made

    def texts(self, facet: Facet) -> list[str | None]:
        """A facet of each value as it is."""
        if facet is whole:
            return list(self.words)
        if facet not in self._texts:
            self._texts[facet] = [facet(word) for word in self.words]
        return self._texts[facet]

    def there(self, facet: Facet) -> Bools:
        """Which values have a facet."""
        if facet not in self._there:
            there = (text is not None for text in self.texts(facet))
            self._there[facet] = np.fromiter(there, dtype=bool, count=len(self.words))
        return self._there[facet]

    def numbers(self, number: Number) -> Floats:
        """A facet that is a number, of each value."""
        if number not in self._numbers:
            self._numbers[number] = np.array([number(word) for word in self.words], dtype=float)
        return self._numbers[number]

    def _taken(self, at: Index, found: Codes) -> Places:
        codes = np.full(len(self.words), -1, dtype=np.int32)
        known = at >= 0
        codes[at[known]] = found.at[known]
        return codes


def whole(word: str) -> str:
    """The value itself, as its own facet.

    >>> whole("ulm")
    'ulm'
    """
    return word


def picked(texts: list[str | None], at: Index) -> list[str]:
    """Some of the texts, all of which are there.

    >>> picked(["ulm", None, "bonn"], np.array([2, 0]))
    ['bonn', 'ulm']
    """
    return [texts[i] or "" for i in at.tolist()]
