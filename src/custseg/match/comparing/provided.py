"""Signs that count only under conditions."""

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Index
from custseg.match.comparing.forms import Facet, Forms
from custseg.match.comparing.signs import NO, Against, Levels, Sign


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
    >>> [sign.against("ab")(text) for text in ("ab", "a", "ac")]
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

    def against(self, word: str) -> Against:
        """What gives the level of one value with another."""
        same = [(facet, facet(word)) for facet in self.same]
        # What is missing here fits everything.
        fits = [(facet, mine) for facet in self.fits if (mine := facet(word)) is not None]
        others = [(other.against(word), wanted) for other, wanted in self._others]
        sign = self.sign.against(word)

        def level(text: str) -> int:
            if any((other(text) != NO) != wanted for other, wanted in others):
                return NO
            if any(facet(text) != mine for facet, mine in same):
                return NO
            for facet, mine in fits:
                other = facet(text)
                if other is not None and other != mine:
                    return NO
            return sign(text)

        return level

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
