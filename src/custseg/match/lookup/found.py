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
        gone: Rows that are not told any more.
    """

    plan: SearchPlan
    postings: tuple[Postings, ...]
    rules: Taught
    salt: bytes
    gone: frozenset[int]

    def found(self, words: Sequence[str | None]) -> Found:
        """The records that share a key or a pass.

        Args:
            words: The pieces of the new record.
        """
        places = [self._place(at, word) for at, word in enumerate(words)]
        rows: dict[int, str] = {}
        sure: set[int] = set()
        common: list[str] = []
        covered: set[int] = set()
        for recipe in self.plan.searched:
            if not _whole(recipe, words, places) or covered.intersection(recipe.atoms):
                continue
            mine = self._of(recipe, places)
            if mine is None:
                common.append(recipe.rule)
                continue
            if recipe.sure:
                sure.update(mine.tolist())
            elif len(recipe.atoms) == 1:
                covered.update(recipe.atoms)
            for row in mine.tolist():
                rows.setdefault(row, recipe.rule)
        apart = self._apart(rows, words, places) | self.gone
        left = {row: rule for row, rule in sorted(rows.items()) if row not in apart}
        return Found(left, frozenset(sure - apart), tuple(common))

    def _place(self, at: int, word: str | None) -> int:
        return -1 if word is None else self.postings[at].place(hashed(word, self.salt))

    def _of(self, recipe: Recipe, places: Sequence[int]) -> Index | None:
        """The records that share all pieces of a recipe, None if they are too many."""
        counted = sorted((self.postings[at].count(places[at]), at) for at in recipe.atoms)
        (least, first), *others = counted
        cap = self.rules.cap if recipe.sure else min(REACH, self.rules.block_cap)
        if least > (_SCAN if others else cap - 1):
            return None
        rows = self.postings[first].of_place(places[first])
        for _, at in others:
            rows = rows[self.postings[at].at[rows] == places[at]]
        return rows if len(rows) < cap else None

    def _apart(
        self, rows: dict[int, str], words: Sequence[str | None], places: Sequence[int]
    ) -> frozenset[int]:
        """The rows that a key keeps apart from the new record: both have one, and they differ."""
        near = np.fromiter(rows, dtype=np.intp, count=len(rows))
        apart: set[int] = set()
        for recipe in self.plan.apart if len(near) else ():
            if any(words[at] is None for at in recipe.atoms):
                continue
            held = [self.postings[at].at[near] for at in recipe.atoms]
            whole = np.all([one >= 0 for one in held], axis=0)
            pairs = zip(held, recipe.atoms, strict=True)
            same = np.all([one == places[at] for one, at in pairs], axis=0)
            apart.update(near[whole & ~same].tolist())
        return frozenset(apart)


def _whole(recipe: Recipe, words: Sequence[str | None], places: Sequence[int]) -> bool:
    """Whether the record has all pieces, and somebody has each; one value twice is one piece."""
    for at in recipe.atoms:
        if places[at] < 0:
            return False
    if len(recipe.atoms) == 1:
        return True
    held = [words[at] for at in recipe.atoms]
    return len(set(held)) == len(held)
