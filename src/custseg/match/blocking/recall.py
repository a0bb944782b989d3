"""How many doubles the passes can have missed, from how often they agree: no labels needed."""

from math import fsum

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats


def recall_bound(masks: NDArray[np.integer], chances: Floats, passes: int) -> float | None:
    """The most that the share of doubles which the passes hold can be.

    Each pass is a catch: doubles that many passes hold were easy to find, and as many as only one
    holds hint at those that none does. Since doubles that are easy for one pass are easy for
    another, the estimate of what is missing is too low, and so the share is a bound from above.

    Args:
        masks: For each pair, or each kind of pair, the passes that hold it, as bits.
        chances: How many of them are doubles, as far as is known.
        passes: How many passes there are.

    Returns:
        The bound; None where fewer than two passes can be compared, or no double was found.

    Source: Chao (1987), Estimating the population size for capture-recapture data with unequal
    catchability, Biometrics 43; in the form that is corrected for bias.

    >>> masks = np.array([1, 2, 3])
    >>> round(recall_bound(masks, np.array([10.0, 10.0, 79.0]), 2), 3)
    0.988
    """
    found = fsum(chances.tolist())
    if passes < 2 or found <= 0:  # noqa: PLR2004 - one catch has nothing to be compared with
        return None
    held = np.bitwise_count(masks)
    once, twice = (fsum(chances[held == many].tolist()) for many in (1, 2))
    missed = (passes - 1) / passes * once * max(once - 1.0, 0.0) / (2.0 * (twice + 1.0))
    return found / (found + missed)
