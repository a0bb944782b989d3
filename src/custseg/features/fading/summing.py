"""Grains of points, added up customer by customer and kind by kind."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.errors import DataError
from custseg.features.fading.rule import HUNDREDTHS, EventRule
from custseg.features.rows import Small

_ROOM: Final = 1 << 62
_CHUNK: Final = 1 << 16  # temporaries stay in cache


@attrs.frozen(eq=False)
class Happened:
    """Events that have points.

    Attributes:
        code: Customer of each, 0 to ``size`` - 1.
        day: Civil day of each.
        kind: Place of its rule, -1 where there is none.
        size: Number of customers.
    """

    code: Small
    day: Small
    kind: Index
    size: int


def summed(rules: Sequence[EventRule], events: Happened, until: int) -> Ints:
    """Grains of each kind and customer at the end of a day, one row a rule.

    Args:
        rules: What events are worth.
        events: Events up to that day.
        until: The day.

    >>> day = np.array([10, 9, 10], dtype=np.int32)
    >>> some = Happened(np.array([0, 0, 1], dtype=np.int32), day, np.array([0, 0, -1]), 2)
    >>> (summed((EventRule("visit", 1, half_life=1),), some, 10) / 100 / 2**25).tolist()
    [[1.5, 0.0]]
    """
    rows = len(events.day)
    total = np.zeros((len(rules) + 1, events.size), dtype=np.int64)
    if not rows:
        return total[:-1]
    check_room(rules, events)
    oldest = until - int(events.day.min())
    width = oldest + 1
    table = np.concatenate([*(rule.grains(oldest) for rule in rules), np.zeros(width, np.int64)])
    flat = total.reshape(-1)
    for low in range(0, rows, _CHUNK):
        here = slice(low, low + _CHUNK)
        kind = events.kind[here].astype(np.intp)
        kind[kind < 0] = len(rules)
        age = until - events.day[here]
        np.add.at(flat, kind * events.size + events.code[here], table.take(kind * width + age))
    return total[:-1]


def check_room(rules: Sequence[EventRule], events: Happened) -> None:
    """Refuse more events of one customer than a whole number can hold the grains of.

    Raises:
        DataError: There are.
    """
    most = max(abs(rule.unit) for rule in rules)
    if len(events.code) * most <= _ROOM:
        return
    if int(np.bincount(events.code[events.kind >= 0], minlength=1).max()) * most > _ROOM:
        msg = f"one customer has more events than can be added up exactly, {_ROOM // most} at most "
        msg += "with these points; give each event fewer points"
        raise DataError(msg)


def rollable(rules: Sequence[EventRule], events: Happened, until: int) -> Ints:
    """Grains of the kinds of which one number a customer is enough; 0 of the others."""
    mine = np.array([*(rule.rollable for rule in rules), False])[events.kind]
    kind = np.where(mine, events.kind, -1)
    return summed(rules, attrs.evolve(events, kind=kind), until)


def points_of(rules: Sequence[EventRule], grains: Ints) -> Floats:
    """Points of each customer, from grains of each kind: whole hundredths of each, added up."""
    total = np.zeros(grains.shape[1], dtype=np.int64)
    for rule, row in zip(rules, grains, strict=True):
        total += rule.earned(row)
    return total / HUNDREDTHS


@attrs.frozen(eq=False)
class Recent:
    """Events that have to be remembered day by day, since what is left of them is no half-life.

    Attributes:
        kind: Place of the rule.
        code: Customer.
        day: Civil day.
        count: Number of events; rows are in order, each of them once.
    """

    kind: Ints
    code: Ints
    day: Ints
    count: Ints

    @classmethod
    def of(cls, parts: "Sequence[Recent]") -> "Recent":
        """Those of several parts together.

        >>> one = Recent(*(np.array([n]) for n in (0, 5, 20, 2)))
        >>> Recent.of((one, one)).count.tolist()
        [4]
        """
        kind, code, day, count = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("kind", "code", "day", "count")
        )
        if not len(day):
            return cls(kind, code, day, count)
        low = int(day.min())
        span = int(day.max()) - low + 1
        key = (kind * (int(code.max()) + 1) + code) * span + day - low
        distinct, first, place = np.unique(key, return_index=True, return_inverse=True)
        total = np.zeros(len(distinct), dtype=np.int64)
        np.add.at(total, place, count)
        return cls(kind[first], code[first], day[first], total)

    @classmethod
    def among(cls, rules: Sequence[EventRule], events: Happened, until: int) -> "Recent":
        """The events of the kinds that are not one number, if anything is left of them."""
        rollable = np.array([*(rule.rollable for rule in rules), True])
        at = np.flatnonzero(~rollable[events.kind])
        found = (events.kind[at], events.code[at], events.day[at], np.ones(len(at), np.int64))
        every = cls(*(column.astype(np.int64) for column in found))
        return cls.of((every.left(rules, until),))

    def left(self, rules: Sequence[EventRule], until: int) -> "Recent":
        """Without those of which nothing is left, today and later."""
        keep = np.ones(len(self.day), dtype=np.bool_)
        for place, rule in enumerate(rules):
            mine = self.kind == place
            keep[mine] = ~rule.faded(until - self.day[mine])
        return self.where(keep)

    def where(self, keep: Bools) -> "Recent":
        """Some of them."""
        return Recent(self.kind[keep], self.code[keep], self.day[keep], self.count[keep])

    def recoded(self, code: Index) -> "Recent":
        """The same with other codes of customers."""
        return attrs.evolve(self, code=code.astype(np.int64)[self.code])

    def grains(self, rules: Sequence[EventRule], size: int, until: int) -> Ints:
        """Grains of each kind and customer at the end of a day, one row a rule."""
        total = np.zeros((len(rules), size), dtype=np.int64)
        if not len(self.day):
            return total
        oldest = until - int(self.day.min())
        table = np.stack([rule.grains(oldest) for rule in rules])
        worth = table[self.kind, until - self.day] * self.count
        np.add.at(total, (self.kind, self.code), worth)
        return total
