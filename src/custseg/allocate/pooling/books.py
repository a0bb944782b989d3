"""What has changed since a desk was opened: owners, locks, claims, places in use."""

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints


@attrs.define(eq=False)
class Books:
    """Changes on top of the arrays of a desk.

    Attributes:
        owner: Row -> the new owner, -1 for none.
        locked: Row -> whether it is locked now.
        lost: Row and representative -> the day it lost the customer.
        claimed: Pool and representative -> claims of the day.
        used: What is used of each limit, by group.
    """

    owner: dict[int, int]
    locked: dict[int, bool]
    lost: dict[tuple[int, int], float]
    claimed: dict[tuple[int, int], int]
    used: tuple[Ints, ...]

    def copy(self) -> "Books":
        """The same, to be changed by itself."""
        used = tuple(one.copy() for one in self.used)
        return Books(dict(self.owner), dict(self.locked), dict(self.lost), dict(self.claimed), used)


@attrs.frozen(eq=False)
class Losses:
    """The last day on which each former owner lost each customer, sorted for looking up.

    Attributes:
        keys: Row times the size of the team, plus the representative; ascending.
        days: The day.
        team: The size of the team.

    >>> Losses.of(np.array([3, 3]), np.array([1, 1]), np.array([5.0, 9.0]), 2).day(3, 1)
    9.0
    """

    keys: Index
    days: Floats
    team: int

    @classmethod
    def of(cls, row: Index, rep: Index, day: Floats, team: int) -> "Losses":
        """Keep the last day of each pair; pairs that are not known are left out."""
        known: Bools = (row >= 0) & (rep >= 0) & ~np.isnan(day)
        keys, days = row[known] * team + rep[known], day[known]
        order = np.lexsort((days, keys))
        keys, days = keys[order], days[order]
        last = np.append(keys[1:] != keys[:-1], True)[: keys.size]
        return cls(keys[last], days[last], team)

    def day(self, row: int, rep: int) -> float | None:
        """The last day, ``None`` where it never had the customer."""
        key = row * self.team + rep
        at = int(np.searchsorted(self.keys, key))
        found = at < self.keys.size and int(self.keys[at]) == key
        return float(self.days[at]) if found else None
