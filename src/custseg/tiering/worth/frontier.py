"""How much do the best customers of each group of peers bring?"""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index
from custseg._typing import words as texts


@attrs.frozen
class PeerGroup:
    """One group of peers, to measure others by.

    Attributes:
        path: The words of the group, the coarsest first; empty: everybody.
        peers: Customers that it was learnt from.
        frontier: What its best customers bring, shrunk towards the coarser group.
        confidence: How well the frontier is backed by peers, 0 to 1.

    >>> PeerGroup(("retail", "small"), 12, 840.0, 0.4).name
    'retail / small'
    """

    path: tuple[str, ...] = attrs.field(converter=texts)
    peers: int
    frontier: float
    confidence: float

    @property
    def name(self) -> str:
        """The group in one text; ``all`` for everybody."""
        return " / ".join(self.path) or "all"


@attrs.frozen(kw_only=True)
class Credit:
    """How far a group is believed.

    Attributes:
        quantile: Which quantile is the frontier.
        shrink: Peers at which a group's own frontier and that of the coarser group count alike.
        rungs: Rungs of the ladder of groups that are asked for, everybody among them.
    """

    quantile: float
    shrink: float
    rungs: int

    def group(self, path: tuple[str, ...], peers: int, own: float, above: PeerGroup) -> PeerGroup:
        """A group within a coarser one."""
        weight = peers / (peers + self.shrink)
        frontier = weight * own + (1.0 - weight) * above.frontier
        return PeerGroup(path, peers, frontier, above.confidence + weight / self.rungs)


@attrs.frozen(eq=False)
class _Level:
    """Customers by value, the groups that they are in, and nobody whose group is not known."""

    rows: Index
    ids: Index
    groups: Sequence[PeerGroup]


def learnt(values: Floats, peers: Sequence[Codes], credit: Credit) -> tuple[PeerGroup, ...]:
    """The frontier of every group that occurs, the coarser ones first.

    Args:
        values: What each customer brings, all of them known.
        peers: The columns that make the groups, the coarsest first.
        credit: How far a group is believed.

    >>> kinds = Codes(np.array([0, 0, 0, 1]), ("a", "b"))
    >>> credit = Credit(quantile=0.5, shrink=1.0, rungs=2)
    >>> found = learnt(np.array([1.0, 2.0, 3.0, 10.0]), [kinds], credit)
    >>> [(one.name, one.peers, one.frontier) for one in found]
    [('all', 4, 2.5), ('a', 3, 2.125), ('b', 1, 6.25)]
    """
    if not values.size:
        return ()
    rows = np.argsort(values, kind="stable")
    everybody = np.zeros(values.size, dtype=np.intp)
    own = float(quantiles(values[rows], everybody, credit.quantile)[0])
    all_of_them = credit.group((), values.size, own, PeerGroup((), 0, own, 0.0))
    level, made = _Level(rows, everybody, [all_of_them]), [all_of_them]
    for column in peers:
        level = _finer(level, column, values, credit)
        made += level.groups
    return tuple(sorted(made, key=lambda group: (len(group.path), group.path)))


def _finer(level: _Level, column: Codes, values: Floats, credit: Credit) -> _Level:
    """The groups of the next column inside those of a level."""
    there = column.at[level.rows] >= 0
    rows = level.rows[there]
    key = level.ids[there] * len(column.words) + column.at[rows]
    found, ids = np.unique(key, return_inverse=True)
    if not found.size:
        return _Level(rows, ids, [])
    own = quantiles(values[rows], ids, credit.quantile).tolist()
    counts = np.bincount(ids).tolist()
    groups: list[PeerGroup] = []
    places: list[int] = found.tolist()
    for place, peers, frontier in zip(places, counts, own, strict=True):
        above = level.groups[place // len(column.words)]
        path = (*above.path, column.words[place % len(column.words)])
        groups.append(credit.group(path, peers, frontier, above))
    return _Level(rows, ids, groups)


def quantiles(ascending: Floats, ids: Index, share: float) -> Floats:
    """A quantile of each group.

    Args:
        ascending: Values, ascending.
        ids: The group of each value: 0, 1, ... without a gap.
        share: Which quantile.

    Source: Hyndman & Fan 1996, "Sample quantiles in statistical packages", definition 7.

    >>> quantiles(np.array([1.0, 2.0, 5.0]), np.array([0, 1, 1]), 0.5).tolist()
    [1.0, 3.5]
    """
    held = ascending[np.argsort(ids, kind="stable")]
    counts = np.bincount(ids)
    first = np.cumsum(counts) - counts
    place = (counts - 1) * share
    low = np.floor(place).astype(np.intp)
    below, above = held[first + low], held[first + np.minimum(low + 1, counts - 1)]
    at: Floats = below + (above - below) * (place - low)
    return at
