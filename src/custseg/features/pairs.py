"""How many different things, and which one most, for each customer."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Index, Ints

NONE: Final = -1


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
        order = np.argsort(key, kind="stable")
        key = key[order]
        new = np.ones(len(key), dtype=np.bool_)
        np.not_equal(key[1:], key[:-1], out=new[1:])
        start = np.flatnonzero(new)
        total = np.add.reduceat(units[order], start) if len(start) else units[:0]
        rows = np.diff(np.append(start, len(key)))
        return cls(key[start] // things, key[start] % things, rows, total, size)

    def count(self) -> Ints:
        """Different things of each customer."""
        return np.bincount(self.customer, minlength=self.size)

    def favourite(self) -> Index:
        """The thing of each customer with most rows, then most money, then the lowest number.

        Whoever has none gets -1; the order of the rows does not matter.
        """
        order = np.lexsort((self.thing, -self.units, -self.rows, self.customer))
        customer = self.customer[order]
        best = np.ones(len(order), dtype=np.bool_)
        np.not_equal(customer[1:], customer[:-1], out=best[1:])
        out = np.full(self.size, NONE, dtype=np.intp)
        out[customer[best]] = self.thing[order[best]]
        return out
