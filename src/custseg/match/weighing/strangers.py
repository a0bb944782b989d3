"""How often pairs of strangers are at each level, and how far rare levels are believed."""

from typing import Final

import numpy as np

from custseg._typing import Floats
from custseg.match.weighing.sessions import normal

RARE: Final = 1000.0
"""The pairs that the rare shares of a comparison are worth."""
SAMPLE: Final = 1e6
"""The pairs from which levels are counted, at most; the best level is counted exactly."""
SPREAD: Final = 3.0
"""How many bits the usual share of a level is off, as a standard deviation."""
TIED: Final = 0.8
"""How far the two shares of a level are off together, as a correlation."""
_LEFT: Final = 0.02
"""The least share of random agreement that is left to strangers: how many match is an estimate."""
_NOTHING: Final = 1e-6


def strangers(rate: Floats, rare: Floats, possible: int, matches: Floats | None = None) -> Floats:
    """The shares of the levels among pairs of two customers.

    What random pairs show, without the matches among them; in a small table, mostly what is usual.

    Args:
        rate: The shares of the levels among pairs taken at random.
        rare: What they usually are among strangers.
        possible: How many pairs could be formed.
        matches: The share of random pairs that match and are at each level; None if not known yet.

    >>> strangers(np.array([0.01, 0.99]), np.array([0.001, 0.999]), 10**6).round(4).tolist()
    [0.01, 0.99]
    >>> strangers(np.array([1.0, 0.0]), np.array([0.001, 0.999]), 3).round(3).tolist()
    [0.004, 0.996]
    """
    left = rate if matches is None else np.maximum(rate - matches, _LEFT * rate)
    seen = pairs_seen(len(rate), possible)
    return normal((left * seen + RARE * rare) / (seen + RARE))


def steadied(
    shares: tuple[Floats, Floats], usual: tuple[Floats, Floats], seen: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """The shares of the levels, each drawn to what is usual as far as little was seen of it.

    The weight of a level that hardly a pair is at, on either side, is the ratio of two guesses. But
    levels that are rarer than usual by chance are so among matches, too, as a rule: nobody slips in
    a number that nobody has. So what was seen of the one says something of the other.

    Args:
        shares: Those among matches, and those among strangers.
        usual: What they usually are.
        seen: From how many matches, and how many pairs of strangers, each was counted.

    Returns:
        The same two.

    Source: the conditional mean of two correlated normal variables that were measured with errors;
        the variance of the logarithm of a count is about one over the count.

    >>> m, u = np.array([0.9, 0.0001, 0.0999]), np.array([0.001, 1e-9, 0.999])
    >>> usual = np.array([0.9, 0.05, 0.05]), np.array([0.001, 0.002, 0.997])
    >>> moved = steadied((m, u), usual, (1000 * m, 1e6 * u))
    >>> np.log2(moved[0] / moved[1]).round(1).tolist()
    [9.8, 4.1, -3.3]
    """
    off = [np.log(now) - np.log(then) for now, then in zip(shares, usual, strict=True)]
    wide = (SPREAD * np.log(2.0)) ** 2
    first, second = (wide + 1.0 / np.maximum(count, _NOTHING) for count in seen)
    both = TIED * wide
    whole = first * second - both**2
    pull = (second * off[0] - both * off[1]) / whole, (first * off[1] - both * off[0]) / whole
    moved = wide * pull[0] + both * pull[1], wide * pull[1] + both * pull[0]
    m, u = (normal(then * np.exp(step)) for then, step in zip(usual, moved, strict=True))
    return m, u


def pairs_seen(levels: int, possible: int) -> Floats:
    """The pairs from which the share of each level is counted.

    Args:
        levels: How many levels there are.
        possible: How many pairs could be formed.

    >>> pairs_seen(3, 10**9).tolist()
    [1000000000.0, 1000000.0, 1000000.0]
    """
    seen = np.full(levels, min(float(possible), SAMPLE))
    seen[0] = possible
    return seen
