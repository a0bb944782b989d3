"""The best row of every group at once: rows sorted by group once, then one sweep a criterion."""

from collections.abc import Iterable, Iterator

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints


@attrs.frozen(eq=False)
class Groups:
    """Rows by the group they belong to.

    Attributes:
        at: The group of each row.
        order: The rows, group after group; by rank within each, if one was given.
        starts: Where in ``order`` each group begins; every group has a row.
        ranked: Whether the rows of a group stand by rank: then rank decides ties.

    >>> groups = Groups.of(np.array([1, 0, 1]), 2)
    >>> groups.order.tolist(), groups.starts.tolist(), groups.sizes.tolist()
    ([1, 0, 2], [0, 1], [1, 2])
    """

    at: Index
    order: Index
    starts: Index
    ranked: bool = False

    @classmethod
    def of(cls, at: Index, count: int, rank: Floats | None = None) -> "Groups":
        """Sort the rows by group once.

        Args:
            at: The group of each row, 0 to ``count`` - 1.
            count: How many groups there are.
            rank: The order of the rows within a group, no two the same; None leaves them as they
                stand.
        """
        first: Index | slice = slice(None)
        if rank is not None and (rank[1:] < rank[:-1]).any():
            first = np.argsort(rank)
        order: Index = np.argsort(at[first], kind="stable")
        order = order if isinstance(first, slice) else first[order]
        starts = np.searchsorted(at[order], np.arange(count))
        return cls(at, order, starts, rank is not None)

    @property
    def sizes(self) -> Ints:
        """How many rows each group has."""
        return np.diff(np.append(self.starts, len(self.order))).astype(np.int64)

    @property
    def firsts(self) -> Index:
        """The first row of each group: as the rows stand, or by rank."""
        return self.order[self.starts]

    def members(self, group: int) -> Index:
        """The rows of one group."""
        start = int(self.starts[group])
        return self.order[start : start + int(self.sizes[group])]

    def best(self, among: Bools, criteria: Iterable[Floats]) -> Index:
        """The row of each group that is smallest by the criteria, one after the other.

        Args:
            among: The rows that may be chosen.
            criteria: What to compare, weightiest first; NaN comes last.

        Returns:
            A row for each group; -1 where no row may be chosen.

        >>> groups = Groups.of(np.array([0, 0, 1, 1]), 2)
        >>> newest = np.array([-3.0, -7.0, np.nan, np.nan])
        >>> groups.best(np.array([True, True, True, False]), [newest]).tolist()
        [1, 2]
        """
        won: Index = np.full(len(self.starts), -1, dtype=np.intp)
        if not len(self.order):
            return won
        left = self._narrowed(among[self.order], criteria)
        places = np.flatnonzero(left)[::-1]
        won[self.at[self.order[places]]] = self.order[places]
        return won

    def _narrowed(self, left: Bools, criteria: Iterable[Floats]) -> Bools:
        group = self.at[self.order]
        for criterion in criteria:
            worth = criterion[self.order]
            worth = np.where(left & ~np.isnan(worth), worth, np.inf)
            left = left & (worth == np.minimum.reduceat(worth, self.starts)[group])
        return left

    def count(self, among: Bools) -> Ints:
        """How many of these rows each group has."""
        return np.bincount(self.at[among], minlength=len(self.starts)).astype(np.int64)

    def each(self, among: Bools) -> Iterator[tuple[int, Index]]:
        """Each group that has such rows, with them."""
        rows = self.order[among[self.order]]
        at = self.at[rows]
        cuts = np.flatnonzero(np.diff(at)) + 1
        for part in np.split(rows, cuts) if len(rows) else ():
            yield int(self.at[part[0]]), part
