"""Groups of customers with the same choices: how many of each are where, moved many at a time."""

from collections.abc import Iterable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Index, Ints
from custseg.allocate.solving.grid import CELLS, scramble

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
        came = np.where(starts, np.arange(starts.size, dtype=np.intp), -1)
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


def alike_rows(points: NDArray[Any], rows: Index) -> tuple[Index, Index]:
    """Equal ones of these rows: the first of each group, and the group of each row.

    >>> import numpy as np
    >>> first, group = alike_rows(np.array([[1.0, 2.0], [3.0, 4.0], [1.0, 2.0]]), np.arange(3))
    >>> len(first), bool(group[0] == group[2])
    (2, True)
    """
    step = max(1, CELLS // max(1, points.shape[1]))
    factors = scramble(np.arange(points.shape[1], dtype=np.intp)) | np.uint64(1)
    mixed = np.zeros(rows.size, dtype=np.uint64)
    for start in range(0, rows.size, step):
        bits = _bits(points, rows[start : start + step])
        mixed[start : start + step] = ((bits ^ (bits >> np.uint64(29))) * factors).sum(axis=1)
    _, first, group = np.unique(mixed, return_index=True, return_inverse=True)
    for start in range(0, rows.size, step):
        some = slice(start, start + step)
        if (_bits(points, rows[some]) != _bits(points, rows[first[group[some]]])).any():
            whole = _bits(points, rows)
            _, first, group = np.unique(whole, axis=0, return_index=True, return_inverse=True)
            break
    return first, group.ravel()


def _bits(points: NDArray[Any], rows: Index) -> NDArray[np.uint64]:
    return np.ascontiguousarray(points[rows], dtype=np.float64).view(np.uint64)
