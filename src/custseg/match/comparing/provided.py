"""Signs that count only under conditions."""

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Index
from custseg.match.comparing.forms import Facet, Forms, mark
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
    >>> sign.one(Forms(("ab", "a", "ac")), "ab", np.arange(3)).tolist()
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

    def one(self, forms: Forms, word: str, at: Index) -> Levels:
        """The level of one value with each of some."""
        found = np.full(len(at), NO, dtype=np.int8)
        left = np.flatnonzero(self._open(forms, word, at))
        for other, wanted in self._others:
            if len(left):
                left = left[(other.one(forms, word, at[left]) != NO) == wanted]
        if len(left):
            found[left] = self.sign.one(forms, word, at[left])
        return found

    def _open(self, forms: Forms, word: str, at: Index) -> NDArray[np.bool_]:
        """With which of some values no facet of one clashes."""
        allowed = np.ones(len(at), dtype=bool)
        for facet in self.same:
            allowed &= forms.marks(facet)[at] == mark(facet(word))
        for facet in self.fits:
            mine = mark(facet(word))
            if mine >= 0 and allowed.any():
                marks = forms.marks(facet)[at]
                allowed &= (marks == mine) | (marks < 0)
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
