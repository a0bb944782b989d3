"""Among answers that are equally good, the one whose loads are most even."""

from typing import Final

import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.seats.shares import Shares
from custseg.allocate.solving.seats.ties import Groups, Ties

_ROUNDS: Final = 2000


def even(at: Index, ties: Ties, prices: Floats, lo: Ints, hi: Ints) -> None:
    """Move tied rows, in place, from who has used most of the places to who has used least.

    Who has a price is at a limit and stays there; customers may still pass through. Every answer
    in which tied rows go where they are tied and limits with a price are met is as good.
    """
    if not ties.rows.size:
        return
    groups = Groups.of(ties, at, lo.size)
    shares = Shares.of(groups.amounts.copy(), groups.allowed)
    balance(shares, np.bincount(at, minlength=lo.size), prices == 0, (lo, hi))
    groups.carry_out(at, shares.amounts)


def balance(shares: Shares, load: Ints, free: Bools, limits: tuple[Ints, Ints]) -> None:
    """From the fullest to the emptiest that can be reached, until nothing is more even."""
    lo, hi = limits
    stuck, moved = ~free, False
    for _ in range(_ROUNDS):
        givers = np.flatnonzero(~stuck & (load > lo) & shares.links.any(axis=1))
        if not givers.size:
            if not moved:
                return
            stuck, moved = ~free, False
            continue
        giver = int(givers[(load[givers] / hi[givers]).argmax()])
        taken = _give(shares, load, giver, (free, lo, hi))
        moved |= taken
        stuck[giver] = not taken


def _give(shares: Shares, load: Ints, giver: int, bounds: tuple[Bools, Ints, Ints]) -> bool:
    """From one to the emptiest that it reaches, if that is more even then."""
    free, lo, hi = bounds
    came = shares.way(np.arange(load.size, dtype=np.intp) == giver)
    takers = np.flatnonzero(free & (came >= 0) & (load < hi))
    takers = takers[takers != giver]
    if not takers.size:
        return False
    taker = int(takers[((load[takers] + 1) / hi[takers]).argmin()])
    gain = int((load[giver] + 1) * hi[taker] - load[taker] * hi[giver])
    most = -(-gain // int(hi[giver] + hi[taker])) - 1
    most = min(most, int(load[giver] - lo[giver]), int(hi[taker] - load[taker]))
    if most <= 0:
        return False
    most = shares.shift(came, taker, most)
    load[giver] -= most
    load[taker] += most
    return True
