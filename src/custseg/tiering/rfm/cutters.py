"""Cutters that RFM brings: the middle of a column, and the quantiles of R's package rfm."""

from math import fsum
from typing import Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.features.periods import whole
from custseg.tiering.cuts import Cuts, Side
from custseg.tiering.cutters.quantiles import Quantiles
from custseg.tiering.given import known
from custseg.tiering.settings import check_word

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
