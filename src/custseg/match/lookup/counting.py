"""How common a value is, as the table with the new record in it would say."""

from array import array
from collections.abc import Sequence
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Codes
from custseg.match.lookup.postings import Postings, hashed
from custseg.match.weighing.rarity import rarity
from custseg.match.weighing.weights import LevelWeights, Weights

Worth: TypeAlias = "array[int]"


@attrs.frozen(eq=False)
class Commonness:
    """How many records hold each value of a comparison, and what agreement on it adds.

    >>> city = LevelWeights("city", ("exact", "else"), (0.9, 0.1), (0.5, 0.5), term_frequency=True)
    >>> column = Codes(np.array([0, 0, 0, 1, -1]), ("ulm", "bonn"))
    >>> held = Postings.of(column, b"")
    >>> made = Commonness.of(Weights((city,), 0.1), city, column, held=held, salt=b"")
    >>> made.counts.tolist(), len(made.worth)
    ([3, 1, 0], 3)

    Attributes:
        counts: How many records hold each value; the last one, 0, is for a missing value.
        worth: What agreement adds on a value that so many other records hold, in hundredths of a
            bit.
        held: The values by their hashes.
        salt: What they are hashed with.
    """

    counts: NDArray[np.int32]
    worth: Worth
    held: Postings
    salt: bytes

    @classmethod
    def of(
        cls, weights: Weights, one: LevelWeights, codes: Codes, *, held: Postings, salt: bytes
    ) -> "Commonness":
        """Count the values of a table.

        Args:
            weights: The weights that the comparison belongs to.
            one: The comparison.
            codes: The value of each record.
            held: The same values turned round.
            salt: What they are hashed with.
        """
        known = codes.at[codes.at >= 0]
        counts = np.bincount(known, minlength=len(codes.words) + 1).astype(np.int32)
        others = np.arange(max(int(counts.max()), 1), dtype=np.int64)
        # Of the pair, the table holds one record, and the new one would be in it, too.
        worth = rarity(weights, one, others, len(known) - 1)
        return cls(counts, array("i", worth.tolist()), held, salt)

    def added(self, key: str | None, counts: Sequence[int], levels: Sequence[int]) -> list[int]:
        """What the values add: whole at the best level, half at one between.

        Args:
            key: The value of the new record, None where it has none.
            counts: How many records hold the value of each candidate, 0 where it has none.
            levels: The level of each candidate; 0 for those to which nothing is added.
        """
        between = any(level > 1 for level in levels)
        mine = self._count(key) if between and key is not None else -1
        return [
            0 if not level else self.worth[count - 1] if level == 1 else self._half(mine, count)
            for count, level in zip(counts, levels, strict=True)
        ]

    @property
    def size(self) -> int:
        """Bytes of memory, but those of the values turned round."""
        return self.counts.nbytes + self.worth.itemsize * len(self.worth)

    def _count(self, key: str) -> int:
        place = self.held.place(hashed(key, self.salt))
        return self.held.count(place) if place >= 0 else 0

    def _half(self, mine: int, count: int) -> int:
        """Of two spellings the commoner counts, as if the table held both records."""
        added = self.worth[max(mine - 1, count - 2, 0)]
        return (added if mine >= 0 and count else min(added, 0)) // 2


@attrs.frozen(eq=False)
class Turned:
    """The pieces of the records turned round, which some comparisons compare as they are.

    Attributes:
        pieces: The pieces.
        postings: For each of them the records that hold it.
        salt: What they are hashed with.
    """

    pieces: tuple[Codes, ...]
    postings: tuple[Postings, ...]
    salt: bytes

    def common(self, weights: Weights, one: LevelWeights, codes: Codes) -> Commonness:
        """How common the values of a comparison are.

        Args:
            weights: The weights that the comparison belongs to.
            one: The comparison.
            codes: The value of each record.
        """
        for piece, held in zip(self.pieces, self.postings, strict=True):
            if piece.words == codes.words and np.array_equal(piece.at, codes.at):
                return Commonness.of(weights, one, codes, held=held, salt=self.salt)
        held = Postings.of(codes, self.salt, keep=False)
        return Commonness.of(weights, one, codes, held=held, salt=self.salt)
