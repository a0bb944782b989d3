"""How often each combination of passes and levels occurs: all that learning needs."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Ints

_MOST: Final = 2**62
"""Codes beyond this do not fit into 64 bits."""


@attrs.frozen(eq=False)
class Patterns:
    """Combinations of passes and levels, each once, with how many pairs have it.

    A few thousand patterns stand for millions of pairs, so that learning takes no time.

    Attributes:
        masks: The passes that hold the pairs of a pattern, as bits.
        levels: The level of each comparison, one row a pattern; 0 where a side is missing.
        counts: How many pairs.
    """

    masks: Ints
    levels: NDArray[np.int8]
    counts: Ints

    @classmethod
    def of(cls, masks: Ints, levels: NDArray[np.int8], counts: Ints) -> "Patterns":
        """Patterns that were counted elsewhere, in the order in which `patterns` has them.

        Args:
            masks: The passes of each.
            levels: The level of each comparison, one row a pattern.
            counts: How many pairs.
        """
        order = np.lexsort((*levels.T[::-1], masks))
        return cls(masks[order], levels[order], counts[order])

    def __len__(self) -> int:
        """How many patterns."""
        return len(self.counts)

    def of_pass(self, place: int) -> "Patterns":
        """The patterns of the pairs that one pass holds.

        Args:
            place: The number of the pass.
        """
        inside = (self.masks >> place) & 1 == 1
        return Patterns(self.masks[inside], self.levels[inside], self.counts[inside])


def patterns(
    masks: NDArray[np.uint32], levels: Sequence[NDArray[np.int8]], sizes: Sequence[int]
) -> Patterns:
    """Count the combinations of passes and levels.

    Args:
        masks: The passes that hold each pair, as bits.
        levels: For each comparison the level of each pair.
        sizes: For each comparison how many levels it has.

    >>> name, phone = np.array([1, 1, 2], dtype=np.int8), np.array([0, 0, 1], dtype=np.int8)
    >>> found = patterns(np.array([1, 1, 3], dtype=np.uint32), [name, phone], [2, 2])
    >>> found.levels.tolist(), found.masks.tolist(), found.counts.tolist()
    ([[1, 0], [2, 1]], [1, 3], [2, 1])
    """
    radix = [size + 1 for size in sizes]
    span = int(masks.max(initial=0)) + 1
    for width in radix:
        span *= width
    if span > _MOST:
        return _by_rows(masks, levels)
    code = masks.astype(np.int64)
    for width, level in zip(radix, levels, strict=True):
        code *= width
        code += level
    codes, counts = np.unique(code, return_counts=True)
    found = np.empty((len(codes), len(radix)), dtype=np.int8)
    for place in range(len(radix) - 1, -1, -1):
        codes, found[:, place] = np.divmod(codes, radix[place])
    return Patterns(codes, found, counts.astype(np.int64))


def _by_rows(masks: NDArray[np.uint32], levels: Sequence[NDArray[np.int8]]) -> Patterns:
    rows, place = _distinct(masks.astype(np.int64), np.stack(levels, axis=1))
    counts = np.bincount(place, minlength=len(rows)).astype(np.int64)
    return Patterns(rows[:, 0], rows[:, 1:].astype(np.int8), counts)


def _distinct(masks: Ints, levels: NDArray[np.int8]) -> tuple[Ints, NDArray[np.intp]]:
    table = np.concatenate([masks[:, None], levels.astype(np.int64)], axis=1)
    rows, place = np.unique(table, axis=0, return_inverse=True)
    return rows, place.reshape(-1)
