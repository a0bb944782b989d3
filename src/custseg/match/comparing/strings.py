"""Signs of likeness between texts: how similar their letters are, how many edits apart."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Index
from custseg.match.comparing.forms import Facet, Forms, picked, whole
from custseg.match.comparing.signs import NO, Levels, where

_ROUNDING: Final = 1e-9


@attrs.frozen
class Alike:
    """Texts whose Jaro-Winkler similarity reaches a bar: for words in letters.

    Attributes:
        bars: Levels with the similarity that each asks for, the best first.
        facet: What is compared.

    Source: Winkler (1990), the prefix counted up to four code points with weight 0.1.

    >>> sign = Alike(((2, 0.92), (3, 0.8)))
    >>> sign.one(Forms(("marhta", "maria", "ulm")), "martha", range(3))
    [2, 3, 127]
    """

    bars: tuple[tuple[int, float], ...]
    facet: Facet = whole

    @property
    def best(self) -> int:
        """The best level that it can give."""
        return self.bars[0][0]

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        from rapidfuzz import process  # noqa: PLC0415 - loaded where it is used

        return _elementwise(
            forms,
            self.facet,
            (left, right),
            lambda a, b: self._levels(process.cpdist(a, b, workers=1, **self._asked())),
        )

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        from rapidfuzz import process  # noqa: PLC0415 - loaded where it is used

        return _outer(
            forms,
            self.facet,
            (left, right),
            lambda a, b: self._levels(process.cdist(a, b, workers=1, **self._asked())),
        )

    def one(self, forms: Forms, word: str, at: Sequence[int]) -> list[int]:
        """The level of one value with each of some."""
        from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415 - loaded where it is used

        mine, lowest, bars = self.facet(word), self._lowest, self.bars
        alike = JaroWinkler.normalized_similarity
        found: list[int] = []
        for other in _texts(forms, self.facet, mine, at):
            near = 0.0 if mine is None or other is None else alike(mine, other, score_cutoff=lowest)
            found.append(
                next(level for level, bar in bars if near >= bar - _ROUNDING) if near else NO
            )
        return found

    @property
    def _lowest(self) -> float:
        return self.bars[-1][1] - _ROUNDING

    def _asked(self) -> dict[str, Any]:
        from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415 - loaded where it is used

        scorer = JaroWinkler.normalized_similarity
        return {"scorer": scorer, "score_cutoff": self._lowest, "dtype": np.float64}

    def _levels(self, alike: NDArray[np.float64]) -> Levels:
        found = where(alike >= self._lowest, self.bars[-1][0])
        for level, bar in reversed(self.bars[:-1]):
            found[alike >= bar - _ROUNDING] = level
        return found


@attrs.frozen
class Edited:
    """Texts a few edits apart: one sign put in, left out, changed, or two neighbours swapped.

    Attributes:
        bars: Levels with the most edits and the fewest signs that the shorter text must have, the
            best first: one edit in two signs says nothing.
        facet: What is compared.

    Source: optimal string alignment, the restricted Damerau-Levenshtein distance; counted in code
    points.

    >>> sign = Edited(((2, 1, 4),))
    >>> sign.one(Forms(("1243", "124", "4321")), "1234", range(3))
    [2, 127, 127]
    """

    bars: tuple[tuple[int, int, int], ...]
    facet: Facet = whole

    @property
    def best(self) -> int:
        """The best level that it can give."""
        return self.bars[0][0]

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        from rapidfuzz import process  # noqa: PLC0415 - loaded where it is used

        def levels(a: list[str], b: list[str]) -> Levels:
            edits = process.cpdist(a, b, workers=1, **self._asked())
            return self._levels(edits, np.minimum(_lengths(a), _lengths(b)))

        return _elementwise(forms, self.facet, (left, right), levels)

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        from rapidfuzz import process  # noqa: PLC0415 - loaded where it is used

        def levels(a: list[str], b: list[str]) -> Levels:
            edits = process.cdist(a, b, workers=1, **self._asked())
            return self._levels(edits, np.minimum.outer(_lengths(a), _lengths(b)))

        return _outer(forms, self.facet, (left, right), levels)

    def one(self, forms: Forms, word: str, at: Sequence[int]) -> list[int]:
        """The level of one value with each of some."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded where it is used

        mine, most, bars, apart = self.facet(word), self._most, self.bars, OSA.distance
        found: list[int] = []
        for other in _texts(forms, self.facet, mine, at):
            far = most + 1
            if mine is not None and other is not None and abs(len(mine) - len(other)) <= most:
                far = apart(mine, other, score_cutoff=most)
            if far > most or mine is None or other is None:
                found.append(NO)
                continue
            short = min(len(mine), len(other))
            found.append(
                next((level for level, few, least in bars if far <= few and short >= least), NO)
            )
        return found

    @property
    def _most(self) -> int:
        return max(few for _, few, _ in self.bars)

    def _asked(self) -> dict[str, Any]:
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded where it is used

        return {"scorer": OSA.distance, "score_cutoff": self._most, "dtype": np.uint8}

    def _levels(self, edits: NDArray[np.integer[Any]], short: NDArray[np.int32]) -> Levels:
        found = np.full(edits.shape, NO, dtype=np.int8)
        for level, few, least in reversed(self.bars):
            found[(edits <= few) & (short >= least)] = level
        return found


def _lengths(texts: list[str]) -> NDArray[np.int32]:
    return np.fromiter(map(len, texts), dtype=np.int32, count=len(texts))


def _elementwise(
    forms: Forms,
    facet: Facet,
    sides: tuple[Index, Index],
    levels: Callable[[list[str], list[str]], Levels],
) -> Levels:
    """What a scorer says of pairs, where both sides have the facet."""
    left, right = sides
    texts = forms.texts(facet)
    there = forms.there(facet)
    at = np.flatnonzero(there[left] & there[right])
    found = np.full(len(left), NO, dtype=np.int8)
    if len(at):
        found[at] = levels(picked(texts, left[at]), picked(texts, right[at]))
    return found


def _outer(
    forms: Forms,
    facet: Facet,
    sides: tuple[Index, Index],
    levels: Callable[[list[str], list[str]], Levels],
) -> Levels:
    """What a scorer says of a grid, where both sides have the facet."""
    left, right = sides
    texts, there = forms.texts(facet), forms.there(facet)
    rows, columns = np.flatnonzero(there[left]), np.flatnonzero(there[right])
    found = np.full((len(left), len(right)), NO, dtype=np.int8)
    if len(rows) and len(columns):
        found[np.ix_(rows, columns)] = levels(
            picked(texts, left[rows]), picked(texts, right[columns])
        )
    return found


def _texts(forms: Forms, facet: Facet, mine: str | None, at: Sequence[int]) -> list[str | None]:
    """A facet of some values; of none of them, if what they are compared with lacks it."""
    if mine is None:
        return [None] * len(at)
    texts = forms.texts(facet)
    return [texts[i] for i in at]
