"""Points far apart are cut on each side by themselves: no class of the best spans a gulf.

Single floats lose what is small beside the distance of a key account from retail. Where a gap is
so wide that its two ends alone would cost a common class more than the best classes cost in all,
a cut is there for sure; the parts on both sides are near 0 about their own means, and only the
number of classes that each part gets is left to decide, in fractions.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs
import numpy as np

from custseg._typing import Index
from custseg.tiering.breaks.exactly import Runs
from custseg.tiering.breaks.points import Points


@attrs.frozen(eq=False)
class Way:
    """One way to cut the points so far.

    Attributes:
        gain: Sum over the classes of total squared over weight; the best have the greatest.
        high: The cuts from above, the begin of the lowest class among them.
        certified: No other way with as many classes is better.
    """

    gain: Fraction
    high: tuple[int, ...]
    certified: bool

    @classmethod
    def of(cls, points: Points, cuts: Sequence[int], start: int, *, certified: bool) -> "Way":
        """Classes of one part.

        Args:
            points: The points of the part.
            cuts: Where it is cut.
            start: How many points are before it.
            certified: No other cuts are better.
        """
        runs = Runs.of(points, np.array(cuts, dtype=np.intp))
        gains = (t * t / w for t, w in zip(runs.totals, runs.weights, strict=True))
        high = (*(start + cut for cut in reversed(cuts)), start)
        return cls(sum(gains, Fraction(0)), high, certified)

    def then(self, above: "Way") -> "Way":
        """This way, and another for the points above."""
        return Way(
            self.gain + above.gain, above.high + self.high, self.certified and above.certified
        )


def gulfs(points: Points, cost: float) -> Index:
    """Cuts that are among the best for sure.

    Args:
        points: The points.
        cost: More than the best classes cost.

    >>> gulfs(Points.of(np.array([1.0, 2.0, 50.0])), 10.0).tolist()
    [2]
    """
    below, above = points.weights[:-1], points.weights[1:]
    gap = np.diff(points.values)
    return np.flatnonzero(gap * gap * (below / (below + above) * above) > cost) + 1


def shared(ways: Mapping[int, Way], part: Sequence[Way], spare: int) -> dict[int, Way]:
    """The best way for each number of classes beyond one a part, with one part more.

    Args:
        ways: The best ways so far, by the number of classes beyond one a part.
        part: Ways to cut the next part: in one class, in two, ...
        spare: The number of classes beyond one a part.
    """
    found = dict[int, Way]()
    for used, way in ways.items():
        for more, above in enumerate(part[: spare - used + 1]):
            new = way.then(above)
            old = found.get(used + more, new)
            found[used + more] = max(new, old, key=lambda one: (one.gain, one.high))
    return found
