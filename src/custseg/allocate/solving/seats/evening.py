"""Among answers that are equally good, the one whose loads are most even."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.seats.shares import Shares, alike, packed

_GROUPS: Final = 4096
_ROUNDS: Final = 2000


@attrs.frozen(eq=False)
class Ties:
    """Rows for whom several representatives are equally good at the final prices.

    Attributes:
        rows: Which rows.
        words: With whom, as bits.
    """

    rows: Index
    words: Ints

    @classmethod
    def joined(cls, parts: "list[Ties]") -> "Ties":
        """Those of all blocks."""
        if not parts:
            return cls(np.zeros(0, dtype=np.intp), np.zeros((0, 1), dtype=np.int64))
        rows = np.concatenate([part.rows for part in parts])
        return cls(rows, np.concatenate([part.words for part in parts]))

    @classmethod
    def of(cls, rows: Index, equal: Bools) -> "Ties":
        """Rows with more than one choice."""
        tied = np.flatnonzero(np.count_nonzero(equal, axis=1) > 1)
        return cls(rows[tied], packed(equal[tied]))


def even(at: Index, ties: Ties, prices: Floats, lo: Ints, hi: Ints) -> None:
    """Move tied rows, in place, from who has used most of the places to who has used least.

    Who has a price is at a limit and stays there; customers may still pass through. Every answer
    in which tied rows go where they are tied and limits with a price are met is as good.
    """
    if not ties.rows.size:
        return
    ties, first, group = _common(ties)
    allowed = _unpacked(ties.words[first], lo.size)
    before = np.zeros(allowed.shape, dtype=np.int64)
    np.add.at(before, (group, at[ties.rows]), 1)
    shares = Shares.of(before.copy(), allowed)
    balance(shares, np.bincount(at, minlength=lo.size), prices == 0, (lo, hi))
    _carry_out(at, (ties.rows, group), before, shares.amounts)


def _common(ties: Ties) -> tuple[Ties, Index, Index]:
    """The most common groups: who is alone cannot even out much."""
    first, group = alike(ties.words)
    if first.size > _GROUPS:
        common = np.zeros(first.size, dtype=np.bool_)
        common[np.argsort(-np.bincount(group), kind="stable")[:_GROUPS]] = True
        ties = Ties(ties.rows[common[group]], ties.words[common[group]])
        first, group = alike(ties.words)
    return ties, first, group


def _unpacked(words: Ints, m: int) -> Bools:
    bits = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=1)
    return bits[:, :m].astype(np.bool_)


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


def _carry_out(at: Index, tied: tuple[Index, Index], before: Ints, after: Ints) -> None:
    """Move the last rows of who gives to who takes, group by group."""
    rows, group = tied
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(np.bincount(group, minlength=len(before)))
    for number in np.flatnonzero((before != after).any(axis=1)).tolist():
        mine = rows[order[ends[number - 1] if number else 0 : ends[number]]]
        less = before[number] - after[number]
        leaving = [mine[at[mine] == rep][-less[rep] :] for rep in np.flatnonzero(less > 0).tolist()]
        takers = np.flatnonzero(less < 0)
        at[np.sort(np.concatenate(leaving))] = np.repeat(takers, -less[takers])
