"""Signs that count only under conditions, or together."""

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Index
from custseg.match.comparing.forms import Facet, Forms
from custseg.match.comparing.signs import NO, Levels, Sign


@attrs.frozen
class Provided:
    """A sign that counts only where other facets do not speak against it.

    Attributes:
        sign: What counts then.
        same: Facets that must be the same, or missing on both sides.
        fits: Facets that must be the same, or missing on a side.
        when: A sign that must be found, too.
        unless: A sign that must not be found.

    >>> from custseg.match.comparing.signs import Same
    >>> sign = Provided(Same(lambda w: w[0], 2), fits=(lambda w: w[1:] or None,))
    >>> sign.one(Forms(("ab", "a", "ac")), "ab", range(3))
    [2, 2, 127]
    """

    sign: Sign
    same: tuple[Facet, ...] = ()
    fits: tuple[Facet, ...] = ()
    when: Sign | None = None
    unless: Sign | None = None

    @property
    def best(self) -> int:
        """The best level that it can give."""
        return self.sign.best

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        at = np.flatnonzero(self._allowed(forms, left, right))
        for other, wanted in self._others:
            if len(at):
                at = at[(other.pairs(forms, left[at], right[at]) != NO) == wanted]
        found = np.full(len(left), NO, dtype=np.int8)
        if len(at):
            found[at] = self.sign.pairs(forms, left[at], right[at])
        return found

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        allowed = self._allowed(forms, left[:, None], right[None, :])
        for other, wanted in self._others:
            allowed &= (other.grid(forms, left, right) != NO) == wanted
        return np.where(allowed, self.sign.grid(forms, left, right), np.int8(NO))

    def one(self, forms: Forms, word: str, at: Sequence[int]) -> list[int]:
        """The level of one value with each of some."""
        left = [place for place, open_ in enumerate(self._open(forms, word, at)) if open_]
        for other, wanted in self._others:
            if left:
                seen = other.one(forms, word, [at[place] for place in left])
                left = [
                    place
                    for place, level in zip(left, seen, strict=True)
                    if (level != NO) == wanted
                ]
        found = [NO] * len(at)
        if left:
            levels = self.sign.one(forms, word, [at[place] for place in left])
            for place, level in zip(left, levels, strict=True):
                found[place] = level
        return found

    def _open(self, forms: Forms, word: str, at: Sequence[int]) -> list[bool]:
        """With which of some values no facet of one clashes."""
        allowed = [True] * len(at)
        for facet in self.same:
            mine, texts = facet(word), forms.texts(facet)
            allowed = [so and texts[i] == mine for so, i in zip(allowed, at, strict=True)]
        for facet in self.fits:
            mine = facet(word)
            if mine is not None and any(allowed):
                texts = forms.texts(facet)
                fits = (mine, None)
                allowed = [so and texts[i] in fits for so, i in zip(allowed, at, strict=True)]
        return allowed

    @property
    def _others(self) -> tuple[tuple[Sign, bool], ...]:
        pairs = ((self.when, True), (self.unless, False))
        return tuple((sign, wanted) for sign, wanted in pairs if sign is not None)

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


@attrs.frozen
class Each:
    """Several signs that must all be found: the worst of their levels.

    >>> from custseg.match.comparing.signs import Same
    >>> sign = Each((Same(lambda w: w[0], 2), Same(lambda w: w[-1], 3)))
    >>> sign.one(Forms(("axb", "ayc")), "azb", range(2))
    [3, 127]
    """

    signs: tuple[Sign, ...]

    @property
    def best(self) -> int:
        """The best level that they can give together."""
        return max(sign.best for sign in self.signs)

    def pairs(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each pair of values."""
        found = np.zeros(len(left), dtype=np.int8)
        at = np.arange(len(left))
        for sign in self.signs:
            # What one sign did not find need not be looked at by the next.
            found[at] = np.maximum(found[at], sign.pairs(forms, left[at], right[at]))
            at = at[found[at] != NO]
        return found

    def grid(self, forms: Forms, left: Index, right: Index) -> Levels:
        """The level of each of some values with each of others."""
        found = np.zeros((len(left), len(right)), dtype=np.int8)
        for sign in self.signs:
            np.maximum(found, sign.grid(forms, left, right), out=found)
        return found

    def one(self, forms: Forms, word: str, at: Sequence[int]) -> list[int]:
        """The level of one value with each of some."""
        found = [0] * len(at)
        left = list(range(len(at)))
        for sign in self.signs:
            if not left:
                break
            levels = sign.one(forms, word, [at[place] for place in left])
            for place, level in zip(left, levels, strict=True):
                found[place] = max(found[place], level)
            left = [place for place in left if found[place] != NO]
        return found
