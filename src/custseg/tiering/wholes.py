"""Who holds how much of the whole, to the last digit and in any order?"""

from bisect import bisect_left
from fractions import Fraction
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.frames import UNITS, Unit
from custseg.frames.passes import LIMB, pieces

_SMALL: Final = 2**60  # sums of money below it are counted in ten-thousandths


@attrs.frozen(eq=False)
class Wholes:
    """Sums of values above 0, the largest first, each counted exactly in one unit.

    Attributes:
        unit: What is counted in.
        sizes: The values, descending.
        counts: How often each occurs.
        through: Cumulative sums by piece of 32 bits, the highest first.

    >>> found = Wholes.of(np.array([0.3, 0.2, 0.1]), np.array([1, 2, 1]))
    >>> found.upto(0), found.upto(1), found.inside(Fraction(4, 5), 0)
    (3000, 7000, 2)
    """

    unit: Unit
    sizes: Floats
    counts: Ints
    through: tuple[Ints, ...]

    @classmethod
    def of(cls, sizes: Floats, counts: Ints) -> "Wholes":
        """Add up.

        Args:
            sizes: Finite values above 0, descending, each once.
            counts: How often each occurs.
        """
        with np.errstate(over="ignore"):
            scaled = np.rint(sizes * UNITS)
            small = float((scaled * counts).sum()) < _SMALL
        if small and bool((scaled / UNITS == sizes).all()):
            return cls(Unit(), sizes, counts, (np.cumsum(scaled.astype(np.int64) * counts),))
        unit = Unit.of(float(sizes[-1]), float(sizes[0]))
        through = tuple(np.cumsum(piece * counts) for piece in pieces(sizes, unit))
        return cls(unit, sizes, counts, through)

    def upto(self, place: int) -> int:
        """Sum of the values from the largest to this one, of all that are equal to it.

        Args:
            place: Which value, 0 the largest.
        """
        total = 0
        for piece in self.through:
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
        one = self.unit.whole(float(self.sizes[place]))
        return twice_before(self.upto(place), one, int(self.counts[place]), speaker)


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
