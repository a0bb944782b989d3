"""How the records of one customer hang together: the strongest tree, and who bridges it."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.match.graph import connected

RULE: Final = float(2**40)
"""Stands for a rule among weights."""


@attrs.frozen(eq=False)
class Cohesion:
    """How records hang together.

    Attributes:
        left: One record of each link of the strongest tree, in the order in which it grows.
        right: The other, which the link brings in.
        bridges: Records without which the others fall apart.
        against: Pairs, as two arrays, whose weight speaks against one customer.
    """

    left: Index
    right: Index
    bridges: Index
    against: tuple[Index, Index]


def cohesion(weight: Floats, must: Bools, start: float) -> Cohesion:
    """Find the tree of strongest links, bridges and contradictions.

    Args:
        weight: The weight between any two records, symmetric; -inf where nothing is weighed.
        must: Which of them a rule makes one customer.
        start: The weight from which a pair is a link.

    >>> weight = np.array([[0, 9, -4.0], [9, 0, 5], [-4, 5, 0]])
    >>> found = cohesion(weight, np.zeros((3, 3), dtype=bool), 0.0)
    >>> found.left.tolist(), found.right.tolist(), found.bridges.tolist()
    ([0, 1], [1, 2], [1])
    """
    strength = np.where(must, RULE, weight)
    left, right = _tree(strength)
    linked = np.triu(strength >= start, 1)
    one, two = np.nonzero(np.triu((strength < 0) & (strength > -np.inf), 1))
    return Cohesion(left, right, _bridges(linked, np.append(left, right)), (one, two))


def _tree(strength: Floats) -> tuple[Index, Index]:
    """The spanning tree of greatest weights, from its strongest link on."""
    count = len(strength)
    held: Floats = strength.copy()
    np.fill_diagonal(held, -np.inf)
    first = int(np.argmax(held)) // count if count > 1 else 0
    best: Floats = held[first].copy()
    by: Index = np.full(count, first)
    inside = np.zeros(count, dtype=np.bool_)
    inside[first] = True
    left, right = list[int](), list[int]()
    for _ in range(count - 1):
        new = int(np.argmax(np.where(inside, -np.inf, np.maximum(best, -RULE))))
        left.append(int(by[new]))
        right.append(new)
        inside[new] = True
        closer = held[new] > best
        best[closer] = held[new][closer]
        by[closer] = new
    return np.array(left, dtype=np.intp), np.array(right, dtype=np.intp)


def _bridges(linked: Bools, ends: Index) -> Index:
    """Records whose leaving leaves more parts; the leaves of the tree never do."""
    one, two = np.nonzero(linked)
    count = len(linked)
    parts = int(connected(one, two, count).max(initial=-1)) + 1
    degree = np.bincount(ends, minlength=count)
    found = list[int]()
    for record in map(int, np.flatnonzero(degree > 1)):
        free = (one != record) & (two != record)
        group = connected(one[free], two[free], count)
        if int(group.max()) + 1 > parts + 1:  # the record itself is a part now
            found.append(record)
    return np.array(found, dtype=np.intp)
