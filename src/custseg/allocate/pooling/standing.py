"""Who is there: the team, the customers, and one wish about one of them."""

from collections.abc import Mapping, Sequence

import attrs

from custseg._typing import Bools, Index
from custseg.allocate.pooling.books import Books
from custseg.allocate.pooling.claim import Action
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
        pool: The pool of each, -1 for none.
        won: Whether it is won.
        locked: Whether it is locked.
    """

    at: Mapping[str, int]
    owner: Index
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


def owner_of(crowd: Crowd, books: Books, row: int) -> int:
    """The owner of a customer now."""
    return books.owner.get(row, int(crowd.owner[row]))


def as_text(given: object) -> str:
    """An id as a text.

    >>> as_text(17.0), as_text("017")
    ('17', '017')
    """
    return text(given) or ""
