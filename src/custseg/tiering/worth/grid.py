"""Levels of value and levels of potential, crossed: the trees of a box."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import attrs

from custseg.rules import Condition, F, Ladder
from custseg.rules.soundness import Value
from custseg.tiering.bands import Scale

Place: TypeAlias = int | None
Of: TypeAlias = Callable[[Place, Place], Value]


@attrs.frozen
class Axis:
    """Levels as conditions, the highest first: the first that holds is the level.

    Attributes:
        steps: One condition a level.

    >>> Axis.of_words("level", ("low", "high")).steps[0]
    Test(field='level', op='==', value='high', kind='text')
    """

    steps: tuple[Condition, ...]

    @classmethod
    def of_words(cls, column: str, words: tuple[str, ...]) -> "Axis":
        """Levels that a column tells by their words, lowest first."""
        return cls(tuple(F(column) == word for word in reversed(words)))

    @classmethod
    def of_cuts(cls, column: str, cuts: Scale) -> "Axis":
        """Levels that cut points make of a column."""
        falling = range(len(cuts.words()) - 2, -1, -1)
        return cls((*(cuts.above(column, place) for place in falling), cuts.known(column)))

    def levels(self) -> Iterator[tuple[int, Condition]]:
        """Each level, 0 the lowest, the highest first."""
        last = len(self.steps) - 1
        return ((last - i, condition) for i, condition in enumerate(self.steps))


@attrs.frozen
class Grid:
    """Two axes, of which the second may be missing, and who has no place on the first.

    Attributes:
        value: Levels of value.
        potential: Levels of potential; ``None``: they are not asked.
        prospect: Who has bought nothing, and so has only a potential; ``None``: not asked.

    >>> grid = Grid(Axis.of_words("v", ("low", "high")), Axis.of_words("p", ("low", "high")))
    >>> ladder = grid.ladder(lambda i, j: float(10 * i + (j or 0)), None)
    >>> [value for _, value in ladder.steps]
    [11.0, 10.0, 1.0, 0.0]
    """

    value: Axis
    potential: Axis | None = None
    prospect: Condition | None = None

    def ladder(self, of: Of, unknown: Value | None, words: tuple[str, ...] = ()) -> Ladder:
        """A tree that gives each cell its value.

        Args:
            of: The value of a cell: level of value (``None`` of a prospect) and level of
                potential (``None`` where it is not known).
            unknown: What is given where the value is not known.
            words: All words, lowest first.
        """
        rows: list[tuple[Place, Condition]] = (
            [] if self.prospect is None else [(None, self.prospect)]
        )
        steps = tuple(
            step for i, here in (*rows, *self.value.levels()) for step in self._row(i, here, of)
        )
        return Ladder(steps, unknown, words)

    def _row(self, i: Place, here: Condition, of: Of) -> list[tuple[Condition, Value]]:
        """The steps of one level of value; those that change nothing are left out."""
        last = of(i, None)
        steps: list[tuple[Condition, Value]] = []
        if self.potential is not None:
            steps = [(here & level, of(i, j)) for j, level in self.potential.levels()]
        while steps and steps[-1][1] == last:
            steps.pop()
        return [*steps, (here, last)]
