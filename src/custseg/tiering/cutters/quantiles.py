"""Which cut points leave given shares of the customers below them?"""

from fractions import Fraction
from math import ceil, floor

import attrs
import numpy as np

from custseg._typing import Floats, floats
from custseg.tiering.cuts import Cuts, Ties, known
from custseg.tiering.settings import check_points, check_shares, check_word


@attrs.frozen
class Quantiles:
    """Cut points that leave given shares of the customers below.

    Equal values are never split. Where many are equal, no cut can leave exactly the share asked
    for, and ``ties`` says which way they go together: on a column where half of the customers
    hold the same value, one cut point falls on that value, and all of them are on one side.

    A share is read as the decimal it is written as (0.29 is 29/100), and the point is computed in
    exact fractions and rounded once: the same for any order of rows.

    Attributes:
        at: Shares of customers below each cut, ascending, strictly between 0 and 1.
        ties: ``down``: equal values at a cut are in the class below it (the top class is never
            more than its share, rounded up to a whole customer; the safe default where service
            costs money); ``up``: in the class above; ``middle``: on the side where the middle of
            their ranks is, as SPSS puts ties in the same bin.

    Raises:
        ConfigError: The shares do not ascend or leave (0, 1), or ``ties`` is unknown.

    Source: Hyndman & Fan 1996, "Sample quantiles in statistical packages", definition 7 (the
    default of numpy, R and Excel) for ``down`` and ``up``; IBM SPSS Direct Marketing, "RFM
    binning", for ``middle``.

    >>> Quantiles((0.5, 0.8)).cuts(np.arange(11.0))
    Cuts(points=(5.0, 8.0), closed='right')
    >>> half_are_one = np.array([1.0, 1.0, 1.0, 2.0, 3.0])
    >>> Quantiles((0.2,)).cuts(half_are_one).codes(half_are_one).tolist()
    [0, 0, 0, 1, 1]
    >>> Quantiles((0.2,), ties="up").cuts(half_are_one).codes(half_are_one).tolist()
    [1, 1, 1, 1, 1]
    """

    at: tuple[float, ...] = attrs.field(default=(0.5, 0.8), converter=floats)
    ties: Ties = "down"

    def __attrs_post_init__(self) -> None:
        """Check the shares and the tie rule."""
        check_shares("at", self.at)
        check_points("at", self.at, strict=True)
        check_word("ties", self.ties, ("down", "up", "middle"))

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.at) + 1

    def cuts(self, values: Floats) -> Cuts:
        """Choose the points.

        Args:
            values: Numbers; NaN is missing and ignored.

        Raises:
            NotEnoughDataError: No value is there.
            DataError: A value is infinite.
        """
        there = known(values)
        exact = [Fraction(str(share)) for share in self.at]
        if self.ties == "middle":
            return _middle(there, exact)
        return Cuts(_quantiles(there, exact), closed="right" if self.ties == "down" else "left")


def _quantiles(values: Floats, exact: list[Fraction]) -> tuple[float, ...]:
    last = len(values) - 1
    places = [share * last for share in exact]
    wanted = sorted({i for at in places for i in (floor(at), ceil(at))})
    part = np.partition(values, wanted)
    ends = [(Fraction(float(part[floor(at)])), Fraction(float(part[ceil(at)]))) for at in places]
    pairs = zip(places, ends, strict=True)
    return tuple(float(low + (high - low) * (at - floor(at))) for at, (low, high) in pairs)


def _middle(values: Floats, exact: list[Fraction]) -> Cuts:
    sizes, counts = np.unique(values, return_counts=True)
    double_rank = 2 * np.cumsum(counts) - counts
    beyond = float(np.nextafter(sizes[-1], np.inf))
    up = [2 * len(values) * share for share in exact]
    first = [int(np.searchsorted(double_rank, ceil(rank))) for rank in up]
    return Cuts(float(sizes[i]) if i < len(sizes) else beyond for i in first)
