"""The weight of each pair, from the levels of its comparisons."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats, Index
from custseg.match.comparing.comparison import Prepared
from custseg.match.weighing.rarity import commoner, rarities
from custseg.match.weighing.related import kin, own, taken_off
from custseg.match.weighing.weights import HUNDREDTHS, LevelWeights, Weights, Whole

_CHUNK: Final = 1 << 20
Levels = NDArray[np.int8]


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
    total = np.full(len(left), weights.start, dtype=np.int32)
    alike = np.zeros(len(left) if weights.shared else 0, dtype=np.int32)
    rarer, agreed = np.zeros_like(alike), np.zeros(len(alike), dtype=np.bool_)
    for one, level, side in zip(weights.comparisons, levels, prepared, strict=True):
        table, like, mine = one.hundredths, kin(weights, one), own(weights, one)
        added = rarities(weights, one, side.codes) if one.term_frequency else None
        for start in range(0, len(left), _CHUNK):
            part = slice(start, start + _CHUNK)
            rare = np.zeros(len(level[part]), dtype=np.int32)
            if added is not None:
                at = side.codes.at
                rare = nearness(one, added, level[part], at[left[part]], at[right[part]])
            total[part] += table[level[part]] + rare
            if weights.shared:
                alike[part] += like[level[part]]
                agreed[part] |= mine[level[part]]
                rarer[part] += rare * (one.name in weights.shared)
    if weights.shared:
        total -= taken_off(weights, alike + rarer, rarer, agreed)
    return total / HUNDREDTHS


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
