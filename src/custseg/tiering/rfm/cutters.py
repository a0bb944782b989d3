"""Cutters that RFM brings: the middle of a column, and the quantiles of R's package rfm."""

from fractions import Fraction
from math import fsum
from typing import Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.features.periods import whole
from custseg.frames import Passes, Unit
from custseg.tiering.cuts import Cuts, Side
from custseg.tiering.cutters.quantiles import Quantiles
from custseg.tiering.engine import check_found, quantile_points
from custseg.tiering.given import known
from custseg.tiering.settings import check_word

_ABOVE: Final = 5e-324  # the smallest number above 0
_WIDE: Final = 16  # pieces of 32 bits: who mixes larger and smaller numbers is counted by value
_DEEP: Final = -900  # the same of numbers whose last digit is below 2 to this power

Middle: TypeAlias = Literal["mean", "median"]


@attrs.frozen
class Halves:
    """One cut point in the middle of a column: high and low, near and far.

    Attributes:
        by: ``mean`` or ``median``.
        closed: Where a value on the middle is: ``right``: below; ``left``: above.

    Raises:
        ConfigError: ``by`` is unknown.

    Source: the eight RFM classes customary in China compare each customer with the mean.

    >>> Halves().cuts(np.array([1.0, 2.0, 9.0]))
    Cuts(points=(4.0,), closed='right')
    >>> Halves("median").cuts(np.array([1.0, 2.0, 9.0])).points
    (2.0,)
    """

    by: Middle = "mean"
    closed: Side = "right"

    def __attrs_post_init__(self) -> None:
        """Check the words."""
        check_word("by", self.by, ("mean", "median"))
        check_word("closed", self.closed, ("left", "right"))

    @property
    def classes(self) -> int:
        """Number of classes."""
        return 2

    def cuts(self, values: Floats) -> Cuts:
        """Choose the point; it does not depend on the order of the values.

        Args:
            values: Numbers; NaN is missing and ignored.

        Raises:
            NotEnoughDataError: No value is there.
            DataError: A value is infinite.
        """
        there = known(values)
        middle = float(np.median(there)) if self.by == "median" else fsum(there) / len(there)
        return Cuts((middle,), self.closed)

    def by_passes(self, passes: Passes) -> Cuts:
        """Choose the same point of a column in an engine.

        Args:
            passes: The column.

        Raises:
            NotEnoughDataError: No value is there.
            DataError: A value is infinite.
        """
        ends = passes.buckets(np.empty(0))
        check_found(ends)
        if self.by == "median":
            return Cuts(quantile_points(passes, (Fraction(1, 2),)), self.closed)
        return Cuts((_mean(passes, int(ends.count[0])),), self.closed)


@attrs.frozen
class RQuantiles:
    """The bins of R's package rfm: quantiles plus one, the lower end of each bin included.

    It gives that package's scores, for whoever has to reproduce them. The one that is added is one
    of the column's unit: a column of amounts in thousands has nearly all customers in one bin.

    Attributes:
        bins: Number of bins.

    Raises:
        ConfigError: There are fewer than two bins.

    Source: package rfm 0.3.0 for R, function ``bins`` (quantile type 7, plus 1).

    >>> RQuantiles(4).cuts(np.arange(101.0))
    Cuts(points=(26.0, 51.0, 76.0), closed='left')
    """

    bins: int = 5

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        whole(self.bins, "bins", 2)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return self.bins

    def cuts(self, values: Floats) -> Cuts:
        """Choose the points.

        Args:
            values: Numbers; NaN is missing and ignored.

        Raises:
            NotEnoughDataError: No value is there.
            DataError: A value is infinite.
        """
        shares = tuple(i / self.bins for i in range(1, self.bins))
        return Cuts((point + 1.0 for point in Quantiles(shares).cuts(values)), "left")

    def by_passes(self, passes: Passes) -> Cuts:
        """Choose the same points of a column in an engine.

        Args:
            passes: The column.

        Raises:
            NotEnoughDataError: No value is there.
            DataError: A value is infinite.
        """
        shares = tuple(i / self.bins for i in range(1, self.bins))
        return Cuts((point + 1.0 for point in Quantiles(shares).by_passes(passes)), "left")


def _mean(passes: Passes, count: int) -> float:
    """The exact sum, rounded once as ``fsum`` rounds it, by the number of values."""
    found = passes.buckets(np.array([0.0, _ABOVE]))
    far = [abs(x) for x in (found.low[0], found.high[2]) if x == x]  # noqa: PLR0124 - NaN test
    near = [abs(x) for x in (found.high[0], found.low[2]) if x == x]  # noqa: PLR0124 - NaN test
    if not far:
        return 0.0
    unit = Unit.of(min(near), max(far))
    if unit.limbs <= _WIDE and (unit.power or 0) >= _DEEP:
        whole_sum = passes.sums(np.empty(0), unit).whole[0]
        exact = whole_sum * Fraction(2) ** int(unit.power or 0)
    else:
        held = passes.tally([(float(np.nanmin(found.low)), float(np.nanmax(found.high)))])
        pairs = zip(held.values.tolist(), held.counts.tolist(), strict=True)
        exact = sum((Fraction(x) * n for x, n in pairs), Fraction(0))
    return float(exact) / count
