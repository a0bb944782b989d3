"""Of how few customers must no sum of money be shown?"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from custseg._typing import Bools

FEWEST: Final = 5
"""The money of fewer customers would tell what one of them spent."""

_TWO: Final = 2


def hidden(counts: Sequence[int]) -> Bools:
    """Which parts of a sum to hide, where the whole of it may be shown.

    A part of too few customers is hidden. So that what is hidden is not the whole less what is
    shown, the hidden parts are two or more, and of enough customers together: else the next
    smallest part is hidden too. A part of no customers has nothing to hide and hides nothing.

    Args:
        counts: Customers of each part whose money is known.

    >>> hidden([3, 40, 7, 0]).tolist()
    [True, False, True, False]
    """
    many = np.array(counts, dtype=np.int64)
    some = many > 0
    away = some & (many < FEWEST)
    left = sorted(np.flatnonzero(some & ~away).tolist(), key=lambda place: int(many[place]))
    for place in left:
        if not away.any() or (int(away.sum()) >= _TWO and int(many[away].sum()) >= FEWEST):
            break
        away[place] = True
    return np.asarray(away)
