"""Who is served when places are short: in turn, by kinds of customers with the same choices."""

from itertools import pairwise

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.allocate.solving.book import chain


def served(choices: Bools, turns: Index, hi: Ints) -> Ints:
    """How many of each kind are served if each in turn is, unless that would send one away.

    The rows served are a set that no other exceeds in number, and the earliest such.

    Args:
        choices: Which representatives each kind may go to.
        turns: The kind of each customer, in order of priority.
        hi: The most customers for each representative.

    Source:
        The greedy algorithm on a transversal matroid (Edmonds and Fulkerson 1965).

    >>> both, first = [True, True], [True, False]
    >>> served(np.array([both, first]), np.array([1, 1, 0]), np.array([1, 1])).tolist()
    [1, 1]
    """
    desk, start = _Desk.of(choices, hi), 0
    counts = np.zeros(len(choices), dtype=np.int64)
    queue = turns[choices[turns].any(axis=1)]
    while start < queue.size:
        desk, start = _as_many(desk, queue, start)
        if start < queue.size:
            queue = np.concatenate([queue[:start], _rest(desk, queue, start)])
    counts += desk.flow.sum(axis=1)
    return counts


@attrs.frozen(eq=False)
class _Desk:
    """How many of each kind each representative has; arrays change in place."""

    choices: Bools
    flow: Ints
    room: Ints

    @classmethod
    def of(cls, choices: Bools, hi: Ints) -> "_Desk":
        allowed = choices & (hi > 0)
        return cls(allowed, np.zeros(allowed.shape, dtype=np.int64), hi.astype(np.int64).copy())

    def copy(self) -> "_Desk":
        return _Desk(self.choices, self.flow.copy(), self.room.copy())

    def admit(self, counts: Ints) -> bool:
        """Place all of these; False if one cannot be, and then the desk is spoilt."""
        for kind in np.flatnonzero(counts).tolist():
            left = int(counts[kind]) - self._fill(kind, int(counts[kind]))
            while left:
                path = chain(self._links(), self.choices[kind], self.room > 0)
                if not path:
                    return False
                left -= self._shift(kind, path, left)
        return True

    def closed(self, kind: int) -> Bools:
        """Who could be reached from a kind's choices, and has no room left."""
        links, reach = self._links(), self.choices[kind]
        while True:
            wider = np.asarray(reach | links[reach].any(axis=0))
            if bool((wider == reach).all()):
                return np.asarray(reach)
            reach = wider

    def _links(self) -> Bools:
        held = (self.flow > 0).T.astype(np.float32)  # floats: as whole numbers it is far slower
        links: Bools = held @ self.choices.astype(np.float32) > 0
        return links

    def _fill(self, kind: int, most: int) -> int:
        """Give what is asked for where there is room, without moving anybody."""
        room = np.where(self.choices[kind], self.room, 0)
        before = np.cumsum(room) - room
        gets = np.clip(most - before, 0, room)
        self.flow[kind] += gets
        self.room[:] -= gets
        return int(gets.sum())

    def _shift(self, kind: int, path: list[int], most: int) -> int:
        """Move as many as one way bears along it."""
        steps = list(pairwise(path))
        movers = [
            int(np.where(self.choices[:, taker], self.flow[:, giver], 0).argmax())
            for giver, taker in steps
        ]
        bears = [int(self.flow[who, step[0]]) for who, step in zip(movers, steps, strict=True)]
        many = min([most, int(self.room[path[-1]]), *bears])
        for who, (giver, taker) in zip(movers, steps, strict=True):
            self.flow[who, giver] -= many
            self.flow[who, taker] += many
        self.flow[kind, path[0]] += many
        self.room[path[-1]] -= many
        return many


def _as_many(desk: _Desk, queue: Index, start: int) -> tuple[_Desk, int]:
    """Admit the longest part of the queue that fits."""
    end = queue.size
    while start < end:
        middle = end if end == queue.size else (start + end + 1) // 2
        trial = desk.copy()
        if trial.admit(np.bincount(queue[start:middle], minlength=len(desk.choices))):
            desk, start = trial, middle
        else:
            end = middle - 1
    return desk, start


def _rest(desk: _Desk, queue: Index, start: int) -> Index:
    """Who can still be served after the first of the rest cannot."""
    shut = desk.closed(int(queue[start]))
    hopeless = np.asarray(~(desk.choices & ~shut).any(axis=1))
    rest = queue[start:]
    return rest[~hopeless[rest]]
