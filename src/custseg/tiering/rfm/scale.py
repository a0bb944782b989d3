"""The scale of one measure: cut points, and the score of each class between them."""

from collections.abc import Iterator
from itertools import product

import attrs

from custseg.rules import Condition, Every, Ladder
from custseg.tiering.cuts import Cuts
from custseg.tiering.groups import GroupCuts
from custseg.tiering.rfm.measure import Measure

Step = tuple[Condition, int]
Knot = tuple[float, int]


@attrs.frozen
class MeasureScale:
    """How values of one measure become scores: fitted, plain numbers.

    Scores count from 1, the worst. Equal cut points leave a score out (1, 3, 4, 5) and keep the
    meaning of the others from period to period.

    Attributes:
        measure: The column, and whether less of it is better.
        cuts: The cut points of all customers; with ``within``, only for comparison.
        within: Cut points inside each cell of the measures before it (nested binning), the last
            of them running fastest; empty: independent.
        line: Knots of the continuous score in hundredths, 0 to 10,000; empty: there is none.
        least: The smallest value that was seen; ``None``: nothing was looked at.
        most: The largest value that was seen.

    >>> scale = MeasureScale(Measure("recency", "days", lower_is_better=True), Cuts((30.0, 90.0)))
    >>> scale.bins, scale.score(0)
    (3, 3)
    """

    measure: Measure
    cuts: Cuts | GroupCuts
    within: tuple[Cuts, ...] = ()
    line: tuple[Knot, ...] = ()
    least: float | None = None
    most: float | None = None

    @property
    def bins(self) -> int:
        """Number of scores."""
        return self.cuts.classes

    def score(self, place: int) -> int:
        """The score of a class, 0 the lowest values.

        Args:
            place: The class.
        """
        return self.bins - place if self.measure.lower_is_better else place + 1

    def cuts_in(
        self, cell: tuple[int, ...], before: tuple["MeasureScale", ...]
    ) -> Cuts | GroupCuts:
        """The cut points inside a cell of the measures before; without any, those of all.

        Args:
            cell: Classes of the measures before.
            before: Their scales.
        """
        if not self.within:
            return self.cuts
        at = 0
        for place, scale in zip(cell, before, strict=True):
            at = at * scale.bins + place
        return self.within[at]

    def floor(self, place: int, cuts: Cuts | GroupCuts) -> Condition:
        """The condition to be in a class or above it.

        Args:
            place: The class.
            cuts: Which cut points.
        """
        column = self.measure.column
        return cuts.above(column, place - 1) if place else cuts.known(column)


def steps(scales: tuple[MeasureScale, ...]) -> Iterator[Step]:
    """The conditions and classes of the last of some scales, to be tried in order.

    Args:
        scales: Scales of nested measures up to the one that is wanted; one alone where it is
            independent of others.

    >>> scale = MeasureScale(Measure("monetary", "spent"), Cuts((10.0,)))
    >>> [place for _, place in steps((scale,))]
    [1, 0]
    """
    *before, last = scales
    if not last.within:
        for place in _falling(last):
            yield last.floor(place, last.cuts), place
        return
    for cell in product(*map(_falling, before)):
        floors = [
            scale.floor(place, scale.cuts_in(cell[:i], scales[:i]))
            for i, (scale, place) in enumerate(zip(before, cell, strict=True))
        ]
        own = last.cuts_in(cell, tuple(before))
        for place in _falling(last):
            yield Every((*floors, last.floor(place, own))), place


def worth(scales: tuple[MeasureScale, ...], factor: float, first: tuple[Step, ...] = ()) -> Ladder:
    """The tree that gives the score of the last scale times a factor; missing where it is unknown.

    Args:
        scales: As for ``steps``.
        factor: What each score is multiplied by.
        first: Conditions that are tried before, and the numbers that they give.

    >>> from custseg.frames import compiled
    >>> scale = MeasureScale(Measure("monetary", "spent"), Cuts((10.0,)))
    >>> compiled(worth((scale,), 10.0))({"spent": 12.0})
    20.0
    """
    own = scales[-1]
    named = tuple((condition, own.score(place) * factor) for condition, place in steps(scales))
    return Ladder((*((c, float(n)) for c, n in first), *named), None)


def _falling(scale: MeasureScale) -> range:
    return range(scale.bins - 1, -1, -1)
