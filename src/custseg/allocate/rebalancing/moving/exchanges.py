"""Moves taken apart into chains and rings: each can be done alone and breaks no limit."""

from itertools import pairwise
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints

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
        ends = np.cumsum(np.bincount(self.group, minlength=self.size))
        parts: list[Index] = np.split(order, ends[:-1]) if self.size else []
        return parts

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
    group, whole = arcs.group, np.array(arcs.ring, dtype=np.bool_)
    if families is not None:
        group, whole = _joined(group, whole, families[rows])
    return Exchanges(rows, group, arcs.step, whole)


class _Arcs:
    """Rows by (from, to), and what is left of them."""

    def __init__(self, start: Index, end: Index, gain: Floats, nodes: int) -> None:
        self.nodes = nodes
        key = start * nodes + end
        self.order = np.lexsort((np.arange(key.size), -gain, key))
        counts = np.bincount(key.astype(np.intp), minlength=nodes * nodes)
        self.left: Ints = counts.astype(np.int64).reshape(nodes, nodes)
        self.next = np.cumsum(self.left).reshape(nodes, nodes) - self.left
        net = self.left.sum(axis=1) - self.left.sum(axis=0)
        self.over, self.under = np.maximum(net, 0), np.maximum(-net, 0)
        # nobody has no limits: every arc from there starts a chain, every arc to there ends one
        self.over[-1], self.under[-1] = self.left[-1].sum(), self.left[:, -1].sum()
        self.group: Index = np.full(key.size, -1, dtype=np.intp)
        self.step: Index = np.full(key.size, -1, dtype=np.intp)
        self.ring: list[bool] = []

    def chains(self) -> None:
        """From whoever gives away to whoever has room, the shortest first."""
        self._direct()
        while self.over.any():
            path = self._path(np.flatnonzero(self.over), self.under > 0)
            times = min(self._narrowest(path), int(self.over[path[0]]), int(self.under[path[-1]]))
            self.over[path[0]] -= times
            self.under[path[-1]] -= times
            self._take(path, times, ring=False)

    def _direct(self) -> None:
        give, get = np.flatnonzero(self.over), np.flatnonzero(self.under)
        there = np.argwhere(self.left[np.ix_(give, get)] > 0)
        firsts = [(int(give[a]), int(get[b])) for a, b in there.tolist()]
        for a, b in firsts:
            times = int(min(self.left[a, b], self.over[a], self.under[b]))
            if times:
                self.over[a] -= times
                self.under[b] -= times
                self._take([a, b], times, ring=False)

    def rings(self) -> None:
        """What is left is even everywhere: one for one, the smallest rings first."""
        both = np.argwhere(np.triu(np.minimum(self.left, self.left.T), 1) > 0)
        for a, b in both.tolist():
            self._take([a, b, a], int(min(self.left[a, b], self.left[b, a])), ring=True)
        for a, b in np.argwhere(self.left > 0).tolist():
            while self.left[a, b]:
                target = np.zeros(self.nodes, dtype=np.bool_)
                target[a] = True
                path = [a, *self._path(np.array([b]), target)]
                self._take(path, self._narrowest(path), ring=True)

    def _narrowest(self, path: list[int]) -> int:
        return int(self.left[path[:-1], path[1:]].min())

    def _path(self, starts: Index, target: Bools) -> list[int]:
        """The shortest way along what is left; balance guarantees that there is one."""
        back = np.full(self.nodes, -1, dtype=np.intp)
        known = np.zeros(self.nodes, dtype=np.bool_)
        known[starts] = True
        layer = starts
        while layer.size:
            open_ = self.left[layer] > 0
            fresh = np.flatnonzero(open_.any(axis=0) & (~known | target))
            fresh = fresh[back[fresh] < 0]
            back[fresh] = layer[open_[:, fresh].argmax(axis=0)]
            ends = fresh[target[fresh]]
            if ends.size:
                return self._backwards(int(ends[0]), back, starts)
            known[fresh] = True
            layer = fresh
        msg = "moves do not balance"
        raise AssertionError(msg)

    def _backwards(self, end: int, back: Index, starts: Index) -> list[int]:
        roots = set(starts.tolist())
        path = [end, int(back[end])]
        while path[-1] not in roots:
            path.append(int(back[path[-1]]))
        return path[::-1]

    def _take(self, path: list[int], times: int, *, ring: bool) -> None:
        """So many groups along the path, each arc's best rows first."""
        groups = np.arange(len(self.ring), len(self.ring) + times)
        for place, (a, b) in enumerate(pairwise(path)):
            at = self.next[a, b]
            rows = self.order[at : at + times]
            self.group[rows] = groups
            self.step[rows] = len(path) - _ALONE - place
            self.next[a, b] += times
            self.left[a, b] -= times
        self.ring.extend([ring] * times)


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
