"""Where the weight of one pair comes from, part by part: the parts add up to it exactly."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Codes, Record
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.comparing.comparison import Comparison, Prepared
from custseg.match.weighing.bits import nearness
from custseg.match.weighing.rarity import rarity
from custseg.match.weighing.related import kin, own, taken_off
from custseg.match.weighing.weights import (
    HUNDREDTHS,
    LevelWeights,
    Weights,
    Whole,
    chances,
    field_word,
    level_word,
    line_word,
    signed,
)
from custseg.reasons import Explanation
from custseg.showing import Shown

PRIOR: Final = "prior"
"""The part that any two records have: how seldom two of them are one customer."""
SHARED: Final = "shared"
"""The part that takes off what a family or an office shares, as far as it says too much."""
MISSING: Final = "missing"
_NAMED: Final = {PRIOR: "weights.start", SHARED: "weights.shared"}


@attrs.frozen
class WeightPart(Shown):
    """What one comparison says of a pair.

    Attributes:
        comparison: The comparison, or ``prior``, or ``shared``: what is taken off of what families
            and offices share.
        level: The code of the level that the pair is at; ``missing`` where a side has no value.
        hundredths: What it adds to the weight, in hundredths of a bit.
        rarity: How much of it comes from how rare the value is.
        values: The values of the two records by column, shown only when asked.

    >>> WeightPart("phone", "exact", 964).text()
    'phone: the same +9.64'
    """

    comparison: str
    level: str
    hundredths: int
    rarity: int = 0
    values: Mapping[str, tuple[object, object]] = attrs.field(
        factory=dict[str, tuple[object, object]]
    )

    @property
    def bits(self) -> float:
        """What it adds to the weight, in bits."""
        return self.hundredths / HUNDREDTHS

    def named(self, locale: str = "en") -> str:
        """What is compared and how alike it is, in words."""
        if self.comparison in _NAMED:
            return label(_NAMED[self.comparison], locale)
        return line_word(self.comparison, self.level, locale)

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """A line to read; values only when asked."""
        said = f"{self.named(locale)} {signed(self.hundredths)}"
        if self.rarity:
            code = "pair.rare" if self.rarity > 0 else "pair.common"
            said += label(code, locale).format(bits=signed(self.rarity))
        if values and self.values:
            held = "; ".join(f"{one} / {other}" for one, other in self.values.values())
            said += f" [{held}]"
        return said

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; values only when asked."""
        out: dict[str, object] = {
            "comparison": self.comparison,
            "level": self.level,
            "bits": self.bits,
            "rarity": self.rarity / HUNDREDTHS,
        }
        return {**out, "values": {k: list(v) for k, v in self.values.items()}} if values else out


@attrs.frozen
class PairExplanation(Explanation):
    """Why two records are one customer, or are not.

    Attributes:
        parts: What each comparison says, beginning with what any two records have; empty where
            only rules decide.

    >>> parts = (WeightPart("prior", "", -1300), WeightPart("phone", "exact", 1500))
    >>> why = PairExplanation("pair", {"pair": "same_customer"}, parts=parts)
    >>> why.weight, round(why.chance, 3)
    (2.0, 0.8)
    >>> print(why.text())
    pair: same customer (weight +2.00, probability 80%)
      - phone: the same +15.00
      - two records taken at random -13.00
    """

    parts: tuple[WeightPart, ...] = ()

    @property
    def weight(self) -> float:
        """The weight in bits: the parts add up to it exactly."""
        return sum(part.hundredths for part in self.parts) / HUNDREDTHS

    @property
    def chance(self) -> float:
        """The probability that the two are one customer, by the weights alone."""
        return float(chances(np.array([self.weight]))[0])

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read: the decision, the rules, then each part, the weightiest first.

        Args:
            locale: ``en`` or ``zh``.
            values: Whether to show the values that were compared.
        """
        said = super().text(locale, values=values)
        if not self.parts:
            return said
        head, *rules = said.splitlines()
        sums = label("pair.sums", locale).format(weight=signed(self._whole), chance=self.percent)
        lines = [f"  - {part.text(locale, values=values)}" for part in self.ordered]
        return "\n".join([f"{head}{sums}", *rules, *lines])

    def sentence(self, locale: str = "en") -> str:
        """One sentence: how probable it is, what speaks for it and what against it.

        Args:
            locale: ``en`` or ``zh``.

        >>> parts = WeightPart("phone", "exact", 964), WeightPart("name", "else", -231)
        >>> PairExplanation("pair", {}, parts=parts).sentence().split("; ")[1:]
        ['for it: phone (the same)', 'against it: name (different).']
        """
        said = [label("pair.chance", locale).format(chance=self.percent), *self._sides(locale)]
        stop = label("pair.stop", locale)
        return label("pair.next", locale).join(said) + stop

    @property
    def ordered(self) -> tuple[WeightPart, ...]:
        """The parts that say something, the weightiest first."""
        told = [part for part in self.parts if part.hundredths]
        return tuple(sorted(told, key=lambda part: -abs(part.hundredths)))

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON; values only when asked."""
        plain = super().as_dict(values=values)
        if not self.parts:
            return plain
        parts = [part.as_dict(values=values) for part in self.parts]
        return {**plain, "weight": self.weight, "chance": self.chance, "parts": parts}

    @property
    def _whole(self) -> int:
        return sum(part.hundredths for part in self.parts)

    @property
    def percent(self) -> str:
        """The probability to read."""
        # 99.99 % and 99.9999 % are not the same to whoever merges: as many nines as there are.
        near = min(self.chance, 1.0 - self.chance)
        shown = 100 * self.chance
        return f"{shown:.3g}%" if near > 0.001 else f"{shown:.6g}%"  # noqa: PLR2004 - 99.9 %

    def _sides(self, locale: str) -> Iterator[str]:
        told = [part for part in self.ordered if part.comparison not in _NAMED]
        for code, side in (
            ("pair.for", [part for part in told if part.hundredths > 0]),
            ("pair.against", [part for part in told if part.hundredths < 0]),
        ):
            if side:
                names = label("pair.and", locale).join(_bracketed(part, locale) for part in side)
                yield label(code, locale).format(parts=names)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(part.named(locale), signed(part.hundredths)) for part in self.ordered]
        weighed = html_table(("", label("weights.bits", locale)), rows)
        return Explanation.html(self, locale) + weighed


