"""Who holds how much of the whole, to the last digit and in any order?"""

from bisect import bisect_left
from fractions import Fraction
from typing import Any, Final, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats, Ints
from custseg.frames import UNITS, Unit
from custseg.frames.passes import LIMB, pieces

Pieces: TypeAlias = tuple[Ints | NDArray[Any], ...]
_SMALL: Final = 2**60  # sums of money below it are counted in ten-thousandths
_WIDE: Final = 16  # pieces: beyond, and deeper than this power of two, splitting is not exact
_DEEP: Final = -900
_FIRST: Final = 1 << 10


@attrs.frozen(eq=False)
class Wholes:
    """Sums of values above 0, the largest first, each counted exactly in one unit.

    Attributes:
        sizes: The values, descending.
        counts: How often each occurs.
        through: Cumulative sums by piece of 32 bits, the highest first; where values are too far
            apart for pieces, whole numbers of any length.

    >>> found = Wholes.of(np.array([0.3, 0.2, 0.1]), np.array([1, 2, 1]))
    >>> found.upto(0), found.upto(1), found.inside(Fraction(4, 5), 0)
    (3000, 7000, 2)
    """

    sizes: Floats
    counts: Ints
    through: Pieces

    @classmethod
    def of(cls, sizes: Floats, counts: Ints) -> "Wholes":
        """Add up.

        Args:
            sizes: Finite values above 0, descending, each once.
            counts: How often each occurs.
        """
        scaled = in_money(sizes)
        if scaled is not None and float((scaled * counts).sum()) < _SMALL:
            return cls(sizes, counts, (np.cumsum(scaled.astype(np.int64) * counts),))
        unit = Unit.of(float(sizes[-1]), float(sizes[0]))
        power = unit.power or 0
        if unit.limbs <= _WIDE and power >= _DEEP:
            return cls(sizes, counts, tuple(np.cumsum(p * counts) for p in pieces(sizes, unit)))
        one = Fraction(2) ** power
        whole = [int(Fraction(size) / one) for size in sizes.tolist()]
        return cls(sizes, counts, (np.cumsum(np.array(whole, dtype=object) * counts),))

    def upto(self, place: int) -> int:
        """Sum of the values from the largest to this one, of all that are equal to it.

        Args:
            place: Which value, 0 the largest; -1: none.
        """
        total = 0
        for piece in self.through if place >= 0 else ():
            total = (total << LIMB) + int(piece[place])
        return total

    def inside(self, share: Fraction, speaker: int) -> int:
        """How many values, from the largest, have less than a share of the whole before them.

        Args:
            share: The share.
            speaker: Who of equal customers speaks for them: 0 the first, 1 the middle one, 2 the
                last.
        """
        bar = limit(self.upto(len(self.sizes) - 1), share)
        places = range(len(self.sizes))
        return bisect_left(places, bar, key=lambda place: self._before(place, speaker))

    def _before(self, place: int, speaker: int) -> int:
        upto, count = self.upto(place), int(self.counts[place])
        return twice_before(upto, (upto - self.upto(place - 1)) // count, count, speaker)


def in_money(values: Floats) -> Floats | None:
    """Values counted in ten-thousandths, where all are money of up to four decimals.

    >>> in_money(np.array([0.29, 17.0])).tolist(), in_money(np.array([0.29, 1 / 3]))
    ([2900.0, 170000.0], None)
    """
    if len(values) > _FIRST and in_money(values[:_FIRST]) is None:  # mostly it shows at once
        return None
    with np.errstate(over="ignore"):
        scaled: Floats = np.rint(values * UNITS)
    return scaled if bool((scaled / UNITS == values).all()) else None


def limit(whole: int, share: Fraction) -> int:
    """Twice a share of a whole, rounded up.

    >>> limit(1000, Fraction(4, 5)), limit(3, Fraction(95, 100))
    (1600, 6)
    """
    exact = share * 2 * whole
    return -(-exact.numerator // exact.denominator)


def twice_before(upto: int, one: int, count: int, speaker: int) -> int:
    """Twice the sum before the first, the middle or the last of equal customers.

    Twice, so that the middle of an even number of them stays whole.

    Args:
        upto: Sum up to the last of them, with it.
        one: What each of them is.
        count: How many there are.
        speaker: 0 the first, 1 the middle one, 2 the last.

    >>> [twice_before(10, 2, 3, speaker) for speaker in (0, 1, 2)]
    [8, 12, 16]
    """
    return 2 * (upto - one * count) + speaker * (count - 1) * one
