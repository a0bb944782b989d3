"""How much is a customer worth by several measures at once, and what does each contribute?"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import floor
from typing import Any, ClassVar, Final, Literal, TypeAlias, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Columns, Floats, Gives, Needs, Record
from custseg.errors import ConfigError
from custseg.frames.scalar import compiled, reader
from custseg.frames.vector import absent
from custseg.model import RowModel, Scalar
from custseg.reasons import Explanation, Reason
from custseg.rules import F, Ladder, Line, Rule, Scaled, Some, Sum

Unknown: TypeAlias = Literal["share", "neutral"]
WHOLE: Final = 10_000  # hundredths of points, of 100


@attrs.frozen
class MixPart:
    """One measure of a mix, with the points of its scale.

    Attributes:
        field: The column.
        best: The most that it adds, in hundredths of points.
        aspect: What it stands for: margin, stability, loyalty, influence, ...
        knots: Values and the hundredths that they add, in between in proportion; none where
            nothing was known when the mix was learnt: then it counts as missing for all.

    >>> MixPart("margin", 5000, "margin", ((0.0, 0), (900.0, 5000))).line(0)
    Line(field='margin', knots=((0.0, 0), (900.0, 5000)), missing=0)
    """

    field: str
    best: int
    aspect: str
    knots: tuple[tuple[float, int], ...] = ()

    def line(self, missing: int) -> Rule:
        """What it adds, as a tree; what is missing adds ``missing``."""
        if not self.knots:
            return Ladder((), float(missing))
        return Line(self.field, self.knots, missing)


@attrs.frozen
class MixExplanation(Explanation):
    """Where the points of one customer come from.

    Attributes:
        parts: Column -> the points that it adds; they sum to the value exactly. A column of
            which nothing is known adds ``None`` where its weight was shared out.
        aspects: Aspect -> the points of its columns.

    >>> MixExplanation("value_mix", {"value_mix": 30.0}, (), {"margin": 30.0}).parts
    {'margin': 30.0}
    """

    parts: Mapping[str, float | None] = attrs.field(factory=dict[str, "float | None"])
    aspects: Mapping[str, float] = attrs.field(factory=dict[str, float])


def _parts(given: Iterable[MixPart]) -> tuple[MixPart, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True)
class ValueMixModel(RowModel):
    """A mix of measures, ready to apply.

    Adds ``value_mix`` (0 to 100, exact to the hundredth; missing where nothing is known) and
    ``value_mix_known`` (the share of the weight that is known, 0 to 1).

    Attributes:
        parts: The measures; their ``best`` sum to 10,000 hundredths.
        unknown: ``share``: the weight of what is missing is shared out among what is known;
            ``neutral``: it adds a fixed share of its weight.
        neutral: That share.

    Raises:
        ConfigError: The parts do not sum to 100 points.

    >>> margin = MixPart("margin", 7500, "margin", ((0.0, 0), (900.0, 7500)))
    >>> tenure = MixPart("tenure_days", 2500, "loyalty", ((0.0, 0), (365.0, 2500)))
    >>> model = ValueMixModel(parts=(margin, tenure))
    >>> model.one({"margin": 300, "tenure_days": None})
    {'margin': 300, 'tenure_days': None, 'value_mix': 33.33, 'value_mix_known': 0.75}
    """

    schema_version: ClassVar[int] = 1

    parts: tuple[MixPart, ...] = attrs.field(converter=_parts)
    unknown: Unknown = "share"
    neutral: float = 0.5

    def __attrs_post_init__(self) -> None:
        """Check that the parts make a whole."""
        if (total := sum(part.best for part in self.parts)) != WHOLE:
            msg = f"the parts of a mix make 100 points together, got {total / 100:g}"
            raise ConfigError(msg)

    @property
    def needs(self) -> Needs:
        """The columns of the measures."""
        return {part.field: "number" for part in self.parts}

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        return {"value_mix": "number", "value_mix_known": "number"}

    def rules(self) -> Mapping[str, Rule]:
        """The columns as trees; none where weights are shared out, which no tree can say."""
        if self.unknown == "share":
            return {}
        there = Some(tuple(F(part.field).is_present() for part in self._known))
        guard = Ladder(((there, 0.0),))
        total = Sum((guard, *self._lines))
        return {"value_mix": Scaled(total, 100.0), "value_mix_known": self._share}

    @cached_property
    def _known(self) -> tuple[MixPart, ...]:
        return tuple(part for part in self.parts if part.knots)

    @cached_property
    def _lines(self) -> tuple[Rule, ...]:
        share = self.neutral if self.unknown == "neutral" else 0.0
        return tuple(part.line(floor(share * part.best + 0.5)) for part in self.parts)

    @property
    def _share(self) -> Rule:
        held = ((F(part.field).is_present(), part.best) for part in self._known)
        return Scaled(Sum(tuple(Ladder((step,), 0) for step in held)), float(WHOLE))

    def kernel(self, cols: Columns) -> Columns:
        """Add up what is known, and share the rest of the weight out."""
        size = len(cast("Floats", cols[self.parts[0].field]))
        points, weight = np.zeros(size), np.zeros(size)
        for part, line in zip(self.parts, self._lines, strict=True):
            points += cast("Floats", frames.evaluated(line, cols, size))
            if part.knots:
                weight += np.where(absent(cols[part.field]), 0, part.best)
        with np.errstate(invalid="ignore", divide="ignore"):
            total = np.floor((2 * WHOLE * points + weight) / (2 * weight)) / 100
        return {"value_mix": total, "value_mix_known": weight / WHOLE}

    def shortcut(self) -> Scalar:
        """The same of one record, by numbers alone."""
        read, lines = reader(self.needs), [compiled(line) for line in self._lines]
        held = [(part.field, part.best) for part in self._known]

        def run(record: Mapping[str, Any]) -> dict[str, Any]:
            row = read(record)
            points = sum(line(row) for line in lines)
            weight = sum(best for field, best in held if row[field] == row[field])
            total = floor((2 * WHOLE * points + weight) / (2 * weight)) / 100 if weight else None
            return {"value_mix": total, "value_mix_known": weight / WHOLE}

        return run

    def explain(self, record: Record) -> MixExplanation:
        """What each measure adds; the parts sum to the value exactly.

        Args:
            record: One customer, with the columns of the measures.

        >>> margin = MixPart("margin", 7500, "margin", ((0.0, 0), (900.0, 7500)))
        >>> tenure = MixPart("tenure_days", 2500, "loyalty", ((0.0, 0), (365.0, 2500)))
        >>> why = ValueMixModel(parts=(margin, tenure)).explain({"margin": 300, "tenure_days": 73})
        >>> why.parts, why.aspects
        ({'margin': 25.0, 'tenure_days': 5.0}, {'margin': 25.0, 'loyalty': 5.0})
        """
        out = self.one(record)
        row = reader(self.needs)(frames.as_mapping(record))
        earned = self._earned(row, out["value_mix"])
        parts = {
            part.field: None if points is None else points / 100
            for part, points in zip(self.parts, earned, strict=True)
        }
        aspects: dict[str, int] = {}
        for part, points in zip(self.parts, earned, strict=True):
            aspects[part.aspect] = aspects.get(part.aspect, 0) + (points or 0)
        return MixExplanation(
            "value_mix",
            {name: out[name] for name in self.gives},
            tuple(self._reasons(row, parts)),
            parts,
            {name: points / 100 for name, points in aspects.items()},
        )

    def _earned(self, row: Record, total: float | None) -> list[int | None]:
        """Whole hundredths of each part; the largest remainders are rounded up."""
        raw = [int(compiled(line)(row)) for line in self._lines]
        if self.unknown == "neutral":
            return [None if total is None else points for points in raw]
        known = [bool(part.knots) and row[part.field] == row[part.field] for part in self.parts]
        weight = sum(part.best for part, there in zip(self.parts, known, strict=True) if there)
        if total is None or not weight:
            return [None] * len(raw)
        shares = shared_out([points * WHOLE for points in raw], weight, round(total * 100))
        return [points if there else None for points, there in zip(shares, known, strict=True)]

    def _reasons(self, row: Record, parts: Mapping[str, float | None]) -> Iterable[Reason]:
        for part in sorted(self.parts, key=lambda part: -(parts[part.field] or 0)):
            settings = {"field": part.field, "best": part.best / 100, "points": parts[part.field]}
            known = bool(part.knots) and row[part.field] == row[part.field]
            values = {part.field: row[part.field]} if known else {}
            if known:
                yield Reason("mix_part", settings, values)
            elif parts[part.field] is None:
                yield Reason("mix_shared_out", settings)
            else:
                yield Reason("mix_neutral", settings)


def shared_out(shares: Sequence[int], by: int, total: int) -> list[int]:
    """Whole numbers that sum to a total, in proportion to shares of it.

    Args:
        shares: What each part is in proportion to, times ``by``.
        by: What they are divided by.
        total: What they sum to.

    >>> shared_out([10, 10, 10], 3, 10)
    [4, 3, 3]
    """
    whole = [share // by for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda i: (-(shares[i] % by), i))
    for i in by_rest[: total - sum(whole)]:
        whole[i] += 1
    return whole
