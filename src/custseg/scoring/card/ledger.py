"""One record's points, line by line, and what would raise them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import cast

import attrs

from custseg import frames
from custseg.frames.scalar import Compiled, compiled
from custseg.frames.staged import Held
from custseg.model import Record, RowModel
from custseg.reasons import Reason
from custseg.rules import Rule
from custseg.scoring.card.explanation import Part, Raise, ScoreExplanation
from custseg.scoring.card.factor import Factor
from custseg.scoring.card.grades import Grades
from custseg.scoring.card.groups import Layout
from custseg.scoring.card.odds import Chance
from custseg.scoring.card.reach import reach
from custseg.scoring.points import HUNDREDTHS, hundredths, least

Points = Mapping[str, int]
Changes = Sequence[tuple[str | None, int]]


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
class Ledger:
    """A card opened to look at one record at a time.

    Attributes:
        layout: How the factors add up.
        grades: The scale of grades.
        odds: The chance that points stand for.
    """

    layout: Layout
    grades: Grades
    odds: Chance | None = None

    @cached_property
    def best(self) -> Points:
        """The most that each factor can earn, in whole hundredths."""
        return {factor.name: factor.best_points for factor in self.layout.factors}

    @cached_property
    def weights(self) -> Points:
        """What each factor is worth, up or down, in whole hundredths."""
        return {factor.name: abs(hundredths(factor.worth)) for factor in self.layout.factors}

    @cached_property
    def _points(self) -> FactorPoints:
        return FactorPoints(self.layout.factors)

    def explain(self, record: Record) -> ScoreExplanation:
        """Open the score of one record."""
        factors = self.layout.factors
        earned = self._points.scalar(record)
        points = {name: int(value) for name, value in earned.items()}
        unknown = {f.name for f in factors if frames.missing(record[f.field])}
        total, changes = self.layout.settle(points)
        lines = [self._line(factor, points, record, unknown) for factor in factors]
        lines.sort(key=_weight, reverse=True)
        parts = (*lines, *self._start(), *(self._limit(*change) for change in changes))
        return ScoreExplanation(
            "score",
            self._decision(total, changes, unknown),
            tuple(part.reason for part in parts),
            parts=parts,
            raises=self.raises(points, total),
            ask=self._ask(points, unknown),
        )

    def _decision(self, total: int, changes: Changes, unknown: set[str]) -> dict[str, object]:
        score = total / HUNDREDTHS
        known = sum(weight for name, weight in self.weights.items() if name not in unknown)
        confidence = known / (sum(self.weights.values()) or 1)
        said = {"score": score, "grade": self.grades.of(score), "score_confidence": confidence}
        if self._chance is not None:
            unlimited = total - sum(change for group, change in changes if group is None)
            said["probability"] = self._chance({"points": float(unlimited)})
        return said

    @cached_property
    def _chance(self) -> Compiled | None:
        """The probability of whole hundredths, read from a row of them."""
        if self.odds is None:
            return None
        limits = reach(self.layout.unlimited(), missing=True)
        return compiled(self.odds.chance(cast("Rule", Held("points")), *limits))

    def _line(self, factor: Factor, points: Points, record: Record, unknown: set[str]) -> Part:
        name, field = factor.name, factor.field
        earned, best = points[name], max(self.best[name], points[name])
        code = "score_missing" if name in unknown else _code(earned, best)
        reason = Reason(code, {"worth": factor.worth}, {field: record[field]})
        return Part(name, earned, best / HUNDREDTHS, reason)

    def _start(self) -> tuple[Part, ...]:
        base = self.layout.base
        if not base:
            return ()
        return (Part("score_base", base, base / HUNDREDTHS, Reason("score_base"), "base"),)

    def _limit(self, group: str | None, change: int) -> Part:
        limits = {known.name: known.limits for known in self.layout.groups}
        low, high = self.layout.limits if group is None else limits[group]
        held, code = (low, "score_floored") if change > 0 else (high, "score_capped")
        reason = Reason(code, {"limit": None if held is None else held / HUNDREDTHS})
        return Part("score" if group is None else group, change, None, reason, "limit")

    def raises(self, points: Points, total: int) -> Raise | None:
        """What would lift a score to the next grade; ``None`` of the best grade.

        The largest gain is taken first. Without limits inside the card no smaller set is enough;
        with them, none of the set can be left out.
        """
        step = self.grades.above(total / HUNDREDTHS)
        if step is None:
            return None
        needed = least(step[1])
        by = self._enough(points, needed)
        gains = tuple((name, (self.best[name] - points[name]) / HUNDREDTHS) for name in by)
        return Raise(step[0], (needed - total) / HUNDREDTHS, gains)

    def _enough(self, points: Points, needed: int) -> list[str]:
        gains = {name: best - points[name] for name, best in self.best.items()}
        order = sorted(gains, key=gains.__getitem__, reverse=True)
        trial, chosen = dict(points), list[str]()
        for name in order:
            if gains[name] <= 0:
                break
            chosen.append(name)
            trial[name] = self.best[name]
            if self.layout.settle(trial)[0] >= needed:
                return self._spared(chosen, points, trial, needed)
        return []

    def _spared(
        self, chosen: list[str], points: Points, trial: dict[str, int], needed: int
    ) -> list[str]:
        """Leave out what limits of groups make useless."""
        if not self.layout.groups:
            return chosen
        for name in reversed(chosen):
            trial[name] = points[name]
            if self.layout.settle(trial)[0] < needed:
                trial[name] = self.best[name]
        return [name for name in chosen if trial[name] != points[name]]

    def _ask(self, points: Points, unknown: set[str]) -> str | None:
        gains = {name: best - points[name] for name, best in self.best.items() if name in unknown}
        ask = max(gains, key=gains.__getitem__, default=None)
        return ask if ask is not None and gains[ask] > 0 else None


def _weight(part: Part) -> int:
    return abs(part.hundredths)


def _code(points: int, best: int) -> str:
    if points < 0:
        return "score_lost"
    if points == best:
        return "score_full" if best else "score_kept"
    return "score_part" if points else "score_none"
