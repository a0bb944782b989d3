"""What share of a cohort's first value is left at each age, and how sure is that?"""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.classify.flows.ages import Cells, Measure
from custseg.layout import plain
from custseg.measures.intervals import quantile, ratio, wilson
from custseg.showing import Shown

_TWO = 2


@attrs.frozen(eq=False)
class CohortAverage(Shown):
    """Retention at each age over all cohorts of which that age is over.

    Attributes:
        share: What the cohorts did at each age as a share of what they did at age 0, each weighing
            as it was at age 0.
        low: Lower ends of the intervals; NaN where too few bought.
        high: Upper ends.
        cohorts: Cohorts that tell of each age.
        customers: Customers of these cohorts.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> mean = cs.classify.cohorts(log, unit="month", as_of="1998-06-30").average()
    >>> mean.share.round(3).tolist()[:4], mean.cohorts.tolist()[:4]
    ([1.0, 0.146, 0.123, 0.095], [3, 3, 3, 3])
    """

    share: Floats
    low: Floats
    high: Floats
    cohorts: Ints
    customers: Ints

    @classmethod
    def of(
        cls, measure: Measure, cells: Cells, sizes: Ints, there: Bools, level: float
    ) -> "CohortAverage":
        """Sum up the cells that are there, age by age, and what the same cohorts did at age 0."""
        now, opening = cells.summed(there), cells.opening.summed(there)
        many = (sizes[:, None] * there).sum(axis=0)
        low, high = ends(measure, now, opening, many, level)
        share = ratio(now.value, above_zero(opening.value))
        return cls(share, low, high, there.sum(axis=0), many)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "share": plain(self.share),
            "low": plain(self.low),
            "high": plain(self.high),
            "cohorts": self.cohorts.tolist(),
            "customers": self.customers.tolist(),
        }


def ends(
    measure: Measure, now: Cells, opening: Cells, many: Ints, level: float
) -> tuple[Floats, Floats]:
    """Lower and upper ends of the values as shares of those at age 0.

    Args:
        measure: What is measured.
        now: The values.
        opening: Those at age 0.
        many: Customers behind each; one a row where there are rows.
        level: Share of repetitions in which an interval holds the true share.

    Raises:
        ConfigError: The level is not strictly between 0 and 1.
    """
    far, base = quantile(level), above_zero(opening.value)
    whole = np.broadcast_to(many if now.value.ndim == 1 else many[:, None], now.value.shape)
    share = ratio(now.value, base)
    if measure == "customers":
        low, high = wilson(now.value, whole, level)
    else:
        rest = now.square - 2.0 * share * now.cross + share**2 * opening.square
        told = (whole >= _TWO) & (now.buyers >= _TWO)
        spread = np.maximum(rest, 0.0) * ratio(whole, np.maximum(whole - 1, 0))
        half = far * np.sqrt(np.where(told, spread, np.nan)) / base
        low, high = share - half, share + half
    for end in (low, high):
        end[..., :1] = share[..., :1]  # whoever is in a cohort has bought at age 0
    return low, high


def above_zero(values: Floats) -> Floats:
    """Values to divide by; NaN where they are not above 0.

    >>> above_zero(np.array([2.0, 0.0])).tolist()
    [2.0, nan]
    """
    return np.where(values > 0, values, np.nan)
