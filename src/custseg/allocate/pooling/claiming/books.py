"""Who is there, what has changed since, and one wish: what a desk keeps."""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.pooling.claiming.claim import Action
from custseg.frames.scalar import text


@attrs.frozen(eq=False)
class Team:
    """The representatives.

    Attributes:
        ids: Their ids as they were given.
        words: Their ids as texts.
        at: Id as text -> place.
        departments: The department of each, ``None`` where it is unknown.
    """

    ids: Sequence[object]
    words: Sequence[str]
    at: Mapping[str, int]
    departments: Sequence[str | None]


@attrs.frozen(eq=False)
class Crowd:
    """The customers.

    Attributes:
        at: Id as text -> row.
        owner: The owner of each, -1 for none, -2 for somebody outside the team.
        outside: Row -> the owner outside the team, as it was given.
        pool: The pool of each, -1 for none.
        won: Whether it is won.
        locked: Whether it is locked.
    """

    at: Mapping[str, int]
    owner: Index
    outside: Mapping[int, object]
    pool: Index
    won: Bools
    locked: Bools


@attrs.frozen(eq=False)
class Asked:
    """One wish.

    Attributes:
        action: What.
        row: The row of the customer, -1 for nobody.
        rep: Who is to have it, or has it, -1 for nobody of the team.
        actor: Who asks, -1 for nobody of the team.
        said: Customer, representative and who asks, as they were written.
        why: The reason that was given.
    """

    action: Action
    row: int
    rep: int
    actor: int
    said: tuple[object, object, object]
    why: str | None = None


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


def owner_of(crowd: Crowd, books: Books, row: int) -> int:
    """The owner of a customer now."""
    return books.owner.get(row, int(crowd.owner[row]))


def as_text(given: object) -> str:
    """An id as a text.

    >>> as_text(17.0), as_text("017")
    ('17', '017')
    """
    return text(given) or ""
