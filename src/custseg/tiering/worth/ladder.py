"""Which group of peers is the finest that a customer is known to be in?"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs
import numpy as np

from custseg._typing import Codes, Columns, Floats, Index, Ints
from custseg.tiering.worth.frontier import PeerGroup

NOBODY = PeerGroup((), 0, np.nan, 0.0)


@attrs.frozen(eq=False)
class Rungs:
    """Groups of peers as a ladder to climb: whoever is in no fine group is in a coarser one.

    Attributes:
        groups: Every group, the coarser ones first; the last stands for no group at all.
        by_path: The place of each group.

    >>> rungs = Rungs.of((PeerGroup((), 9, 5.0, 0.2), PeerGroup(("a",), 4, 7.0, 0.3)))
    >>> rungs.one(("a", None)).name, rungs.one((None, "x")).name
    ('a', 'all')
    """

    groups: tuple[PeerGroup, ...]
    by_path: Mapping[tuple[str, ...], int]

    @classmethod
    def of(cls, groups: Sequence[PeerGroup]) -> "Rungs":
        """Make the ladder of some groups."""
        return cls((*groups, NOBODY), {group.path: i for i, group in enumerate(groups)})

    def one(self, peers: Sequence[str | None]) -> PeerGroup:
        """The group of one customer.

        Args:
            peers: The words of the columns that make the groups; ``None`` where missing.
        """
        at = self.by_path.get((), len(self.groups) - 1)
        path: tuple[str, ...] = ()
        for word in peers:
            if word is None or (place := self.by_path.get(path := (*path, word))) is None:
                break
            at = place
        return self.groups[at]

    def places(self, peers: Sequence[Codes], size: int) -> Index:
        """The group of each customer, by its place.

        Args:
            peers: The columns that make the groups.
            size: Number of customers.
        """
        at: Index = np.full(size, self.by_path.get((), len(self.groups) - 1), dtype=np.intp)
        climbing: Index = np.arange(size)
        for level, column in enumerate(peers):
            climbing, found = self._step(level, column, climbing, at[climbing])
            at[climbing] = found
        return at

    def _step(self, level: int, column: Codes, rows: Index, at: Index) -> tuple[Index, Index]:
        """The rows that are in a group of the next column, and that group."""
        code = {word: i for i, word in enumerate(column.words)}
        wide = len(column.words)
        inside = {
            self.by_path[path[:-1]] * wide + code[path[-1]]: place
            for path, place in self.by_path.items()
            if len(path) == level + 1 and path[-1] in code
        }
        if not inside:
            return rows[:0], at[:0]
        keys = np.array(sorted(inside))
        places = np.array([inside[key] for key in keys.tolist()])
        wanted = np.where(column.at[rows] < 0, -1, at * wide + column.at[rows])
        near = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[near] == wanted
        return rows[there], places[near[there]]

    @cached_property
    def frontiers(self) -> Floats:
        """The frontier of each group, by its place."""
        return np.array([group.frontier for group in self.groups])


@attrs.frozen(eq=False)
class Told:
    """What is told of the groups that were used, by their place.

    Attributes:
        groups: The groups.

    >>> told = Told((PeerGroup((), 9, 5.0, 0.2), PeerGroup(("a",), 4, 7.0, 0.3)))
    >>> told.columns(np.array([1, 1, 0]))["peers"].tolist()
    [4, 4, 9]
    """

    groups: tuple[PeerGroup, ...]

    @cached_property
    def _held(self) -> tuple[Floats, Codes, Ints]:
        names = tuple(dict.fromkeys(group.name for group in self.groups))
        code = {name: i for i, name in enumerate(names)}
        return (
            np.array([group.confidence for group in self.groups]),
            Codes(np.array([code[group.name] for group in self.groups]), names, plain=True),
            np.array([group.peers for group in self.groups], dtype=np.int64),
        )

    def columns(self, at: Index) -> Columns:
        """The columns of some customers.

        Args:
            at: The place of the group of each customer.
        """
        confidence, names, peers = self._held
        return {
            "potential_confidence": confidence[at],
            "peer_group": attrs.evolve(names, at=names.at[at]),
            "peers": peers[at],
        }
