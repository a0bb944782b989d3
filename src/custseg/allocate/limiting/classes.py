"""Customers with the same choices and nearly the same weights, as one."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.allocate.limiting.loads import Loads

_MANY: Final = 40_000
_BINS: Final = 8


@attrs.frozen(eq=False)
class Classes:
    """Customers with the same choices and nearly the same weights.

    Attributes:
        count: How many customers each class has.
        open: Whom they may go to, K x m.
        least: The lightest of a class in each load with each representative, R x K x m.
        most: The heaviest.
        total: What a class weighs in each load; infinity where effort differs.
    """

    count: Floats
    open: Bools
    least: Floats
    most: Floats
    total: Floats


def classes_of(points: Floats, loads: Loads, bins: int = _BINS) -> Classes:
    """Customers by whom they may go to and by weight; alone while there are few."""
    open_ = ~np.isnan(points)
    rows = np.flatnonzero(open_.any(axis=1))
    keys = [np.packbits(open_[rows], axis=1)]
    few = rows.size * points.shape[1] <= _MANY
    for weight in loads.weight[:, rows]:
        mark = np.array(
            weight if few else np.searchsorted(_edges(weight, bins), weight), np.float64
        )
        keys.append(mark[:, None].view(np.uint8))
    if few and any(by is not None for by in loads.effort):
        at, size = np.arange(rows.size), rows.size
    else:
        _, at = np.unique(np.hstack(keys), axis=0, return_inverse=True)
        at = at.ravel()
        size = int(at.max(initial=-1)) + 1
    first = np.zeros(size, dtype=np.intp)
    first[at[::-1]] = np.arange(rows.size)[::-1]
    shape = (loads.size, size, points.shape[1])
    least, most, whole = np.full(shape, np.inf), np.zeros(shape), np.zeros(shape[:2])
    for r in range(loads.size):
        by = loads.of_pairs(r)
        pairs = loads.weight[r, rows][:, None] * (
            np.ones((1, shape[2])) if by is None else by[rows]
        )
        np.minimum.at(least[r], at, pairs)
        np.maximum.at(most[r], at, pairs)
        sums = np.bincount(at, loads.weight[r, rows], minlength=size)
        whole[r] = sums if by is None else np.inf
    count = np.bincount(at, minlength=size).astype(np.float64)
    return Classes(count, open_[rows][first], least, most, whole)


def _edges(weight: Floats, bins: int) -> Floats:
    """Cuts between light and heavy: as many customers in each bin, and as much weight."""
    parts = np.linspace(0, 1, bins + 1)[1:-1]
    heavy: Floats = np.sort(weight)
    if not heavy.size:
        return heavy
    tail = np.searchsorted(np.cumsum(heavy), parts * float(heavy.sum()))
    tail = np.minimum(tail, heavy.size - 1)
    return np.unique(np.concatenate([np.quantile(heavy, parts), heavy[tail]]))
