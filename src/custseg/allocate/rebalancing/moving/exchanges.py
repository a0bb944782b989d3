"""Moves taken apart into chains and rings: each can be done alone and breaks no limit."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index

_ALONE: Final = 2


@attrs.frozen(eq=False)
class Exchanges:
    """Which moves belong together.

    A chain starts with who has to give away, or with a customer nobody had, and ends with who
    has room: those between give one and get one. A ring gives everybody in it one for one. So
    after any choice of whole chains and rings each count lies between what it was and what it
    will be, and no limit that holds at both ends is broken.

    Attributes:
        rows: The rows that change.
        group: The chain or ring of each, from 0.
        step: Its place in the chain, the last to be done first: the room is made before it is
            taken.
        whole: For each group, whether it must be done at once: a ring, or a family in it.
    """

    rows: Index
    group: Index
    step: Index
    whole: Bools

    @property
    def size(self) -> int:
        """How many groups there are."""
        return int(self.whole.size)

    def members(self) -> list[Index]:
        """The rows of each group."""
        order = self.rows[np.argsort(self.group, kind="stable")]
        ends = np.cumsum(np.bincount(self.group, minlength=self.size)).tolist()
        return [order[start:end] for start, end in pairwise([0, *ends])]

    def total(self, each: Floats) -> Floats:
        """Add up something of the rows by group."""
        found = np.bincount(self.group, each[self.rows], minlength=self.size)
        return found.astype(np.float64)


def exchanges(
    before: Index, after: Index, gain: Floats, *, reps: int, families: Index | None = None
) -> Exchanges:
    """Take the way from one plan to another apart.

    Args:
        before: The representative of each row, -1 for none.
        after: The same afterwards.
        gain: What each row gains; the best of each pair of representatives go together.
        reps: How many representatives there are.
        families: Rows with the same number of 0 or more change together; -1 alone.

    >>> import numpy as np
    >>> found = exchanges(np.array([0, 1]), np.array([1, 0]), np.zeros(2), reps=2)
    >>> found.group.tolist(), found.whole.tolist()
    ([0, 0], [True])
    """
    rows = np.flatnonzero(before != after)
    start, end = (np.where(at[rows] < 0, reps, at[rows]) for at in (before, after))
    arcs = _Arcs(start, end, gain[rows], reps + 1)
    arcs.chains()
    arcs.rings()
    (group, step), whole = arcs.placed(), np.array(arcs.ring, dtype=np.bool_)
    if families is not None:
        group, whole = _joined(group, whole, families[rows])
    return Exchanges(rows, group, step, whole)


class _Arcs:
    """Rows by (from, to), and what is left of them; sets of nodes are bits of whole numbers."""

    def __init__(self, start: Index, end: Index, gain: Floats, nodes: int) -> None:
        key = start * nodes + end
        self.order = np.lexsort((np.arange(key.size), -gain, key))
        counts = np.bincount(key.astype(np.intp), minlength=nodes * nodes).reshape(nodes, nodes)
        self.left: list[list[int]] = counts.tolist()
        self.next: list[list[int]] = (np.cumsum(counts).reshape(nodes, nodes) - counts).tolist()
        self.ends, self.starts = ([_bits(row) for row in side > 0] for side in (counts, counts.T))
        net = counts.sum(axis=1) - counts.sum(axis=0)
        self.over, self.under = np.maximum(net, 0), np.maximum(-net, 0)
        # nobody has no limits: every arc from there starts a chain, every arc to there ends one
        self.over[-1], self.under[-1] = counts[-1].sum(), counts[:, -1].sum()
        self.taken: list[tuple[int, int, int, int]] = []
        self.ring: list[bool] = []

    def chains(self) -> None:
        """From whoever gives away to whoever has room, the shortest first."""
        self._direct()
        while self.over.any():
            path = self._path(_bits(self.over > 0), _bits(self.under > 0))
            times = min(self._narrowest(path), int(self.over[path[0]]), int(self.under[path[-1]]))
            self.over[path[0]] -= times
            self.under[path[-1]] -= times
            self._take(path, times, ring=False)

    def _direct(self) -> None:
        under = _bits(self.under > 0)
        for a in np.flatnonzero(self.over).tolist():
            for b in _places(self.ends[a] & under):
                times = min(self.left[a][b], int(self.over[a]), int(self.under[b]))
                if times:
                    self.over[a] -= times
                    self.under[b] -= times
                    self._take([a, b], times, ring=False)

    def rings(self) -> None:
        """What is left is even everywhere: one for one, the smallest rings first."""
        for a, ends in enumerate(self.ends):
            for b in _places((ends & self.starts[a]) >> a << a):
                self._take([a, b, a], min(self.left[a][b], self.left[b][a]), ring=True)
        for a in range(len(self.ends)):
            for b in _places(self.ends[a]):
                while self.left[a][b]:
                    path = [a, *self._path(1 << b, 1 << a)]
                    self._take(path, self._narrowest(path), ring=True)

    def placed(self) -> tuple[Index, Index]:
        """The group and the step of each row."""
        at, times, first, step = np.array(self.taken, dtype=np.intp).reshape(-1, 4).T
        number = np.arange(int(times.sum()), dtype=np.intp) - np.repeat(
            np.cumsum(times) - times, times
        )
        rows = self.order[np.repeat(at, times) + number]
        group, place = np.empty_like(rows), np.empty_like(rows)
        group[rows] = np.repeat(first, times) + number
        place[rows] = np.repeat(step, times)
        return group, place

    def _narrowest(self, path: list[int]) -> int:
        return min(self.left[a][b] for a, b in pairwise(path))

    def _path(self, starts: int, targets: int) -> list[int]:
        """The shortest way along what is left; balance guarantees that there is one."""
        last = 0
        for target in _places(targets):
            last |= self.starts[target]
        layers, known = [starts], starts
        while layer := layers[-1]:
            if layer & last:
                end = next(at for at in _places(targets) if layer & self.starts[at])
                return self._backwards(end, layers)
            reach = 0
            for node in _places(layer):
                reach |= self.ends[node]
            layers.append(reach & ~known)
            known |= reach
        msg = "moves do not balance"
        raise AssertionError(msg)

    def _backwards(self, end: int, layers: list[int]) -> list[int]:
        path = [end]
        for layer in reversed(layers):
            path.append(next(_places(layer & self.starts[path[-1]])))
        return path[::-1]

    def _take(self, path: list[int], times: int, *, ring: bool) -> None:
        """So many groups along the path, each arc's best rows first."""
        for place, (a, b) in enumerate(pairwise(path)):
            step = len(path) - _ALONE - place
            self.taken.append((self.next[a][b], times, len(self.ring), step))
            self.next[a][b] += times
            self.left[a][b] -= times
            if not self.left[a][b]:
                self.ends[a] ^= 1 << b
                self.starts[b] ^= 1 << a
        self.ring.extend([ring] * times)


def _bits(chosen: Bools) -> int:
    """Places as bits of a whole number."""
    return int.from_bytes(np.packbits(chosen, bitorder="little").tobytes(), "little")


def _places(bits: int) -> Iterator[int]:
    """Which bits are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _joined(group: Index, whole: Bools, families: Index) -> tuple[Index, Bools]:
    """Groups that share a family become one, to be done at once."""
    parent = list(range(whole.size))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    first: dict[int, int] = {}
    shared: set[int] = set()
    for at, family in zip(group.tolist(), families.tolist(), strict=True):
        if family >= 0:
            shared |= {at} if family in first else set()
            one, other = root(first.setdefault(family, at)), root(at)
            parent[max(one, other)] = min(one, other)
    roots = np.array([root(x) for x in range(whole.size)], dtype=np.intp)
    kept, numbered = np.unique(roots, return_inverse=True)
    together = whole.copy()
    together[sorted(shared)] = True
    out = np.zeros(kept.size, dtype=np.bool_)
    np.logical_or.at(out, numbered, together)
    return numbered[group] if group.size else group, out
