"""What places are worth at the best answer, and the bound that these prices prove."""

import numpy as np

from custseg._typing import Floats, Ints
from custseg.allocate.solving.counted.repair import distances
from custseg.allocate.solving.grid import Grid
from custseg.allocate.solving.seats.ties import Best, Ties


def worth(head: Floats, load: Ints, limits: tuple[Ints, Ints]) -> Floats:
    """The lowest prices that prove the answer: what one place more would bring.

    They do not depend on how the answer was found. Where nobody could come or go at any price,
    the prices are any that fit.

    Args:
        head: The least that moving one customer from each to each other would cost.
        load: How many customers each has.
        limits: The fewest and the most customers for each.

    >>> import numpy as np
    >>> head = np.array([[np.inf, 1.0], [3.0, np.inf]])
    >>> worth(head, np.array([1, 1]), (np.array([0, 0]), np.array([1, 9]))).tolist()
    [0.0, 0.0]
    """
    lo, hi = limits
    m = lo.size
    step = np.full((m + 1, m + 1), np.inf)
    step[:m, :m] = head
    step[:m, m] = np.where(load < hi, 0.0, np.inf)
    step[m, :m] = np.where(load > lo, 0.0, np.inf)
    prices = -distances(step, np.arange(m + 1, dtype=np.intp) == m)
    far = np.isinf(prices)
    if far.any():
        loose = -distances(step, np.ones(m + 1, dtype=np.bool_))
        over = (loose[far, None] - step[np.ix_(far, ~far)] - prices[~far]).max(initial=0.0)
        prices[far] = loose[far] - float(over)
    prices = prices[:m]
    prices[hi == 0] = 0.0
    return prices + 0.0


def certified(grid: Grid, prices: Floats, limits: tuple[Ints, Ints]) -> tuple[int, Ties]:
    """The bound in steps of the grid, from the prices alone, and who is tied at them.

    Any prices p bound any answer: each row has at most its best of points - p, and each
    representative brings back at most p for each of its places (weak duality).
    """
    lo, hi = limits
    best = Best.of(grid, prices)
    steps = best.steps
    worths = prices.astype(np.int64).tolist()
    for price, least, most in zip(worths, lo.tolist(), hi.tolist(), strict=True):
        steps += price * (most if price > 0 else least)
    return steps, best.ties
