"""The weight of one new record with each of a few others, in plain numbers: they are few."""

from collections.abc import Mapping, Sequence
from operator import add, or_, sub
from typing import TypeAlias

import attrs
import numpy as np

from custseg._typing import Index
from custseg.match.comparing.comparison import Prepared
from custseg.match.weighing.account import MISSING, PRIOR, SHARED, WeightPart
from custseg.match.weighing.rarity import rarities
from custseg.match.weighing.related import kin, own, taken_off
from custseg.match.weighing.weights import Weights, Whole

Numbers: TypeAlias = list[int]


@attrs.frozen(eq=False)
class Yardstick:
    """What one comparison's levels and values weigh in one table.

    Attributes:
        name: The comparison.
        levels: The codes of its levels.
        table: The weight of each level number, in hundredths of a bit.
        kin: How much each looks related, empty where nothing is shared.
        own: Whether each says that something of a customer's own agrees.
        shared: Whether families and offices share it.
        rare: What each value adds, None where that does not count.
        rarest: What the rarest value adds.
        prepared: The values of the records.
    """

    name: str
    levels: tuple[str, ...]
    table: Numbers
    kin: Numbers
    own: list[bool]
    shared: bool
    rare: Whole | None
    rarest: int
    prepared: Prepared

    def weighed(
        self, values: Mapping[str, str | None], rows: Index
    ) -> tuple[Numbers, Numbers] | None:
        """The level of each row, and what the values add; None where nothing is compared."""
        levels: Numbers = self.prepared.levels_of(values, rows).tolist()
        if not any(levels):
            return None
        return levels, self._added(levels, rows) if self.rare is not None else [0] * len(levels)

    def _added(self, levels: Numbers, rows: Index) -> Numbers:
        """What the values add: whole where they are the same, half where they are nearly.

        The commoner of two nearly equal values counts. How common the new record's is, is known
        where one of the rows has the same.
        """
        last, rare = len(self.levels), self.rare
        if rare is None or not any(0 < level < last for level in levels):
            return [0] * len(levels)
        held: Numbers = rare[self.prepared.codes.at[rows]].tolist()
        same = [one for one, level in zip(held, levels, strict=True) if level == 1]
        mine = same[0] if same else self.rarest
        both = [
            min(one, mine) if 0 < level < last else 0
            for one, level in zip(held, levels, strict=True)
        ]
        return [one // 2 if level > 1 else one for one, level in zip(both, levels, strict=True)]


@attrs.frozen(eq=False)
class Scale:
    """What everything weighs in one table, worked out once.

    Attributes:
        weights: What was learnt.
        start: What any two records weigh.
        sticks: The comparisons.
        columns: The columns that they read.
    """

    weights: Weights
    start: int
    sticks: tuple[Yardstick, ...]
    columns: tuple[str, ...]


@attrs.frozen(eq=False)
class Weighed:
    """A new record weighed with some rows.

    Attributes:
        scale: What was weighed with.
        said: For each comparison the levels and what values add, None where nothing is compared.
        total: The weight of each row, in hundredths of a bit.
        off: What of it was taken off since families and offices share it, None if nothing is.
    """

    scale: Scale
    said: tuple[tuple[Numbers, Numbers] | None, ...]
    total: Numbers
    off: Numbers | None = None

    def parts(self, at: int) -> tuple[WeightPart, ...]:
        """What each comparison says of one of the rows; the parts add up to its weight.

        Args:
            at: Its place among the rows.
        """
        parts = [WeightPart(PRIOR, "", self.scale.start)]
        for stick, said in zip(self.scale.sticks, self.said, strict=True):
            place, rarity = (said[0][at], said[1][at]) if said else (0, 0)
            code = stick.levels[place - 1] if place else MISSING
            parts.append(WeightPart(stick.name, code, stick.table[place] + rarity, rarity))
        off = self.off[at] if self.off else 0
        return (*parts, WeightPart(SHARED, "", -off)) if off else tuple(parts)


def scale_of(
    weights: Weights, prepared: Sequence[Prepared], columns: Sequence[str], *, rare: bool
) -> Scale:
    """Work out what levels and values weigh.

    Args:
        weights: The weights.
        prepared: For each comparison the values of the records.
        columns: The columns that the comparisons read.
        rare: Whether the records tell how common a value is.
    """
    sticks: list[Yardstick] = []
    for one, side in zip(weights.comparisons, prepared, strict=True):
        counts = rare and one.term_frequency
        added = rarities(weights, one, side.codes, known=1) if counts else None
        rarest = int(added.max()) if added is not None else 0
        table: Numbers = one.hundredths.tolist()
        like: Numbers = kin(weights, one).tolist() if weights.shared else []
        mine: list[bool] = own(weights, one).tolist()
        shared = one.name in weights.shared
        made = Yardstick(one.name, one.levels, table, like, mine, shared, added, rarest, side)
        sticks.append(made)
    return Scale(weights, weights.start, tuple(sticks), tuple(columns))


def scored(scale: Scale, values: Mapping[str, str | None], rows: Index) -> Weighed:
    """Weigh a new record with some rows.

    Args:
        scale: What levels and values weigh.
        values: The new record's values as text, by column.
        rows: The rows.
    """
    said = tuple(stick.weighed(values, rows) for stick in scale.sticks)
    total, alike, rarer = [scale.start] * len(rows), [0] * len(rows), [0] * len(rows)
    agreed = [False] * len(rows)
    for stick, told in zip(scale.sticks, said, strict=True):
        if told is not None:
            levels, rare = told
            total = list(map(add, total, map(add, map(stick.table.__getitem__, levels), rare)))
            if stick.kin:
                alike = list(map(add, alike, map(stick.kin.__getitem__, levels)))
                rarer = list(map(add, rarer, rare)) if stick.shared else rarer
                agreed = list(map(or_, agreed, map(stick.own.__getitem__, levels)))
    if not scale.weights.shared:
        return Weighed(scale, said, total)
    related = np.array(alike, dtype=np.int64) + (rare_shared := np.array(rarer, dtype=np.int64))
    own_agrees = np.array(agreed, dtype=np.bool_)
    off: Numbers = taken_off(scale.weights, related, rare_shared, own_agrees).tolist()
    return Weighed(scale, said, list(map(sub, total, off)), off)
