"""Are there enough customers to learn cut points from?"""

from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.tiering.cuts import Cuts, Cutter
from custseg.tiering.given import numbers, weighing
from custseg.tiering.learnt import Learnt
from custseg.tiering.settings import check_cutter, is_number


@attrs.frozen
class AtLeast:
    """Learn cut points only from enough customers; else use those that are stored for that case.

    Whether it came to that is said in the result: ``cuts.learnt.fallback``.

    Attributes:
        customers: How many known values are needed.
        cutter: Where to cut when there are as many.
        otherwise: The cut points when there are fewer: last period's, or the business's own.

    Raises:
        ConfigError: The number is not above 0, or the two have another number of classes.

    Source: the guard is Klaviyo's, whose RFM analysis asks for 500 buyers
    (help.klaviyo.com 17797937793179).

    >>> from custseg.tiering import Cuts, Quantiles
    >>> guarded = AtLeast(500, Quantiles((0.5, 0.8)), Cuts((100.0, 1000.0)))
    >>> few = guarded.cuts(np.array([5.0, 20.0, 80.0]))
    >>> few.points, few.learnt.fallback
    ((100.0, 1000.0), True)
    """

    customers: int
    cutter: Cutter
    otherwise: Cuts

    def __attrs_post_init__(self) -> None:
        """Check the number and the classes."""
        check_cutter(self.cutter)
        if not (is_number(self.customers) and self.customers >= 1):
            msg = f"customers must be at least 1, got {self.customers!r}"
            raise ConfigError(msg)
        wanted = getattr(self.cutter, "classes", None)
        if wanted is not None and wanted != self.otherwise.classes:
            msg = f"the cutter makes {wanted} classes, the stored cut points {self.classes}"
            raise ConfigError(msg)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return self.otherwise.classes

    @property
    def weighs(self) -> bool:
        """Whether weights are understood."""
        return bool(getattr(self.cutter, "weighs", False))

    def cuts(self, values: Floats, weights: Floats | None = None) -> Cuts:
        """Choose the points, where there are enough customers.

        Args:
            values: Numbers; NaN is missing and does not count.
            weights: Passed on; a value with a weight of 0 does not count.

        Raises:
            DataError: A value is infinite, or a weight is impossible.
        """
        given, cutter = numbers(values).ravel(), cast("Any", self.cutter)
        heavy = None if weights is None else weighing(weights, given.size)
        there = ~np.isnan(given) if heavy is None else ~np.isnan(given) & (heavy > 0)
        if int(np.count_nonzero(there)) < self.customers:
            return attrs.evolve(self.otherwise, learnt=Learnt(given.size, fallback=True))
        made: Cuts = cutter.cuts(given) if heavy is None else cutter.cuts(given, heavy)
        if made.classes != self.classes:
            msg = f"the cutter made {made.classes} classes, the stored cut points {self.classes}"
            raise ConfigError(msg)
        return made
