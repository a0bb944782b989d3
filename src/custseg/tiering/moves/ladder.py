"""Which words are tiers, which are other states, and which are mistakes?"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

import attrs
import numpy as np

from custseg._typing import Ints, words
from custseg.errors import ConfigError, DataError
from custseg.tiering.settings import check_tiers

THREE: Final = ("low", "medium", "high")
_ALIKE: Final = 0.75
_SHOWN: Final = 12  # a column with more words is none of tiers: they may be names or numbers


@attrs.frozen
class MoveNames:
    """What the columns of a review are called.

    Attributes:
        customer: Who; not needed where both reviews stand in one table.
        tier: The tier; in one table with both reviews ``tier`` and ``tier_previous``.
        as_of: The day of a review, where one table holds many of them.

    >>> MoveNames(tier="grade").previous
    'grade_previous'
    """

    customer: str = "customer_id"
    tier: str = "tier"
    as_of: str = "as_of"

    @property
    def previous(self) -> str:
        """The tier before."""
        return f"{self.tier}_previous"


@attrs.frozen
class States:
    """The states of customers: tiers, lowest first, then other words as they are found.

    Attributes:
        tiers: The tiers, lowest first.
        outside: Words that are no tiers, in alphabetical order: dormant, merged, closed.

    >>> known = States.of(("low", "high"), ("high", "dormant"))
    >>> known.words, known.folding(("dormant",)).tolist()
    (('low', 'high', 'dormant'), [[1, 0, 0, 0], [0, 0, 0, 1]])
    """

    tiers: tuple[str, ...] = attrs.field(converter=words)
    outside: tuple[str, ...] = ()

    @classmethod
    def of(cls, tiers: Iterable[str], found: Iterable[str]) -> "States":
        """Tell the words that were found apart.

        Args:
            tiers: The tiers, lowest first.
            found: The words of all reviews.

        Raises:
            ConfigError: The tiers are not different names, or none of them was found though
                there are words.
            DataError: A word is nearly a tier: a slip would look like a customer who left.
        """
        names = words(str(tier) for tier in words(tiers))  # 1, 2, 3 are read as words
        check_tiers(names, names, None)
        there = set(found)
        others = sorted(there - set(names))
        if others and not there & set(names):
            held = others if len(others) <= _SHOWN else f"{len(others)} other words"
            msg = (
                f"tiers are {list(names)}, but the column holds {held}; name the column of tiers, "
                "or give tiers=(...) with its own names, lowest first"
            )
            raise ConfigError(msg)
        for word in others:
            near = get_close_matches(_bare(word), [_bare(name) for name in names], 1, _ALIKE)
            if near:
                msg = (
                    f"holds {word!r}, which is nearly a tier of {list(names)}; "
                    "write it alike, or name it in tiers=(...)"
                )
                raise DataError(msg)
        return cls(names, tuple(others))

    @property
    def words(self) -> tuple[str, ...]:
        """All states."""
        return (*self.tiers, *self.outside)

    def folding(self, given: Iterable[str]) -> Ints:
        """Words x states, 1 where a word is a state; the first of both is for who has none."""
        place = {word: i for i, word in enumerate(self.words, 1)}
        rows = [0, *(place.get(word, 0) for word in given)]
        return np.eye(len(place) + 1, dtype=np.int64)[rows]


def _bare(word: str) -> str:
    return "".join(word.split()).casefold()
