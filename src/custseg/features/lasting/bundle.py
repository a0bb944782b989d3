"""Transactions that nothing tells apart are one row that stands for several."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.features.batches import Batch
from custseg.features.rows import Rows, Small

MARKS: Final[tuple[str, ...]] = ("order", "product")
"""Roles of which only what is the same matters: 64 bits of a hash, 0 = missing."""

WORDS: Final[tuple[str, ...]] = ("category", "channel", "payment_method")
"""Roles of which the words matter; -1 = missing."""

DATES: Final[tuple[str, ...]] = ("due", "settled")
"""Roles that are days."""

COST: Final[str] = "cost"
"""Whether the cost is known: 1 or 0."""

NO_DAY: Final = -(1 << 40)
"""A day that is missing."""

_BLANK: Final = {
    **dict.fromkeys(MARKS, 0),
    **dict.fromkeys(WORDS, -1),
    **dict.fromkeys(DATES, NO_DAY),
    COST: 0,
}
_ROOM: Final = 62  # bits of a key


@attrs.frozen(eq=False)
class Bundle(Batch):
    """Transactions, those that are the same in all that is read of them as one row.

    Attributes:
        rows: Customer, day and money of each row.
        second: 0: the time of the day is not kept.
        count: Transactions that each row stands for.
        cost: Cost of each row in whole 1/10000, 0 where unknown.
        marks: What else tells transactions apart, by role.
        words: The words that a role's marks stand for, in order.
    """

    count: Ints
    cost: Ints
    marks: Mapping[str, Ints] = attrs.field(factory=dict[str, Ints])
    words: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])

    @classmethod
    def of(
        cls,
        rows: Rows,
        count: Ints,
        cost: Ints,
        marks: Mapping[str, Ints],
        words: Mapping[str, tuple[str, ...]],
    ) -> "Bundle":
        """Rows as they are; the time of the day is let go."""
        nothing = np.broadcast_to(np.int32(0), len(rows.code))
        return cls(rows, nothing, count, cost, marks, words)

    def where(self, kept: Bools | Index) -> "Bundle":
        """Some of the rows."""
        marks = {role: mark[kept] for role, mark in self.marks.items()}
        return Bundle.of(self.rows.take(kept), self.count[kept], self.cost[kept], marks, self.words)

    def recoded(self, code: Index, size: int) -> "Bundle":
        """The same with other codes of customers."""
        new = code.astype(np.int32)[self.rows.code]
        return attrs.evolve(self, rows=attrs.evolve(self.rows, code=new, size=size))

    def having(self, roles: Iterable[str]) -> "Bundle":
        """The same with marks of more roles, all of them missing, in an order of their own."""
        wanted = {*roles, *self.marks}
        if "due" not in wanted:  # when something was paid says nothing where nothing was due
            wanted.discard("settled")
        marks = {
            role: self.marks.get(role, np.full(len(self), blank, dtype=np.int64))
            for role, blank in _BLANK.items()
            if role in wanted
        }
        words = {role: self.words.get(role, ()) for role in WORDS if role in wanted}
        return attrs.evolve(self, marks=marks, words=words)

    @property
    def grouped(self) -> "Bundle":
        """Rows that are the same in all but money and cost, added up; by customer and day."""
        if not len(self):
            return self
        order, begins = _runs(self)
        if order is None:
            return self
        if len(begins) == len(order):
            return self.where(order)
        first = order[begins]
        some = self.where(first)
        units, count, cost = (
            np.add.reduceat(figure[order], begins)
            for figure in (self.rows.units, self.count, self.cost)
        )
        rows = attrs.evolve(some.rows, units=units)
        return attrs.evolve(some, rows=rows, count=count, cost=cost)

    @property
    def spread(self) -> "Bundle":
        """One row a transaction again, of the same sums: the first of each run holds nearly all.

        Refunds stay below 0, and purchases do not: a purchase more is one of no money.
        """
        if (self.count == 1).all():
            return self
        place = np.repeat(np.arange(len(self)), self.count)
        first = np.zeros(len(place), dtype=np.bool_)
        first[np.cumsum(self.count) - self.count] = True
        every = self.where(place)
        least = np.where(every.rows.units < 0, -1, 0)
        whole = every.rows.units - least * (every.count - 1)
        rows = attrs.evolve(every.rows, units=np.where(first, whole, least))
        return attrs.evolve(
            every,
            rows=rows,
            count=np.ones(len(place), dtype=np.int64),
            cost=np.where(first, every.cost, 0),
        )


def bundled(parts: Sequence[Bundle], size: int) -> Bundle:
    """The rows of several bundles, one after the other.

    Args:
        parts: The bundles.
        size: Number of customers.
    """
    if len(parts) == 1:
        return attrs.evolve(parts[0], rows=attrs.evolve(parts[0].rows, size=size))
    words = _vocabulary(parts)
    roles = dict.fromkeys(role for part in parts for role in part.marks)
    marks = {role: np.concatenate([_mark(p, role, words) for p in parts]) for role in roles}
    count, cost = (np.concatenate([getattr(p, name) for p in parts]) for name in ("count", "cost"))
    rows = Rows.joined([part.rows for part in parts], size)
    return Bundle.of(rows, count, cost, marks, words)


def _vocabulary(parts: Sequence[Bundle]) -> dict[str, tuple[str, ...]]:
    roles = dict.fromkeys(role for part in parts for role in part.words)
    every = {role: {word for p in parts for word in p.words.get(role, ())} for role in roles}
    return {role: tuple(sorted(words)) for role, words in every.items()}


def _mark(part: Bundle, role: str, words: Mapping[str, tuple[str, ...]]) -> Ints:
    """The marks of one role, in a vocabulary that all share."""
    if role not in part.marks:
        return np.full(len(part), _BLANK[role], dtype=np.int64)
    if role not in words:
        return part.marks[role]
    place = {word: i for i, word in enumerate(words[role])}
    new = np.array([*(place[word] for word in part.words[role]), -1], dtype=np.int64)
    return new[part.marks[role]]


def _runs(bundle: Bundle) -> tuple[Index | None, Index]:
    """An order in which equal rows are side by side, and where each run begins.

    Where each row comes before the next one already, there is no order to give.
    """
    rows = bundle.rows
    parts: list[Index] = [rows.code, rows.day, (rows.units < 0).view(np.int8)]
    parts += [_dense(role, mark) for role, mark in bundle.marks.items()]
    low = [int(part.min()) for part in parts]
    bits = [(int(part.max()) - least).bit_length() for part, least in zip(parts, low, strict=True)]
    if sum(bits) > _ROOM:
        order = np.lexsort(parts[::-1])
        new = np.zeros(len(order), dtype=np.bool_)
        for part in parts:
            new |= _changes(part[order])
        return order, np.flatnonzero(new)
    key = np.zeros(len(bundle), dtype=np.int64)
    for part, least, width in zip(parts, low, bits, strict=True):
        key <<= width
        key += part
        key -= least
    if (key[1:] > key[:-1]).all():
        return None, key[:0]
    order = np.argsort(key)
    return order, np.flatnonzero(_changes(key[order]))


def _dense(role: str, mark: Ints) -> Index:
    """Marks as small numbers."""
    if role in WORDS or role == COST:
        return mark
    if role in DATES:
        low = int(mark.max(initial=0, where=mark != NO_DAY))
        return np.where(mark == NO_DAY, low + 1, mark)
    return np.unique(mark, return_inverse=True)[1]


def _changes(ordered: Index | Small) -> Bools:
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new
