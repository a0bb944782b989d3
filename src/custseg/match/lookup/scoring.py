"""The weight of one new record with each of a few others."""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Index
from custseg.match.comparing.comparison import Prepared
from custseg.match.weighing.account import MISSING, PRIOR, WeightPart
from custseg.match.weighing.rarity import rarities
from custseg.match.weighing.weights import LevelWeights, Weights, Whole


@attrs.frozen(eq=False)
class Scale:
    """What levels and values weigh in one table, worked out once.

    Attributes:
        weights: The weights.
        tables: For each comparison the weight of each level, in hundredths of a bit.
        rare: For each comparison what each value adds, None where that does not count.
    """

    weights: Weights
    tables: tuple[Whole, ...]
    rare: tuple[Whole | None, ...]


@attrs.frozen(eq=False)
class Weighed:
    """A new record weighed with some rows.

    Attributes:
        scale: What was weighed with.
        levels: For each comparison the level of each row.
        added: For each comparison what the values add.
        total: The weight of each row, in hundredths of a bit.
    """

    scale: Scale
    levels: tuple[NDArray[np.int8], ...]
    added: tuple[Whole, ...]
    total: Whole

    def parts(self, at: int) -> tuple[WeightPart, ...]:
        """What each comparison says of one of the rows; the parts add up to its weight.

        Args:
            at: Its place among the rows.
        """
        parts = [WeightPart(PRIOR, "", self.scale.weights.start)]
        rows = zip(
            self.scale.weights.comparisons, self.scale.tables, self.levels, self.added, strict=True
        )
        for one, table, level, added in rows:
            place, rarity = int(level[at]), int(added[at])
            code = one.levels[place - 1] if place else MISSING
            parts.append(WeightPart(one.name, code, int(table[place]) + rarity, rarity))
        return tuple(parts)


def scale_of(weights: Weights, prepared: Sequence[Prepared], *, rare: bool) -> Scale:
    """Work out what levels and values weigh.

    Args:
        weights: The weights.
        prepared: For each comparison the values of the records.
        rare: Whether the records tell how common a value is.
    """
    tables = tuple(one.hundredths for one in weights.comparisons)
    pairs = zip(weights.comparisons, prepared, strict=True)
    added = tuple(
        rarities(weights, one, side.codes, known=1) if rare and one.term_frequency else None
        for one, side in pairs
    )
    return Scale(weights, tables, added)


def scored(
    scale: Scale, prepared: Sequence[Prepared], values: Mapping[str, str | None], rows: Index
) -> Weighed:
    """Weigh a new record with some rows.

    Args:
        scale: What levels and values weigh.
        prepared: For each comparison the values of the records.
        values: The new record's values as text, by column.
        rows: The rows.
    """
    total = np.full(len(rows), scale.weights.start, dtype=np.int32)
    levels: list[NDArray[np.int8]] = []
    added: list[Whole] = []
    sides = zip(scale.weights.comparisons, scale.tables, scale.rare, prepared, strict=True)
    for one, table, rare, side in sides:
        level = side.levels_of(values, rows)
        extra = np.zeros(len(rows), dtype=np.int32)
        if rare is not None:
            extra = _rarity(one, rare, level, side.codes.at[rows])
        total += table[level] + extra
        levels.append(level)
        added.append(extra)
    return Weighed(scale, tuple(levels), tuple(added), total)


def _rarity(one: LevelWeights, rare: Whole, level: NDArray[np.int8], at: Index) -> Whole:
    """What the values add: whole where they are the same, half where they are nearly.

    The commoner of two nearly equal values counts. How common the new record's is, is known where
    one of the rows has the same.
    """
    alike = (level > 0) & (level < len(one.levels))
    same = np.flatnonzero(level == 1)
    mine = int(rare[at[same[0]]]) if len(same) else int(rare.max())
    extra = np.where(alike, np.minimum(rare[at], mine), 0)
    return np.where(alike & (level > 1), extra // 2, extra).astype(np.int32)
