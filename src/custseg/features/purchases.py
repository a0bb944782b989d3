"""The purchases of each customer in five figures."""

import attrs
import numpy as np

from custseg._typing import Index, Ints
from custseg.features.kernel import Block
from custseg.features.rows import Small


@attrs.frozen(eq=False)
class Purchases:
    """The purchase days of each customer in five figures.

    Attributes:
        days: Distinct purchase days, 0 = never bought.
        first: First purchase day, 0 where never bought.
        last: Last purchase day, 0 where never bought.
        net: Money of all rows, refunds taken off.
        opening: Money up to the end of the first purchase day.
    """

    days: Small
    first: Small
    last: Small
    net: Ints
    opening: Ints

    @classmethod
    def blank(cls, size: int) -> "Purchases":
        """No purchases of anybody yet."""
        days, first, last = np.zeros((3, size), dtype=np.int32)
        net, opening = np.zeros((2, size), dtype=np.int64)
        return cls(days, first, last, net, opening)

    def take(self, who: Index | slice) -> "Purchases":
        """The figures of some customers, each at most once."""
        days, first, last = (figure[who] for figure in (self.days, self.first, self.last))
        return Purchases(days, first, last, self.net[who], self.opening[who])

    def put(self, who: Index, other: "Purchases", size: int) -> "Purchases":
        """The same with the figures of some customers replaced, and with more customers.

        Args:
            who: These customers.
            other: Their figures.
            size: Number of customers of both.
        """
        out = Purchases.blank(size)
        for old, new, made in zip(*map(figures, (self, other, out)), strict=True):
            made[: len(old)] = old
            made[who] = new
        return out

    def add(self, block: Block) -> None:
        """Write the figures of one block."""
        here = slice(block.low, block.high)
        net, opening, first = self.net[here], self.opening[here], self.first[here]
        self.days[here][block.who] = block.end - block.start
        first[block.who] = block.occasion.take(block.start)
        self.last[here][block.who] = block.occasion.take(block.end - 1)
        np.add.at(net, block.code, block.units)
        closing = first
        if block.closing is not None:
            closing = np.zeros_like(first)
            closing[block.who] = block.closing
        early = np.flatnonzero(block.day <= closing.take(block.code))
        np.add.at(opening, block.code.take(early), block.units.take(early))


def figures(bought: Purchases) -> tuple[Small | Ints, ...]:
    """Its arrays."""
    return bought.days, bought.first, bought.last, bought.net, bought.opening
