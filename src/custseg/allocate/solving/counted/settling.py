"""Where everybody is best at prices that are nearly right: the tied where limits want them."""

import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.allocate.solving.counted.flows import Flow
from custseg.allocate.solving.counted.repair import aims
from custseg.allocate.solving.grid import Grid
from custseg.allocate.solving.seats.ties import Best, Groups


def settled(grid: Grid, prices: Floats, limits: tuple[Ints, Ints]) -> Index:
    """Where each row is best; of equals, where as many as can be are within the limits.

    Groups with the same choices move at once: at good prices hardly anybody is left to be moved
    one by one, however many are tied.

    >>> import numpy as np
    >>> limits = np.array([0, 0]), np.array([2, 2])
    >>> settled(Grid.of(np.ones((3, 2)), limits[1]), np.zeros(2), limits).tolist()
    [0, 0, 1]
    """
    best = Best.of(grid, prices)
    if not best.ties.rows.size:
        return best.at
    lo, hi = limits
    load = np.bincount(best.at, minlength=lo.size)
    groups = Groups.of(best.ties, best.at, lo.size)
    rest = load - groups.amounts.sum(axis=0)
    flow = Flow(
        np.where(groups.allowed, prices, -np.inf),  # all choices are worth the same
        groups.amounts.sum(axis=1),
        lo - rest,
        hi - rest,
        groups.amounts.copy(),
        np.append(prices, 0.0),
        aims(load, limits, prices) - rest,
    )
    flow.move(flow.excess())
    groups.carry_out(best.at, flow.amounts)
    return best.at
