"""The shapes of a flow: columns of states, and ribbons of who moves between them."""

from collections.abc import Iterator
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.frames import optional

_SLACK: Final = 0.5


@attrs.frozen
class Ribbon:
    """Customers who go from a state to a state within a step.

    Attributes:
        step: The step.
        source: The state before.
        target: The state after.
        low: Where the ribbon begins and ends, from the ground up.
        high: Its upper edge there.
    """

    step: int
    source: int
    target: int
    low: tuple[float, float]
    high: tuple[float, float]

    def outline(self, left: float, right: float) -> Any:  # noqa: ANN401 - matplotlib.path.Path
        """The outline between two places on the axis of time."""
        path = optional("matplotlib.path").Path
        middle = left + _SLACK * (right - left)
        points = [
            (left, self.low[0]),
            *((middle, self.low[0]), (middle, self.low[1]), (right, self.low[1])),
            (right, self.high[1]),
            *((middle, self.high[1]), (middle, self.high[0]), (left, self.high[0])),
            (left, self.low[0]),
        ]
        curve = [path.CURVE4] * 3
        return path(points, [path.MOVETO, *curve, path.LINETO, *curve, path.CLOSEPOLY])


def ribbons(steps: Ints) -> Iterator[Ribbon]:
    """The ribbons between columns in which states stand one above the other.

    Args:
        steps: Steps x from x to; place 0 is who was nobody's customer before, and has no column.

    >>> one = np.array([[[0, 0, 1], [0, 3, 2], [0, 0, 4]]])
    >>> [(r.source, r.target, r.low, r.high) for r in ribbons(one)]
    [(0, 0, (0, 0), (3, 3)), (0, 1, (3, 3), (5, 5)), (1, 1, (5, 5), (9, 9))]
    """
    for step, moves in enumerate(steps):
        leaves = _starts(moves[1:, 1:].ravel()).reshape(moves[1:, 1:].shape)
        # Whoever comes new stands on top of a state, so that ribbons enter below.
        enters = _starts(np.vstack((moves[1:, 1:], moves[:1, 1:])).T.ravel())
        enters = enters.reshape(len(moves) - 1, len(moves)).T
        for source, target in np.argwhere(moves[1:, 1:] > 0).tolist():
            size = int(moves[source + 1, target + 1])
            low = (int(leaves[source, target]), int(enters[source, target]))
            yield Ribbon(step, source, target, low, (low[0] + size, low[1] + size))


def _starts(sizes: Ints) -> Ints:
    return np.cumsum(sizes) - sizes


def apart(places: Floats, least: float) -> Floats:
    """Places moved as little as needed so that each is some way above the one before it.

    >>> apart(np.array([0.0, 1.0, 10.0]), 4.0).tolist()
    [-1.5, 2.5, 10.0]
    """
    groups: list[list[float]] = []  # of each: mean place of its first, how many
    for place in places.tolist():
        groups.append([place, 1.0])
        while len(groups) > 1 and _end(groups[-2], least) > groups[-1][0]:
            after, before = groups.pop(), groups.pop()
            many = before[1] + after[1]
            first = before[0] * before[1] + (after[0] - before[1] * least) * after[1]
            groups.append([first / many, many])
    made = [start + least * i for start, many in groups for i in range(int(many))]
    return np.array(made)


def _end(group: list[float], least: float) -> float:
    return group[0] + least * group[1]
