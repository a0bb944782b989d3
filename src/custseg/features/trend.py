"""Whether a customer spends more or less of late than before."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.features.kernel import Block

LAST: Final = 3
"""Purchase days of a stretch, where nothing else is said."""

_NEVER: Final = np.iinfo(np.int32).max


@attrs.frozen(eq=False)
class Trend:
    """Money of the last purchase days, and of as many before them.

    A stretch lasts until the next one begins, so that a refund is taken off the purchases before
    it.

    Attributes:
        last: Purchase days of a stretch.
        recent: Money of the last stretch, refunds taken off.
        before: Money of the stretch before it.
        known: Who has bought on enough days for both.
    """

    last: int
    recent: Ints
    before: Ints
    known: Bools

    @classmethod
    def blank(cls, size: int, last: int = LAST) -> "Trend":
        """No money of anybody yet."""
        recent, before = np.zeros((2, size), dtype=np.int64)
        return cls(last, recent, before, np.zeros(size, dtype=np.bool_))

    @property
    def ratio(self) -> Floats:
        """Money of the last stretch for one of the stretch before, NaN where that had none."""
        there = self.known & (self.before > 0)
        return np.where(there, self.recent / np.where(there, self.before, 1), np.nan)

    def add(self, block: Block) -> None:
        """Write the figures of one block.

        >>> from custseg.features.kernel import measure
        >>> from custseg.features.rows import Rows
        >>> days, units = np.array([1, 2, 3, 4, 4], "i4"), np.array([10, 10, 20, 20, -5])
        >>> trend = Trend.blank(1, last=2)
        >>> measure(Rows(np.zeros(5, "i4"), days, units, 1), 99, trend)
        >>> trend.ratio.tolist()
        [1.75]
        """
        many = np.flatnonzero(block.end - block.start >= 2 * self.last)
        if not len(many):
            return
        here, who, end = slice(block.low, block.high), block.who[many], block.end[many]
        begin, turn = np.full((2, block.high - block.low), _NEVER, dtype=np.int32)
        begin[who] = block.occasion[end - 2 * self.last]
        turn[who] = block.occasion[end - self.last]
        self.known[here][who] = True
        rows = np.flatnonzero(block.day >= begin.take(block.code))
        code, units = block.code.take(rows), block.units.take(rows)
        late = block.day.take(rows) >= turn.take(code)
        np.add.at(self.recent[here], code[late], units[late])
        np.add.at(self.before[here], code[~late], units[~late])
