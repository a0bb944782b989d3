"""At which level of value, and of potential, does a customer stand?"""

from functools import cached_property
from typing import Any

import attrs

from custseg._typing import Columns, Floats, Record
from custseg.frames.scalar import compiled
from custseg.frames.vector import evaluated
from custseg.rules import Condition, F, Ladder
from custseg.rules.soundness import Value
from custseg.tiering.bands import Scale
from custseg.tiering.worth.grid import Axis, Grid, Place


@attrs.frozen(eq=False)
class Standing:
    """Columns and their cut points, as levels.

    Attributes:
        value: The column that says what a customer is worth.
        cuts: Its cut points.
        potential: The column that says what a customer could be worth; ``None``: not asked.
        potential_cuts: Its cut points.
        bought: The column of purchases of which a prospect has 0; ``None``: nobody is one.

    >>> from custseg.tiering import Cuts
    >>> standing = Standing("revenue", Cuts((100.0,)), bought="orders")
    >>> standing.place({"revenue": 250.0, "orders": 3.0})
    (1, None)
    >>> standing.place({"revenue": 0.0, "orders": 0.0})
    (None, None)
    """

    value: str
    cuts: Scale
    potential: str | None = None
    potential_cuts: Scale | None = None
    bought: str | None = None

    @cached_property
    def grid(self) -> Grid:
        """The levels of value crossed with those of potential."""
        potential = None
        if self.potential is not None and self.potential_cuts is not None:
            potential = Axis.of_cuts(self.potential, self.potential_cuts)
        prospect = None if self.bought is None else F(self.bought) == 0
        return Grid(Axis.of_cuts(self.value, self.cuts), potential, prospect)

    def by_class(
        self, values: tuple[Value, ...], unknown: Value | None, names: tuple[str, ...] = ()
    ) -> Ladder:
        """A value for each class; a prospect, and who is in none, gets ``unknown``.

        Args:
            values: One a class, the lowest first.
            unknown: The value of the others.
            names: The words, lowest first, where the values are words.
        """
        steps = [(self._customer(level), values[i]) for i, level in self.grid.value.levels()]
        if self.bought is None and steps[-1][1] == unknown:
            steps.pop()  # then nothing has to be asked
        more = () if not names or unknown is None or unknown in names else (str(unknown),)
        return Ladder(tuple(steps), unknown, (*more, *names))

    def potential_level(self, names: tuple[str, ...]) -> Ladder | None:
        """The word of the level of potential.

        Args:
            names: The words, lowest first.
        """
        if self.potential is None or self.potential_cuts is None:
            return None
        return self.potential_cuts.ladder(self.potential, names)

    def place(self, row: Record) -> tuple[Place, Place]:
        """The two levels of one row, 0 the lowest; ``None`` where there is none.

        Args:
            row: The columns as they are read.
        """
        value, potential = (run and run(row) for run in self._compiled)
        return (
            None if value is None else int(value),
            None if potential is None else int(potential),
        )

    def places(self, cols: Columns, size: int) -> tuple[Floats, Floats]:
        """The two levels of each row; NaN where there is none.

        Args:
            cols: The columns as they are read.
            size: Number of rows.
        """
        first, second = (evaluated(tree, cols, size) for tree in self._trees)
        return first, second  # type: ignore[return-value] # ladders of numbers give floats

    def why(self, row: Record) -> list[tuple[str, str, Scale]]:
        """The code of the reason for each level of one row, with its column and its cut points.

        Args:
            row: The columns as they are read.
        """
        i, j = self.place(row)
        prospect = self.bought is not None and row[self.bought] == 0
        out: list[tuple[str, str, Scale]] = []
        if i is not None or not prospect:
            code = compiled(self.cuts.why(self.value, "value_unknown"))(row)
            out.append((str(code), self.value, self.cuts))
        if j is not None and self.potential is not None and self.potential_cuts is not None:
            code = compiled(self.potential_cuts.why(self.potential))(row)
            out.append((str(code), self.potential, self.potential_cuts))
        return out

    def _customer(self, condition: Condition) -> Condition:
        if self.bought is None:
            return condition
        return condition & ((F(self.bought) != 0) | F(self.bought).is_missing())

    @cached_property
    def _trees(self) -> tuple[Ladder, Ladder]:
        classes = range(len(self.cuts.words()))
        value = self.by_class(tuple(float(i) for i in classes), None)
        axis = self.grid.potential
        steps = () if axis is None else tuple((c, float(j)) for j, c in axis.levels())
        return value, Ladder(steps)

    @cached_property
    def _compiled(self) -> tuple[Any, Any]:
        first, second = (compiled(tree) for tree in self._trees)
        return first, second
