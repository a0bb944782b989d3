"""The times of distinct histories, for a likelihood that is asked again and again."""

from collections.abc import Iterator
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.lifetime.patterns import Patterns, dot
from custseg.lifetime.quadrature import blocks

BLOCK: Final = 8192
"""Rows at a time, so that what is made of them stays in the cache."""

_FEW: Final = 1 << 14  # days that cost next to nothing


@attrs.frozen(eq=False)
class Times:
    """The times of some histories, seen from a scale of the rate of buying.

    Attributes:
        far: log((alpha + T) / (alpha + t_x)).
        begin: 1 / (alpha + t_x).
        end: 1 / (alpha + T).
    """

    far: Floats
    begin: Floats
    end: Floats


@attrs.frozen(eq=False)
class Ages:
    """Recency and age, by the day where times are whole days.

    A thousand days have a thousand logarithms, however many histories there are. Where times are
    in minutes, there may be many more minutes than histories: then each history has its own.

    Attributes:
        seen: The histories.
        days: Every day from 0 to the oldest age, or the recencies where there is no such grid.
        at_last: The day of each last purchase; empty without a grid.
        at_age: The day of each age; empty without a grid.
        customers: Customers by day of the last purchase.
        purchases: Their repeat purchases.
    """

    seen: Patterns
    days: Floats
    at_last: Index
    at_age: Index
    customers: Floats
    purchases: Floats

    @classmethod
    def of(cls, seen: Patterns) -> "Ages":
        """Find the days, where they are fewer than would be computed without them."""
        bought = seen.weight * seen.frequency
        many = seen.age.max() / seen.step if seen.step else np.inf
        if many > _FEW + 2 * len(seen.age):
            none = np.empty(0, dtype=np.intp)
            return cls(seen, seen.recency, none, none, seen.weight, bought)
        last, age = _days(seen.recency, seen.step), _days(seen.age, seen.step)
        days = np.arange(int(age.max()) + 1, dtype=np.float64) * seen.step
        customers, purchases = np.zeros_like(days), np.zeros_like(days)
        size = int(last.max()) + 1
        customers[:size] = np.bincount(last, weights=seen.weight)
        purchases[:size] = np.bincount(last, weights=bought)
        return cls(seen, days, last, age, customers, purchases)

    def read(self, alpha: float) -> Iterator[Times]:
        """The times of the histories, block by block."""
        parts = blocks(len(self.seen.weight), BLOCK)
        if not len(self.at_age):
            for rows in parts:
                begin, end = alpha + self.seen.recency[rows], alpha + self.seen.age[rows]
                yield Times(np.log(end / begin), 1.0 / begin, 1.0 / end)
            return
        since = alpha + self.days
        log, near = np.log(since), 1.0 / since
        for rows in parts:
            last, now = self.at_last[rows], self.at_age[rows]
            yield Times(log[now] - log[last], near[last], near[now])

    def add_last(self, params: Floats, stages: int, sums: tuple[Floats, Floats]) -> None:
        """Add the terms of (alpha + t_x) to the power of -(r + k x)."""
        r, alpha = params[:2].tolist()
        since = alpha + self.days
        many = r * self.customers + stages * self.purchases
        total, gradient = sums
        log = np.log(since)
        total -= dot(many, log)
        gradient[0] -= dot(self.customers, log)
        gradient[1] -= dot(many, 1.0 / since)


def _days(times: Floats, step: float) -> Index:
    days = np.empty(len(times), dtype=np.intp)
    for rows in blocks(len(times), BLOCK):
        days[rows] = np.rint(times[rows] / step)
    return days
