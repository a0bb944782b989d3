"""Which cell of fit and engagement is that customer in?"""

from collections.abc import Iterable, Mapping
from string import ascii_uppercase
from typing import Final

import attrs

from custseg._typing import floats, words
from custseg.errors import ConfigError
from custseg.rules import Rule, Scaled, Sum
from custseg.scoring.card.grades import Step, check_descending
from custseg.scoring.points import HUNDREDTHS, least


def _cells(names: Iterable[str | Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(words(row) for row in names)


def _plain(matrix: "GradeMatrix") -> tuple[tuple[str, ...], ...]:
    """A1, A2, A3, B1 ... as many as the edges make."""
    letters = ascii_uppercase[: len(matrix.fit_edges) + 1]
    return tuple(
        tuple(f"{letter}{i + 1}" for i in range(len(matrix.engagement_edges) + 1))
        for letter in letters
    )


_FIT: Final = (35.0, 20.0)
_ENGAGEMENT: Final = (30.0, 15.0)


@attrs.frozen
class GradeMatrix:
    """Grades by two groups of points: who the customer is, and how lively the interest.

    A1 fits best and is liveliest; C1 is lively and does not fit, A3 fits and is silent. The order
    of the grades, for sorting, is by fit first.

    Attributes:
        fit: The group of factors that says how well a customer fits.
        engagement: The group that says how lively the interest is.
        fit_edges: The least points of each row of the matrix but the last, descending.
        engagement_edges: The same for the columns.
        cells: The grades, row by row, best fit first, and in a row the liveliest first; by
            default A1, A2, ... Several cells may share a grade.

    Raises:
        ConfigError: The edges do not descend, or the cells do not fit the edges.

    >>> matrix = GradeMatrix("fit", "engagement", (35, 20), (30, 15))
    >>> matrix.cells[0], matrix.names[-1]
    (('A1', 'A2', 'A3'), 'C3')
    >>> matrix.named({"fit": 3500, "engagement": 1499})
    'A3'
    """

    fit: str = "fit"
    engagement: str = "engagement"
    fit_edges: tuple[float, ...] = attrs.field(default=_FIT, converter=floats)
    engagement_edges: tuple[float, ...] = attrs.field(default=_ENGAGEMENT, converter=floats)
    cells: tuple[tuple[str, ...], ...] = attrs.field(
        default=attrs.Factory(_plain, takes_self=True), converter=_cells
    )

    def __attrs_post_init__(self) -> None:
        """Check the edges and the cells."""
        check_descending("fit_edges", self.fit_edges)
        check_descending("engagement_edges", self.engagement_edges)
        if self.fit == self.engagement:
            msg = f"a matrix has two groups, got {self.fit!r} twice"
            raise ConfigError(msg)
        rows, columns = len(self.fit_edges) + 1, len(self.engagement_edges) + 1
        if [len(row) for row in self.cells] != [columns] * rows:
            msg = f"these edges make {rows} rows of {columns} cells"
            msg += f", got rows of {[len(row) for row in self.cells]}"
            raise ConfigError(msg)

    @property
    def names(self) -> tuple[str, ...]:
        """The grades, by fit and then by engagement, the best first."""
        return tuple(dict.fromkeys(name for row in self.cells for name in row))

    def ordered(self) -> tuple[str, ...]:
        """The grades, by fit and then by engagement, the best first.

        >>> GradeMatrix(fit_edges=(9,), engagement_edges=(5,)).ordered()
        ('A1', 'A2', 'B1', 'B2')
        """
        return self.names

    def worst(self) -> str:
        """The last cell: fits least and is most silent.

        >>> GradeMatrix().worst()
        'C3'
        """
        return self.cells[-1][-1]

    def named(self, sums: Mapping[str | None, int]) -> str:
        """The grade of whole hundredths of the two groups."""
        row, column = self._place(sums)
        return self.cells[row][column]

    def steps(self, sums: Mapping[str | None, int]) -> tuple[Step, ...]:
        """One row up and one column up, where there is a grade of another name."""
        row, column = self._place(sums)
        here, found = self.cells[row][column], list[Step]()
        if row and self.cells[row - 1][column] != here:
            edge = least(self.fit_edges[row - 1])
            found.append(Step(self.cells[row - 1][column], self.fit, edge))
        if column and self.cells[row][column - 1] != here:
            edge = least(self.engagement_edges[column - 1])
            found.append(Step(self.cells[row][column - 1], self.engagement, edge))
        return tuple(found)

    def tree(self, sums: Mapping[str | None, Rule], down: Rule | None) -> Scaled:
        """The tree: the places in row and column as one number, and its grade."""
        for group in (self.fit, self.engagement):
            if group not in sums:
                known = [name for name in sums if name is not None]
                msg = f"the grades read group {group!r}; the groups of the card are {known}"
                raise ConfigError(msg)
        width = len(self.engagement_edges) + 1
        rows = _places(sums[self.fit], self.fit_edges, width)
        columns = _places(sums[self.engagement], self.engagement_edges, 1)
        place = Sum((rows, columns) if down is None else (rows, columns, down))
        flat = tuple(name for row in reversed(self.cells) for name in reversed(row))
        return Scaled(place, 1.0, tuple(float(i) for i in range(1, len(flat))), flat)

    def _place(self, sums: Mapping[str | None, int]) -> tuple[int, int]:
        fit, engagement = sums[self.fit] / HUNDREDTHS, sums[self.engagement] / HUNDREDTHS
        row = sum(fit < edge for edge in self.fit_edges)
        return row, sum(engagement < edge for edge in self.engagement_edges)


def _places(total: Rule, edges: tuple[float, ...], width: int) -> Scaled:
    """How many edges were reached, times the width of what it counts."""
    ascending = tuple(float(least(edge)) for edge in reversed(edges))
    return Scaled(total, 1.0, ascending, tuple(width * i for i in range(len(edges) + 1)))
