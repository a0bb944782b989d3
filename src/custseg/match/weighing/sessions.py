"""Learning from the pairs of one pass: expectation and maximisation on pattern counts."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats
from custseg.match.weighing.patterns import Patterns

STRENGTH: Final = 10.0
"""The expected matches that the typical shares of a comparison are worth."""
_ROUNDS: Final = 500
_STEP: Final = 1e-6
_LOW: Final = 0.01
_HIGH: Final = 0.999


@attrs.frozen
class Session:
    """What the pairs of one pass taught.

    Attributes:
        place: The number of the pass.
        pairs: Its pairs.
        matches: How many of them are one customer, by the model.
        rounds: How often the estimate was renewed.
        trained: For each comparison whether this pass could teach it: its key does not fix it.
        m: The share of each level among the pass's matches, comparison by comparison.
        used: Whether the pass was believed.

    >>> one = Session(0, pairs=90, matches=30.5, rounds=12, trained=(True,), m=((0.9, 0.1),))
    >>> round(one.matches / one.pairs, 2), one.used
    (0.34, True)
    """

    place: int
    pairs: int
    matches: float
    rounds: int
    trained: tuple[bool, ...]
    m: tuple[tuple[float, ...], ...]
    used: bool = True


@attrs.frozen(eq=False)
class Shares:
    """What is known before a pass is looked at.

    Attributes:
        typical: For each comparison the shares of its levels among matches, as a first guess.
        u: For each comparison the shares of its levels among pairs of strangers.
    """

    typical: Sequence[Floats]
    u: Sequence[Floats]


def session(place: int, held: Bools, found: Patterns, known: Shares) -> Session:
    """Tell the matches of a pass from the others, and how often each level occurs among them.

    The shares among strangers stay as they are; those among matches begin as is typical, and the
    share of matches begins low. Comparisons that the key of the pass fixes are left out.

    Args:
        place: The number of the pass.
        held: For each comparison whether the key fixes it.
        found: The patterns of the pass.
        known: The shares to begin with.

    Source: Dempster, Laird and Rubin, JRSS B 39, 1977; counts of patterns as in Enamorado, Fifield
        and Imai, APSR 113, 2019.
    """
    pairs = int(found.counts.sum())
    m, share, rounds, moved = list(known.typical), _LOW, 0, 1.0
    matches = 0.0
    while moved > _STEP and rounds < _ROUNDS:
        rounds += 1
        logs = log_ratios(found.levels, m, known.u, ~held)
        likely = posterior(logs, share) * found.counts
        fresh = [
            guess if fixed else renewed(found.levels[:, k], likely, guess)
            for k, (guess, fixed) in enumerate(zip(known.typical, held, strict=True))
        ]
        matches = float(likely.sum())
        now = min(max(matches / max(pairs, 1), 1e-9), _HIGH)
        steps = [float(np.abs(a - b).max(initial=0.0)) for a, b in zip(fresh, m, strict=True)]
        moved = max(abs(now - share), *steps)
        m, share = fresh, now
    told = tuple(tuple(shares.tolist()) for shares in m)
    return Session(place, pairs, matches, rounds, tuple((~held).tolist()), told)


def log_ratios(
    levels: NDArray[np.int8], m: Sequence[Floats], u: Sequence[Floats], wanted: Bools
) -> Floats:
    """What each pattern says, in natural logarithms; a missing side says nothing.

    Args:
        levels: The level of each comparison, one row a pattern.
        m: The shares of the levels among matches.
        u: Those among strangers.
        wanted: The comparisons that count.
    """
    total = np.zeros(len(levels))
    for k in np.flatnonzero(wanted).tolist():
        worth = np.concatenate([[0.0], np.log(m[k]) - np.log(u[k])])
        total += worth[levels[:, k]]
    return total


def posterior(logs: Floats, share: float) -> Floats:
    """The probability that a pattern is a match.

    Args:
        logs: What the pattern says.
        share: The share of matches among all pairs in question.

    >>> posterior(np.array([0.0, 800.0]), 0.25).tolist()
    [0.25, 1.0]
    """
    both = logs + (np.log(share) - np.log1p(-share))
    small = np.exp(-np.abs(both))
    likely: Floats = np.where(both >= 0, 1.0, small) / (1.0 + small)
    return likely


def renewed(levels: NDArray[np.int8], likely: Floats, typical: Floats) -> Floats:
    """The shares of the levels among matches; typical ones count like a few matches more.

    So no level is ever thought impossible, and a handful of records learns something sensible.

    Args:
        levels: The level of each pattern.
        likely: How many of its pairs are matches.
        typical: The shares to expect.

    >>> renewed(np.array([1, 2], np.int8), np.array([80.0, 10.0]), np.array([0.9, 0.1])).tolist()
    [0.89, 0.11]
    """
    counted = np.bincount(levels, weights=likely, minlength=len(typical) + 1)[1:]
    return normal(counted + STRENGTH * typical)


def normal(counts: Floats) -> Floats:
    """Counts as shares of their sum.

    >>> normal(np.array([3.0, 1.0])).tolist()
    [0.75, 0.25]
    """
    whole: Floats = counts / counts.sum()
    return whole