def pair_parts(
    weights: Weights,
    prepared: Sequence[Prepared],
    pair: tuple[int, int],
    *,
    among: Sequence[Prepared] | None = None,
    known: int = 2,
) -> tuple[WeightPart, ...]:
    """What each comparison adds to the weight of one pair of rows.

    Args:
        weights: What was learnt.
        prepared: For each comparison the values of a table with the two records.
        pair: Their rows.
        among: For each comparison the values of the table that tells how common a value is. Two
            records alone do not: without it, a value weighs as any.
        known: How many of the two records that table holds.
    """
    left, right = (np.array([row], dtype=np.intp) for row in pair)
    parts = [WeightPart(PRIOR, "", weights.start)]
    tellers: Sequence[Prepared | None] = among or [None] * len(prepared)
    for one, side, teller in zip(weights.comparisons, prepared, tellers, strict=True):
        level = side.levels(left, right)
        added = 0
        if one.term_frequency and teller is not None:
            held: list[int] = side.codes.at[list(pair)].tolist()
            words = [side.codes.words[at] if at >= 0 else None for at in held]
            table = _rarities(weights, one, teller.codes, words, known)
            added = int(nearness(one, table, level, *_ENDS)[0])
        place = int(level[0])
        code = one.levels[place - 1] if place else MISSING
        parts.append(WeightPart(one.name, code, int(one.hundredths[place]) + added, added))
    return with_excess(weights, parts)


def with_excess(weights: Weights, parts: Sequence[WeightPart]) -> tuple[WeightPart, ...]:
    """The parts, and one that takes off what families and offices share says too much.

    Args:
        weights: What was learnt.
        parts: What each comparison adds.
    """
    if not weights.shared:
        return tuple(parts)
    alike, rare, agreed = 0, 0, False
    for one, part in zip(weights.comparisons, parts[1:], strict=True):
        place = one.levels.index(part.level) + 1 if part.level != MISSING else 0
        alike += int(kin(weights, one)[place])
        rare += part.rarity if one.name in weights.shared else 0
        agreed |= bool(own(weights, one)[place])
    told = np.array([alike + rare]), np.array([rare]), np.array([agreed])
    excess = int(taken_off(weights, *told)[0])
    return (*parts, WeightPart(SHARED, "", -excess)) if excess else tuple(parts)


_ENDS: Final = (np.array([0]), np.array([1]))


def _rarities(
    weights: Weights, one: LevelWeights, held: Codes, words: Sequence[str | None], known: int
) -> Whole:
    """What agreement on the values of two records adds; 0 for one that is missing."""
    place = {word: at for at, word in enumerate(held.words)}
    counts = np.bincount(held.at[held.at >= 0], minlength=len(held.words))
    here = [int(counts[place[word]]) if word in place else 0 for word in words]
    others = np.array(here, dtype=np.int64) - known
    added = rarity(weights, one, others, int(counts.sum()) - known)
    return np.where([word is None for word in words], 0, added).astype(np.int32)


def with_values(
    parts: Sequence[WeightPart], comparisons: Sequence[Comparison], records: tuple[Record, Record]
) -> tuple[WeightPart, ...]:
    """The parts with the values of the two records, to show when asked.

    Args:
        parts: From `pair_parts`.
        comparisons: The comparisons, which know their columns.
        records: The two records.
    """
    columns = {one.name: one.columns for one in comparisons}
    first, second = records
    return tuple(
        attrs.evolve(
            part,
            values={
                name: (first.get(name), second.get(name))
                for name in columns.get(part.comparison, ())
            },
        )
        for part in parts
    )


def _bracketed(part: WeightPart, locale: str) -> str:
    level = level_word(part.level, locale)
    return label("pair.part", locale).format(field=field_word(part.comparison, locale), level=level)
