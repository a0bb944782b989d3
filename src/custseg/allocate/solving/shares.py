"""Groups of customers with the same choices: how many of each are where, moved many at a time."""

from collections.abc import Iterable

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.allocate.solving.grid import scramble

_WORD = 64


@attrs.frozen(eq=False)
class Shares:
    """How many of each group each representative has; arrays change in place.

    Attributes:
        amounts: K x m.
        open: Whom each group may have, K x m.
        links: Whether somebody of one representative (row) may move to another (column).
    """

    amounts: Ints
    open: Bools
    links: Bools

    @classmethod
    def of(cls, amounts: Ints, allowed: Bools) -> "Shares":
        """Write down who is where."""
        m = amounts.shape[1]
        shares = cls(amounts, allowed, np.zeros((m, m), dtype=np.bool_))
        shares.link(range(m))
        return shares

    def link(self, reps: Iterable[int]) -> None:
        """Look anew where the customers of these may go."""
        for rep in reps:
            self.links[rep] = self.open[self.amounts[:, rep] > 0].any(axis=0)

    def way(self, starts: Bools) -> Index:
        """Who is reached from these: the one before each, itself where it starts, -1 if never."""
        came = np.where(starts, np.arange(starts.size), -1)
        edge = np.flatnonzero(starts)
        while edge.size:
            reach = self.links[edge]
            new = np.flatnonzero(reach.any(axis=0) & (came < 0))
            came[new] = edge[reach[:, new].argmax(axis=0)]
            edge = new
        return came

    def shift(self, came: Index, end: int, most: int) -> int:
        """Move as many as can go, up to ``most``, along the way to ``end``; how many did."""
        steps: list[tuple[int, int, int]] = []
        taker = end
        while came[taker] != taker:
            giver = int(came[taker])
            group = int(np.where(self.open[:, taker], self.amounts[:, giver], 0).argmax())
            most = min(most, int(self.amounts[group, giver]))
            steps.append((group, giver, taker))
            taker = giver
        for group, giver, taker in steps:
            self.amounts[group, giver] -= most
            self.amounts[group, taker] += most
        self.link(list({rep for _, giver, taker in steps for rep in (giver, taker)}))
        return most

    def admit(self, group: int, count: int, room: Ints) -> int:
        """Let in as many of a group as find a place, others moving along; how many did not."""
        reps = np.flatnonzero(self.open[group] & (room > 0))
        before = np.cumsum(room[reps]) - room[reps]
        taken = np.clip(count - before, 0, room[reps])
        self.amounts[group, reps] += taken
        room[reps] -= taken
        self.links[reps[taken > 0]] |= self.open[group]
        count -= int(taken.sum())
        while count:
            came = self.way(self.open[group])
            ends = np.flatnonzero((came >= 0) & (room > 0))
            if not ends.size:
                break
            end = int(ends[room[ends].argmax()])
            moved = self.shift(came, end, min(count, int(room[end])))
            first = end
            while came[first] != first:
                first = int(came[first])
            self.amounts[group, first] += moved
            self.links[first] |= self.open[group]
            room[end] -= moved
            count -= moved
        return count


def groups(allowed: Bools) -> tuple[Index, Index]:
    """Rows with the same choices: the first row of each group, and the group of each row.

    >>> import numpy as np
    >>> first, at = groups(np.array([[True, False], [True, True], [True, False]]))
    >>> bool(at[0] == at[2]), len(first)
    (True, 2)
    """
    return alike(packed(allowed))


def packed(allowed: Bools) -> Ints:
    """Choices as bits of whole numbers, 64 in each."""
    bits = np.packbits(allowed, axis=1)
    words = -(-bits.shape[1] * 8 // _WORD) or 1
    out = np.zeros((len(bits), words * 8), dtype=np.uint8)
    out[:, : bits.shape[1]] = bits
    return out.view(np.int64)


def alike(words: Ints) -> tuple[Index, Index]:
    """Equal rows of whole numbers: the first of each group, and the group of each row.

    Rows are told apart by a hash, and by themselves should two hashes ever be the same.
    """
    mixed = np.zeros(len(words), dtype=np.uint64)
    for column in words.T:
        mixed = scramble((mixed ^ column.view(np.uint64)).view(np.int64))
    _, first, at = np.unique(mixed, return_index=True, return_inverse=True)
    if not (words[first][at] == words).all():
        _, first, at = np.unique(words, axis=0, return_index=True, return_inverse=True)
    return first, at.ravel()
