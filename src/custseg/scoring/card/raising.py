"""What would lift a record to the next grade, and which answers to ask for?"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs

from custseg.scoring.card.grades import Grading, Step
from custseg.scoring.card.lines import Ask, Raise
from custseg.scoring.card.tally import Sums, Tally
from custseg.scoring.points import HUNDREDTHS


@attrs.frozen(eq=False)
class Raising:
    """A card, looked at for what more could be earned.

    Attributes:
        tally: How points add up.
        grades: The scale of grades.
    """

    tally: Tally
    grades: Grading

    @cached_property
    def best(self) -> tuple[int, ...]:
        """The most that each factor can earn, in whole hundredths."""
        return tuple(factor.best_points for factor in self.tally.layout.factors)

    @cached_property
    def _usual(self) -> tuple[int, ...]:
        return tuple(factor.usual_points for factor in self.tally.layout.factors)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(factor.name for factor in self.tally.layout.factors)

    @cached_property
    def _nodes(self) -> dict[str | None, int]:
        return {name: node for node, name in enumerate(self.tally.names)}

    @cached_property
    def _movable(self) -> dict[str | None, tuple[int, ...]]:
        """Of each node, the factors in it that somebody can do something about."""
        factors = self.tally.layout.factors
        return {
            name: tuple(i for i in self.tally.within(name) if factors[i].actionable)
            for name in self.tally.names
        }

    def raised(
        self, points: Sequence[int], sums: Sums, kept: Mapping[str | None, int]
    ) -> Raise | None:
        """What would lift a record to the next grade; ``None`` of the best grade.

        The largest gain is taken first. Without limits inside the card no smaller set is enough;
        with them, none of the set can be left out. Where several ways lead up, as in a matrix of
        grades, it is the one that lacks the fewest points among those within reach.

        Args:
            points: Whole hundredths of each factor.
            sums: How they add up.
            kept: What the limits left of each group by name, and of the score as ``None``.
        """
        steps = self.grades.steps(kept)
        if len(steps) > 1:
            steps = sorted(steps, key=lambda step: step.least - kept[step.within])
        found: Raise | None = None
        for step in steps:
            by = self._enough(points, sums, step)
            gains = tuple([(self._names[i], (self.best[i] - points[i]) / HUNDREDTHS) for i in by])
            lacking = (step.least - kept[step.within]) / HUNDREDTHS
            made = Raise(step.grade, lacking, gains, step.within)
            if by:
                return made
            found = found or made
        return found

    def _enough(self, points: Sequence[int], sums: Sums, step: Step) -> list[int]:
        node, best = self._nodes[step.within], self.best
        trial: Sums = (sums[0].copy(), sums[1].copy())
        movable = self._movable[step.within]
        gains = [(best[i] - points[i], -i) for i in movable if best[i] > points[i]]
        gains.sort(reverse=True)
        chosen: list[int] = []
        for gain, i in gains:
            chosen.append(-i)
            self.tally.lift(trial, -i, gain)
            if trial[1][node] >= step.least:
                return self._spared(chosen, points, trial, step)
        return []

    def _spared(
        self, chosen: list[int], points: Sequence[int], trial: Sums, step: Step
    ) -> list[int]:
        """Leave out what limits of groups make useless."""
        if len(chosen) == 1 or not self.tally.layout.groups:
            return chosen
        node, kept = self._nodes[step.within], list[int]()
        for i in reversed(chosen):
            gain = self.best[i] - points[i]
            self.tally.lift(trial, i, -gain)
            if trial[1][node] < step.least:
                self.tally.lift(trial, i, gain)
                kept.append(i)
        return kept[::-1]

    def asked(self, points: Sequence[int], sums: Sums, unknown: Sequence[int]) -> tuple[Ask, ...]:
        """The unknown factors whose answer could add something, the most promising first."""
        found: list[Ask] = []
        for i in unknown:
            most = self._added(sums, i, self.best[i] - points[i])
            if most > 0:
                expected = self._added(sums, i, self._usual[i] - points[i])
                found.append(Ask(self._names[i], expected / HUNDREDTHS, most / HUNDREDTHS))
        found.sort(key=_promise)
        return tuple(found)

    def _added(self, sums: Sums, factor: int, points: int) -> int:
        trial: Sums = (sums[0].copy(), sums[1].copy())
        self.tally.lift(trial, factor, points)
        return trial[1][-1] - sums[1][-1]


def _promise(ask: Ask) -> tuple[float, float]:
    return (-ask.expected, -ask.most)
