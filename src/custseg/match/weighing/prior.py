"""How many of all possible pairs are one customer, found without a guess."""

import math
from typing import Final

from custseg._typing import Floats, Ints
from custseg.match.weighing.sessions import posterior

_ROUNDS: Final = 1000
_STEP: Final = 1e-9
_MOST: Final = 0.5
_PSEUDO: Final = 0.5
_STRANGERS: Final = 1000.0
"""Pairs of strangers that any table is taken to have besides: three records do not tell that every
other pair is one customer."""


def match_share(logs: Floats, counts: Ints, possible: int) -> float:
    """The share of matches among all possible pairs, as its own expectation.

    The expected number of matches among the candidates, divided by all possible pairs, is the
    share that it was worked out with: pairs that no pass holds are taken for strangers. A table
    starts from half a double and the pairs of its records to its doubles, so that there is an
    answer where none is found.

    Args:
        logs: What each pattern says, in natural logarithms.
        counts: How many pairs have it.
        possible: How many pairs could be formed.

    >>> import numpy as np
    >>> round(match_share(np.array([20.0, -9.0]), np.array([100, 10**4]), 10**6), 6)
    0.0001
    """
    records = (1.0 + math.sqrt(1.0 + 8.0 * possible)) / 2.0
    whole = possible + _PSEUDO * records + _STRANGERS
    share = min(1.0 / max(records, 2.0), _MOST)
    for _ in range(_ROUNDS):
        matches = float((posterior(logs, share) * counts).sum())
        now = min((matches + _PSEUDO) / whole, _MOST)
        if abs(now - share) <= _STEP * share:
            return now
        share = now
    return share
