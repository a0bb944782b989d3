"""Which texts may be placeholders, told by their outer letters: most are not, and not read."""

from collections.abc import Iterable, Mapping
from functools import cache
from string import ascii_letters, digits, punctuation
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Index
from custseg.frames.letters import Letters, Points
from custseg.values import junk

_HAN: Final = slice(0x4E00, 0xA000)
_BLOCK: Final = 1 << 16
_OUTER: Final = ascii_letters + digits
_INNER: Final = _OUTER + punctuation + " \0"  # \0: there is no second letter


@attrs.frozen(eq=False)
class _Place:
    """What stands at one place of a placeholder: the first, second or last letter.

    Attributes:
        number: Of each code point: 0 where no placeholder has that letter there; the highest where
            the letter may not be what is seen, so that everything is doubtful.
        known: The numbers of the letters that placeholders have there; all digits share one.
    """

    number: NDArray[np.uint8]
    known: Mapping[str, int]

    @classmethod
    def of(cls, letters: Iterable[str], plain: str) -> "_Place":
        """Number letters.

        Args:
            letters: What placeholders have there.
            plain: What is sure to be what is seen, besides Han characters.
        """
        found = {"0" if letter.isdecimal() else letter or "\0" for letter in letters}
        known = {letter: i for i, letter in enumerate(sorted(found), 1)}
        number = np.full(_HAN.stop + 1, len(known) + 1, dtype=np.uint8)  # -1 is the last of them
        number[_HAN] = 0
        number[list(map(ord, plain))] = 0
        for letter, place in known.items():
            for case in {letter, letter.upper()}:
                if ord(case) < _HAN.stop and number[ord(case)] == 0:
                    number[ord(case)] = place
        number[list(map(ord, digits))] = known["0"]
        return cls(number, known)

    @property
    def width(self) -> int:
        """How many numbers there are."""
        return len(self.known) + 2

    def at(self, points: Points) -> Index:
        """The numbers of letters."""
        return self.number.take(points).astype(np.intp)


@attrs.frozen(eq=False)
class _Outer:
    """The outer letters of placeholders.

    Attributes:
        places: What stands at each of the three places.
        together: For the numbers at all three whether a placeholder has them, or may have.
    """

    places: tuple[_Place, ...]
    together: Bools

    @classmethod
    def of(cls, triples: Iterable[tuple[str, str, str]]) -> "_Outer":
        """From the outer letters of each placeholder."""
        seen = ((one, two if one.isascii() else "", end) for one, two, end in triples)
        every = [*seen, ("0", "0", "0"), ("0", "", "0")]
        columns = zip(*every, strict=True)
        plain = (_OUTER, _INNER, _OUTER)
        places = tuple(_Place.of(*both) for both in zip(columns, plain, strict=True))
        table = np.zeros(tuple(place.width for place in places), dtype=np.bool_)
        for axis in range(len(places)):
            np.moveaxis(table, axis, 0)[-1] = True
        for triple in every:
            keys = ("0" if one.isdecimal() else one or "\0" for one in triple)
            at = tuple(place.known[key] for place, key in zip(places, keys, strict=True))
            table[at] = True
        return cls(places, table)

    def doubtful(self, letters: Letters) -> Bools:
        """Whether each text may be a placeholder."""
        flat, out = self.together.ravel(), np.empty(len(letters.first), dtype=np.bool_)
        for low in range(0, len(out), _BLOCK):
            here = slice(low, low + _BLOCK)
            place: Index | int = 0
            for each, points in zip(self.places, _points(letters), strict=True):
                place = place * each.width + each.at(points[here])
            out[here] = flat.take(place)
        return out


def _points(letters: Letters) -> tuple[Points, ...]:
    return letters.first, letters.second, letters.last


def doubtful(letters: Letters) -> Bools:
    """Whether each text has to be read to know if it is a placeholder.

    Between two letters or digits there is nothing to be stripped, so that a placeholder is one of
    the known words, or digits alone.

    >>> import pyarrow as pa
    >>> from custseg.frames.letters import letters_of
    >>> doubtful(letters_of(pa.array(["N/A", "Ulm", "上海", "无", "-", "00", "né"]))).tolist()
    [True, False, False, True, True, True, True]
    """
    return _outer().doubtful(letters)


@cache
def _outer() -> _Outer:
    return _Outer.of(sorted(junk.outer_letters()))
