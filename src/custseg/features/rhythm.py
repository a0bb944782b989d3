"""When and how regularly a customer buys."""

from collections.abc import Mapping

import attrs
import numpy as np

from custseg._typing import Column, Days, Floats, Ints
from custseg.features.kernel import Block, Purchases, measure, radix_sorted
from custseg.features.ledger import Ledger
from custseg.features.trend import Trend

_TWO = 2


@attrs.frozen(eq=False)
class Gaps:
    """Days between one purchase day and the next, in five figures.

    One gap is a last and a longest gap, but no rhythm yet: the other figures need two.

    Attributes:
        mean: Mean gap in days, NaN where unknown.
        median: Median gap.
        cv: Standard deviation (n - 1) divided by the mean: about 0 like a clock, 1 at random.
        last: Gap before the last purchase day.
        longest: Longest gap.
    """

    mean: Floats
    median: Floats
    cv: Floats
    last: Floats
    longest: Floats

    @classmethod
    def blank(cls, size: int) -> "Gaps":
        """No gaps of anybody yet."""
        return cls(*(np.full(size, np.nan) for _ in range(5)))

    def add(self, block: Block) -> None:
        """Write the figures of one block.

        >>> import numpy as np
        >>> from custseg.features.kernel import Rows
        >>> days, gaps = np.array([0, 10, 30, 30], "i4"), Gaps.blank(1)
        >>> measure(Rows(np.zeros(4, "i4"), days, np.ones(4, "i8"), 1), 99, gaps)
        >>> gaps.mean.tolist(), gaps.median.tolist(), gaps.cv.round(3).tolist()
        ([15.0], [15.0], [0.471])
        >>> gaps.last.tolist(), gaps.longest.tolist()
        ([20.0], [20.0])
        """
        count = block.end - block.start - 1
        again = np.flatnonzero(count)
        if not len(again):
            return
        gap = gaps_of(block)
        here, who = slice(block.low, block.high), block.who[again]
        self.last[here][who] = gap[block.end[again] - 1]
        self.longest[here][who] = np.maximum.reduceat(gap, block.start)[again]
        self._spread(block, gap, count)

    def _spread(self, block: Block, gap: Ints, count: Ints) -> None:
        """Write the figures that need two gaps."""
        many = np.flatnonzero(count >= _TWO)
        if not len(many):
            return
        n = count[many]
        squares = np.add.reduceat(gap * gap, block.start)[many]
        span = np.add.reduceat(gap, block.start)[many]
        variance = (n * squares - span * span) / (n * (n - 1))
        here, who = slice(block.low, block.high), block.who[many]
        self.mean[here][who] = span / n
        self.cv[here][who] = np.sqrt(variance) * n / span
        self.median[here][who] = _medians(block, gap, count)[many]


def gaps_of(block: Block) -> Ints:
    """Days since the purchase day before, 0 at each customer's first."""
    gap = np.zeros(len(block.occasion), dtype=np.int64)
    gap[1:] = np.diff(block.occasion)
    gap[block.start] = 0
    return gap


def _medians(block: Block, gap: Ints, count: Ints) -> Floats:
    """Median gap of each customer of a block; of no meaning where there is none."""
    inner = np.ones(len(gap), dtype=np.bool_)
    inner[block.start] = False
    owner = np.repeat(np.arange(len(count), dtype=np.int64), count)
    bits = max(1, int(gap.max()).bit_length())
    keys = (owner << bits) | gap[inner]
    ordered = radix_sorted(keys, bits + len(count).bit_length()) & ((1 << bits) - 1)
    first = block.start - np.arange(len(count))  # each customer has one gap less than days
    low = np.minimum(first + np.maximum(count - 1, 0) // 2, len(ordered) - 1)
    high = np.minimum(first + count // 2, len(ordered) - 1)
    return np.asarray((ordered[low] + ordered[high]) / 2.0)


def rhythm(ledger: Ledger, as_of: int) -> Mapping[str, Column]:
    """Purchase days, days since the first and the last of them, the gaps between, the trend.

    Args:
        ledger: Transactions up to ``as_of``.
        as_of: The last day that counts.
    """
    size = ledger.events.size
    bought, gaps, trend = Purchases.blank(size), Gaps.blank(size), Trend.blank(size)
    measure(ledger.rows, as_of, bought, gaps, trend)
    never = bought.days == 0
    first = np.where(never, np.nan, bought.first)
    last = np.where(never, np.nan, bought.last)
    return {
        "frequency": bought.days.astype(np.int64),
        "recency_days": as_of - last,
        "tenure_days": as_of - first,
        "first_purchase": Days(first),
        "last_purchase": Days(last),
        "gap_mean_days": gaps.mean,
        "gap_median_days": gaps.median,
        "gap_cv": gaps.cv,
        "gap_last_days": gaps.last,
        "gap_max_days": gaps.longest,
        "revenue_trend": trend.ratio,
    }
