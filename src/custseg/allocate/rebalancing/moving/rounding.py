"""What is left of a budget between two prices: single moves into free places, the best first."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints

LARGEST: Final = 1 << 18
"""Pairs up to which single moves are looked for; beyond, one move is no part of the whole."""
_CLOSE: Final = 1e-9


@attrs.frozen(eq=False)
class Rest:
    """What single moves have to keep.

    Attributes:
        lo: The fewest of each representative.
        hi: The most of each.
        free: Who may move alone.
        budget: What may be moved in all.
    """

    lo: Ints
    hi: Ints
    free: Bools
    budget: float


def rounded(at: Index, gain: Floats, cost: Floats, rest: Rest) -> int:
    """Make the single moves that gain most, in place, as long as the budget lasts.

    Args:
        at: The representative of each row, -1 for none.
        gain: The points of each pair, less what a move has to gain; NaN where not eligible.
        cost: What each pair counts in the budget.
        rest: What is to be kept.

    Returns:
        How many moves were made.

    >>> at, anybody = np.array([0, 0]), np.ones(2, bool)
    >>> rest = Rest(np.zeros(2), np.array([2, 2]), anybody, 1.0)
    >>> gain, cost = np.array([[0.0, 0.4], [0.0, 0.9]]), np.array([[0.0, 1.0]] * 2)
    >>> rounded(at, gain, cost, rest), at.tolist()
    (1, [0, 1])
    """
    seated = np.flatnonzero(at >= 0)
    rows, done = seated[rest.free[seated] & ~np.isnan(gain[seated, at[seated]])], 0
    while rows.size:
        mine, count = at[rows], np.bincount(at[seated], minlength=rest.hi.size)
        used = float(np.sort(cost[seated, at[seated]]).sum())
        more = gain[rows] - gain[rows, mine][:, None]
        dearer = cost[rows] - cost[rows, mine][:, None]
        kept = (count <= rest.lo)[mine][:, None] | (count >= rest.hi)[None, :]
        kept |= (used + dearer > rest.budget + _CLOSE) | ~(more > _CLOSE)
        best = int(np.where(kept, -np.inf, more).argmax())
        row, rep = divmod(best, gain.shape[1])
        if kept[row, rep]:
            return done
        at[rows[row]] = rep
        done += 1
    return done
