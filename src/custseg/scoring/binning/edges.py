"""Where may a column of numbers be cut?"""

from decimal import ROUND_FLOOR, Context, Decimal
from math import isinf

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints

_DIGITS = 17


@attrs.frozen(eq=False)
class FineBins:
    """A column cut finely: what coarser bins are put together from.

    Attributes:
        starts: The least value of each fine bin but the first.
        before: The greatest value of the fine bin before each of those.
    """

    starts: Floats
    before: Floats

    def place(self, values: Floats) -> Index:
        """The fine bin of each value."""
        return np.searchsorted(self.starts, values, side="right")


def fine_bins(values: Floats, weight: Floats | None, most: int) -> FineBins:
    """Cut values into about equally many, equal values together.

    Where there are no more than ``most`` distinct values each stands alone: whole numbers and
    flags are kept as they are.

    Args:
        values: Known values, in any order.
        weight: How many each counts for; ``None``: one each.
        most: The most fine bins.

    >>> fine_bins(np.array([3.0, 1.0, 1.0, 1.0, 2.0]), None, 2).starts.tolist()
    [2.0]
    """
    if weight is None:
        ordered = np.sort(values)
        reached = np.arange(1, len(ordered) + 1, dtype=np.float64)
    else:
        order = np.argsort(values, kind="stable")
        ordered, reached = values[order], np.cumsum(weight[order])
    steps: Ints = np.flatnonzero(ordered[1:] > ordered[:-1]) + 1
    if len(steps) >= most:
        steps = _even(steps, reached, most)
    return FineBins(ordered[steps], ordered[steps - 1])


def _even(steps: Ints, reached: Floats, most: int) -> Ints:
    """Of all places to cut those nearest to equal shares."""
    below = reached[steps - 1]
    wanted = reached[-1] * np.arange(1, most) / most
    right: Ints = np.asarray(np.searchsorted(below[:-1], wanted), dtype=np.int64)
    left: Ints = np.maximum(right - 1, 0)
    back: Bools = wanted - below[left] < below[right] - wanted
    nearer: Ints = np.where(back, left, right)
    return np.asarray(steps[np.unique(nearer)], dtype=np.int64)


def roundest(low: float, high: float) -> float:
    """The number above ``low``, at most ``high``, that is written with the fewest digits.

    Nothing learnt changes: no value seen lies strictly between the two.

    >>> roundest(34.0, 35.0), roundest(1379.2, 1412.7), roundest(-0.1, 0.3), roundest(0.11, 0.12)
    (35.0, 1400.0, 0.0, 0.12)
    """
    if isinf(high):
        high = low + max(1.0, abs(low))
    if low < 0 <= high:
        return 0.0
    exact = Decimal(repr(float(high)))
    for digits in range(1, _DIGITS):
        short = float(exact.normalize(Context(prec=digits, rounding=ROUND_FLOOR)))
        if low < short <= high:
            return short
    return high
