"""Fairness bands that give way to one customer larger than they are, and to nothing else."""

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.allocate.limiting.loads import Loads


def eased(points: Floats, hi: Ints, loads: Loads) -> Loads:
    """Bands after the customers that no band could hold have found whom they go to.

    Such a customer goes where it has most points among the groups that hold fewest of its kind;
    the band there is widened to it. Fair shares of the others are of what is left.

    Args:
        points: How well each pair goes together; NaN where not eligible.
        hi: The most customers for each.
        loads: The loads, with their bands.

    >>> bare = Loads.of_one("value", np.array([9.0, 1.0, 2.0]), np.full(3, 3.6), np.full(3, 4.4))
    >>> fair = attrs.evolve(bare, band=(0.1,), share=(np.full(3, 1 / 3),))
    >>> new = eased(np.array([[0.0, 1.0, 0.0]] * 3), np.full(3, 3), fair)
    >>> new.hi[0].tolist(), new.lo[0].round(6).tolist()
    ([4.4, 9.0, 4.4], [1.35, 3.6, 1.35])
    """
    lows, highs = list(loads.lo), list(loads.hi)
    for r, band in enumerate(loads.band):
        if band is not None:
            lows[r], highs[r] = _one(points, hi, loads, r)
    return attrs.evolve(loads, lo=tuple(lows), hi=tuple(highs))


def _one(points: Floats, hi: Ints, loads: Loads, r: int) -> tuple[Floats, Floats]:
    low, high, at = loads.lo[r].copy(), loads.hi[r].copy(), loads.group[r]
    weight = loads.weight[r]
    extra = np.zeros(high.size)
    room = np.where(at >= 0, high[at], np.inf)
    large = np.flatnonzero(weight > float(room.min(initial=np.inf)))
    for row in large[np.argsort(-weight[large], kind="stable")].tolist():
        able = np.flatnonzero(~np.isnan(points[row]) & (hi > 0))
        by = loads.of_pairs(r)
        mine = weight[row] * (np.ones(able.size) if by is None else by[row, able])
        groups = at[able]
        if not able.size or (groups < 0).any() or (mine <= loads.hi[r][groups]).any():
            continue
        best = np.lexsort((able, -points[row, able], extra[groups]))[0]
        extra[groups[best]] += mine[best]
    taken = extra > 0
    high[taken] = np.maximum(high[taken], extra[taken])
    if not taken.any():
        return low, high
    share, heard = loads.share[r], ~np.isnan(points).all(axis=1)
    whole, left = float(np.sort(weight[heard]).sum()), float(share[~taken].sum())
    if left > 0:
        part = (whole - float(np.sort(extra).sum())) / left / max(whole, 1e-300)
        low[~taken] = np.minimum(low[~taken], low[~taken] * max(part, 0.0))
    return low, high
