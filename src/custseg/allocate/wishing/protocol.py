"""What a wish has: points of each pair, classes of alike customers, and the day of the plan."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Protocol, TypeAlias, cast

from custseg._typing import Columns, Floats, Index, Needs
from custseg.errors import ConfigError
from custseg.reasons import Reason

Classes: TypeAlias = tuple[Index, Floats]
"""The class of each of n customers, from 0, and the points of each of K classes: K x m."""

_EPOCH = date(1970, 1, 1)


class Wish(Protocol):
    """A strategy for allocation: a plug-in has these four members and holds only settings.

    Two more are optional. ``classes(customers, reps)`` gives the same points by classes of alike
    customers, so that a million of them need no matrix a wish. ``on(day)`` gives the same wish
    with the day of the plan in it, where who is eligible depends on the day.

    >>> from custseg.allocate import Match
    >>> wish: Wish = Match("region")
    >>> wish.needs, wish.rep_needs, wish.reason.text()
    ({'region': 'text'}, {'region': 'text'}, 'the same region on both sides')
    """

    @property
    def needs(self) -> Needs:
        """The columns of the customers that it reads."""
        ...

    @property
    def rep_needs(self) -> Needs:
        """The columns of the representatives that it reads."""
        ...

    @property
    def reason(self) -> Reason:
        """Why it gives points; the code stands in ``owner_reason`` where it weighs most."""
        ...

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """Say how well each pair goes together.

        Args:
            customers: The columns of ``needs``, n rows.
            reps: The columns of ``rep_needs``, m rows.

        Returns:
            n x m points from 0 to 1; NaN where the pair is not eligible at all. A row may not
            depend on the other rows, so that one customer gets the same points alone. A wish
            that reads nothing of the customers gives one row for all.
        """
        ...


def classes_of(wish: Wish, customers: Columns, reps: Columns) -> Classes | None:
    """The classes that a wish sorts customers into; ``None`` where it knows none.

    Args:
        wish: A wish, ours or your own.
        customers: The columns of its ``needs``.
        reps: The columns of its ``rep_needs``.
    """
    sorting: Any = getattr(wish, "classes", None)
    return cast("Classes | None", sorting(customers, reps)) if callable(sorting) else None


def in_full(classes: Classes) -> Floats:
    """The points of every customer, n x m, from those of the classes.

    >>> import numpy as np
    >>> in_full((np.array([1, 0, 1]), np.array([[0.0], [1.0]]))).tolist()
    [[1.0], [0.0], [1.0]]
    """
    at, points = classes
    found: Floats = points[at]
    return found


def dated(wishes: Iterable[Wish], day: float | None) -> tuple[Wish, ...]:
    """The same wishes on the day of the plan.

    Args:
        wishes: Wishes or gates; those without ``on`` stay as they are.
        day: Civil day since 1970; ``None`` if the plan has none.

    Raises:
        ConfigError: A wish asks for the day, and there is none.
    """
    return tuple(_on(wish, day) for wish in wishes)


def _on(wish: Wish, day: float | None) -> Wish:
    put: Any = getattr(wish, "on", None)
    if not callable(put):
        return wish
    if day is not None:
        return cast("Wish", put(_EPOCH + timedelta(days=int(day))))
    if getattr(wish, "as_of", None) is None:
        msg = f"{type(wish).__name__} depends on the day: give as_of=..., the day of the plan"
        raise ConfigError(msg)
    return wish
