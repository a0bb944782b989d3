"""The weight of one new record with each of a few others, in plain numbers: they are few."""

from array import array
from collections.abc import Mapping, Sequence
from operator import add, sub
from typing import TypeAlias

import attrs
import numpy as np

from custseg._typing import Index
from custseg.match.comparing.comparison import Prepared
from custseg.match.lookup.counting import Commonness, Turned, Worth
from custseg.match.weighing.account import MISSING, PRIOR, SHARED, WeightPart
from custseg.match.weighing.related import kin, own, taken_off
from custseg.match.weighing.weights import Weights

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
        common: How common its values are, None where that does not count.
        prepared: The values of the records.
    """

    name: str
    levels: tuple[str, ...]
    table: Numbers
    kin: Numbers
    own: list[bool]
    shared: bool
    common: Commonness | None
    prepared: Prepared

    def weighed(
        self, values: Mapping[str, str | None], rows: Index
    ) -> tuple[Numbers, Numbers] | None:
        """The level of each row, and what the values add; None where nothing is compared."""
        levels: Numbers = self.prepared.levels_of(values, rows).tolist()
        if not any(levels):
            return None
        return levels, self._added(values, levels, rows)

    def _added(self, values: Mapping[str, str | None], levels: Numbers, rows: Index) -> Numbers:
        """What the values add: nothing at the last level, or where a side has none."""
        last, common = len(self.levels), self.common
        some = [level if level < last else 0 for level in levels]
        if common is None or not any(some):
            return [0] * len(levels)
        counts: Numbers = common.counts[self.prepared.codes.at[rows]].tolist()
        key_of = getattr(self.prepared, "key_of", None)
        return common.added(key_of(values) if key_of else "", counts, some)


@attrs.frozen(eq=False)
class Scale:
    """What everything weighs in one table, worked out once.

    Attributes:
        weights: What was learnt.
        start: What any two records weigh.
        sticks: The comparisons.
        columns: The columns that they read.
        lowest: The least that two records can look related, in hundredths of a bit.
        off: What is taken off of two that look related so much and more; empty if nothing is.
    """

    weights: Weights
    start: int
    sticks: tuple[Yardstick, ...]
    columns: tuple[str, ...]
    lowest: int
    off: Worth


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
    weights: Weights, prepared: Sequence[Prepared], columns: Sequence[str], held: Turned | None
) -> Scale:
    """Work out what levels and values weigh.

    Args:
        weights: The weights.
        prepared: For each comparison the values of the records.
        columns: The columns that the comparisons read.
        held: What turns values round, to tell how common they are; None if the records cannot tell.
    """
    sticks = tuple(
        Yardstick(
            one.name,
            one.levels,
            one.hundredths.tolist(),
            kin(weights, one).tolist() if weights.shared else [],
            own(weights, one).tolist(),
            one.name in weights.shared,
            held.common(weights, one, side.codes) if held and one.term_frequency else None,
            side,
        )
        for one, side in zip(weights.comparisons, prepared, strict=True)
    )
    return Scale(weights, weights.start, sticks, tuple(columns), *_excess(weights, sticks))


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
                agreed = [so or stick.own[at] for so, at in zip(agreed, levels, strict=True)]
    if not scale.off:
        return Weighed(scale, said, total)
    alone = [0 if mine or more < 0 else more for mine, more in zip(agreed, rarer, strict=True)]
    off = [
        scale.off[like - mine - scale.lowest] + mine
        for like, mine in zip(map(add, alike, rarer), alone, strict=True)
    ]
    return Weighed(scale, said, list(map(sub, total, off)), off)


def _excess(weights: Weights, sticks: Sequence[Yardstick]) -> tuple[int, Worth]:
    """What is taken off of two that look related, from the least that they can to the most."""
    low = high = 0
    for stick in sticks if weights.shared else ():
        worth = stick.common.worth if stick.common and stick.shared else (0,)
        low += min(stick.kin) + min(*worth, 0)
        high += max(stick.kin) + max(*worth, 0)
    if not weights.shared:
        return 0, array("i")
    alike = np.arange(low, high + 1)
    off = taken_off(weights, alike, np.zeros_like(alike), np.ones_like(alike, dtype=np.bool_))
    return low, array("i", off.tolist())
