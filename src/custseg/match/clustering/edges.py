"""Weighed pairs, and what hangs together through them."""

from collections.abc import Callable
from typing import TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.match.graph import connected

Rescore: TypeAlias = Callable[[Index, Index], Floats]
"""Weighs pairs of rows that were no candidates: two arrays of rows to one of weights."""


@attrs.frozen(eq=False)
class Edges:
    """Pairs of records with their weights.

    Attributes:
        left: One row of each pair.
        right: The other.
        weight: Log2 odds that the two are one customer; inf where a rule says so, -inf where a rule
            forbids it.

    >>> Edges(np.array([2]), np.array([0]), np.array([4.5])).ordered().left.tolist()
    [0]
    """

    left: Index
    right: Index
    weight: Floats

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.left)

    def where(self, kept: Bools) -> "Edges":
        """Some of the pairs."""
        return Edges(self.left[kept], self.right[kept], self.weight[kept])

    def renumbered(self, number: Index) -> "Edges":
        """The same pairs of records that are called otherwise."""
        return Edges(number[self.left], number[self.right], self.weight)

    def and_these(self, left: Index, right: Index) -> "Edges":
        """With pairs that share a key which makes them one customer."""
        rule = np.full(len(left), np.inf)
        known = (self.left, left), (self.right, right), (self.weight, rule)
        return Edges(*map(np.concatenate, known))

    def ordered(self) -> "Edges":
        """Each pair once, sorted, the smaller row on the left.

        Of several weights of a pair the highest counts, unless one forbids it.
        """
        code = coded(self.left, self.right)
        order = np.lexsort((-self.weight, self.weight > -np.inf, code))
        code = code[order]
        first = order[np.append([True], code[1:] != code[:-1])] if len(code) else order
        low = np.minimum(self.left[first], self.right[first])
        high = np.maximum(self.left[first], self.right[first])
        return Edges(low, high, self.weight[first]).where(low < high)

    def groups(self, records: int) -> Index:
        """The group of each record: what pairs join, directly or through others."""
        return connected(self.left, self.right, records)


def coded(left: Index, right: Index) -> Ints:
    """One number for a pair of rows, whichever stands first."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    return np.asarray(low.astype(np.int64) << 32 | high.astype(np.int64), dtype=np.int64)


def each_pair(group: Index) -> tuple[Index, Index]:
    """All pairs of rows within groups, the smaller row on the left.

    Args:
        group: The group of each row, -1 for rows in none.

    >>> left, right = each_pair(np.array([0, 1, 0, -1, 0]))
    >>> sorted(zip(left.tolist(), right.tolist()))
    [(0, 2), (0, 4), (2, 4)]
    """
    rows = np.flatnonzero(group >= 0)
    rows = rows[np.argsort(group[rows], kind="stable")]
    cuts = np.flatnonzero(np.append([True], np.diff(group[rows]) != 0)) if len(rows) else rows
    sizes = np.diff(np.append(cuts, len(rows)))
    left: list[Index] = [np.zeros(0, dtype=np.intp)]
    right: list[Index] = [np.zeros(0, dtype=np.intp)]
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = rows[cuts[sizes == size][:, None] + np.arange(size)]
        one, two = np.triu_indices(size, 1)
        left.append(members[:, one].ravel())
        right.append(members[:, two].ravel())
    return np.concatenate(left), np.concatenate(right)
