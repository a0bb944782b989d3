"""How much agreement on a rare value says, beyond agreement on any value."""

from typing import Final

import numpy as np

from custseg._typing import Codes, Index, Ints
from custseg.match.weighing.weights import HUNDREDTHS, LevelWeights, Weights, Whole

_UNSEEN: Final = 0.5
"""The records that stand for a value which no record but the pair's has."""
_HALF: Final = 20.0
"""The records of a table that is believed half of what it says of rare and common values."""


def rarities(weights: Weights, one: LevelWeights, values: Codes, *, known: int = 2) -> Whole:
    """What agreement on each value adds to the exact level, in hundredths of a bit.

    Two strangers agree on a value by chance as often as the value is common, not as often as any
    two values agree. How common it is, the other records tell: the pair itself says nothing of it.
    Values rarer than `Weights.rarest` count as this rare, and a handful of records hardly tell.

    Args:
        weights: The weights that the comparison belongs to.
        one: The comparison.
        values: The value of each record.
        known: How many records of each pair are among the values: 1 where a new record is weighed.

    Returns:
        One number a value, and a last one, 0, for a missing value.

    >>> city = LevelWeights("city", ("exact", "else"), (0.9, 0.1), (0.5, 0.5), term_frequency=True)
    >>> held = Codes(np.array([0, 0, 0, 0, 1, 1, -1]), ("ulm", "bonn"))
    >>> rarities(Weights((city,), 0.1), city, held).tolist()
    [0, 33, 0]
    """
    at = values.at[values.at >= 0]
    held = np.bincount(at, minlength=len(values.words)).astype(np.int64)
    added = rarity(weights, one, held - known, len(at) - known)
    return np.concatenate([added, [0]]).astype(np.int32)


def rarity(weights: Weights, one: LevelWeights, others: Ints, records: int) -> Whole:
    """What agreement on values adds that so many other records have.

    In a table of a few records, a value that stands once is not rare, and one that stands twice is
    not common: what they say is drawn towards nothing, at twenty records by half.

    Args:
        weights: The weights that the comparison belongs to.
        one: The comparison.
        others: How many other records have each value.
        records: How many other records have any value.
    """
    records = max(records, 0)
    share = np.minimum(np.maximum(others, _UNSEEN) / max(records, 1), 1.0)
    rare = np.log2(one.u[0]) - np.log2(np.maximum(share, weights.rarest))
    whole: Whole = np.rint(HUNDREDTHS * rare * (records / (records + _HALF))).astype(np.int32)
    return whole


def commoner(added: Whole, left: Index, right: Index) -> Whole:
    """What the commoner of two values adds: the rarer may be a typing error of it.

    Args:
        added: What each value adds.
        left: The value of one side of each pair.
        right: That of the other.
    """
    return np.minimum(added[left], added[right])
