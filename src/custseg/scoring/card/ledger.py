"""One record's points, line by line, and what would raise them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import attrs

from custseg.frames.scalar import Compiled, Row, compiled, condition, reader
from custseg.frames.staged import Held
from custseg.model import Record, RowModel
from custseg.reasons import Reason
from custseg.rules import Rule, merged
from custseg.scoring.card.explanation import ScoreExplanation
from custseg.scoring.card.factor import Factor
from custseg.scoring.card.grades import Grading
from custseg.scoring.card.groups import Layout
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.lines import Part
from custseg.scoring.card.odds import Chance
from custseg.scoring.card.raising import Raising
from custseg.scoring.card.reach import reach
from custseg.scoring.card.tally import Sums, Tally
from custseg.scoring.card.veto import Veto
from custseg.scoring.points import HUNDREDTHS, hundredths


@attrs.frozen
class FactorPoints(RowModel):
    """The points of each factor, in whole hundredths, in a column of its name.

    Attributes:
        factors: The factors.
    """

    factors: tuple[Factor, ...]

    def rules(self) -> Mapping[str, Rule]:
        """The trees of the factors."""
        return {factor.name: factor.rule() for factor in self.factors}


@attrs.frozen(eq=False)
class _Line:
    """What of a factor's line is the same for every record."""

    name: str
    title: str | None
    points: Compiled
    field: str
    best: int
    weight: int
    settings: Mapping[str, object]

    @classmethod
    def of(cls, factor: Factor) -> "_Line":
        return cls(
            factor.name,
            factor.title,
            compiled(factor.rule()),
            factor.field,
            factor.best_points,
            abs(hundredths(factor.worth)),
            {"worth": factor.worth},
        )


@attrs.frozen(eq=False)
class Ledger:
    """A card opened to look at one record at a time.

    Attributes:
        layout: How the factors add up.
        grades: The scale of grades.
        odds: The chance that points stand for.
        vetoes: What rules a customer out.
        learnt: How the points were learnt.
    """

    layout: Layout
    grades: Grading
    odds: Chance | None = None
    vetoes: tuple[Veto, ...] = ()
    learnt: Learnt | None = None

    @cached_property
    def raising(self) -> Raising:
        """The card, looked at for what more could be earned."""
        return Raising(Tally(self.layout), self.grades)

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """What each factor is worth, up or down, in whole hundredths."""
        return {line.name: line.weight for line in self._lines}

    @cached_property
    def _lines(self) -> tuple[_Line, ...]:
        return tuple(_Line.of(factor) for factor in self.layout.factors)

    @cached_property
    def _read(self) -> Callable[[Record], dict[str, Any]]:
        needs = [factor.rule().needs for factor in self.layout.factors]
        return reader(merged([*needs, *(veto.when.needs for veto in self.vetoes)]))

    @cached_property
    def _ruled_out(self) -> tuple[tuple[Veto, Callable[[Row], bool]], ...]:
        return tuple((veto, condition(veto.when)) for veto in self.vetoes)

    @cached_property
    def _all_weight(self) -> int:
        """What the confidence is a share of: at least 1, where what was learnt is nothing."""
        return sum(line.weight for line in self._lines) or 1

    def explain(self, record: Record) -> ScoreExplanation:
        """Open the score of one record."""
        row, lines, tally = self._read(record), self._lines, self.raising.tally
        points = [int(line.points(row)) for line in lines]
        lacking = [_lacking(row[line.field]) for line in lines]
        unknown = [i for i, lost in enumerate(lacking) if lost]
        sums = tally.add(points)
        kept = dict(zip(tally.names, sums[1], strict=True))
        parts = self._parts(record, points, lacking)
        parts += [self._limit(*change) for change in tally.changes(sums)]
        vetoes = tuple([veto for veto, holds in self._ruled_out if holds(row)])
        return ScoreExplanation(
            "score",
            self._decision(sums, kept, unknown, vetoes),
            tuple([part.reason for part in parts]),
            tuple(parts),
            None if vetoes else self.raising.raised(points, sums, kept),
            self.raising.asked(points, sums, unknown) if unknown else (),
            tuple([veto.reason for veto in vetoes]),
            self.learnt,
            self._levels,
        )

    def _parts(self, record: Record, points: Sequence[int], lacking: Sequence[bool]) -> list[Part]:
        lines, sizes, made = self._lines, [abs(worth) for worth in points], list[Part]()
        for i in sorted(range(len(lines)), key=sizes.__getitem__, reverse=True):
            line, earned = lines[i], points[i]
            best = max(line.best, earned)
            code = "score_missing" if lacking[i] else _code(earned, best)
            reason = Reason(code, line.settings, {line.field: record[line.field]})
            made.append(Part(line.name, earned, best / HUNDREDTHS, reason, "factor", line.title))
        return made + self._start

    def _decision(
        self,
        sums: Sums,
        kept: Mapping[str | None, int],
        unknown: Sequence[int],
        vetoes: tuple[Veto, ...],
    ) -> dict[str, object]:
        lacking = sum(self._lines[i].weight for i in unknown)
        known = sum(self.weights.values()) - lacking
        said: dict[str, object] = {
            "score": sums[1][-1] / HUNDREDTHS,
            "grade": self.grades.worst() if vetoes else self.grades.named(kept),
            "score_confidence": known / self._all_weight,
        }
        if self.vetoes:
            said["veto"] = vetoes[0].code if vetoes else None
        if self._chance is not None:
            said["probability"] = self._chance({"points": float(sums[0][-1])})
        return said

    @cached_property
    def _chance(self) -> Compiled | None:
        """The probability of whole hundredths, read from a row of them."""
        if self.odds is None:
            return None
        limits = reach(self.layout.unlimited(), missing=True)
        return compiled(self.odds.chance(cast("Rule", Held("points")), *limits))

    @cached_property
    def _levels(self) -> Mapping[str, tuple[int, int]]:
        """Of each factor, whole hundredths of an average customer, and half-way."""
        factors = self.layout.factors
        return {one.name: (one.usual_points, one.neutral_points) for one in factors}

    @cached_property
    def _start(self) -> list[Part]:
        base = self.layout.base
        reason = Reason("score_base")
        return [Part("score_base", base, base / HUNDREDTHS, reason, "base")] if base else []

    @cached_property
    def _limits(self) -> Mapping[str | None, tuple[Reason, Reason]]:
        """Of each group, and of the score: how its least and its most are said."""
        every: dict[str | None, tuple[int | None, int | None]] = {
            None: self.layout.limits,
            **{one.name: one.limits for one in self.layout.groups},
        }
        return {
            name: (_held("score_floored", low), _held("score_capped", high))
            for name, (low, high) in every.items()
        }

    def _limit(self, group: str | None, change: int) -> Part:
        reason = self._limits[group][0 if change > 0 else 1]
        return Part("score" if group is None else group, change, None, reason, "limit")


def _held(code: str, limit: int | None) -> Reason:
    return Reason(code, {"limit": None if limit is None else limit / HUNDREDTHS})


def _lacking(value: object) -> bool:
    """Whether a read value is missing."""
    return value is None or value is False or value != value  # noqa: PLR0124 - NaN test


def _code(points: int, best: int) -> str:
    if points < 0:
        return "score_lost"
    if points == best:
        return "score_full" if best else "score_kept"
    return "score_part" if points else "score_none"
