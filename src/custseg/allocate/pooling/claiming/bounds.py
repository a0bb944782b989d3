"""Limits as arrays: who shares which limit, how much of it is used."""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Floats, Index, Ints, Kind
from custseg.allocate.pooling.recycling.sea import holds
from custseg.allocate.pooling.terms.limits import PoolLimit
from custseg.allocate.wishing.columns import codes, numbers
from custseg.rules import merged


@attrs.frozen(eq=False)
class Held:
    """The customers that have an owner of the team.

    Attributes:
        owner: The owner of each customer, -1 for none of the team.
        pool: The pool of each.
        won: Whether it is won.
        locked: Whether it is locked.
    """

    owner: Index
    pool: Index
    won: Bools
    locked: Bools


@attrs.frozen(eq=False)
class Bound:
    """One limit over a team.

    Attributes:
        limit: The limit.
        place: The pool whose customers it counts, ``None`` for all.
        group: The group of each representative, -1 where the limit does not bind it.
        names: The name of each group.
        most: The most customers of each group.
        used: How many it has.
    """

    limit: PoolLimit
    place: int | None
    group: Index
    names: Sequence[str]
    most: Floats
    used: Ints

    def counts(self, *, pool: int, won: bool, locked: bool) -> bool:
        """Whether a customer counts for it."""
        if self.place is not None and self.place != pool:
            return False
        return {"held": True, "open": not won, "locked": locked}[self.limit.counts]


def rep_needs(limits: Sequence[PoolLimit]) -> dict[str, Kind]:
    """The columns of the representatives that limits read.

    >>> rep_needs([PoolLimit(5, by="team")])
    {'team': 'text'}
    """
    own: list[Mapping[str, Kind]] = []
    for limit in limits:
        if limit.by is not None:
            own.append({limit.by: "text"})
        if limit.column is not None:
            own.append({limit.column: "number"})
        if limit.where is not None:
            own.append(limit.where.needs)
    return merged(map(dict, own))


def bound(
    limit: PoolLimit, place: int | None, reps: Columns, ids: Sequence[str], held: Held
) -> Bound:
    """Count what is used of one limit.

    Args:
        limit: The limit.
        place: The pool whose customers it counts.
        reps: The columns of the team.
        ids: The ids of the team.
        held: The customers.
    """
    names, group = _groups(limit, reps, ids)
    group = np.where(holds(limit.where, reps, len(ids)), group, -1)
    if limit.column is not None:
        most = np.floor(np.maximum(numbers(reps, limit.column), 0))
        group = np.where(np.isfinite(most), group, -1)
    else:
        most = np.full(len(names), float(limit.most or 0))
    theirs = held.owner >= 0
    if limit.counts != "held":
        theirs = theirs & (held.locked if limit.counts == "locked" else ~held.won)
    if place is not None:
        theirs = theirs & (held.pool == place)
    groups = group[held.owner[theirs]]
    used = np.bincount(groups[groups >= 0], minlength=len(names))
    return Bound(limit, place, group, names, most, used.astype(np.int64))


def _groups(limit: PoolLimit, reps: Columns, ids: Sequence[str]) -> tuple[Sequence[str], Index]:
    if limit.by is None:
        return ids, np.arange(len(ids))
    teams = codes(reps, limit.by)
    return teams.words, teams.at
