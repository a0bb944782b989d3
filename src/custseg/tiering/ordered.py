"""A column in ascending order, known by bucket and looked at more closely where it matters."""

from collections.abc import Callable, Sequence
from math import inf, nextafter
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.frames import Buckets, Passes, Sums, Tally, Unit

_FEW: Final = 250_000  # rows whose distinct values may leave the engine
_PARTS: Final = 1024  # buckets of a pass


@attrs.frozen(eq=False)
class Ordered:
    """The values of a column in ascending order, known by bucket.

    Attributes:
        low: Smallest value of each bucket, ascending; none is empty.
        high: Largest value of each bucket.
        count: Number of values.
        whole: Exact sums of the values, where they were asked for.

    >>> from custseg.frames import table
    >>> spent = table([{"x": 1.0}, {"x": 2.0}, {"x": 9.0}]).passes("x")
    >>> coarse = Ordered.of(spent.buckets(np.array([5.0])))
    >>> fine = coarse.narrowed(spent, lambda known: known.low < 5)
    >>> fine.low.tolist(), fine.count.tolist(), fine.at([0, 2]).tolist()
    ([1.0, 2.0, 9.0], [1, 1, 1], [0, 2])
    """

    low: Floats
    high: Floats
    count: Ints
    whole: tuple[int, ...] = ()

    @classmethod
    def of(cls, found: Buckets | Sums) -> "Ordered":
        """The buckets of a pass that hold anything.

        Args:
            found: What the pass gave.
        """
        full = np.flatnonzero(found.count)
        whole = tuple(found.whole[i] for i in full) if isinstance(found, Sums) else ()
        return cls(found.low[full], found.high[full], found.count[full], whole)

    @classmethod
    def counted(cls, found: Tally, unit: Unit | None = None) -> "Ordered":
        """A bucket for each distinct value.

        Args:
            found: The values.
            unit: What the sums are counted in, where there are any.
        """
        values, counts = found.values, found.counts
        pairs = zip(values.tolist(), counts.tolist(), strict=True)
        whole = tuple(unit.whole(value) * count for value, count in pairs) if unit else ()
        return cls(values, values, counts, whole)

    @property
    def through(self) -> Ints:
        """Number of values up to the end of each bucket."""
        return np.cumsum(self.count)

    def at(self, ranks: Sequence[int]) -> Ints:
        """The bucket of each rank.

        Args:
            ranks: Ranks, 0 the smallest value.
        """
        return np.searchsorted(self.through, np.asarray(ranks), "right")

    def narrowed(
        self, passes: Passes, asked: Callable[["Ordered"], Bools], unit: Unit | None = None
    ) -> "Ordered":
        """Split the buckets that matter until each of them holds one value.

        Args:
            passes: The column.
            asked: Which buckets matter; asked again after each pass.
            unit: What the sums are counted in, where there are any.
        """
        known = self
        while (split := asked(known) & (known.low < known.high)).any():
            ends = list(zip(known.low[split].tolist(), known.high[split].tolist(), strict=True))
            if int(known.count[split].sum()) <= _FEW:
                new = Ordered.counted(passes.tally(ends), unit)
            else:
                edges = _within(ends)
                found = passes.sums(edges, unit) if unit else passes.buckets(edges)
                new = Ordered.of(found)
                new = new.only(_inside(new.low, ends))
            known = known.only(~split).joined(new)
        return known

    def only(self, kept: Bools) -> "Ordered":
        """Some of the buckets.

        Args:
            kept: Which.
        """
        whole = tuple(w for w, k in zip(self.whole, kept.tolist(), strict=False) if k)
        return Ordered(self.low[kept], self.high[kept], self.count[kept], whole)

    def joined(self, other: "Ordered") -> "Ordered":
        """These buckets and others between them.

        Args:
            other: Buckets of the same column.
        """
        low, high = (np.concatenate(p) for p in ((self.low, other.low), (self.high, other.high)))
        count = np.concatenate((self.count, other.count))
        order = np.argsort(low, kind="stable")
        both: tuple[int, ...] = (*self.whole, *other.whole)
        places: list[int] = order.tolist() if both else []
        whole = tuple(both[i] for i in places)
        return Ordered(low[order], high[order], count[order], whole)


def _within(ends: Sequence[tuple[float, float]]) -> Floats:
    """Edges that part each range evenly among the floats: no range outlives a few passes."""
    parts = max(_PARTS // len(ends), 2)
    edges = list[float]()
    for low, high in ends:
        first, last = (int(place) for place in _places(np.array([low, high])))
        inner = {first + (last - first) * i // parts for i in range(1, parts)} - {first}
        inner_floats = _floats_at(np.array(sorted(inner), dtype=np.int64))
        edges += [low, *inner_floats.tolist(), nextafter(high, inf)]
    found = np.unique(np.array(edges))
    return np.asarray(found[np.isfinite(found)])


def _inside(values: Floats, ends: Sequence[tuple[float, float]]) -> Bools:
    lows, highs = np.array(ends).T
    place = np.searchsorted(lows, values, "right") - 1
    return np.asarray((place >= 0) & (values <= highs[place]))


def _places(values: Floats) -> Ints:
    """The place of floats among all floats in ascending order."""
    bits = (values + 0.0).view(np.int64)
    return np.where(bits < 0, np.iinfo(np.int64).min - bits, bits)


def _floats_at(places: Ints) -> Floats:
    bits = np.where(places < 0, np.iinfo(np.int64).min - places, places)
    return bits.view(np.float64) + 0.0
