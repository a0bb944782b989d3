"""Which records share enough pieces with a new one to be compared with it."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Index
from custseg.match.lookup.atoms import Recipe, SearchPlan
from custseg.match.lookup.postings import Postings, hashed
from custseg.match.opened import Taught

REACH: Final = 20
"""The most records of a pass that are compared with a new one: more share a surname, not a person.

On generated contacts 20 find what 1,000 find: what many share is looked for with something else."""
_SCAN: Final = 100_000
"""The most records of one piece that are gone through for those that share another, too."""
_FEW: Final = 64
"""So many records are held against others as a set, more of them as an array."""


@attrs.frozen
class Found:
    """Records worth comparing with a new one.

    Attributes:
        rows: Their rows, each with the first key or pass that it was found by.
        sure: The rows that share a key which only one customer has.
        too_common: Keys and passes under which too many records stand.
    """

    rows: dict[int, str]
    sure: frozenset[int]
    too_common: tuple[str, ...]


@attrs.frozen(eq=False)
class Search:
    """The search for records that share pieces.

    Attributes:
        plan: What must be shared.
        postings: For each piece the records that hold it.
        rules: The matcher, for its caps.
        salt: What pieces are hashed with.
        reach: The most records of a pass that are compared with a new one.
    """

    plan: SearchPlan
    postings: tuple[Postings, ...]
    rules: Taught
    salt: bytes
    reach: int = REACH

    def found(self, words: Sequence[str | None], gone: frozenset[int] = frozenset()) -> Found:
        """The records that share a key or a pass.

        Args:
            words: The pieces of the new record.
            gone: Rows that are not told any more.
        """
        pieces = _Pieces(self.postings, words, self.salt)
        rows: dict[int, str] = {}
        sure: set[int] = set()
        common: list[str] = []
        covered: set[int] = set()
        for recipe in self.plan.searched:
            if not pieces.whole(recipe) or not covered.isdisjoint(recipe.atoms):
                continue
            mine = pieces.of(recipe, self._most(recipe))
            if mine is None:
                common.append(recipe.rule)
                continue
            if recipe.sure:
                sure.update(mine)
            elif len(recipe.atoms) == 1:
                covered.update(recipe.atoms)
            for row in mine:
                rows.setdefault(row, recipe.rule)
        less = gone | self._apart(rows, pieces)
        left = {row: rows[row] for row in sorted(rows) if row not in less}
        return Found(left, frozenset(sure - less), tuple(common))

    def _most(self, recipe: Recipe) -> int:
        return self.rules.cap if recipe.sure else min(self.reach, self.rules.block_cap)

    def _apart(self, rows: dict[int, str], pieces: "_Pieces") -> frozenset[int]:
        """The rows that a key keeps apart from the new record: both have one, and they differ."""
        asked = [one for one in self.plan.apart if rows and pieces.there(one)]
        if not asked:
            return frozenset()
        near = np.fromiter(rows, dtype=np.intp, count=len(rows))
        apart: set[int] = set()
        for recipe in asked:
            held = [self.postings[at].at[near] for at in recipe.atoms]
            whole = np.all([one >= 0 for one in held], axis=0)
            pairs = zip(held, recipe.atoms, strict=True)
            same = np.all([one == pieces.places[at] for one, at in pairs], axis=0)
            apart.update(near[whole & ~same].tolist())
        return frozenset(apart)


class _Pieces:
    """The pieces of one new record, and who shares them."""

    __slots__ = ("_few", "_postings", "_words", "counts", "places")

    def __init__(
        self, postings: Sequence[Postings], words: Sequence[str | None], salt: bytes
    ) -> None:
        self._postings, self._words = postings, words
        self.places = [
            -1 if word is None else one.place(hashed(word, salt))
            for one, word in zip(postings, words, strict=True)
        ]
        self.counts = [
            0 if place < 0 else one.count(place)
            for one, place in zip(postings, self.places, strict=True)
        ]
        self._few: dict[int, frozenset[int]] = {}

    def there(self, recipe: Recipe) -> bool:
        """Whether the record has all pieces of a recipe; one value twice may be one piece."""
        words = self._words
        for at in recipe.atoms:
            if words[at] is None:
                return False
        if not recipe.distinct:
            return True
        return len({words[at] for at in recipe.atoms}) == len(recipe.atoms)

    def whole(self, recipe: Recipe) -> bool:
        """Whether it has them, and somebody has each."""
        counts = self.counts
        for at in recipe.atoms:
            if not counts[at]:
                return False
        return not recipe.distinct or self.there(recipe)

    def of(self, recipe: Recipe, cap: int) -> list[int] | None:
        """The records that share all pieces of a recipe, None if they are too many."""
        counts = self.counts
        first, *others = sorted(recipe.atoms, key=counts.__getitem__)
        if counts[first] > (_SCAN if others else cap - 1):
            return None
        if counts[first] > _FEW:
            rows = self._rows(first)
            for at in others:
                rows = rows[self._postings[at].at[rows] == self.places[at]]
            return rows.tolist() if len(rows) < cap else None
        few = self._set(first)
        for at in others:
            few &= self._set(at) if counts[at] <= _FEW else self._among(few, at)
        return [*few] if len(few) < cap else None

    def _rows(self, at: int) -> Index:
        return self._postings[at].of_place(self.places[at])

    def _set(self, at: int) -> frozenset[int]:
        if at not in self._few:
            self._few[at] = frozenset(self._rows(at).tolist())
        return self._few[at]

    def _among(self, rows: frozenset[int], at: int) -> frozenset[int]:
        """Which of a few rows have a piece that many have."""
        held, place = self._postings[at].at, self.places[at]
        return frozenset([row for row in rows if held[row] == place])
