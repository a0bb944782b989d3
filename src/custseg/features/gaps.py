"""The gaps between one purchase day and the next."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.features.kernel import Block, radix_sorted
from custseg.features.periods import Ruler

_TWO: Final = 2


@attrs.frozen(eq=False)
class Gaps:
    """Days between one purchase day and the next, in five figures.

    One gap is a last and a longest gap, but no rhythm yet: the other figures need two.

    Attributes:
        mean: Mean gap, NaN where unknown.
        median: Median gap.
        cv: Standard deviation (n - 1) divided by the mean: about 0 like a clock, 1 at random.
        last: Gap before the last purchase day.
        longest: Longest gap.
        ruler: How gaps are measured, where it is the calendar that says; otherwise in days.
    """

    mean: Floats
    median: Floats
    cv: Floats
    last: Floats
    longest: Floats
    ruler: Ruler | None = None

    @classmethod
    def blank(cls, size: int, ruler: Ruler | None = None) -> "Gaps":
        """No gaps of anybody yet."""
        mean, median, cv, last, longest = np.full((5, size), np.nan)
        return cls(mean, median, cv, last, longest, ruler)

    def add(self, block: Block) -> None:
        """Write the figures of one block.

        >>> import numpy as np
        >>> from custseg.features.kernel import measure
        >>> from custseg.features.rows import Rows
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
        gap = gaps_of(block, self.ruler)
        here, who = slice(block.low, block.high), block.who[again]
        self.last[here][who] = gap[block.end[again] - 1]
        self.longest[here][who] = np.maximum.reduceat(gap, block.start)[again]
        many = np.flatnonzero(count >= _TWO)
        if len(many):
            self._spread(block, gap, many)

    def _spread(self, block: Block, gap: Ints | Floats, many: Index) -> None:
        """Write the figures of those who have two gaps."""
        here, who = slice(block.low, block.high), block.who[many]
        count = block.end - block.start - 1
        n, span = count[many], np.add.reduceat(gap, block.start)[many]
        self.mean[here][who] = span / n
        if self.ruler is None:
            squares = np.add.reduceat(gap * gap, block.start)[many]
            variance = (n * squares - span * span) / (n * (n - 1))
            medians = _medians(block, gap, count)
        else:
            variance, medians = _variance(block, gap, count)[many], _middles(block, gap, count)
        self.cv[here][who] = np.sqrt(variance) * n / span
        self.median[here][who] = medians[many]


@attrs.frozen(eq=False)
class LogGaps:
    """The sum of the natural logarithms of each customer's gaps, 0 where there is none.

    Source: Reutterer, Platzer and Schroeder 2021, International Journal of Research in Marketing
    38(2): what the likelihood of regular buying needs of the gaps.

    Attributes:
        ruler: How gaps are measured.
        total: The sums.
    """

    ruler: Ruler
    total: Floats

    @classmethod
    def blank(cls, size: int, ruler: Ruler) -> "LogGaps":
        """No gaps of anybody yet."""
        return cls(ruler, np.zeros(size))

    def add(self, block: Block) -> None:
        """Write the sums of one block."""
        if not len(block.start):
            return
        gap = gaps_of(block, self.ruler)
        gap[block.start] = 1.0
        self.total[block.low : block.high][block.who] = np.add.reduceat(np.log(gap), block.start)


def gaps_of(block: Block, ruler: Ruler | None = None) -> Ints | Floats:
    """Time since the purchase day before, 0 at each customer's first; days without a ruler."""
    days = block.occasion
    gap: Ints | Floats = np.zeros(len(days), dtype=np.int64)
    if ruler is None:
        gap[1:] = np.diff(days)
    else:
        gap = np.append(0.0, ruler.between(days[:-1], days[1:]))
    gap[block.start] = 0
    return gap


def _medians(block: Block, gap: Ints | Floats, count: Ints) -> Floats:
    """Median gap of each customer of a block; of no meaning where there is none."""
    whole = gap[_inner(block)].astype(np.int64)
    owner = np.repeat(np.arange(len(count), dtype=np.int64), count)
    bits = max(1, int(gap.max()).bit_length())
    keys = (owner << bits) | whole
    ordered = radix_sorted(keys, bits + len(count).bit_length()) & ((1 << bits) - 1)
    return _at_middle(block, ordered, count)


def _middles(block: Block, gap: Ints | Floats, count: Ints) -> Floats:
    """The same of gaps that are no whole numbers."""
    inner = gap[_inner(block)]
    owner = np.repeat(np.arange(len(count), dtype=np.int64), count)
    return _at_middle(block, inner[np.lexsort((inner, owner))], count)


def _at_middle(block: Block, ordered: Ints | Floats, count: Ints) -> Floats:
    first = block.start - np.arange(len(count))  # each customer has one gap less than days
    low = np.minimum(first + np.maximum(count - 1, 0) // 2, len(ordered) - 1)
    high = np.minimum(first + count // 2, len(ordered) - 1)
    return np.asarray((ordered[low] + ordered[high]) / 2.0)


def _variance(block: Block, gap: Ints | Floats, count: Ints) -> Floats:
    """Variance of each customer's gaps around their mean, which squares of parts would lose."""
    mean = np.add.reduceat(gap, block.start) / np.maximum(count, 1)
    off = gap - np.repeat(mean, count + 1)
    off[block.start] = 0.0
    return np.asarray(np.add.reduceat(off * off, block.start) / np.maximum(count - 1, 1))


def _inner(block: Block) -> Ints:
    """Places of the purchase days that have one before them."""
    inner = np.ones(len(block.occasion), dtype=np.bool_)
    inner[block.start] = False
    return np.flatnonzero(inner)
