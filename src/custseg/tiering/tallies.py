"""How many customers hold each value, and which value is at a rank?"""

from collections.abc import Sequence
from typing import TypeAlias

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.errors import NotEnoughDataError
from custseg.tiering.given import known, numbers, weighing

Counts: TypeAlias = Ints | Floats
_BLOCK = 1 << 15  # temporaries stay in cache
_STRETCH = 1 << 10
_SCALES = (1, 100)  # whole numbers, then money in hundredths
_FINEST = 2.0**52
_ROOM = 4  # a table of counts may be this many times as long as the values


@attrs.frozen(eq=False)
class Tally:
    """Distinct values, ascending, and how many customers hold each.

    Attributes:
        sizes: The distinct values.
        counts: Customers, or the sum of their weights, above 0.

    >>> Tally.of(np.array([2.0, 1.0, np.nan, 2.0])).counts.tolist()
    [1, 2]
    """

    sizes: Floats
    counts: Counts

    @classmethod
    def of(cls, values: Floats, weights: Floats | None = None) -> "Tally":
        """Count.

        Args:
            values: Numbers; NaN is missing and ignored.
            weights: The number of customers that each value stands for; 0 is ignored.

        Raises:
            NotEnoughDataError: No value is there, or the weights are all 0.
            DataError: A value is infinite, or a weight is below 0 or no number.
        """
        if weights is not None:
            return cls(*_weighed(values, weights))
        there = known(values)
        dense = _dense(there)
        if dense is None:
            return cls(*_sorted(there))
        counts, low, scale = dense
        held = np.flatnonzero(counts)
        return cls((held + low) / scale, counts[held])


def ranked(values: Floats, ranks: Sequence[int]) -> Floats:
    """The values at some ranks, 0 the smallest.

    Args:
        values: Numbers that are there and finite.
        ranks: Whole numbers from 0 to one below the number of values.

    >>> ranked(np.array([30.0, 10.0, 20.0]), [0, 2]).tolist()
    [10.0, 30.0]
    """
    dense = _dense(values)
    if dense is None:
        return np.partition(values, sorted(set(ranks)))[list(ranks)]
    counts, low, scale = dense
    held = _held(counts, np.asarray(ranks))
    return (held + low) / scale


def _held(counts: Ints, ranks: Index) -> Index:
    """Where the counts reach each rank: first the stretch, then the place in it."""
    starts = np.arange(0, len(counts), _STRETCH)
    through = np.cumsum(np.add.reduceat(counts, starts))
    stretch = np.searchsorted(through, ranks, side="right")
    left = ranks - np.append(0, through)[stretch]
    held = np.empty(len(ranks), dtype=np.int64)
    for i, (start, rank) in enumerate(zip(starts[stretch], left, strict=True)):
        inside = np.cumsum(counts[start : start + _STRETCH])
        held[i] = start + np.searchsorted(inside, rank, side="right")
    return held


def _dense(values: Floats) -> tuple[Ints, int, int] | None:
    """Counts by whole number, where the values are such and lie close together: no sort."""
    low, high = float(values.min()), float(values.max())
    for scale in _SCALES:
        span = (high - low) * scale
        if span > _ROOM * len(values) or max(-low, high) * scale > _FINEST:
            return None
        base = round(low * scale)
        units = np.empty(len(values), dtype=np.intp)
        if all(
            _filled(values[start : start + _BLOCK], scale, base, units[start : start + _BLOCK])
            for start in range(0, len(values), _BLOCK)
        ):
            return np.bincount(units), base, scale
    return None


def _filled(block: Floats, scale: int, base: int, out: Index) -> bool:
    """Whole units above the base; whether the block holds nothing but such."""
    whole = np.rint(block * scale) if scale > 1 else np.rint(block)
    if not ((whole / scale if scale > 1 else whole) == block).all():
        return False
    np.subtract(whole, base, out=out, casting="unsafe")
    return True


def _sorted(values: Floats) -> tuple[Floats, Ints]:
    ordered = np.sort(values)
    last = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True))
    return ordered[last], np.diff(last, prepend=-1)


def _weighed(values: Floats, weights: Floats) -> tuple[Floats, Counts]:
    """Weights are added in the order of value and weight, so that row order changes no sum."""
    values = numbers(values).ravel()
    weights = weighing(weights, values.size)
    used = (weights > 0) & ~np.isnan(values)
    if not used.any() and len(values):
        msg = "no value has a weight above 0; weigh at least one customer"
        raise NotEnoughDataError(msg)
    there, heavy = known(values[used]), weights[used]
    order = np.lexsort((heavy, there))
    there, heavy = there[order], heavy[order]
    first = np.flatnonzero(np.append(True, there[1:] != there[:-1]))
    sums = np.add.reduceat(heavy, first)
    whole = bool((np.rint(heavy) == heavy).all()) and float(heavy.sum()) < _FINEST
    return there[first], np.rint(sums).astype(np.int64) if whole else sums
