"""The weight of each pair, from the levels of its comparisons."""

from collections.abc import Sequence
from typing import Final, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats, Index, Ints
from custseg.match.comparing.comparison import Prepared
from custseg.match.weighing.rarity import commoner, rarities, rarity
from custseg.match.weighing.related import kin, own, taken_off
from custseg.match.weighing.weights import HUNDREDTHS, LevelWeights, Weights, Whole

_CHUNK: Final = 1 << 20
Levels = NDArray[np.int8]


@attrs.frozen(eq=False)
class Common:
    """How common the value of each record is among all records, of which these are only some.

    Attributes:
        held: For each record how many records have its value; 0 where it has none.
        known: How many records have any value.
    """

    held: Ints
    known: int


Rarer: TypeAlias = tuple[Whole, Index]
"""What agreement on each value adds, and the value of each record among them."""


def weigh(
    weights: Weights,
    levels: Sequence[Levels],
    prepared: Sequence[Prepared],
    left: Index,
    right: Index,
) -> Floats:
    """The weight of each pair in bits, the same whichever side is named first.

    Args:
        weights: What was learnt.
        levels: For each comparison the level of each pair.
        prepared: For each comparison the values of the records.
        left: The row of one record of each pair.
        right: The row of the other.
    """
    sides = zip(weights.comparisons, prepared, strict=True)
    rarer = [
        (rarities(weights, one, side.codes), side.codes.at) if one.term_frequency else None
        for one, side in sides
    ]
    return weighed(weights, levels, rarer, left, right)


def rarer_of(weights: Weights, common: Sequence[Common | None]) -> list[Rarer | None]:
    """What agreement on the value of each record adds, where all records were counted elsewhere.

    Args:
        weights: What was learnt.
        common: For each comparison how common values are; None where that does not count.
    """
    return [
        None if told is None else (_added(weights, one, told), np.arange(len(told.held)))
        for one, told in zip(weights.comparisons, common, strict=True)
    ]


def weighed(
    weights: Weights,
    levels: Sequence[Levels],
    rarer: Sequence[Rarer | None],
    left: Index,
    right: Index,
) -> Floats:
    """The weight of each pair in bits, what rare and common values add being known.

    Args:
        weights: What was learnt.
        levels: For each comparison the level of each pair.
        rarer: For each comparison what agreement on a value adds; None where that does not count.
        left: The row of one record of each pair.
        right: The row of the other.
    """
    total = np.full(len(left), weights.start, dtype=np.int32)
    alike = np.zeros(len(left) if weights.shared else 0, dtype=np.int32)
    rarest, agreed = np.zeros_like(alike), np.zeros(len(alike), dtype=np.bool_)
    for one, level, added in zip(weights.comparisons, levels, rarer, strict=True):
        table, like, mine = one.hundredths, kin(weights, one), own(weights, one)
        for start in range(0, len(left), _CHUNK):
            part = slice(start, start + _CHUNK)
            rare = np.zeros(len(level[part]), dtype=np.int32)
            if added is not None:
                worth, at = added
                rare = nearness(one, worth, level[part], at[left[part]], at[right[part]])
            total[part] += table[level[part]] + rare
            if weights.shared:
                alike[part] += like[level[part]]
                agreed[part] |= mine[level[part]]
                rarest[part] += rare * (one.name in weights.shared)
    if weights.shared:
        total -= taken_off(weights, alike + rarest, rarest, agreed)
    return total / HUNDREDTHS


def _added(weights: Weights, one: LevelWeights, told: Common) -> Whole:
    pair = 2  # the two records of a pair say nothing of how common their value is
    worth = rarity(weights, one, told.held - pair, told.known - pair)
    return np.where(told.held > 0, worth, 0).astype(np.int32)


def nearness(one: LevelWeights, added: Whole, level: Levels, left: Index, right: Index) -> Whole:
    """What the values add for how common they are; only half where they are but nearly the same.

    Of two spellings, the commoner counts: the rarer may be a typing error of it.
    """
    whole = np.zeros(len(level), dtype=np.int32)
    alike = np.flatnonzero((level > 0) & (level < len(one.levels)))
    whole[alike] = commoner(added, left[alike], right[alike])
    nearly = alike[level[alike] > 1]
    whole[nearly] //= 2
    return whole
