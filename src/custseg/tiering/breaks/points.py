"""The distinct values of a column in order, and how much each weighs."""

from collections.abc import Mapping
from fractions import Fraction

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.tiering.tallies import Tally

_WHOLE = 2.0**53


@attrs.frozen
class Mean:
    """What a point that is the mean of several values leaves out.

    Attributes:
        rest: What weight times value, which is rounded, lacks of the exact sum.
        end: The largest of the values.
    """

    rest: Fraction
    end: float


@attrs.frozen(eq=False)
class Points:
    """Weighted points on a line, ascending; cuts fall between them.

    Attributes:
        values: Where the points are.
        weights: How much each weighs, above 0; the number of customers where nothing is weighed.
        means: Points that stand for several values between which no cut is, by their place.
        counted: The weights are known to be numbers of rows.
    """

    values: Floats
    weights: Floats
    means: Mapping[int, "Mean"] = attrs.field(factory=dict[int, "Mean"])
    counted: bool = False

    def __len__(self) -> int:
        """Count the points."""
        return len(self.values)

    @classmethod
    def of(cls, values: Floats, weights: Floats | None = None) -> "Points":
        """Sort values and put equal ones together.

        Args:
            values: Numbers; NaN is missing and left out.
            weights: One a value, not below 0; what weighs nothing is left out.

        Raises:
            NotEnoughDataError: No value is there, or all weights are 0.
            DataError: A value is infinite, or a weight is below 0 or no number.

        >>> Points.of(np.array([3.0, 1.0, np.nan, 3.0])).weights.tolist()
        [1.0, 2.0]
        """
        tally = Tally.of(values, weights)
        distinct = np.ascontiguousarray(tally.sizes)
        zero = int(np.searchsorted(distinct, 0.0))
        if zero < len(distinct) and distinct[zero] == 0:
            distinct[zero] = 0.0  # of 0.0 and -0.0 the order of the rows would choose
        counted = tally.counts.dtype.kind == "i"
        return cls(distinct, tally.counts.astype(np.float64), counted=counted)

    def part(self, begin: int, end: int) -> "Points":
        """Some neighbouring points.

        Args:
            begin: The first of them.
            end: The first behind them.
        """
        means = {i - begin: mean for i, mean in self.means.items() if begin <= i < end}
        return Points(self.values[begin:end], self.weights[begin:end], means, self.counted)

    def end(self, place: int) -> float:
        """The largest value that a point stands for.

        Args:
            place: Which point.
        """
        mean = self.means.get(place)
        return float(self.values[place]) if mean is None else mean.end

    @property
    def blur(self) -> float:
        """How far a sum of weight times value is off at most, for the rests."""
        return float(sum(abs(mean.rest) for mean in self.means.values()))

    @property
    def whole(self) -> bool:
        """Are sums of the weights exact, in any order?"""
        if not self.weights.sum() < _WHOLE:
            return False
        return self.counted or bool((self.weights == np.rint(self.weights)).all())
