"""Points of classes, added up: alike customers are added once."""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Floats, Index

_FINE = 40  # binary digits after the point: sums of such terms are exact, in whatever order
_DENSE = 4  # combinations a customer up to which counting is faster than sorting


@attrs.frozen(eq=False)
class Grouped:
    """Customers by class.

    Attributes:
        at: The class of each customer.
        points: The points of each class, K x m.
    """

    at: Index
    points: Floats

    @property
    def size(self) -> int:
        """How many classes there are."""
        return len(self.points)


def term(part: float, points: Floats) -> Floats:
    """Points by their weight, on a grid so fine that sums of them are exact; one 0 and one NaN.

    >>> a, b, c = (term(1.0, np.array([x])) for x in (0.1, 0.2, 0.3))
    >>> bool((a + b) + c == a + (b + c))
    True
    """
    out: Floats = np.ldexp(np.rint(np.ldexp(part * points, _FINE)), -_FINE) + 0.0
    out[np.isnan(out)] = np.nan
    return out


def together(first: Grouped, second: Grouped, most: int) -> Grouped | None:
    """Both, added up over the combinations of their classes; ``None`` for more than ``most``.

    >>> one = Grouped(np.array([0, 0, 1]), np.array([[0.5], [0.0]]))
    >>> two = Grouped(np.array([0, 1, 1]), np.array([[0.25], [0.5]]))
    >>> both = together(one, two, 3)
    >>> both.at.tolist(), both.points.tolist()
    ([0, 1, 2], [[0.75], [1.0], [0.5]])
    >>> together(one, two, 2) is None
    True
    """
    key = first.at.astype(np.int64) * second.size + second.at
    at, found = _distinct(key, first.size * second.size)
    if found.size > most:
        return None
    left, right = np.divmod(found, max(second.size, 1))
    return Grouped(at, first.points[left] + second.points[right])


def in_groups(factors: Sequence[Grouped], most: int) -> list[Grouped]:
    """Factors added up, each group of them with at most ``most`` classes.

    Args:
        factors: Terms of wishes; their sums are exact, so that the order is free.
        most: A group is not added to where more classes would come of it.
    """
    out: list[Grouped] = []
    for factor in sorted(factors, key=lambda factor: factor.size):
        both = together(out[-1], factor, most) if out else None
        if both is None:
            out.append(factor)
        else:
            out[-1] = both
    return out


def _distinct(key: Index, size: int) -> tuple[Index, Index]:
    """The place of each among the different ones, and those in ascending order."""
    if size <= max(_DENSE * key.size, 1):
        found = np.flatnonzero(np.bincount(key, minlength=size))
        place = np.zeros(size, dtype=np.intp)
        place[found] = np.arange(found.size)
        return place[key], found
    found, at = np.unique(key, return_inverse=True)
    return at, found
