"""How many different things, and which one most, for each customer."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Index, Ints

NONE: Final = -1
_ROOM: Final = 4  # a table of sums may have so many places for each row


@attrs.frozen(eq=False)
class Pairs:
    """The distinct pairs of a customer and a thing, by customer and then by thing.

    Attributes:
        customer: Customer of each pair.
        thing: Thing of each pair.
        rows: How often it occurs.
        units: Its money.
        size: Number of customers.
    """

    customer: Index
    thing: Index
    rows: Ints
    units: Ints
    size: int

    @classmethod
    def of(cls, code: Index, thing: Index, units: Ints, size: int) -> "Pairs":
        """Count pairs; rows whose thing is below 0 are passed over.

        >>> ones = np.array([1, 1, 1])
        >>> Pairs.of(np.array([0, 0, 0]), np.array([7, -1, 7]), ones, 1).rows.tolist()
        [2]
        """
        known = thing >= 0
        if not known.all():
            code, thing, units = code[known], thing[known], units[known]
        things = int(thing.max()) + 1 if len(thing) else 1
        key = code.astype(np.int64) * things + thing
        wide = size * things
        at, rows, total = (
            _placed(key, units, wide) if wide <= _ROOM * len(key) else _sorted(key, units)
        )
        return cls(at // things, at % things, rows, total, size)

    def count(self) -> Ints:
        """Different things of each customer."""
        return np.bincount(self.customer, minlength=self.size)

    def favourite(self) -> Index:
        """The thing of each customer with most rows, then most money, then the lowest number.

        Whoever has none gets -1; the order of the rows does not matter.
        """
        out = np.full(self.size, NONE, dtype=np.intp)
        best: Index = np.arange(len(self.customer))
        for figure in (self.rows, self.units):
            best = _highest(self.customer, figure, best)
        who = self.customer[best]
        first = np.ones(len(best), dtype=np.bool_)
        np.not_equal(who[1:], who[:-1], out=first[1:])
        out[who[first]] = self.thing[best[first]]
        return out


def _placed(key: Ints, units: Ints, wide: int) -> tuple[Index, Ints, Ints]:
    """Distinct keys in order, how often each occurs and its money: with a place for every key."""
    rows = np.bincount(key, minlength=wide)
    total = np.zeros(wide, dtype=units.dtype)
    np.add.at(total, key, units)
    at = np.flatnonzero(rows)
    return at, rows[at], total[at]


def _sorted(key: Ints, units: Ints) -> tuple[Index, Ints, Ints]:
    """The same where there would be too many places."""
    order = np.argsort(key, kind="stable")
    key = key[order]
    new = np.ones(len(key), dtype=np.bool_)
    np.not_equal(key[1:], key[:-1], out=new[1:])
    start = np.flatnonzero(new)
    total = np.add.reduceat(units[order], start) if len(start) else units[:0]
    return key[start], np.diff(np.append(start, len(key))), total


def _highest(customer: Index, figure: Ints, pairs: Index) -> Index:
    """Of some pairs in order, those with the highest figure of their customer."""
    if not len(pairs):
        return pairs
    who, held = customer[pairs], figure[pairs]
    start = np.flatnonzero(np.append(True, who[1:] != who[:-1]))
    high = np.maximum.reduceat(held, start)
    best: Index = pairs[held == np.repeat(high, np.diff(np.append(start, len(pairs))))]
    return best
