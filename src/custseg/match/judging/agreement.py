"""Two ways of grouping the same records, counted against each other."""

from functools import cached_property

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints


@attrs.frozen(eq=False)
class Agreement:
    """How many records fall into each meeting of a found group with a true one.

    Attributes:
        found: The found group of each meeting.
        true: The true group of each meeting.
        shared: How many records each meeting holds.

    >>> met = Agreement.of(np.array([0, 0, 1]), np.array([0, 0, 0]))
    >>> met.together, met.found_pairs, met.true_pairs
    (1, 1, 3)
    """

    found: Index
    true: Index
    shared: Ints

    @classmethod
    def of(cls, found: Index, true: Index) -> "Agreement":
        """Count the meetings.

        Args:
            found: The found group of each record, 0 and up.
            true: Its true group, 0 and up.
        """
        width = int(true.max(initial=0)) + 1
        meeting, shared = np.unique(found.astype(np.int64) * width + true, return_counts=True)
        return cls(meeting // width, meeting % width, shared.astype(np.int64))

    @cached_property
    def found_sizes(self) -> Ints:
        """How many records each found group has."""
        return _summed(self.found, self.shared)

    @cached_property
    def true_sizes(self) -> Ints:
        """How many records each true group has."""
        return _summed(self.true, self.shared)

    @property
    def together(self) -> int:
        """Pairs of records that both put together."""
        return _pairs(self.shared)

    @property
    def found_pairs(self) -> int:
        """Pairs of records that were put together."""
        return _pairs(self.found_sizes)

    @property
    def true_pairs(self) -> int:
        """Pairs of records that belong together."""
        return _pairs(self.true_sizes)

    @property
    def whole(self) -> int:
        """Groups that are the same records in both."""
        mine, theirs = self.found_sizes[self.found], self.true_sizes[self.true]
        return int(((mine == self.shared) & (theirs == self.shared)).sum())

    @property
    def split(self) -> Index:
        """True groups whose records were found in several groups."""
        return np.flatnonzero(np.bincount(self.true) > 1)

    @property
    def joined(self) -> Index:
        """Found groups with records of several true ones."""
        return np.flatnonzero(np.bincount(self.found) > 1)

    def of_each(self, sizes: Ints, of: Index) -> float:
        """The mean over records of the share of their group that they share a meeting with."""
        records = int(self.shared.sum())
        part = self.shared.astype(np.float64) ** 2 / sizes[of]
        return float(np.sort(part).sum() / records) if records else float("nan")

    @property
    def b3(self) -> tuple[float, float]:
        """Precision and recall of B-cubed: seen from each record, averaged."""
        return self.of_each(self.found_sizes, self.found), self.of_each(self.true_sizes, self.true)


def _summed(group: Index, shared: Ints) -> Ints:
    out: Ints = np.zeros(int(group.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(out, group, shared)
    return out


def _pairs(sizes: Ints | Floats) -> int:
    return int((sizes * (sizes - 1) // 2).sum())
