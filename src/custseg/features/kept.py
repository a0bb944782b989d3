"""Figures of all customers that are kept, and mended for those whom new transactions concern."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Index
from custseg.features.batches import Batch
from custseg.features.kernel import measure
from custseg.features.occasions import Gathering, Occasions
from custseg.features.purchases import Purchases, figures
from custseg.features.rows import Rows, Small

_CHUNK: Final = 1 << 17
_MANY: Final = 4  # where one in so many is concerned, all are measured anew


@attrs.frozen(eq=False)
class Kept:
    """What was measured of all customers at the end of a day.

    Attributes:
        until: That day.
        rows: How many transactions there were: the first ones of a log that has grown since.
        bought: The purchases of each customer.
        occasions: The purchase days of each customer.
    """

    until: int
    rows: int
    bought: Purchases
    occasions: Occasions

    @classmethod
    def of(cls, rows: Rows, until: int) -> "Kept":
        """Measure all customers."""
        bought, found = Purchases.blank(rows.size), Gathering.blank(rows.size)
        measure(rows, until, bought, found)
        return cls(until, len(rows.code), bought, found.occasions)

    def frozen(self) -> "Kept":
        """The same; its arrays refuse to be written to, since logs share them."""
        for array in (*figures(self.bought), self.occasions.offset, self.occasions.day):
            array.setflags(write=False)
        return self

    def mending(self, batches: Sequence[Batch], size: int, until: int) -> "Mending | None":
        """What differs at that day or a later one, in a log that has grown.

        Args:
            batches: All transactions; the first are those that are kept of.
            size: Customers, the new ones included.
            until: The last day that counts.

        Returns:
            What differs, ``None`` where many customers are concerned or the day is an earlier one.
        """
        if until < self.until:
            return None
        concerned = self._concerned(batches, size, until)
        who = np.flatnonzero(concerned)
        if len(who) * _MANY > size:
            return None
        place = np.cumsum(concerned, dtype=np.int32) - np.int32(1)
        theirs = [_of(batch.rows, concerned, place) for batch in batches] if len(who) else []
        rows = Rows.joined(theirs, len(who)) if theirs else batches[0].rows.take(slice(0))
        anew = Kept.of(attrs.evolve(rows, size=len(who)), until)
        return Mending(self, who, anew, size, sum(map(len, batches)))

    def _concerned(self, batches: Sequence[Batch], size: int, until: int) -> Bools:
        """Customers with a transaction that was not there, or was too late to count."""
        concerned = np.zeros(size, dtype=np.bool_)
        low = 0
        for rows in (batch.rows for batch in batches):
            old = min(max(self.rows - low, 0), len(rows.code))
            new = rows.take(slice(old, None))
            concerned[new.code[new.day <= until]] = True
            if until > self.until and old:
                day = rows.day[:old]
                late = np.flatnonzero((day > self.until) & (day <= until))
                concerned[rows.code[late]] = True
            low += len(rows.code)
        return concerned


@attrs.frozen(eq=False)
class Mending:
    """What differs from figures that were kept.

    Attributes:
        before: The figures.
        who: The customers concerned.
        anew: Theirs, measured anew.
        size: Number of customers.
        rows: Number of transactions.
    """

    before: Kept
    who: Index
    anew: Kept
    size: int
    rows: int

    @property
    def _none(self) -> bool:
        return not len(self.who) and len(self.before.bought.days) == self.size

    @property
    def bought(self) -> Purchases:
        """The purchases of each customer."""
        old = self.before.bought
        return old if self._none else old.put(self.who, self.anew.bought, self.size)

    @property
    def occasions(self) -> Occasions:
        """The purchase days of each customer."""
        old = self.before.occasions
        return old if self._none else old.put(self.who, self.anew.occasions, self.size)

    @property
    def kept(self) -> Kept:
        """All of it, to be kept."""
        return Kept(self.anew.until, self.rows, self.bought, self.occasions)


def _of(rows: Rows, concerned: Bools, place: Small) -> Rows:
    """The transactions of some customers, counted from 0."""
    chunks = range(0, len(rows.code), _CHUNK)
    found = [low + np.flatnonzero(concerned.take(rows.code[low : low + _CHUNK])) for low in chunks]
    theirs = rows.take(np.concatenate(found) if found else slice(0))
    return attrs.evolve(theirs, code=place[theirs.code])
